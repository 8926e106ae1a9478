import Foundation
import GRDB

/// One connection to an index file, checked to be one.
struct Connection: Sendable {
    enum Purpose { case create, read, write }

    let path: String
    let queue: DatabaseQueue

    init(path: String, for purpose: Purpose) throws {
        self.path = path
        // Creation cut short leaves no more than an empty database of one page: that is begun again.
        if purpose == .create, Connection.size(of: path) > 4096 { throw Connection.taken(path) }
        if purpose != .create, !FileManager.default.fileExists(atPath: path) {
            throw IndexError(.missing, subject: path, fact: "no such file", remedy: "make it with r3mem index")
        }
        let writable = purpose == .create || Connection.isWritable(path)
        if purpose == .write, !writable {
            throw IndexError(
                .readOnly, subject: path, fact: "cannot be written", remedy: "check its permissions and folder")
        }
        var configuration = Configuration()
        // Readers too open for writing where they may, so that the last to leave tidies the log away.
        configuration.readonly = !writable
        configuration.busyMode = .timeout(10)
        configuration.allowsUnsafeTransactions = true
        let reads = purpose == .read
        configuration.prepareDatabase { db in
            if purpose == .create { try db.execute(sql: "PRAGMA page_size = 4096") }
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF")
            if reads { try db.execute(sql: "PRAGMA query_only = ON") }
        }
        // A file that cannot be written and has no log beside it does not change: no lock is needed to read it.
        let name =
            writable || FileManager.default.fileExists(atPath: path + "-wal")
            ? path : "file:" + Connection.escaped(path) + "?immutable=1"
        do {
            queue = try DatabaseQueue(path: name, configuration: configuration)
            if purpose == .create { try checkEmpty() } else { try check() }
        } catch let error as DatabaseError {
            throw Connection.explain(error, path: path)
        }
    }

    /// Runs `body` on the connection, outside any transaction of its own.
    func run<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try IndexError.translating(path) { try queue.unsafeReentrantWrite(body) }
    }

    /// Copies what the log holds into the file, as far as readers allow; waits for nobody.
    func foldLog() throws {
        try run { _ = try Row.fetchAll($0, sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    }

    private func checkEmpty() throws {
        let count = "SELECT COUNT(*) FROM sqlite_schema"
        if try queue.writeWithoutTransaction({ try Int.fetchOne($0, sql: count) }) != 0 { throw Connection.taken(path) }
    }

    private func check() throws {
        try queue.writeWithoutTransaction { db in
            let application = try Int64.fetchOne(db, sql: "PRAGMA application_id")
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            if application != Schema.applicationID || version < 1 {
                throw IndexError(
                    .notAnIndex, subject: path, fact: "not an r3 index", remedy: "name a file that r3mem index made")
            }
            if version > Schema.formatVersion {
                throw IndexError(
                    .newerFormat(version), subject: path,
                    fact: "written in format \(version), this r3mem reads up to \(Schema.formatVersion)",
                    remedy: "use a newer r3mem")
            }
            // SQLite reads a last page cut short as if zeros followed. While a log exists, pages may be in it alone.
            let expected =
                try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
            let size = Connection.size(of: path)
            if size < expected, Connection.size(of: path + "-wal") == 0 { throw Connection.truncated(path, size: size) }
        }
    }

    private static func isWritable(_ path: String) -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        return FileManager.default.isWritableFile(atPath: path)
            && FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder)
    }

    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }

    private static func taken(_ path: String) -> IndexError {
        IndexError(.exists, subject: path, fact: "exists already", remedy: "refresh it, or remove it first")
    }

    /// The bytes of a file, none for one that does not exist.
    private static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int ?? 0
    }

    private static func truncated(_ path: String, size: Int) -> IndexError {
        IndexError(
            .truncated, subject: path, fact: "truncated: \(size) bytes are left of it",
            remedy: "restore the file from a copy, or index its sources again")
    }

    /// Tells a file cut short from one that is damaged otherwise.
    private static func explain(_ error: DatabaseError, path: String) -> IndexError {
        guard
            error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
                || error.resultCode == .SQLITE_IOERR,
            let handle = FileHandle(forReadingAtPath: path), let start = try? handle.read(upToCount: 100)
        else { return IndexError(error, path: path) }
        defer { try? handle.close() }
        let magic = Array("SQLite format 3\0".utf8)
        if start.isEmpty || !start.starts(with: magic.prefix(start.count)) { return IndexError(error, path: path) }
        let size = (try? handle.seekToEnd()) ?? 0
        let pages = start.count < 100 ? UInt64.max : start[28..<32].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if start.count < 100 || size < pages * 4096 {
            return truncated(path, size: Int(size))
        }
        return IndexError(error, path: path)
    }
}
