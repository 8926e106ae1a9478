import Corpora
import Foundation
import GRDB

/// One connection to an index file, checked to be one.
struct Connection: Sendable {
    enum Purpose { case create, read, write }

    /// As the user named it.
    let path: String
    /// Absolute, for SQLite gives some names a meaning; and beside the file that a link leads to stands its log.
    private let file: String
    let queue: DatabaseQueue

    init(path: String, for purpose: Purpose) throws {
        self.path = path
        file = IndexFile.resolved(path)
        if purpose != .create { try Connection.checkKind(path) }
        let writable = purpose == .create || Connection.isWritable(file)
        if purpose == .write, !writable {
            throw IndexError(
                .readOnly, subject: path, fact: "cannot be written", remedy: "check its permissions and folder")
        }
        let hasLog = FileManager.default.fileExists(atPath: file + Companion.log)
        do {
            do {
                // A file that cannot be written and has no log beside it does not change: no lock is needed to read it.
                queue = try Connection.open(
                    file, purpose, writable || hasLog ? (writable ? .writable : .readOnly) : .immutable)
            } catch let error as DatabaseError where purpose == .read && Connection.isOfDisk(error) {
                // A full or failing disk has no room for what readers share. The file is whole without an empty log;
                // else one reader at a time finds its way through the log alone.
                queue = try Connection.open(file, purpose, Connection.size(of: file + Companion.log) == 0 ? .immutable : .alone)
            }
            if purpose != .create { try check() }
        } catch let error as DatabaseError {
            throw Connection.explain(error, path: path)
        }
    }

    /// Refuses what SQLite would make anew or call an error of the disk.
    private static func checkKind(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw IndexFile.missing(path) }
        if isFolder.boolValue {
            throw IndexError(.notAnIndex, subject: path, fact: "is a folder", remedy: "name an index file")
        }
        guard access(path, R_OK) != 0 else { return }
        throw IndexError(.inputOutput, subject: path, fact: "cannot be read (\(systemReason()))", remedy: "check its permissions")
    }

    /// How a file is shared with other connections.
    private enum Sharing { case writable, readOnly, immutable, alone }

    private static func open(_ path: String, _ purpose: Purpose, _ sharing: Sharing) throws -> DatabaseQueue {
        var configuration = Configuration()
        // Readers too open for writing where they may, so that the last to leave tidies the log away.
        configuration.readonly = sharing == .readOnly || sharing == .immutable
        configuration.busyMode = .timeout(10)
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            if sharing == .alone { try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            if purpose == .create { try db.execute(sql: "PRAGMA page_size = \(Schema.pageSize)") }
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF")
            if purpose == .read { try db.execute(sql: "PRAGMA query_only = ON") }
        }
        let name = sharing == .immutable ? "file:" + escaped(path) + "?immutable=1" : path
        let queue = try DatabaseQueue(path: name, configuration: configuration)
        // The first look at the file, which makes the log where there is none.
        if purpose != .create { _ = try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA user_version") } }
        return queue
    }

    private static func isOfDisk(_ error: DatabaseError) -> Bool {
        [.SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_FULL].contains(error.resultCode)
    }

    /// Runs `body` on the connection, outside any transaction of its own.
    func run<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try IndexError.translating(path) { try queue.unsafeReentrantWrite(body) }
    }

    /// Copies what the log holds into the file, as far as readers allow; waits for nobody.
    func foldLog() throws {
        try run { _ = try Row.fetchAll($0, sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    }

    private func check() throws {
        try queue.writeWithoutTransaction { db in
            let application = try Int64.fetchOne(db, sql: "PRAGMA application_id")
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            if application != Schema.applicationID || version < 1 {
                throw IndexError.foreign(path)
            }
            if version > Schema.largestVersion { throw IndexError.damaged("the format's number", in: path) }
            if version > Schema.formatVersion { throw IndexError.newer(version, path: path) }
            // SQLite reads a last page cut short as if zeros followed. While a log exists, pages may be in it alone.
            let expected =
                try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
            let size = Connection.size(of: file)
            if size < expected, Connection.size(of: file + Companion.log) == 0 { throw Connection.truncated(path, size: size) }
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

    /// The bytes of a file, none for one that does not exist.
    private static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int ?? 0
    }

    private static func truncated(_ path: String, size: Int) -> IndexError {
        IndexError(
            .truncated, subject: path, fact: "truncated: \(size) bytes are left of it",
            remedy: size < Schema.pageSize ? IndexError.restoreRemedy : IndexError.repairRemedy)
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
        func number(_ bytes: Range<Int>) -> UInt64 { start[bytes].reduce(0) { $0 << 8 | UInt64($1) } }
        if start.count < 100 || Schema.pageSizes.contains(Int(number(16..<18))) && size < number(28..<32) * number(16..<18) {
            return truncated(path, size: Int(size))
        }
        return IndexError(error, path: path)
    }
}
