import Foundation
import GRDB

/// Moves what a damaged index still holds, and can prove, to a new one.
struct Salvage {
    private let raw: RawDatabase
    /// The file's name in errors.
    private let path: String
    private let lexicon: BaseLexicon
    /// The contents of `meta`, where they match their hash.
    private let proven: Meta?
    private let header: IndexHeader
    private let adapter: [UInt8]?
    private var originals: Set<ContentID> = []

    private(set) var report = IndexRepair()
    /// Whether dead documents have lost what stands beside their segment, so that compaction must drop them.
    private(set) var leavesGaps = false

    /// Reads what the index says of itself.
    /// - Throws: `IndexError` where the file is no index, or one of another model or a newer format.
    init(_ raw: RawDatabase, path: String, model: ModelIdentity, lexicon: BaseLexicon) throws {
        self.raw = raw
        self.path = path
        self.lexicon = lexicon
        var values: [String: [UInt8]] = [:]
        raw.forEachRow(.index, columns: 2) { row in
            if case .text(let key) = row.values[0], case .blob(let value) = row.values[1] { values[String(decoding: key, as: UTF8.self)] = value }
        }
        // The number in the file's header may be lost: the hash says which it was.
        proven = (1...Schema.formatVersion).lazy.compactMap { Meta(values, formatVersion: $0) }.first
        if let proven {
            try proven.header.check(model, lexicon, path: path)
        } else if let version = raw.formatVersion, version > Schema.formatVersion, version <= Schema.largestVersion {
            throw IndexError.newer(version, path: path)
        }
        header =
            proven?.header
            ?? IndexHeader(formatVersion: Schema.formatVersion, model: model, lexiconID: lexicon.id, settings: Meta.settings(values))
        adapter = values["adapter"]
        report.isHeaderLost = proven == nil
    }

    /// Writes the new index. Its texts are not yet compared with their hashes.
    mutating func write(to target: String) throws {
        let writer = try IndexFile.create(at: target, model: header.model, lexicon: lexicon, settings: header.settings)
        let adapter = adapter, raw = raw
        try writer.change { db, state in
            state.meta.adapter = adapter
            try raw.forEachRow(.table, columns: 8) { try copySegment($0, db, &state) }
            if state.directories.isEmpty, proven == nil {
                guard raw.formatVersion != nil else { throw IndexError.foreign(path) }
                throw IndexError(.notAnIndex, subject: path, fact: "nothing is left in it that could be saved", remedy: IndexError.restoreRemedy)
            }
            try raw.forEachRow(.table, columns: 2) { try copyOriginal($0, db, state) }
            try copySources(db, &state)
            state.meta.nextSegment = max(proven?.nextSegment ?? 1, (state.directories.keys.max() ?? 0) + 1)
        }
        try writer.close()
    }

    /// A segment is copied as it stands where its parts are proven. Residuals may be doubtful: the hash of each text proves them later.
    private func copySegment(_ row: RawDatabase.Row, _ db: Database, _ state: inout IndexWriter.State) throws {
        guard let id = row.id.map(Int.init), id > 0, id >> 40 == 0, state.directories[id] == nil else { return }
        var parts: [SegmentPart: [UInt8]] = [:], arguments: [(any DatabaseValueConvertible)?] = [id]
        for (part, value) in zip(SegmentPart.allCases, row.values.dropFirst()) {
            guard case .blob(let sealed) = value else { return }
            if let body = try? part.unseal(sealed, segment: id) {  // nil for one that is not proven
                parts[part] = body
            } else if part == .residual {
                parts[part] = sealed.dropLast(8)
            } else {
                return
            }
            arguments.append(Data(part.seal(parts[part] ?? [], segment: id)))
        }
        // What does not decode is as lost as what does not match.
        guard let (directory, _) = try? Segment.decoded(id: id, parts, memorySize: header.model.passageMemorySize, lexicon: lexicon) else { return }
        try db.execute(sql: "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", arguments: StatementArguments(arguments))
        state.meta.segments.add(checksum(UInt64(id).littleEndianBytes))
        state.add(directory, segment: id)
    }

