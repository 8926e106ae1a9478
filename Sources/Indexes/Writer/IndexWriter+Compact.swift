import Algorithms
import GRDB

extension IndexWriter {
    /// Drops documents that no source refers to, joins small segments into segments of about `segmentBytes` of text, and
    /// gives the freed space back.
    ///
    /// Residuals and memory codes are copied; term sets are coded again. A segment that is large enough and holds no dead
    /// document stays as it is. A crash leaves the index before or after one of the steps, with the same documents and
    /// sources in each.
    package func compact(segmentBytes: Int = IndexWriter.segmentBytes) throws {
        let live = try liveDocuments()
        let groups = groups(live: live, segmentBytes: segmentBytes).filter(\.isWorthwhile)
        try rewrite(groups, live: live, segmentBytes: segmentBytes)
        try connection.vacuum()
        try connection.foldLog()
    }

    /// Joins neighbouring small segments where their sum is at least twice the largest of them, or where there are eight. So
    /// an index has few segments, and the terms of a text are coded again a few times at most. Gives freed space back where
    /// it is more than a quarter of the file, or more than a fiftieth of a new one: the file is written again for that.
    package func merge(segmentBytes: Int = IndexWriter.segmentBytes, isNew: Bool = false) throws {
        let live = try liveDocuments()
        let groups = groups(live: live, segmentBytes: segmentBytes).filter {
            $0.segments.count >= 8 || $0.segments.count > 1 && $0.bytes >= 2 * $0.largest
        }
        try rewrite(groups, live: live, segmentBytes: segmentBytes)
        let (free, pages) = try connection.run { db in
            (try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0, try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0)
        }
        guard free * (isNew ? 50 : 4) > pages else { return }
        do {
            try connection.vacuum()
        } catch let error as IndexError where error.code == .diskFull || error.code == .writerBusy {
            // There is no room for the copy that VACUUM makes, or a reader is in its way. The free pages serve the next
            // batches.
        }
        try connection.foldLog()
    }

    /// The text that a segment should hold, in bytes. A segment with half as much is large enough to stay as it is.
    package static let segmentBytes = 8 << 20

    private func liveDocuments() throws -> Set<DocumentID> { try Set(sources().compactMap(\.document)) }

    /// Neighbouring segments that are to be written again together.
    private struct Group {
        var segments: [Int] = []
        /// The live text of all segments, in bytes.
        var bytes = 0
        /// The live text of the largest segment, in bytes.
        var largest = 0
        var hasDeadDocuments = false

        var isWorthwhile: Bool { hasDeadDocuments || segments.count > 1 }
    }

    private func groups(live: Set<DocumentID>, segmentBytes: Int) -> [Group] {
        var groups: [Group] = []
        var group = Group()
        func finish() {
            if !group.segments.isEmpty { groups.append(group) }
            group = Group()
        }
        for (id, directory) in directories().sorted(by: { $0.key < $1.key }) {
            let kept = directory.entries.indices.filter { live.contains(DocumentID(segment: id, ordinal: $0)) }
            let size = kept.reduce(0) { $0 + directory.entries[$1].byteLength }
            let isWhole = kept.count == directory.entries.count
            if isWhole, size >= segmentBytes / 2 {
                finish()
                continue
            }
            if group.bytes > 0, group.bytes + size > segmentBytes * 5 / 4 { finish() }
            group.segments.append(id)
            group.bytes += size
            group.largest = max(group.largest, size)
            group.hasDeadDocuments = group.hasDeadDocuments || !isWhole
        }
        finish()
        return groups
    }

    private func rewrite(_ groups: [Group], live: Set<DocumentID>, segmentBytes: Int) throws {
        for group in groups {
            try change { db, state in try rewrite(group.segments, live: live, segmentBytes: segmentBytes, db, &state) }
        }
    }

