import Foundation
import GRDB

/// Moves everything that a damaged index still holds and can prove to a new index.
struct Salvage {
    private let raw: RawDatabase
    /// The file's name in errors.
    private let path: String
    private let lexicon: TermPrior
    /// The contents of `meta`; nil where they do not match their hash.
    private let proven: Meta?
    private let header: IndexHeader
    private var originals: Set<DocumentID> = []
    /// Pieces of residuals without their checksums, by their rows. Of several pieces for a row the proven one is kept.
    private let pieces: [Int64: (bytes: [UInt8], isProven: Bool)]

    private(set) var report = IndexRepair()
    /// Whether dead documents may have lost their texts or originals, so that compaction must drop them.
    private(set) var leavesGaps = false

    /// Reads the meta table of the index.
    /// - Throws: `IndexError` when the file is no index, or an index of another model or format.
    init(_ raw: RawDatabase, path: String, model: ModelIdentity, lexicon: TermPrior) throws {
        self.raw = raw
        self.path = path
        self.lexicon = lexicon
        var values: [String: [UInt8]] = [:]
        raw.forEachRow(.index, columns: 2) { row in
            if case .text(let key) = row.values[0], case .blob(let value) = row.values[1] {
                values[String(decoding: key, as: UTF8.self)] = value
            }
        }
        // The number in the file's header may be damaged: the hash proves the format.
        proven = Meta(values, formatVersion: Schema.formatVersion)
        if let proven {
            try proven.header.check(model, lexicon, path: path)
        } else if let version = raw.formatVersion, 1...Schema.largestVersion ~= version {
            try Schema.checkVersion(version, path: path)
        }
        header =
            proven?.header
            ?? IndexHeader(
                formatVersion: Schema.formatVersion, model: model, lexiconID: lexicon.id,
                options: Meta.unprovenOptions(values))
        pieces = Salvage.pieces(raw)
        report.isHeaderLost = proven == nil
    }

    /// How many lost pieces of a segment are filled, however few are found.
    private static let mostLost = 64

    /// Rows of two columns are pieces or originals. An original that is taken for a piece is not proven: the hash of the text refuses it.
    private static func pieces(_ raw: RawDatabase) -> [Int64: (bytes: [UInt8], isProven: Bool)] {
        var pieces: [Int64: (bytes: [UInt8], isProven: Bool)] = [:]
        raw.forEachRow(.table, columns: 2) { row in
            guard let id = row.id, id > 0, id >> 56 == 0, var bytes = row.values[1].blob,
                8...ResidualPiece.size + 8 ~= bytes.count
            else { return }
            // An error says that the checksum is another one.
            let isProven = (try? ResidualPiece(id: id).unseal(&bytes)) != nil
            if isProven || pieces[id] == nil { pieces[id] = (bytes, isProven) }
        }
        return pieces
    }

    /// Writes the new index. Its texts are not compared with their hashes.
    mutating func write(to target: String) throws {
        let writer = try IndexFile.create(at: target, model: header.model, lexicon: lexicon, options: header.options)
        let raw = raw
        try writer.change { db, state in
            if let proven { state.meta.keepUnknown(of: proven) }
            // The texts of a draft are whole, but this program cannot read them: no repair may replace the file.
            try raw.forEachRow(.table, columns: Schema.draftColumns) { row in
                if row.values.dropFirst().allSatisfy({ $0.blob != nil }) { throw IndexError.draft(path) }
            }
            try raw.forEachRow(.table, columns: 8) { try copySegment($0, db, &state) }
            if state.directories.isEmpty, proven == nil {
                guard raw.formatVersion != nil else { throw IndexError.foreign(path) }
                throw IndexError(
                    .unrepairable, subject: path, fact: "nothing is left in it that could be saved")
            }
            try raw.forEachRow(.table, columns: 2) { try copyOriginal($0, db, state) }
            try copySources(db, &state)
            state.meta.nextSegment = max(proven?.nextSegment ?? 1, (state.directories.keys.max() ?? 0) + 1)
        }
        try writer.close()
    }

    /// Copies a segment unchanged when its parts are proven. Residuals need no proof here, because the hash of each text
    /// proves them later; zeros stand in for pieces that are lost.
    private mutating func copySegment(_ row: RawDatabase.Row, _ db: Database, _ state: inout IndexWriter.State) throws {
        guard let id = row.id.map(Int.init), id > 0, id >> 40 == 0, state.directories[id] == nil else { return }
        var parts: [SegmentPart: [UInt8]] = [:]
        var sealedParts: [SegmentPart: [UInt8]] = [:]
        for (part, value) in zip(SegmentPart.columns, row.values.dropFirst()) {
            guard case .blob(let sealed) = value else { return }
            var body = sealed
            // An error says that the checksum is another one.
            guard (try? part.unseal(&body, segment: id)) != nil else { return }
            parts[part] = body
            sealedParts[part] = sealed
        }
        // A part that does not decode is as lost as one that does not match its checksum.
        let size = header.model.passageMemorySize
        guard let (directory, segment) = try? Segment.decoded(id: id, parts, memorySize: size, lexicon: lexicon) else {
            return
        }
        let residuals = (0..<ResidualPiece.count(segment.residualLength)).map { number -> (bytes: [UInt8]?, length: Int) in
            let piece = ResidualPiece(segment: id, number: number)
            let length = piece.range(of: segment.residualLength).count
            let found = pieces[piece.id].flatMap { $0.bytes.count == length ? $0 : nil }
            if found?.isProven != true { leavesGaps = true }
            return (found?.bytes, length)
        }
        // A small file must not become a large one.
        let lost = residuals.count { $0.bytes == nil }
        guard lost <= Salvage.mostLost + 16 * (residuals.count - lost) else { return }
        let filled = residuals.lazy.map { ($0.bytes ?? [UInt8](repeating: 0, count: $0.length))[...] }.enumerated()
        try state.insert(directory, sealed: sealedParts, residuals: filled, segment: id, db)
    }