    private mutating func copyOriginal(_ row: RawDatabase.Row, _ db: Database, _ state: IndexWriter.State) throws {
        guard let packed = row.id, case .blob(let sealed) = row.values[1] else { return }
        let id = ContentID(packed: packed), body = Array(sealed.dropLast(8))
        guard let entry = state.entry(id), body.count == entry.originalLength, sealed.suffix(8).elementsEqual(id.seal(body)),
            originals.insert(id).inserted
        else { return }
        try db.execute(sql: "INSERT INTO original VALUES (?, ?)", arguments: [packed, Data(sealed)])
    }

    /// Sources of what was kept stay as they are; those of what was lost are marked to be read again.
    private mutating func copySources(_ db: Database, _ state: inout IndexWriter.State) throws {
        for (id, directory) in state.directories {
            for (ordinal, entry) in directory.entries.enumerated() where entry.originalLength > 0 {
                if !originals.contains(ContentID(segment: id, ordinal: ordinal)) { leavesGaps = true }
            }
        }
        var rows: [[UInt8]: SourceRow] = [:]
        raw.forEachRow(.index, columns: 8) { row in
            if let source = SourceRow(row), source.isPlausible { rows[source.path] = source }
        }
        var tally = Tally()
        for row in rows.values { tally.add(row.digest) }
        let isProven = tally == proven?.sources
        if !isProven {
            report.lostPaths = max(0, Int(clamping: proven?.sources.count ?? 0) - rows.count)
            report.unprovenPaths = rows.count
        }
        for (_, var row) in rows.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            if !isProven { row.modified = 0 }
            if let content = row.content, !isKept(ContentID(packed: content), row, state) { lose(&row) }
            try row.write(to: db)
            state.meta.sources.add(row.digest)
        }
    }

    /// Whether the document of a source is there with all that belongs to it.
    private func isKept(_ id: ContentID, _ row: SourceRow, _ state: IndexWriter.State) -> Bool {
        guard let entry = state.entry(id), row.state == 0 else { return false }
        // A file without a hash of its own is its text: a row that says otherwise refers to the wrong document.
        return (entry.originalLength == 0 || originals.contains(id)) && (row.hash != nil || row.size == Int64(entry.byteLength))
    }

    private mutating func lose(_ row: inout SourceRow) {
        (row.hash, row.media, row.state, row.reason, row.content, row.modified) = ([], "", 2, IndexRepair.lostReason, nil, 0)
        report.lost.append(String(decoding: row.path, as: UTF8.self))
    }
}

extension Segment {
    /// Decodes a segment and the directory of its documents from parts that are already freed of their checksums.
    fileprivate static func decoded(
        id: Int, _ parts: [SegmentPart: [UInt8]], memorySize: Int, lexicon: BaseLexicon
    ) throws -> (DocumentDirectory, Segment) {
        let directory = try DocumentDirectory(decoding: parts[.documents] ?? [])
        guard directory.spansLength == parts[.spans]?.count else { throw DamagedPart(.spans) }
        return (directory, try Segment(id: id, parts: parts, directory: directory, memorySize: memorySize, base: lexicon))
    }

    /// The same from parts in the order of their columns.
    package static func decoded(id: Int, parts: [[UInt8]], memorySize: Int, lexicon: BaseLexicon) throws -> Segment {
        let parts = Dictionary(uniqueKeysWithValues: zip(SegmentPart.allCases, parts))
        return try decoded(id: id, parts, memorySize: memorySize, lexicon: lexicon).1
    }
}

extension SourceRow {
    /// Nil when a column is not of its type.
    fileprivate init?(_ row: RawDatabase.Row) {
        func bytes(_ value: RawDatabase.Value) -> [UInt8]? { if case .blob(let bytes) = value { bytes } else { nil } }
        func text(_ value: RawDatabase.Value) -> String? { if case .text(let text) = value { String(validating: text, as: UTF8.self) } else { nil } }
        func number(_ value: RawDatabase.Value) -> Int64? { if case .integer(let number) = value { number } else { nil } }
        let values = row.values
        guard let path = bytes(values[0]), let size = number(values[1]), let modified = number(values[2]), let state = number(values[5]) else {
            return nil
        }
        self.init(
            path: path, size: size, modified: modified, hash: bytes(values[3]), media: text(values[4]), state: state, reason: text(values[6]),
            content: number(values[7]))
    }

    /// Whether a row could have been written so.
    fileprivate var isPlausible: Bool {
        guard String(validating: path, as: UTF8.self) != nil, !path.isEmpty, 0...2 ~= state else { return false }
        return content != nil || state != 0 && hash != nil && media != nil
    }
}
