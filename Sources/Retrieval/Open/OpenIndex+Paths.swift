import Indexes

extension OpenIndex {
    /// Whether a path leads to a regular file with the first bytes of a database, as every index has.
    package static func isDatabase(at path: String) -> Bool { IndexFile.isDatabase(at: path) }

    /// The absolute path of an index without symbolic links.
    package static func resolved(_ path: String) -> String { IndexFile.resolved(path) }
}
