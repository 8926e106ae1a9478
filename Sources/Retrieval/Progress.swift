/// How far a long operation is.
public struct Progress: Sendable {
    /// What is being done.
    public enum Phase: String, Sendable {
        case listing, indexing, writing, verifying, exporting, compacting, asking
    }
    public let phase: Phase
    /// Files (or documents) done and in all.
    public let items: Int, totalItems: Int
    /// Bytes done and in all: of files while indexing, of text otherwise.
    public let bytes: Int, totalBytes: Int

    public init(_ phase: Phase, items: Int = 0, totalItems: Int = 0, bytes: Int = 0, totalBytes: Int = 0) {
        self.phase = phase
        self.items = items
        self.totalItems = totalItems
        self.bytes = bytes
        self.totalBytes = totalBytes
    }
}

/// Receives progress, and says whether to go on: false stops at the next safe point with nothing lost.
public typealias ProgressReport = @Sendable (Progress) -> Bool
