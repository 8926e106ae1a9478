import Foundation
import GRDB

/// One connection to a file that was checked to be an index.
struct Connection: Sendable {
    enum Purpose { case create, read, write }

    /// The path as the user gave it.
    let path: String
    /// The absolute path. SQLite gives some names a meaning of their own, and a log stands beside the file that a link leads
    /// to.
    private let file: String
    /// The file that the path led to when the connection was opened.
    let identity: FileIdentity?
    let queue: DatabaseQueue
    /// Whether this connection keeps all others out, as the last resort on a full or failing disk.
    let isAlone: Bool
    private let unshared: UnsharedReading?

    /// - Parameter readsLog: whether the log is read first for commits that SQLite would drop in silence.
    init(path: String, for purpose: Purpose, readsLog: Bool = true) throws {
        self.path = path
        file = IndexFile.resolved(path)
        let before = FileIdentity(file)
        if purpose != .create {
            try Connection.checkKind(path)
            try Obstacle.check(beside: file)
            let isLogDamaged = readsLog && RawLog(at: file + Companion.log)?.finding == .damaged
            if isLogDamaged { throw IndexError.logDamaged(path) }
        }
        let writable = purpose == .create || Connection.isWritable(file)
        if purpose == .write, !writable {
            throw IndexError(
                .readOnly, subject: path, fact: "cannot be written")
        }
        unshared = before.map { [file] in UnsharedReading(file, $0) }
        do {
            var sharing = Sharing.writable
            do {
                if !writable { sharing = try Connection.sharing(of: file, path, unshared) }
                queue = try Connection.open(file, purpose, sharing)
            } catch let error as DatabaseError where purpose == .read && Connection.isOfDisk(error) {
                // There is no room for "-shm", which readers share; or the last writer removed it just now. Without a log, or
                // with an empty one, the file is complete. Otherwise open it exclusively, which needs no "-shm".
                let isAlone = writable && Connection.size(of: file + Companion.log) > 0
                sharing = isAlone ? .alone : try Connection.sharing(of: file, path, unshared, hasRoom: !writable)
                queue = try Connection.open(file, purpose, sharing)
            }
            isAlone = sharing == .alone
            if sharing == .withLog { unshared?.keep(queue) }
            // A file that took the path's place meanwhile has no identity.
            identity = before == FileIdentity(file) ? before : nil
            if identity == nil, unshared?.isHeld == true { throw IndexError.beingWritten(path) }
            if purpose != .create { try check() }
        } catch let error as DatabaseError {
            throw Connection.explain(error, path: path)
        }
    }

    /// How a file is read that cannot be written, or beside which nothing can be made.
    ///
    /// - Parameter hasRoom: whether a log that is there can be shared.
    private static func sharing(
        of file: String, _ path: String, _ unshared: UnsharedReading?, hasRoom: Bool = true
    ) throws -> Sharing {
        let (log, memory) = (file + Companion.log, file + Companion.sharedMemory)
        func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
        for beside in [log, memory] where exists(beside) && access(beside, R_OK) != 0 {
            throw IndexError.unreadable(beside)
        }
        func isShared() -> Bool { hasRoom && exists(log) && exists(memory) }
        if isShared() { return .readOnly }
        guard unshared?.hold() == true else { throw IndexError.beingWritten(path) }
        // A writer that began before the lock was taken has made both.
        if isShared() {
            unshared?.release()
            return .readOnly
        }
        return size(of: log) > 0 ? .withLog : .immutable
    }

    /// Closes the connection, at once or as soon as that drops no lock of another one.
    func close() throws {
        if unshared?.keepsConnection != true { try queue.close() }
    }

