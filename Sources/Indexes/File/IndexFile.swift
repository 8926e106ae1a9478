import Foundation
import GRDB

/// Makes and opens index files.
package enum IndexFile {
    /// Makes an empty index and opens it for writing. There must be nothing at the path.
    package static func create(
        at path: String, model: ModelIdentity, lexicon: TermPrior, options: StoredOptions = StoredOptions(),
        leftOut: [String: Int] = [:]
    ) throws -> IndexWriter {
        let lock = try WriterLock(index: path)
        _ = try making(path) { draft in
            try make(
                draft,
                Meta(
                    header: IndexHeader(
                        formatVersion: Schema.formatVersion, model: model, lexiconID: lexicon.id, options: options,
                        leftOut: leftOut.filter { $0.value > 0 })))
        }
        return try IndexWriter(Connection(path: path, for: .write), lock: lock, lexicon: lexicon)
    }

    /// Makes a file under another name, and renames it when it is complete: a crash leaves no incomplete file at the path.
    ///
    /// The caller holds the lock of the index's writer.
    ///
    /// - Parameter make: makes the file under the name that it is given; nil where it gave up.
    /// - Throws: where there is something at the path, or at that of a file beside it; the errors of `make`, with the path
    ///   instead of the other name.
    static func making<Value>(_ path: String, _ make: (_ draft: String) throws -> Value?) throws -> Value? {
        if FileManager.default.fileExists(atPath: path) {
            throw IndexError(.exists, subject: path, fact: "exists already")
        }
        // The file that a link leads to is made, not a file in place of the link.
        let place = resolved(path)
        // Links that lead to one another leave a link, where otherwise nothing is yet.
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: place)) != nil
        if isLink { throw IndexError(ELOOP, path: path) }
        try Obstacle.checkNew(beside: place)
        let draft = place + Companion.draft()
        removeDrafts(of: place)  // a killed run leaves them behind
        do {
            guard let value = try make(draft) else {
                removeDrafts(of: place)
                return nil
            }
            guard rename(draft, place) == 0 else { throw IndexError(errno, path: path) }
            syncFolder(of: place)
            return value
        } catch {
            removeDrafts(of: place)
            guard let error = error as? IndexError, error.subject == draft else { throw error }
            throw IndexError(error.code, subject: path, fact: error.fact)
        }
    }

    private static func make(_ path: String, _ meta: Meta) throws {
        let connection = try Connection(path: path, for: .create)
        try connection.run { db in
            try db.inTransaction(.immediate) {
                try Schema.create(in: db)
                try meta.write(to: db, replacing: nil)
                return .commit
            }
            // The log comes last: everything written so far is in the file itself, which can be renamed alone.
            try db.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try IndexError.translating(path) { try connection.close() }
    }

    /// Makes the name of a file survive a power cut, where the system can.
    static func syncFolder(of path: String) {
        let descriptor = Glibc.open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// Opens an index for writing. There is no second writer until this one is closed. `model` nil accepts any model.
    package static func openForWriting(
        at path: String, model: ModelIdentity?, lexicon: TermPrior
    ) throws -> IndexWriter {
        try Connection.checkKind(path)
        let lock = try WriterLock(index: path)
        removeDrafts(of: resolved(path))  // a run or a repair that was killed leaves them behind
        let connection = try Connection(path: path, for: .write)
        try connection.run { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        let writer = try IndexWriter(connection, lock: lock, lexicon: lexicon)
        try writer.header.check(model, lexicon, path: path)
        return writer
    }

    /// Opens an index as it stands now. `model` nil accepts any model.
    package static func open(at path: String, model: ModelIdentity?, lexicon: TermPrior) throws -> IndexSnapshot {
        let snapshot = try IndexSnapshot(Connection(path: path, for: .read), lexicon: lexicon)
        try snapshot.header.check(model, lexicon, path: path)
        return snapshot
    }

    /// The header of an index. It is enough to find the model that the index needs.
    package static func header(at path: String) throws -> IndexHeader {
        try Connection(path: path, for: .read).meta().header
    }

    /// Whether a path leads to a file that begins as an index does.
    package static func isIndex(at path: String) -> Bool {
        let (start, place) = (start(of: path), Schema.applicationIDPlace)
        guard start.count == place.upperBound, start.starts(with: Schema.magic) else { return false }
        return start[place].reduce(0) { $0 << 8 | Int64($1) } == Schema.applicationID
    }

    /// The first bytes of a regular file, as far as the number that tells an index; none where it cannot be read.
    private static func start(of path: String) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
        var bytes = [UInt8](repeating: 0, count: Schema.applicationIDPlace.upperBound)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(0, count)))
    }

    /// Throws where there is no file, or none that could be read. The contents are not looked at.
    package static func checkKind(of path: String) throws { try Connection.checkKind(path) }

    static func missing(_ path: String) -> IndexError {
        IndexError(.missing, subject: path.isEmpty ? "''" : path, fact: "no such file")
    }
}

extension IndexHeader {
    /// Refuses a model or a base lexicon with which the index was not written.
    func check(_ model: ModelIdentity?, _ lexicon: TermPrior, path: String) throws {
        if let model, model.hash != self.model.hash || model.passageMemorySize != self.model.passageMemorySize {
            throw IndexError(
                .otherModel, subject: path,
                fact: "coded with model \(self.model.hash.abbreviated) (\(self.model.name)), "
                    + "\(model.file.map { "the model \($0)" } ?? "this model") is \(model.hash.abbreviated)")
        }
        if lexicon.id != lexiconID {
            throw IndexError(
                .otherLexicon, subject: path,
                fact: "coded with lexicon \(lexiconID.abbreviated), this model carries \(lexicon.id.abbreviated)")
        }
    }
}

extension [UInt8] {
    /// The first bytes of a hash in hexadecimal, as messages show them.
    var abbreviated: String {
        prefix(4).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "…"
    }
}
