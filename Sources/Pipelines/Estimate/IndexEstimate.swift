import Retrieval

/// What `index --dry-run` expects.
public struct IndexEstimate: Sendable, Codable, Equatable {
    /// The files to read.
    public var files = 0
    /// The bytes of the files.
    public var bytes = 0
    /// The size of the index in bytes.
    public var expectedIndexBytes = 0
    /// The time that indexing takes.
    public var expectedSeconds = 0.0
    /// Files and folders that would not be read.
    public var skipped: [RefusedFile] = []
}
