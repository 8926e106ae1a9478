import GRDB

/// What stands where in the file, and how rows are proven.
enum Schema {
    /// Of what is written. Version 1 differs in nothing but that all its residuals are coded without matches: it is read as it is, and becomes
    /// version 2 when a segment is added or the file repaired.
    static let formatVersion = 2
    /// A larger number is damage; formats will not get so far.
    static let largestVersion = 255
    /// "r3mm", which `file` and SQLite's tools show.
    static let applicationID: Int64 = 0x7233_6d6d
    /// Bytes of a page of new files. Larger pages waste more on small corpora, smaller ones on links.
    static let pageSize = 1024
    /// Bytes of a page of all files there are; each is read and written as it is.
    static let pageSizes = [pageSize, 4096]

    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(formatVersion);
                CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE source (path BLOB PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
                    hash BLOB, media TEXT, state INTEGER NOT NULL, reason TEXT, content INTEGER) STRICT, WITHOUT ROWID;
                CREATE TABLE segment (id INTEGER PRIMARY KEY, documents BLOB NOT NULL, passages BLOB NOT NULL,
                    lexicon BLOB NOT NULL, sets BLOB NOT NULL, memory BLOB NOT NULL, spans BLOB NOT NULL,
                    residual BLOB NOT NULL) STRICT;
                CREATE TABLE original (content INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
                """)
    }
}

/// What must be found in a table, so that a row that vanished is noticed: the rows' number and the sum of their hashes.
struct Tally: Equatable {
    var count: UInt64 = 0
    var sum: UInt64 = 0

    mutating func add(_ hash: UInt64) {
        count &+= 1
        sum &+= hash
    }

    mutating func remove(_ hash: UInt64) {
        count &-= 1
        sum &-= hash
    }

    var bytes: [UInt8] { count.littleEndianBytes + sum.littleEndianBytes }

    init() {}

    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        count = UInt64(littleEndianBytes: bytes[..<8])
        sum = UInt64(littleEndianBytes: bytes[8...])
    }

    /// The tally of segments by their identifiers.
    init(segments: [Int]) {
        self.init()
        for id in segments { add(checksum(UInt64(id).littleEndianBytes)) }
    }
}
