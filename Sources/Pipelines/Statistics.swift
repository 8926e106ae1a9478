/// What an index holds and how its bytes divide.
public struct Statistics: Sendable, Codable, Equatable {
    public struct Parts: Sendable, Codable, Equatable {
        /// Text given its memory; word sets with their lexicon; passage codes; lengths and places of passages.
        public var residual = 0, words = 0, memory = 0, passages = 0
        /// Titles, hashes and document codes; files with their states; pages of the file that hold no data.
        public var documents = 0, sources = 0, overhead = 0
    }
    public var documents = 0, passages = 0, files = 0
    public var fileStates: [String: Int] = [:]
    public var notIndexed: [RefusedFile] = []
    /// UTF-8 bytes of the text, bytes of the source files, bytes of the index file, bytes of the model file.
    public var textBytes = 0, sourceBytes = 0, indexBytes = 0, modelBytes = 0
    public var parts = Parts()
    /// indexBytes / textBytes, and with the model's bytes counted.
    public var ratio = 0.0, ratioWithModel = 0.0
    public var modelName = "", modelHash = "", formatVersion = 0
    public var roots: [String] = []
}

/// What `verify` found.
public struct VerifyReport: Sendable, Codable, Equatable {
    public var documents = 0, textBytes = 0, seconds = 0.0
    /// Documents whose reconstructed text has another hash, and damaged parts of the file.
    public var wrong: [FileReason] = []
    public var isComplete = true
    /// What a repair did; nil where none was asked for or needed.
    public var repair: RepairReport?
}

/// What a repair could not keep. All other documents are as they were.
public struct RepairReport: Sendable, Codable, Equatable {
    /// Files whose text is lost until the next refresh reads them again.
    public var lost: [FileReason] = []
    /// Files whose paths are lost too, and files whose paths could not be proven: the next refresh finds and compares them.
    public var lostPaths = 0, unprovenPaths = 0
    /// Whether the options of the index, or what the log beside it held, could not be proven or read.
    public var isHeaderLost = false, isLogLost = false
    /// Whether nothing was lost.
    public var isWhole = true
}

/// What `export` wrote.
public struct ExportReport: Sendable, Codable, Equatable {
    public var files = 0, bytes = 0, seconds = 0.0
    /// Files given back byte for byte as they were, and files given as extracted text.
    public var exact = 0, extracted = 0
    public var failed: [FileReason] = []
    public var isComplete = true
}

/// A file and an error about it.
public struct FileReason: Sendable, Codable, Equatable {
    public let path: String, reason: String
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}
