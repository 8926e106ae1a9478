import GRDB

/// The tables of an index file.
enum Schema {
    /// The format that is written and read.
    static let formatVersion = 3
    /// A larger number is damage: formats will not get so far.
    static let largestVersion = 255
    /// "r3mm", which `file` and SQLite's tools show.
    static let applicationID: Int64 = 0x7233_6d6d
    /// The first bytes of every SQLite database.
    static let magic = Array("SQLite format 3\0".utf8)
    /// Where a database has the number of its application.
    static let applicationIDPlace = 68..<72
    /// Bytes of a page. Larger pages waste more on small corpora, smaller ones on links.
    static let pageSize = 1024
    /// Pages of a log after which a commit copies it into the file.
    static let foldedPages = 1000
    /// Bytes of a log that stay when the log is begun anew.
    static let longestLog = 8 << 20

    /// Refuses the formats that this program does not read.
    static func checkVersion(_ version: Int, path: String) throws {
        if version > largestVersion { throw IndexError.damaged("the format's number", in: path) }
        if version > formatVersion { throw IndexError.newer(version, path: path) }
        if version < formatVersion { throw IndexError.older(version, path: path) }
    }

    /// Whether a file has the tables of a draft of the format.
    static func isDraft(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM pragma_table_info('segment') WHERE name = 'residual'") == 1
    }

    /// How many columns `segment` has in a draft.
    static let draftColumns = 9

    static func create(in db: Database) throws {
        let parts = SegmentPart.columns.map { "\($0.column) BLOB NOT NULL" }.joined(separator: ", ")
        try db.execute(
            sql: """
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(formatVersion);
                CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE source (path BLOB PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER,
                    hash BLOB, media TEXT, state INTEGER NOT NULL, reason BLOB, document INTEGER) STRICT, WITHOUT ROWID;
                CREATE TABLE segment (id INTEGER PRIMARY KEY, \(parts)) STRICT;
                CREATE TABLE residual (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
                CREATE TABLE original (document INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
                """)
    }
}
