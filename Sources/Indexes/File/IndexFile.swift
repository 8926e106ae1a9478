import Foundation
import GRDB

/// Makes and opens index files.
public enum IndexFile {
    /// Makes an empty index and opens it for writing. The path must be free.
    ///
    /// The file is made under another name and renamed once it is whole: a crash leaves no half-made index at its path.
    public static func create(
        at path: String, model: ModelIdentity, lexicon: BaseLexicon, settings: [String: String] = [:]
    ) throws -> IndexWriter {
        let lock = try WriterLock(index: path)
        if FileManager.default.fileExists(atPath: path) {
            throw IndexError(.exists, subject: path, fact: "exists already", remedy: "refresh it, or remove it first")
        }
        let draft = path + Companion.draft
        removeDraft(draft)
        do {
            let meta = Meta(
                header: IndexHeader(
                    formatVersion: Schema.formatVersion, model: model, lexiconID: lexicon.id, settings: settings))
            try make(draft, meta)
            guard rename(draft, path) == 0 else { throw IndexError(errno, path: path) }
        } catch {
            removeDraft(draft)
            guard let error = error as? IndexError else { throw error }
            throw IndexError(error.code, subject: path, fact: error.fact, remedy: error.remedy)
        }
        syncFolder(of: path)
        return try IndexWriter(Connection(path: path, for: .write), lock: lock, lexicon: lexicon)
    }

    private static func make(_ path: String, _ meta: Meta) throws {
        let connection = try Connection(path: path, for: .create)
        try connection.run { db in
            try db.inTransaction(.immediate) {
                try Schema.create(in: db)
                try meta.write(to: db, instead: nil)
                return .commit
            }
            // Last: until here all is in the file itself, and no log of another name is needed.
            try db.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try IndexError.translating(path) { try connection.queue.close() }
    }

    /// Removes what a crash left of making an index.
    private static func removeDraft(_ draft: String) {
        for suffix in [""] + Companion.database { unlink(draft + suffix) }  // most do not exist
    }

    /// Makes the name of a file last through a power cut, where the system can.
    static func syncFolder(of path: String) {
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = Glibc.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// Opens an index for writing; the only writer until it is closed. `model` nil accepts any.
    public static func openForWriting(
        at path: String, model: ModelIdentity?, lexicon: BaseLexicon
    ) throws
        -> IndexWriter
    {
        guard FileManager.default.fileExists(atPath: path) else { throw missing(path) }
        let lock = try WriterLock(index: path)
        let connection = try Connection(path: path, for: .write)
        try connection.run { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        let writer = try IndexWriter(connection, lock: lock, lexicon: lexicon)
        try writer.header.check(model, lexicon, path: path)
        return writer
    }

    /// Opens an index as it stands now. `model` nil accepts any.
    public static func open(at path: String, model: ModelIdentity?, lexicon: BaseLexicon) throws -> IndexSnapshot {
        let snapshot = try IndexSnapshot(Connection(path: path, for: .read), lexicon: lexicon)
        try snapshot.header.check(model, lexicon, path: path)
        return snapshot
    }

    /// What an index says of itself: enough to find the model that it needs.
    public static func header(at path: String) throws -> IndexHeader {
        try Connection(path: path, for: .read).meta().header
    }

    static func missing(_ path: String) -> IndexError {
        IndexError(.missing, subject: path, fact: "no such file", remedy: "make it with r3mem index")
    }
}

extension IndexHeader {
    /// Refuses a model or lexicon other than the index was written with.
    func check(_ model: ModelIdentity?, _ lexicon: BaseLexicon, path: String) throws {
        if let model, model.hash != self.model.hash || model.passageMemorySize != self.model.passageMemorySize {
            throw IndexError(
                .otherModel, subject: path,
                fact:
                    "coded with model \(self.model.hash.abbreviated) (\(self.model.name)), this r3mem carries \(model.hash.abbreviated)",
                remedy: "pass --model")
        }
        if lexicon.id != lexiconID {
            throw IndexError(
                .otherLexicon, subject: path,
                fact: "coded with lexicon \(lexiconID.abbreviated), this model carries \(lexicon.id.abbreviated)",
                remedy: "pass --model")
        }
    }
}

extension [UInt8] {
    /// The first bytes in hexadecimal, as messages show hashes.
    var abbreviated: String {
        prefix(4).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "…"
    }
}
