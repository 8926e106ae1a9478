import Foundation
import GRDB

/// A row of the `source` table: hash and media type are left out where the content has the same ones.
struct SourceRow: Equatable {
    var path: [UInt8]
    var size: Int64
    var modified: Int64
    var hash: [UInt8]?
    var media: String?
    var state: Int64
    var reason: String?
    var content: Int64?

    /// A hash over all columns, which the tally of the table sums up.
    var digest: UInt64 {
        func field(_ bytes: [UInt8]?) -> [UInt8] {
            guard let bytes else { return [0] }
            return [1] + UInt64(bytes.count).littleEndianBytes + bytes
        }
        func number(_ value: Int64) -> [UInt8] { UInt64(bitPattern: value).littleEndianBytes }
        var bytes = field(path) + number(size) + number(modified) + field(hash) + field(media.map { Array($0.utf8) })
        bytes += number(state) + field(reason.map { Array($0.utf8) }) + field(content.map(number))
        return checksum(bytes)
    }
}

extension SourceRow {
    /// Nil when a column is not of its type.
    init?(_ row: Row) {
        guard let path = Data.fromDatabaseValue(row[0]), let size = Int64.fromDatabaseValue(row[1]),
            let modified = Int64.fromDatabaseValue(row[2]), let state = Int64.fromDatabaseValue(row[5])
        else { return nil }
        self.path = Array(path)
        self.size = size
        self.modified = modified
        hash = Data.fromDatabaseValue(row[3]).map { Array($0) }
        media = String.fromDatabaseValue(row[4])
        self.state = state
        reason = String.fromDatabaseValue(row[6])
        content = Int64.fromDatabaseValue(row[7])
    }

    static let selection = "SELECT path, size, modified, hash, media, state, reason, content FROM source"

    func write(to db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            Data(path), size, modified, hash.map { Data($0) }, media, state, reason, content,
        ])
    }

    static func fetch(path: [UInt8], from db: Database) throws -> SourceRow?? {
        guard let row = try Row.fetchOne(db, sql: selection + " WHERE path = ?", arguments: [Data(path)]) else {
            return .none
        }
        return .some(SourceRow(row))
    }
}

extension SourceRow {
    /// The row of a source whose content, if any, is `entry`.
    init(_ source: Source, content: ContentID?, entry: DocumentDirectory.Entry?) {
        path = Array(source.path.utf8)
        size = source.size
        modified = source.modified
        hash = entry?.textHash == source.hash ? nil : source.hash
        media = entry?.mediaType == source.mediaType ? nil : source.mediaType
        switch source.state {
        case .indexed: (state, reason) = (0, nil)
        case .skipped(let why): (state, reason) = (1, why)
        case .failed(let why): (state, reason) = (2, why)
        }
        self.content = content?.packed
    }

    /// The source of a row; nil when it refers to content that is not there.
    func source(entry: (ContentID) -> DocumentDirectory.Entry?) -> Source? {
        let id = content.map(ContentID.init(packed:))
        let entry = id.flatMap(entry)
        if id != nil, entry == nil { return nil }
        guard let path = String(validating: path, as: UTF8.self), let hash = hash ?? entry?.textHash,
            let media = media ?? entry?.mediaType, 0...2 ~= state
        else { return nil }
        let reason = reason ?? ""
        return Source(
            path: path, size: size, modified: modified, hash: hash, mediaType: media,
            state: state == 0 ? .indexed : state == 1 ? .skipped(reason: reason) : .failed(reason: reason), content: id)
    }
}
