import Foundation

/// What stands beside an index file while it is made, read, written or repaired: the index's name with one of these after it.
enum Companion {
    static let writerLock = "-writer"
    /// An index that is being made, until it is whole.
    static let draft = "-new"
    /// A folder.
    static let repair = "-repair"
    /// What SQLite puts beside any database.
    static let log = "-wal"
    static let database = [log, "-shm", "-journal"]
}

extension IndexFile {
    /// The absolute path of an index without symbolic links, as the system follows them; of one that is yet to be made, that of its folder and its name.
    public static func resolved(_ path: String) -> String {
        func real(_ path: String) -> String? {
            guard let found = realpath(path, nil) else { return nil }
            defer { free(found) }
            return String(cString: found)
        }
        if let file = real(path) { return file }
        let cut = path.utf8.lastIndex(of: UInt8(ascii: "/")), name = cut.map { path[path.utf8.index(after: $0)...] } ?? path[...]
        guard let folder = real(cut.map { String(path[...$0]) } ?? ".") else { return path }
        return (folder == "/" ? "/" : folder + "/") + name
    }

    /// The paths of an index and of all that may stand beside it; most do not exist most of the time.
    public static func paths(of index: String) -> [String] {
        ["", Companion.draft].flatMap { made in [index + made] + Companion.database.map { index + made + $0 } }
            + [index + Companion.writerLock, index + Companion.repair]
    }
}
