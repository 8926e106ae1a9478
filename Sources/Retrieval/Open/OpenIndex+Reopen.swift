import Indexes

extension OpenIndex {
    /// Whether the index has not been written to since it was opened.
    package func isCurrent() throws -> Bool { try snapshot.isCurrent() }

    /// The index in its present state. It keeps the decoded segments of this value that still exist.
    ///
    /// This value does not change. The log beside the index cannot shrink while a value from before a commit lives. A
    /// program that runs for long should drop the old value and continue with the new one.
    package func reopened() throws -> OpenIndex { OpenIndex(path: path, try snapshot.reopened(), pool) }
}
