/// How far a long operation is.
public struct Progress: Sendable {
    /// What is being done.
    public enum Phase: String, Sendable {
        case indexing
        case writing
        case verifying
        case exporting
        case asking
    }

    public let phase: Phase
    /// Files, documents or questions that are done.
    public let items: Int
    public let totalItems: Int
    /// Bytes that are done: of files while indexing, of text otherwise.
    public let bytes: Int
    public let totalBytes: Int

    public init(_ phase: Phase, items: Int = 0, totalItems: Int = 0, bytes: Int = 0, totalBytes: Int = 0) {
        self.phase = phase
        self.items = items
        self.totalItems = totalItems
        self.bytes = bytes
        self.totalBytes = totalBytes
    }
}

/// Receives progress, and says whether to go on. After false the operation stops at the next safe point with nothing lost.
public typealias ProgressReport = @Sendable (Progress) -> Bool
