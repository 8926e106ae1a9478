import Foundation
import GRDB

/// The `meta` table: which model reads the index, its options, tallies of the other tables, and a hash over it all.
struct Meta: Equatable {
    var header: IndexHeader
    var sources = Tally()
    var segments = Tally()
    /// The identifier of the next segment. No identifier is given twice.
    var nextSegment = 1
    /// Rows that this program does not know; they are kept.
    private var unknown: [String: [UInt8]] = [:]

    private enum Key {
        static let check = "check"
        static let leftOut = "left-out"
        static let lexicon = "lexicon"
        static let model = "model"
        static let modelMemory = "model.memory"
        static let modelName = "model.name"
        static let next = "next"
        static let options = "options"
        static let segments = "segments"
        static let sources = "sources"
    }

    /// Makes the table of a new index.
    init(header: IndexHeader) {
        self.header = header
    }
}

extension Meta {
    private var rows: [String: [UInt8]] {
        var rows = unknown
        if !header.leftOut.isEmpty {
            rows[Key.leftOut] = Record(header.leftOut.mapValues { .integer(Int64($0)) }).bytes
        }
        return rows.merging([
            Key.lexicon: header.lexiconID,
            Key.model: header.model.hash,
            Key.modelMemory: UInt64(header.model.passageMemorySize).littleEndianBytes,
            Key.modelName: Array(header.model.name.utf8),
            Key.next: UInt64(nextSegment).littleEndianBytes,
            Key.options: header.options.bytes,
            Key.segments: segments.bytes,
            Key.sources: sources.bytes,
        ]) { $1 }
    }

    private static func hash(_ rows: [String: [UInt8]], formatVersion: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for (key, value) in rows.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            bytes += UInt64(key.utf8.count).littleEndianBytes + Array(key.utf8)
            bytes += UInt64(value.count).littleEndianBytes + value
        }
        return checksum(bytes, seed: UInt64(formatVersion)).littleEndianBytes
    }

    /// Writes `self` to the table. `old` holds the present values of the table.
    func write(to db: Database, replacing old: Meta?) throws {
        let rows = self.rows
        let before = old?.rows ?? [:]
        for key in before.keys where rows[key] == nil {
            try db.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [key])
        }
        var changed = rows.filter { before[$0.key] != $0.value }
        changed[Key.check] = Meta.hash(rows, formatVersion: header.formatVersion)
        for (key, value) in changed.sorted(by: { $0.key < $1.key }) {
            try db.execute(
                sql: "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                arguments: [key, Data(value)])
        }
    }

    /// The hash over the table; nil when the table has none. Every change of the index changes the hash.
    static func check(_ db: Database) throws -> [UInt8]? {
        try Data.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [Key.check]).map { Array($0) }
    }

    /// Reads the table; nil when it does not match its hash.
    init?(_ db: Database) throws {
        var values: [String: [UInt8]] = [:]
        var formatVersion = 0
        for row in try Row.fetchAll(db, sql: "SELECT key, value, user_version FROM meta, pragma_user_version") {
            formatVersion = Int.fromDatabaseValue(row[2]) ?? 0
            guard let key = String.fromDatabaseValue(row[0]), let value = Data.fromDatabaseValue(row[1]) else {
                return nil
            }
            values[key] = Array(value)
        }
        self.init(values, formatVersion: formatVersion)
    }

    /// The table's values by key; nil when they do not match their hash.
    init?(_ values: [String: [UInt8]], formatVersion: Int) {
        var values = values
        guard let check = values.removeValue(forKey: Key.check), formatVersion == Schema.formatVersion,
            check == Meta.hash(values, formatVersion: formatVersion),
            let lexicon = values.removeValue(forKey: Key.lexicon),
            let hash = values.removeValue(forKey: Key.model),
            let size = values.removeValue(forKey: Key.modelMemory).flatMap(Meta.number), size <= SegmentLimits.termBytes,
            let name = values.removeValue(forKey: Key.modelName),
            let next = values.removeValue(forKey: Key.next).flatMap(Meta.number), next >> 40 == 0,
            let options = StoredOptions(bytes: values.removeValue(forKey: Key.options) ?? []),
            let leftOut = Meta.counts(values.removeValue(forKey: Key.leftOut) ?? []),
            let segments = values.removeValue(forKey: Key.segments).flatMap(Tally.init(bytes:)),
            let sources = values.removeValue(forKey: Key.sources).flatMap(Tally.init(bytes:))
        else { return nil }
        let model = ModelIdentity(hash: hash, name: String(decoding: name, as: UTF8.self), passageMemorySize: size)
        header = IndexHeader(
            formatVersion: formatVersion, model: model, lexiconID: lexicon, options: options, leftOut: leftOut)
        self.segments = segments
        self.sources = sources
        nextSegment = next
        unknown = values
    }

    /// Counts by name; nil for bytes that are no record of counts.
    private static func counts(_ bytes: [UInt8]) -> [String: Int]? {
        guard let record = Record(bytes: bytes) else { return nil }
        var counts: [String: Int] = [:]
        for (name, value) in record.fields {
            guard let count = value.size else { return nil }
            counts[name] = count
        }
        return counts
    }

    private static func number(_ bytes: [UInt8]) -> Int? {
        bytes.count == 8 ? Int(exactly: UInt64(littleEndianBytes: bytes)) : nil
    }

    /// Takes over the rows of another table that this program does not know.
    mutating func keepUnknown(of other: Meta) { unknown = other.unknown }

    /// The options among the values of a table that does not match its hash; the defaults where they cannot be read.
    static func unprovenOptions(_ values: [String: [UInt8]]) -> StoredOptions {
        values[Key.options].flatMap(StoredOptions.init(bytes:)) ?? StoredOptions()
    }
}
