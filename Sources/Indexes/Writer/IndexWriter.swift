import Foundation
import GRDB
import Synchronization

/// The one writer of an index. Each `write` is a transaction: after a crash the index holds all batches whose `write`
/// returned.
package final class IndexWriter: Sendable {
    let connection: Connection
    let lexicon: TermPrior
    private let lock: Mutex<WriterLock?>
    let state: Mutex<State>

    struct State {
        var meta: Meta
        var directories: [Int: DocumentDirectory]
        /// Stored documents by text hash.
        var documents: [[UInt8]: [DocumentID]]

        func entry(_ id: DocumentID) -> DocumentDirectory.Entry? {
            guard let entries = directories[id.segment]?.entries, entries.indices.contains(id.ordinal) else {
                return nil
            }
            return entries[id.ordinal]
        }
    }

    init(_ connection: Connection, lock: WriterLock, lexicon: TermPrior) throws {
        self.connection = connection
        self.lock = Mutex(lock)
        self.lexicon = lexicon
        state = Mutex(try IndexWriter.state(of: connection, lexicon))
    }

    private static func state(of connection: Connection, _ lexicon: TermPrior) throws -> State {
        var state = State(meta: try connection.meta(), directories: [:], documents: [:])
        // The source rows are read too: a damaged one is noticed before it is replaced.
        let directories = try connection.contents(state.meta, lexicon).directories
        for (id, directory) in directories.sorted(by: { $0.key < $1.key }) { state.add(directory, segment: id) }
        return state
    }

    /// What the index says of itself.
    package var header: IndexHeader { state.withLock(\.meta.header) }

    /// All sources, in the order of their paths' bytes.
    package func sources() throws -> [Source] {
        try state.withLock { state in
            try connection.sourceRows(state.meta).map { row in
                guard let source = row.source(entry: state.entry) else {
                    throw IndexError.damaged("source table", in: connection.path)
                }
                return source
            }
        }
    }

    /// The index as it stands after the last batch.
    package func snapshot() throws -> IndexSnapshot {
        try IndexSnapshot(Connection(path: connection.path, for: .read), lexicon: lexicon)
    }

    /// Copies the log into the file and lets the next writer in. The writer cannot be used any more.
    ///
    /// Dropping the last reference does the same. One plain file is left when all readers have gone.
    package func close() throws {
        try connection.foldLog()
        try IndexError.translating(connection.path) { try connection.close() }
        lock.withLock { $0 = nil }
    }

    deinit {
        try? connection.close()  // if this fails, all commits are safe in the log
    }

    /// The directories of all segments.
    func directories() -> [Int: DocumentDirectory] { state.withLock(\.directories) }

    /// Runs `body` in a transaction. Where it fails, its changes to the state are undone together with those to the file.
    @discardableResult
    func change<Value: Sendable>(_ body: (Database, inout State) throws -> Value) throws -> Value {
        try state.withLock { state in
            let before = state.meta
            do {
                try connection.prepareCommit()
                return try connection.run { db in
                    var value: Value?
                    try db.inTransaction(.immediate) {
                        value = try body(db, &state)
                        try state.meta.write(to: db, replacing: before)
                        return .commit
                    }
                    guard let value else { preconditionFailure("a transaction that committed has a value") }
                    return value
                }
            } catch {
                state = try IndexWriter.state(of: connection, lexicon)
                throw error
            }
        }
    }
}

extension IndexWriter.State {
    mutating func add(_ directory: DocumentDirectory, segment: Int) {
        directories[segment] = directory
        for (ordinal, entry) in directory.entries.enumerated() {
            documents[entry.textHash, default: []].append(DocumentID(segment: segment, ordinal: ordinal))
        }
    }

    mutating func remove(segment: Int) {
        for entry in directories.removeValue(forKey: segment)?.entries ?? [] {
            documents[entry.textHash]?.removeAll { $0.segment == segment }
            if documents[entry.textHash]?.isEmpty == true { documents[entry.textHash] = nil }
        }
    }
}

// MARK: Rows

extension IndexWriter.State {
    /// Inserts a segment whose parts are sealed.
    ///
    /// - Parameter residuals: pieces of the residuals with their numbers, without checksums.
    mutating func insert(
        _ directory: DocumentDirectory, sealed parts: [SegmentPart: [UInt8]],
        residuals: some Sequence<(offset: Int, element: ArraySlice<UInt8>)>,
        segment id: Int, _ db: Database
    ) throws {
        var arguments: [(any DatabaseValueConvertible)?] = [id]
        for part in SegmentPart.columns { arguments.append(Data(parts[part] ?? [])) }
        let places = arguments.map { _ in "?" }.joined(separator: ", ")
        try db.execute(sql: "INSERT INTO segment VALUES (\(places))", arguments: StatementArguments(arguments))
        for (number, bytes) in residuals {
            let piece = ResidualPiece(segment: id, number: number)
            // A row without a segment, which no program writes, must not keep a writer out.
            try db.execute(
                sql: "INSERT OR REPLACE INTO residual VALUES (?, ?)", arguments: [piece.id, Data(piece.seal(bytes))])
        }
        meta.segments.add(segment: id)
        add(directory, segment: id)
    }

    /// Inserts a stored original with its checksum behind it.
    func insert(original: [UInt8], of id: DocumentID, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO original VALUES (?, ?)", arguments: [id.packed, Data(original + id.seal(original))])
    }

    /// Inserts a source, or replaces the row at its path.
    mutating func put(_ row: SourceRow, _ db: Database) throws {
        try row.write(to: db)
        meta.sources.add(row.digest)
    }
}
