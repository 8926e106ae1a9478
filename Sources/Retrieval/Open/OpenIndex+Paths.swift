import Indexes

extension OpenIndex {
    /// Whether a path leads to a regular file that begins as an index does.
    package static func isIndex(at path: String) -> Bool { IndexFile.isIndex(at: path) }

    /// The absolute path of an index without symbolic links.
    package static func resolved(_ path: String) -> String { IndexFile.resolved(path) }
}
