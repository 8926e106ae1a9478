import Indexes

extension OpenIndex {
    /// Whether the index has not been written to since it was opened.
    package func isCurrent() throws -> Bool { try snapshot.isCurrent() }

    /// The index as it stands now. Segments that are decoded and still there are not decoded again.
    ///
    /// This value stays as it is. The log beside the index cannot shrink while a value lives that was opened before a
    /// commit: whoever answers for long drops the old value and goes on with the new one.
    package func reopened() throws -> OpenIndex { OpenIndex(path: path, try snapshot.reopened(), pool) }
}
