import GRDB

extension IndexWriter {
    /// Drops what no source refers to, joins small segments into ones of about `segmentBytes` of text, and gives the
    /// freed space back.
    ///
    /// Residuals and codes are copied; word sets are coded again. Segments that are whole and large enough stay as they
    /// are. A crash leaves the index as it was before or after one of the steps, with the same contents in each.
    public func compact(segmentBytes: Int = IndexWriter.segmentBytes) throws {
        let live = try liveContent()
        try rewrite(groups(live: live, segmentBytes: segmentBytes).filter { $0.isWorthwhile }, live: live, segmentBytes: segmentBytes)
        try connection.run { try $0.execute(sql: "VACUUM") }
        try connection.foldLog()
    }

    /// Joins neighbouring small segments where that at least doubles the largest of them, or where there are eight: so an index has few segments,
    /// and a text's words are coded again a few times at most. Gives freed space back where it is a quarter of the file.
    public func merge(segmentBytes: Int = IndexWriter.segmentBytes) throws {
        let live = try liveContent()
        let groups = groups(live: live, segmentBytes: segmentBytes).filter {
            $0.segments.count >= 8 || $0.segments.count > 1 && $0.bytes >= 2 * $0.largest
        }
        try rewrite(groups, live: live, segmentBytes: segmentBytes)
        let (free, pages) = try connection.run { db in
            (try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0, try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0)
        }
        guard free * 4 > pages else { return }
        do {
            try connection.run { try $0.execute(sql: "VACUUM") }
        } catch let error as IndexError where error.code == .diskFull || error.code == .writerBusy {
            // No room for the copy that VACUUM makes, or a reader in its way: free pages stay in the file for the next batches.
        }
        try connection.foldLog()
    }

    /// Text of a segment, in bytes: those of half as much are not joined with others any more.
    public static let segmentBytes = 8 << 20

    private func liveContent() throws -> Set<ContentID> { try Set(sources().compactMap(\.content)) }

    /// Neighbouring segments to be written anew together.
    private struct Group {
        var segments: [Int] = []
        /// Live text of all of them and of the largest.
        var bytes = 0, largest = 0
        var hasDeadContent = false

        var isWorthwhile: Bool { hasDeadContent || segments.count > 1 }
    }

    private func groups(live: Set<ContentID>, segmentBytes: Int) -> [Group] {
        var groups: [Group] = []
        var group = Group()
        func finish() {
            if !group.segments.isEmpty { groups.append(group) }
            group = Group()
        }
        for (id, directory) in directories().sorted(by: { $0.key < $1.key }) {
            let kept = directory.entries.indices.filter { live.contains(ContentID(segment: id, ordinal: $0)) }
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
            group.hasDeadContent = group.hasDeadContent || !isWhole
        }
        finish()
        return groups
    }

    private func rewrite(_ groups: [Group], live: Set<ContentID>, segmentBytes: Int) throws {
        for group in groups {
            try change { db, state in try rewrite(group.segments, live: live, segmentBytes: segmentBytes, db, &state) }
        }
    }

    private func rewrite(
        _ group: [Int], live: Set<ContentID>, segmentBytes: Int, _ db: Database, _ state: inout State
    ) throws {
        var moved: [Int64: ContentID] = [:]
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
                moved[old.packed] = ContentID(segment: state.meta.nextSegment, ordinal: documents.count)
                documents.append(document)
                bytes += document.byteLength
            }
        }
        try flush()
        for id in group {
            try db.execute(sql: "DELETE FROM segment WHERE id = ?", arguments: [id])
            let first = ContentID(segment: id, ordinal: 0).packed
            let next = ContentID(segment: id + 1, ordinal: 0).packed
            try db.execute(sql: "DELETE FROM original WHERE content >= ? AND content < ?", arguments: [first, next])
            state.meta.segments.remove(checksum(UInt64(id).littleEndianBytes))
            state.remove(segment: id)
        }
        for var row in try connection.rows(db) {
            guard let old = row.content, let new = moved[old] else { continue }
            state.meta.sources.remove(row.digest)
            row.content = new.packed
            state.meta.sources.add(row.digest)
            try row.write(to: db)
        }
    }

    /// The live documents of a segment as they were given, words in ascending order.
    private func documents(of id: Int, live: Set<ContentID>, _ state: State) throws -> [(ContentID, EncodedDocument)] {
        guard let directory = state.directories[id] else { return [] }
        let parts = try connection.parts(of: id)
        let segment = try connection.naming(id) {
            try Segment(
                id: id, parts: parts, directory: directory, memorySize: state.meta.header.model.passageMemorySize,
                base: lexicon)
        }
        let spans = try connection.spans(of: id, directory)
        return try directory.entries.enumerated().compactMap { ordinal, entry in
            let content = ContentID(segment: id, ordinal: ordinal)
            guard live.contains(content) else { return nil }
            let document = EncodedDocument(
                textHash: entry.textHash, byteLength: entry.byteLength, title: entry.title, mediaType: entry.mediaType,
                spans: Array(spans[entry.spans]),
                original: try connection.original(of: content, length: entry.originalLength),
                memory: entry.memory, passages: entry.passages.map(segment.encodedPassage))
            return (content, document)
        }
    }
}

extension Segment {
    /// A passage as it was given, words in ascending order.
    public func encodedPassage(_ passage: Int) -> EncodedPassage {
        EncodedPassage(
            words: words(of: passage), memory: Array(memory(of: passage)), residual: Array(residual(of: passage)),
            tokenCount: tokenCount(of: passage), byteCount: byteCount(of: passage), coding: coding(of: passage))
    }
}