    private func rewrite(
        _ group: [Int], live: Set<DocumentID>, segmentBytes: Int, _ db: Database, _ state: inout State
    ) throws {
        var moved: [Int64: DocumentID] = [:]
        var documents: [EncodedDocument] = []
        var bytes = 0
        func flush() throws {
            if !documents.isEmpty { try append(documents, db, &state) }
            documents = []
            bytes = 0
        }
        for id in group {
            for (old, document) in try self.documents(of: id, live: live, state) {
                let isFull = bytes > 0 && bytes + document.byteLength > segmentBytes * 5 / 4
                if isFull || documents.count == SegmentLimits.documents { try flush() }
                moved[old.packed] = DocumentID(segment: state.meta.nextSegment, ordinal: documents.count)
                documents.append(document)
                bytes += document.byteLength
            }
        }
        try flush()
        for id in group {
            try db.execute(sql: "DELETE FROM segment WHERE id = ?", arguments: [id])
            let pieces = ResidualPiece.ids(of: id)
            try db.execute(
                sql: "DELETE FROM residual WHERE id BETWEEN ? AND ?", arguments: [pieces.lowerBound, pieces.upperBound])
            let first = DocumentID(segment: id, ordinal: 0).packed
            let next = DocumentID(segment: id + 1, ordinal: 0).packed
            try db.execute(sql: "DELETE FROM original WHERE document >= ? AND document < ?", arguments: [first, next])
            state.meta.segments.remove(segment: id)
            state.remove(segment: id)
        }
        for var row in try connection.rows(db) {
            guard let old = row.document, let new = moved[old] else { continue }
            state.meta.sources.remove(row.digest)
            row.document = new.packed
            try state.put(row, db)
        }
    }

    /// The live documents of a segment as they were given, their terms in ascending order.
    private func documents(of id: Int, live: Set<DocumentID>, _ state: State) throws -> [(DocumentID, EncodedDocument)] {
        guard let directory = state.directories[id] else { return [] }
        let parts = try connection.parts(of: id)
        let segment = try connection.naming(id) {
            try Segment(
                id: id, parts: parts, directory: directory, memorySize: state.meta.header.model.passageMemorySize,
                prior: lexicon, path: connection.path)
        }
        let spans = try connection.spans(of: id, directory)
        let kept = directory.entries.indices.filter { live.contains(DocumentID(segment: id, ordinal: $0)) }
        var passages = try segment.encodedPassages(kept.flatMap { Array(directory.entries[$0].passages) }) {
            try connection.residual($0, of: id)
        }[...]
        return try kept.map { ordinal in
            let entry = directory.entries[ordinal]
            let name = DocumentID(segment: id, ordinal: ordinal)
            defer { passages = passages.dropFirst(entry.passages.count) }
            let document = EncodedDocument(
                textHash: entry.textHash, byteLength: entry.byteLength, title: entry.title, mediaType: entry.mediaType,
                spans: Array(spans[entry.spans]),
                original: try connection.original(of: name, length: entry.originalLength),
                memory: Array(segment.sectionMemory(entry.memory)), passages: Array(passages.prefix(entry.passages.count)))
            return (name, document)
        }
    }
}

extension Segment {
    /// Passages as they were given, their terms in ascending order.
    ///
    /// - Parameter read: reads a piece of the segment's residuals.
    func encodedPassages(_ passages: [Int], reading read: (_ piece: Int) throws -> [UInt8]) throws -> [EncodedPassage] {
        try passages.chunks(ofCount: 1024).flatMap { chunk in
            try zip(chunk, try terms(of: Array(chunk))).map { passage, terms in
                EncodedPassage(
                    terms: terms, memory: Array(memory(of: passage)),
                    residual: Array(try residual(of: passage, reading: read)),
                    tokenCount: tokenCount(of: passage), byteCount: byteCount(of: passage), coding: coding(of: passage))
            }
        }
    }
}

extension IndexSnapshot {
    /// The passages of a document as they were given, their terms in ascending order.
    package func encodedPassages(of document: StoredDocument) throws -> [EncodedPassage] {
        let (connection, segment) = place(ofSegment: document.id.segment)
        return try self.segment(document.id.segment).encodedPassages(Array(document.passages)) {
            try connection.residual($0, of: segment)
        }
    }
}
