import Foundation
import GRDB

/// The `meta` table: who may read the index, the caller's settings, tallies of the other tables, and a hash over it all.
struct Meta: Equatable {
    var header: IndexHeader
    var adapter: [UInt8]?
    var sources = Tally()
    var segments = Tally()
    /// The identifier of the next segment; identifiers are never given twice.
    var nextSegment = 1

    private static let settingPrefix = "setting."

    private var rows: [(key: String, value: [UInt8])] {
        var rows: [(key: String, value: [UInt8])] = [
            ("lexicon", header.lexiconID),
            ("model", header.model.hash),
            ("model.memory", UInt64(header.model.passageMemorySize).littleEndianBytes),
            ("model.name", Array(header.model.name.utf8)),
            ("next", UInt64(nextSegment).littleEndianBytes),
            ("segments", segments.bytes),
            ("sources", sources.bytes),
        ]
        for (key, value) in header.settings { rows.append((Meta.settingPrefix + key, Array(value.utf8))) }
        if let adapter { rows.append(("adapter", adapter)) }
        return rows.sorted { $0.key < $1.key }
    }

    private static func hash(_ rows: [(key: String, value: [UInt8])], formatVersion: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for (key, value) in rows {
            bytes += UInt64(key.utf8.count).littleEndianBytes + Array(key.utf8)
            bytes += UInt64(value.count).littleEndianBytes + value
        }
        return checksum(bytes, seed: UInt64(formatVersion)).littleEndianBytes
    }

    /// Makes the table say what `self` says.
    func write(to db: Database, instead old: Meta?) throws {
        let rows = self.rows
        let before = Dictionary(uniqueKeysWithValues: (old?.rows ?? []).map { ($0.key, $0.value) })
        for key in before.keys where !rows.contains(where: { $0.key == key }) {
            try db.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [key])
        }
        let changed = rows.filter { before[$0.key] != $0.value } + [("check", Meta.hash(rows, formatVersion: header.formatVersion))]
        for (key, value) in changed {
            try db.execute(
                sql: "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                arguments: [key, Data(value)])
        }
    }

    /// Reads the table; nil when it does not match its hash.
    init?(_ db: Database) throws {
        var values: [String: [UInt8]] = [:], formatVersion = 0
        // In one statement, for a writer may come between two and lift the version.
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
        guard let check = values.removeValue(forKey: "check"),
            1...Schema.formatVersion ~= formatVersion,
            check == Meta.hash(values.map { ($0.key, $0.value) }.sorted { $0.key < $1.key }, formatVersion: formatVersion),
            let lexicon = values["lexicon"], let hash = values["model"], let size = values["model.memory"],
            let name = values["model.name"], let next = values["next"], size.count == 8, next.count == 8,
            let size = Int(exactly: UInt64(littleEndianBytes: size)), size <= SegmentLimits.termBytes,
            let next = Int(exactly: UInt64(littleEndianBytes: next)), next >> 40 == 0,
            let segments = values["segments"].flatMap(Tally.init(bytes:)),
            let sources = values["sources"].flatMap(Tally.init(bytes:))
        else { return nil }
        let model = ModelIdentity(
            hash: hash, name: String(decoding: name, as: UTF8.self),
            passageMemorySize: size)
        header = IndexHeader(
            formatVersion: formatVersion, model: model, lexiconID: lexicon, settings: Meta.settings(values))
        adapter = values["adapter"]
        self.segments = segments
        self.sources = sources
        nextSegment = next
    }

    init(header: IndexHeader) {
        self.header = header
    }

    /// The caller's options among the values of the table.
    static func settings(_ values: [String: [UInt8]]) -> [String: String] {
        var settings: [String: String] = [:]
        for (key, value) in values where key.hasPrefix(settingPrefix) {
            settings[String(key.dropFirst(settingPrefix.count))] = String(decoding: value, as: UTF8.self)
        }
        return settings
    }
}
