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
    /// The paths of an index and of all that may stand beside it; most do not exist most of the time.
    public static func paths(of index: String) -> [String] {
        ["", Companion.draft].flatMap { made in [index + made] + Companion.database.map { index + made + $0 } }
            + [index + Companion.writerLock, index + Companion.repair]
    }
}
