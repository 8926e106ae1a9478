import Retrieval

/// What a run of `index` or `refresh` did.
public struct IndexReport: Sendable, Codable, Equatable {
    /// Files with text that was not in the index.
    public var added = 0
    /// Files that were known and have other bytes now.
    public var changed = 0
    /// New files with the text of a file that is gone.
    public var moved = 0
    /// Files that are gone.
    public var removed = 0
    /// Files with the bytes that they had.
    public var unchanged = 0
    /// New files with the text of another file.
    public var duplicates = 0
    /// Files that could not be looked at: the index keeps their text.
    public var kept = 0
    /// Files and folders that are not for this index.
    public var skipped: [RefusedFile] = []
    /// Files that should have been read and could not be.
    public var failed: [RefusedFile] = []
    /// What was not read of indexed files.
    public var notes: [RefusedFile] = []
    /// Bytes of text that this run encoded.
    public var textBytes = 0
    /// Passages that this run encoded.
    public var passages = 0
    /// The time that the run took.
    public var seconds = 0.0
    /// False where the run was stopped before its end. The next run goes on from there.
    public var isComplete = true
}