    /// Refuses paths that SQLite would make a new file at, wait at, or report as an error of the disk.
    static func checkKind(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw IndexFile.missing(path) }
            throw IndexError.unreadable(path)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw IndexError(.notAnIndex, subject: path, fact: "is a folder")
        default: throw IndexError(.notAnIndex, subject: path, fact: "is no regular file")
        }
        guard access(path, R_OK) != 0 else { return }
        throw IndexError.unreadable(path)
    }

    /// How a file is shared with other connections.
    private enum Sharing {
        case writable, readOnly, alone
        /// The file alone, and the file with its log, under the lock of `UnsharedReading`.
        case immutable, withLog

        var isWritable: Bool { self == .writable || self == .alone }

        /// The name under which SQLite opens a file.
        func name(_ path: String) -> String {
            switch self {
            case .immutable: "file:" + Connection.escaped(path) + "?immutable=1"
            case .withLog: "file:" + Connection.escaped(path) + "?vfs=unix-none"
            case .writable, .readOnly, .alone: path
            }
        }
    }

    private static func open(_ path: String, _ purpose: Purpose, _ sharing: Sharing) throws -> DatabaseQueue {
        var configuration = Configuration()
        // Readers open for writing too where they may, so that the last connection to close removes the log.
        configuration.readonly = !sharing.isWritable
        configuration.busyMode = .timeout(10)
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            // An exclusive connection keeps the index of the log in its memory.
            if sharing == .alone || sharing == .withLog { try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            if purpose == .create { try db.execute(sql: "PRAGMA page_size = \(Schema.pageSize)") }
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF")
            // A log that a compaction made long is cut when it is begun anew.
            try db.execute(sql: "PRAGMA journal_size_limit = \(Schema.longestLog)")
            if purpose == .read { try db.execute(sql: "PRAGMA query_only = ON") }
        }
        let queue = try DatabaseQueue(path: sharing.name(path), configuration: configuration)
        // The first access makes the log when there is none. It fails when the log cannot be made.
        if purpose != .create {
            _ = try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        }
        return queue
    }

    private static func isOfDisk(_ error: DatabaseError) -> Bool {
        [.SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_FULL].contains(error.resultCode)
    }

    /// Begins the read transaction of a snapshot, which lasts until the connection closes.
    ///
    /// GRDB's own `DatabaseSnapshot` comes from a `DatabasePool` alone. A pool needs a folder that can be written, cannot
    /// open a file immutable or exclusively, and reads through connections that leave the log behind.
    func beginSnapshot() throws {
        try run { try $0.execute(sql: "BEGIN") }
    }

    /// Runs `body` on the connection, in the transaction that is open or in none.
    func run<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try IndexError.translating(path) { try queue.unsafeReentrantWrite(body) }
    }

    /// Lets a commit copy a long log into the file, unless a reader is under way that cannot share the log.
    func prepareCommit() throws {
        let pages = unshared?.isUnderWay == true ? 0 : Schema.foldedPages
        try run { try $0.execute(sql: "PRAGMA wal_autocheckpoint = \(pages)") }
    }

    /// Writes the file anew without free pages.
    func vacuum() throws {
        try prepareCommit()
        try run { try $0.execute(sql: "VACUUM") }
    }

    /// Copies the log into the file as far as readers allow, and waits for nobody.
    func foldLog() throws {
        if unshared?.isUnderWay == true { return }
        try run { _ = try Row.fetchAll($0, sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    }

    private func check() throws {
        try queue.writeWithoutTransaction { db in
            let application = try Int64.fetchOne(db, sql: "PRAGMA application_id")
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            if application != Schema.applicationID || version < 1 { throw IndexError.foreign(path) }
            try Schema.checkVersion(version, path: path)
            if try Schema.isDraft(db) { throw IndexError.draft(path) }
            // SQLite reads a last page that is cut short as if zeros followed. While a log exists, pages may be in the log
            // alone.
            let expected =
                try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
            let size = Connection.size(of: file)
            if size < expected, Connection.size(of: file + Companion.log) == 0 {
                throw Connection.truncated(path, size: size)
            }
        }
    }

    private static func isWritable(_ path: String) -> Bool {
        FileManager.default.isWritableFile(atPath: path)
            && FileManager.default.isWritableFile(atPath: IndexFile.folder(of: path))
    }

    fileprivate static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }

    /// The size of a file in bytes; 0 for a file that does not exist.
    private static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int ?? 0
    }

    private static func truncated(_ path: String, size: Int) -> IndexError {
        IndexError(
            .truncated, subject: path, fact: "truncated: \(size) bytes are left of it")
    }

    /// Distinguishes a truncated file from one with other damage.
    private static func explain(_ error: DatabaseError, path: String) -> IndexError {
        guard
            error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
                || error.resultCode == .SQLITE_IOERR,
            let handle = FileHandle(forReadingAtPath: path), let start = try? handle.read(upToCount: 100)
        else { return IndexError(error, path: path) }
        defer { try? handle.close() }
        if start.isEmpty || !start.starts(with: Schema.magic.prefix(start.count)) { return IndexError(error, path: path) }
        let size = (try? handle.seekToEnd()) ?? 0
        func number(_ bytes: Range<Int>) -> UInt64 { start[bytes].reduce(0) { $0 << 8 | UInt64($1) } }
        if start.count < 100 || number(16..<18) == Schema.pageSize && size < number(28..<32) * number(16..<18) {
            return truncated(path, size: Int(size))
        }
        return IndexError(error, path: path)
    }
}