    private mutating func copyOriginal(_ row: RawDatabase.Row, _ db: Database, _ state: IndexWriter.State) throws {
        guard let packed = row.id, case .blob(let sealed) = row.values[1] else { return }
        let id = DocumentID(packed: packed)
        let body = Array(sealed.dropLast(8))
        guard let entry = state.entry(id), body.count == entry.originalLength, sealed.suffix(8).elementsEqual(id.seal(body)),
            originals.insert(id).inserted
        else { return }
        try state.insert(original: body, of: id, db)
    }

    /// Copies the sources. A source whose document is lost is marked to be read again.
    private mutating func copySources(_ db: Database, _ state: inout IndexWriter.State) throws {
        for (id, directory) in state.directories {
            for (ordinal, entry) in directory.entries.enumerated() where entry.originalLength > 0 {
                if !originals.contains(DocumentID(segment: id, ordinal: ordinal)) { leavesGaps = true }
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
            if let document = row.document, !isKept(DocumentID(packed: document), row, state) { lose(&row) }
            if !isProven { row.forgetContent() }
            try state.put(row, db)
        }
    }

    /// Whether the document of a source is there with everything that belongs to the document.
    private func isKept(_ id: DocumentID, _ row: SourceRow, _ state: IndexWriter.State) -> Bool {
        guard let entry = state.entry(id), row.state == .indexed else { return false }
        // A file without a hash of its own has the bytes of its text. Otherwise the row refers to the wrong document.
        let isItsText = row.hash != nil || row.size == Int64(entry.byteLength)
        return isItsText && (entry.originalLength == 0 || originals.contains(id))
    }

    private mutating func lose(_ row: inout SourceRow) {
        let path = String(decoding: row.path, as: UTF8.self)
        row = SourceRow(Source(path: path, size: row.size, modified: nil, state: .failed(.lostText)), entry: nil)
        report.lost.append(path)
    }
}

extension Segment {
    /// Decodes a segment and the directory of its documents from parts without their checksums.
    fileprivate static func decoded(
        id: Int, _ parts: [SegmentPart: [UInt8]], memorySize: Int, lexicon: TermPrior
    ) throws -> (DocumentDirectory, Segment) {
        let directory = try DocumentDirectory(decoding: parts[.documents] ?? [], statistics: lexicon.statistics)
        guard directory.spansLength == parts[.spans]?.count else { throw DamagedPart(.spans) }
        let segment = try Segment(
            id: id, parts: parts, directory: directory, memorySize: memorySize, prior: lexicon, path: "")
        try segment.check()
        return (directory, segment)
    }

    /// Decodes a segment from parts in the order of their columns, without their checksums.
    package static func decoded(id: Int, parts: [[UInt8]], memorySize: Int, lexicon: TermPrior) throws -> Segment {
        let parts = Dictionary(uniqueKeysWithValues: zip(SegmentPart.columns, parts))
        return try decoded(id: id, parts, memorySize: memorySize, lexicon: lexicon).1
    }
}

extension SourceRow {
    /// A row of a damaged file; nil where a column is not of its type.
    fileprivate init?(_ row: RawDatabase.Row) {
        let values = row.values
        guard let path = values[0].blob, let size = values[1].integer,
            let state = values[5].integer.flatMap(State.init)
        else { return nil }
        self.init(
            path: path, size: size, modified: values[2].integer, hash: values[3].blob,
            media: values[4].text.flatMap { String(validating: $0, as: UTF8.self) }, state: state, reason: values[6].blob,
            document: values[7].integer)
    }

    /// Has the file read again. Nothing else in a row tells that its document, media type or remarks are those of
    /// another file.
    fileprivate mutating func forgetContent() {
        modified = nil
        if state == .indexed { hash = Source.unknownHash }
    }

    /// Whether a writer could have written the row.
    fileprivate var isPlausible: Bool {
        guard String(validating: path, as: UTF8.self) != nil, !path.isEmpty else { return false }
        switch state {
        case .indexed: return document != nil && hasRemarks
        case .skipped, .failed:
            return document == nil && hash == nil && media == nil && reason.flatMap(Reason.init(bytes:)) != nil
        }
    }
}

extension RawDatabase.Value {
    fileprivate var blob: [UInt8]? { if case .blob(let bytes) = self { bytes } else { nil } }
    fileprivate var text: [UInt8]? { if case .text(let text) = self { text } else { nil } }
    fileprivate var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
}
