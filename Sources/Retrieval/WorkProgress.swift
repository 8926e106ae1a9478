/// How far a long operation is.
package struct WorkProgress: Sendable, Encodable {
    /// What is being done.
    package enum Phase: String, Sendable, Encodable {
        case indexing
        case writing
        case verifying
        case exporting
        case asking
        case merging
    }

    /// What is being done.
    package let phase: Phase
    /// Files, documents or questions that are done.
    package let items: Int
    /// All files, documents or questions.
    package let totalItems: Int
    /// Bytes that are done: of files while indexing, of text otherwise.
    package let bytes: Int
    /// All bytes.
    package let totalBytes: Int
    /// The share of the work that is done, from 0 to 1, where that is estimated better than by bytes.
    package let share: Double?

    /// How far a phase is.
    package init(
        _ phase: Phase, items: Int = 0, totalItems: Int = 0, bytes: Int = 0, totalBytes: Int = 0, share: Double? = nil
    ) {
        self.phase = phase
        self.items = items
        self.totalItems = totalItems
        self.bytes = bytes
        self.totalBytes = totalBytes
        self.share = share
    }
}

/// Receives progress, and says whether to go on. After false the operation stops at the next safe point with nothing lost.
package typealias ProgressReport = @Sendable (WorkProgress) -> Bool
