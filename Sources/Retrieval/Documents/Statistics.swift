/// What an index holds and how its bytes divide.
package struct Statistics: Sendable, Codable, Equatable {
    package struct Parts: Sendable, Codable, Equatable {
        /// Text given its memory; word sets with their lexicon; passage codes; lengths and places of passages.
        package var residual = 0, words = 0, memory = 0, passages = 0
        /// Titles, hashes and document codes; files with their states; pages of the file that hold no data.
        package var documents = 0, sources = 0, overhead = 0

        package init() {}
    }
    package var documents = 0, passages = 0, files = 0
    package var fileStates: [String: Int] = [:]
    package var notIndexed: [RefusedFile] = []
    /// UTF-8 bytes of the text, bytes of the source files, bytes of the index file, bytes of the model file.
    package var textBytes = 0, sourceBytes = 0, indexBytes = 0, modelBytes = 0
    package var parts = Parts()
    /// indexBytes / textBytes, and with the model's bytes counted.
    package var ratio = 0.0, ratioWithModel = 0.0
    package var modelName = "", modelHash = "", formatVersion = 0
    package var roots: [String] = []

    package init() {}
}

/// What `verify` found.
package struct VerifyReport: Sendable, Codable, Equatable {
    package var documents = 0, textBytes = 0, seconds = 0.0
    /// Documents whose reconstructed text has another hash, and damaged parts of the file.
    package var wrong: [FileReason] = []
    package var isComplete = true
    /// What a repair did; nil where none was asked for or needed.
    package var repair: RepairReport?

    package init() {}
}

/// What a repair could not keep. All other documents are as they were.
package struct RepairReport: Sendable, Codable, Equatable {
    /// Files whose text is lost until the next refresh reads them again.
    package var lost: [FileReason] = []
    /// Files whose paths are lost too, and files whose paths could not be proven: the next refresh finds and compares them.
    package var lostPaths = 0, unprovenPaths = 0
    /// Whether the options of the index, or what the log beside it held, could not be proven or read.
    package var isHeaderLost = false, isLogLost = false
    /// Whether nothing was lost.
    package var isWhole = true

    package init() {}
}

/// What `export` wrote.
package struct ExportReport: Sendable, Codable, Equatable {
    package var files = 0, bytes = 0, seconds = 0.0
    /// Files given back byte for byte as they were, and files given as extracted text.
    package var exact = 0, extracted = 0
    package var failed: [FileReason] = []
    package var isComplete = true
}
