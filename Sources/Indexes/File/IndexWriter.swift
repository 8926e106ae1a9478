import Foundation
import GRDB
import Synchronization

/// The one writer of an index. Every `write` is a transaction: after a crash the index holds all batches that returned.
public final class IndexWriter: Sendable {
    let connection: Connection
    let lexicon: BaseLexicon
    private let lock: Mutex<WriterLock?>
    private let state: Mutex<State>

    struct State {
        var meta: Meta
        var directories: [Int: DocumentDirectory]
        /// Stored documents by text hash.
        var contents: [[UInt8]: [ContentID]]

        func entry(_ id: ContentID) -> DocumentDirectory.Entry? {
            guard let entries = directories[id.segment]?.entries, entries.indices.contains(id.ordinal) else {
                return nil
            }
            return entries[id.ordinal]
        }
    }

    init(_ connection: Connection, lock: WriterLock, lexicon: BaseLexicon) throws {
        self.connection = connection
        self.lock = Mutex(lock)
        self.lexicon = lexicon
        state = Mutex(try IndexWriter.state(of: connection))
    }

    private static func state(of connection: Connection) throws -> State {
        var state = State(meta: try connection.meta(), directories: [:], contents: [:])
        for id in try connection.segmentIDs(state.meta) { state.add(try connection.directory(of: id), segment: id) }
        _ = try connection.sourceRows(state.meta)  // a row that is damaged is noticed before it is replaced
        return state
    }

    public var header: IndexHeader { state.withLock(\.meta.header) }

    /// All sources, in the order of their paths' bytes.
    public func sources() throws -> [Source] {
        try state.withLock { state in
            try connection.sourceRows(state.meta).map { row in
                guard let source = row.source(entry: state.entry) else {
                    throw IndexError.damaged("source table", in: connection.path)
                }
                return source
            }
        }
    }

    /// Stored content with this text, dead content included: a source may refer to it instead of writing it again.
    public func contents(textHash: [UInt8]) -> [ContentID] {
        state.withLock { $0.contents[textHash] ?? [] }
    }

    /// Keeps `value` under `key` for the next refresh; nil forgets it.
    public func set(_ key: String, to value: String?) throws {
        try change { _, state in state.meta.header.settings[key] = value }
    }

    /// Keeps adapter weights in the index; nil drops them.
    public func setAdapter(_ bytes: [UInt8]?) throws {
        try change { _, state in state.meta.adapter = bytes }
    }

    public func adapter() -> [UInt8]? { state.withLock(\.meta.adapter) }

    /// The index as it stands after the last batch.
    public func snapshot() throws -> IndexSnapshot {
        try IndexSnapshot(Connection(path: connection.path, for: .read), lexicon: lexicon)
    }

    /// Folds the log into the file and lets the next writer in; the writer is of no more use then.
    ///
    /// Giving up the last reference does it too. One plain file is left once readers have gone.
    public func close() throws {
        try connection.foldLog()
        try IndexError.translating(connection.path) { try connection.queue.close() }
        lock.withLock { $0 = nil }
    }

    deinit {
        try? connection.queue.close()  // what was committed is safe in the log if this fails
    }

    /// What is stored, by segment.
    func directories() -> [Int: DocumentDirectory] { state.withLock(\.directories) }

    /// Runs `body` in a transaction; if it fails, what it did to the state is undone with what it did to the file.
    @discardableResult
    func change<Value: Sendable>(_ body: (Database, inout State) throws -> Value) throws -> Value {
        try state.withLock { state in
            let before = state.meta
            do {
                return try connection.run { db in
                    var value: Value?
                    try db.inTransaction(.immediate) {
                        value = try body(db, &state)
                        try state.meta.write(to: db, instead: before)
                        return .commit
                    }
                    guard let value else { preconditionFailure("a transaction that committed has a value") }
                    return value
                }
            } catch {
                state = try IndexWriter.state(of: connection)
                throw error
            }
        }
    }
}

extension IndexWriter.State {
    mutating func add(_ directory: DocumentDirectory, segment: Int) {
        directories[segment] = directory
        for (ordinal, entry) in directory.entries.enumerated() {
            contents[entry.textHash, default: []].append(ContentID(segment: segment, ordinal: ordinal))
        }
    }

    mutating func remove(segment: Int) {
        for entry in directories.removeValue(forKey: segment)?.entries ?? [] {
            contents[entry.textHash]?.removeAll { $0.segment == segment }
            if contents[entry.textHash]?.isEmpty == true { contents[entry.textHash] = nil }
        }
    }
}
