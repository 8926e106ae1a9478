import Foundation
import GRDB

/// A row of the `source` table. A hash or media type that equals that of the document is not stored.
struct SourceRow: Equatable {
    var path: [UInt8]
    var size: Int64
    var modified: Int64?
    var hash: [UInt8]?
    var media: String?
    var state: State
    /// A stored `Reason`; for an indexed file its `StoredRemarks`, if it has any.
    var reason: [UInt8]?
    var document: Int64?

    enum State: Int64 {
        case indexed, skipped, failed
    }

    /// A hash over all columns. The tally of the table is the sum of these hashes.
    var digest: UInt64 {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128 + path.count + (reason?.count ?? 0))
        func append(_ number: Int64) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        func append(_ field: (some Collection<UInt8>)?) {
            bytes.append(field == nil ? 0 : 1)
            guard let field else { return }
            append(Int64(field.count))
            bytes.append(contentsOf: field)
        }
        func append(optional number: Int64?) {
            bytes.append(number == nil ? 0 : 1)
            guard let number else { return }
            append(Int64(8))
            append(number)
        }
        append(path)
        append(size)
        append(optional: modified)
        append(hash)
        append(media?.utf8)
        append(state.rawValue)
        append(reason)
        append(optional: document)
        return checksum(bytes)
    }
}

extension SourceRow {
    static let selection = "SELECT path, size, modified, hash, media, state, reason, document FROM source"

    /// Nil where a column is not of its type.
    init?(_ row: Row) {
        guard let path = Data.fromDatabaseValue(row[0]), let size = Int64.fromDatabaseValue(row[1]),
            let state = Int64.fromDatabaseValue(row[5]).flatMap(State.init)
        else { return nil }
        self.path = Array(path)
        self.size = size
        modified = Int64.fromDatabaseValue(row[2])
        hash = Data.fromDatabaseValue(row[3]).map { Array($0) }
        media = String.fromDatabaseValue(row[4])
        self.state = state
        reason = Data.fromDatabaseValue(row[6]).map { Array($0) }
        document = Int64.fromDatabaseValue(row[7])
    }

    func write(to db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            Data(path), size, modified, hash.map { Data($0) }, media, state.rawValue, reason.map { Data($0) }, document,
        ])
    }

    /// The row at a path: `.none` when there is no row, `.some(nil)` when the row is damaged.
    static func fetch(path: [UInt8], from db: Database) throws -> SourceRow?? {
        guard let row = try Row.fetchOne(db, sql: selection + " WHERE path = ?", arguments: [Data(path)]) else {
            return .none
        }
        return .some(SourceRow(row))
    }
}

extension SourceRow {
    /// The row of a source. `entry` is the directory entry of its document.
    init(_ source: Source, entry: DocumentDirectory.Entry?) {
        path = Array(source.path.utf8)
        size = source.size
        modified = source.modified
        switch source.state {
        case .indexed(let id, let hash, let mediaType):
            state = .indexed
            self.hash = entry?.textHash == hash ? nil : hash
            media = entry?.mediaType == mediaType ? nil : mediaType
            document = id.packed
            let remarks = source.remarks.bytes
            reason = remarks.isEmpty ? nil : remarks
        case .skipped(let reason):
            state = .skipped
            self.reason = reason.bytes
        case .failed(let reason):
            state = .failed
            self.reason = reason.bytes
        }
    }

    /// The source of a row; nil where the columns contradict each other, or where the document is not there.
    func source(entry: (DocumentID) -> DocumentDirectory.Entry?) -> Source? {
        guard let path = String(validating: path, as: UTF8.self), let state = sourceState(entry) else { return nil }
        let remarks = self.state == .indexed ? reason.flatMap(StoredRemarks.init(bytes:)) : nil
        return Source(
            path: path, size: size, modified: modified, state: state, remarks: remarks ?? StoredRemarks())
    }

    /// Whether the column of reasons is that of an indexed file.
    var hasRemarks: Bool { reason.map { StoredRemarks(bytes: $0) != nil } ?? true }

    private func sourceState(_ entry: (DocumentID) -> DocumentDirectory.Entry?) -> Source.State? {
        switch state {
        case .indexed:
            guard let document, hasRemarks, let entry = entry(DocumentID(packed: document)) else { return nil }
            return .indexed(
                DocumentID(packed: document), hash: hash ?? entry.textHash, mediaType: media ?? entry.mediaType)
        case .skipped, .failed:
            guard document == nil, hash == nil, media == nil, let reason = reason.flatMap(Reason.init(bytes:)) else {
                return nil
            }
            return state == .skipped ? .skipped(reason) : .failed(reason)
        }
    }
}
