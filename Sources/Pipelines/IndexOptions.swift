import Corpora
import Foundation

/// What an index was made from and how: kept in the index, so that `refresh` needs no option again.
public struct IndexOptions: Sendable, Codable, Equatable {
    /// Absolute paths of the corpus roots. With several, a document's path begins with its root's name.
    public var roots: [String]
    /// Globs of files to take, and to leave out; `.gitignore` files are honoured too.
    public var include: [String] = [], exclude: [String] = []
    public var ignoreFiles = true, hidden = false
    public var limits = ExtractionLimits()
    /// Tokens of a passage, at most; the model's own limit where nil.
    public var passageLimit: Int?

    public init(roots: [String]) {
        self.roots = roots.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    }
}

/// What a run of `index` or `refresh` did.
public struct IndexReport: Sendable, Codable, Equatable {
    public var added = 0, changed = 0, moved = 0, removed = 0, unchanged = 0, duplicates = 0
    /// Files that could not be looked at this time, and of which the index keeps what it held.
    public var kept = 0
    /// Files that could not be indexed in this run, with the reason.
    public var skipped: [FileReason] = [], failed: [FileReason] = []
    /// Bytes of text and passages that this run encoded.
    public var textBytes = 0, passages = 0
    public var seconds = 0.0
    /// False where the run was stopped before its end; running it again goes on.
    public var isComplete = true
}

/// A file and why it is not in the index.
public struct FileReason: Sendable, Codable, Equatable {
    public let path: String, reason: String
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

/// What `index --dry-run` expects.
public struct IndexEstimate: Sendable, Codable, Equatable {
    public var files = 0, bytes = 0
    public var expectedIndexBytes = 0, expectedSeconds = 0.0
    public var skipped: [FileReason] = []
}
