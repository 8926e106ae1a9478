import Foundation
import GRDB

extension Connection {
    /// The contents of `meta`, checked.
    func meta() throws -> Meta {
        try run { db in
            guard let meta = try Meta(db) else { throw IndexError.damaged("meta", in: path) }
            return meta
        }
    }

    /// The identifiers of all segments, ascending, compared with their tally in `meta`.
    func segmentIDs(_ meta: Meta) throws -> [Int] {
        let ids = try run { try Int.fetchAll($0, sql: "SELECT id FROM segment ORDER BY id") }
        guard ids.allSatisfy({ $0 > 0 && $0 < meta.nextSegment }), Tally(segments: ids) == meta.segments else {
            throw IndexError.damaged("segment table", in: path)
        }
        return ids
    }

    /// One part of a segment without its checksum, which was compared.
    func part(_ part: SegmentPart, of segment: Int) throws -> [UInt8] {
        var bytes = try run { db -> [UInt8] in
            // A row of a cursor has the bytes of SQLite itself, which are copied once.
            let rows = try Row.fetchCursor(
                db, sql: "SELECT \(part.column) FROM segment WHERE id = ?", arguments: [segment])
            return try rows.next()?.withUnsafeData(atIndex: 0) { $0.map { Array($0) } } ?? []
        }
        try naming(segment) { try part.unseal(&bytes, segment: segment) }
        return bytes
    }

    /// A piece of the residuals of a segment without its checksum, which was compared.
    func residual(_ number: Int, of segment: Int) throws -> [UInt8] {
        let piece = ResidualPiece(segment: segment, number: number)
        var bytes = try run { db -> [UInt8] in
            let rows = try Row.fetchCursor(db, sql: "SELECT bytes FROM residual WHERE id = ?", arguments: [piece.id])
            return try rows.next()?.withUnsafeData(atIndex: 0) { $0.map { Array($0) } } ?? []
        }
        try naming(segment) { try piece.unseal(&bytes) }
        return bytes
    }

    /// How many pieces the residuals of a segment have.
    func residualCount(of segment: Int) throws -> Int {
        let ids = ResidualPiece.ids(of: segment)
        return try run { db in
            try Int.fetchOne(
                db, sql: "SELECT COUNT(*) FROM residual WHERE id BETWEEN ? AND ?",
                arguments: [ids.lowerBound, ids.upperBound]) ?? 0
        }
    }

    /// How many pieces the residuals of all segments have.
    func residualCount() throws -> Int { try run { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM residual") ?? 0 } }

    /// The directory of a segment.
    func directory(of segment: Int, _ prior: TermPrior) throws -> DocumentDirectory {
        let bytes = try part(.documents, of: segment)
        return try naming(segment) { try DocumentDirectory(decoding: bytes, statistics: prior.statistics) }
    }

    /// The directories of all segments, by segment, and all source rows in the order of their paths. Rows are read while
    /// directories are decoded.
    func contents(_ meta: Meta, _ prior: TermPrior) throws -> (directories: [Int: DocumentDirectory], rows: [SourceRow]) {
        enum Part {
            case rows([SourceRow])
            case directory(Int, DocumentDirectory)
        }
        let coded = try segmentIDs(meta).map { (segment: $0, bytes: try part(.documents, of: $0)) }
        let parts = try concurrently(coded.count + 1) { i -> Part in
            if i == 0 { return .rows(try sourceRows(meta)) }
            let (segment, bytes) = coded[i - 1]
            return .directory(
                segment, try naming(segment) { try DocumentDirectory(decoding: bytes, statistics: prior.statistics) })
        }
        var directories: [Int: DocumentDirectory] = [:]
        var rows: [SourceRow] = []
        for part in parts {
            switch part {
            case .rows(let read): rows = read
            case .directory(let segment, let directory): directories[segment] = directory
            }
        }
        return (directories, rows)
    }

    /// The spans of all documents of a segment.
    func spans(of segment: Int, _ directory: DocumentDirectory) throws -> [UInt8] {
        let bytes = try part(.spans, of: segment)
        guard bytes.count == directory.spansLength else {
            throw IndexError.damaged("spans of segment \(segment)", in: path)
        }
        return bytes
    }

    /// The parts that a segment is opened with.
    func parts(of segment: Int) throws -> [SegmentPart: [UInt8]] {
        var result: [SegmentPart: [UInt8]] = [:]
        for part in [SegmentPart.passages, .lexicon, .termLists, .termSets, .memory] {
            result[part] = try self.part(part, of: segment)
        }
        return result
    }

    /// The stored original of a document; empty where the text is the file.
    func original(of id: DocumentID, length: Int) throws -> [UInt8] {
        if length == 0 { return [] }
        let sealed = try run { db in
            try Row.fetchOne(db, sql: "SELECT bytes FROM original WHERE document = ?", arguments: [id.packed])
                .flatMap { Data.fromDatabaseValue($0[0]) }
        }
        let body = Array((sealed ?? Data()).dropLast(8))
        guard let sealed, body.count == length, sealed.suffix(8).elementsEqual(id.seal(body)) else {
            throw IndexError.damaged("original \(id.segment)/\(id.ordinal)", in: path)
        }
        return body
    }

    /// All source rows in the order of their paths, compared with their tally in `meta`.
    func sourceRows(_ meta: Meta) throws -> [SourceRow] {
        let rows = try run(rows)
        var tally = Tally()
        for row in rows { tally.add(row.digest) }
        // A row out of order is listed, but not found by its path.
        let isOrdered = zip(rows, rows.dropFirst()).allSatisfy { $0.path.lexicographicallyPrecedes($1.path) }
        guard tally == meta.sources, isOrdered else { throw IndexError.damaged("source table", in: path) }
        return rows
    }

    /// All source rows in the order of their paths, not compared with their tally.
    func rows(_ db: Database) throws -> [SourceRow] {
        var rows: [SourceRow] = []
        let cursor = try Row.fetchCursor(db, sql: SourceRow.selection + " ORDER BY path")
        while let next = try cursor.next() {
            guard let row = SourceRow(next) else { throw IndexError.damaged("source table", in: path) }
            rows.append(row)
        }
        return rows
    }

    /// Adds the segment to an error about a damaged part.
    func naming<Value>(_ segment: Int, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let damage as DamagedPart {
            throw IndexError.damaged("\(damage.part.name) of segment \(segment)", in: path)
        }
    }
}

extension DocumentID {
    /// The checksum that stands behind the original of a document.
    func seal(_ original: [UInt8]) -> [UInt8] {
        checksum(original, seed: UInt64(bitPattern: packed)).littleEndianBytes
    }
}
