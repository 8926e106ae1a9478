import GRDB

extension IndexWriter {
    /// Drops what no source refers to, joins small segments into ones of about `segmentBytes` of text, and gives the
    /// freed space back.
    ///
    /// Residuals and codes are copied; word sets are coded again. Segments that are whole and large enough stay as they
    /// are. A crash leaves the index as it was before or after one of the steps, with the same contents in each.
    public func compact(segmentBytes: Int = 4 << 20) throws {
        let live = try Set(sources().compactMap(\.content))
        for group in groups(live: live, segmentBytes: segmentBytes) {
            try change { db, state in try rewrite(group, live: live, segmentBytes: segmentBytes, db, &state) }
        }
        try connection.run { try $0.execute(sql: "VACUUM") }
        try connection.foldLog()
    }

    /// Runs of neighbouring segments to be written anew together.
    private func groups(live: Set<ContentID>, segmentBytes: Int) -> [[Int]] {
        let directories = directories()
        var groups: [[Int]] = []
        var group: [Int] = []
        var bytes = 0
        var isWorthwhile = false
        func finish() {
            if isWorthwhile || group.count > 1 { groups.append(group) }
            group = []
            bytes = 0
            isWorthwhile = false
        }
        for (id, directory) in directories.sorted(by: { $0.key < $1.key }) {
            let kept = directory.entries.indices.filter { live.contains(ContentID(segment: id, ordinal: $0)) }
            let size = kept.reduce(0) { $0 + directory.entries[$1].byteLength }
            let isWhole = kept.count == directory.entries.count
            if isWhole, size >= segmentBytes / 2 {
                finish()
                continue
            }
            if bytes > 0, bytes + size > segmentBytes * 5 / 4 { finish() }
            group.append(id)
            bytes += size
            isWorthwhile = isWorthwhile || !isWhole
        }
        finish()
        return groups
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
            let whole = try self.documents(of: id, state)
            for (ordinal, document) in whole.enumerated() {
                let old = ContentID(segment: id, ordinal: ordinal)
                guard live.contains(old) else { continue }
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

    /// The documents of a segment as they were given, words in ascending order.
    private func documents(of id: Int, _ state: State) throws -> [EncodedDocument] {
        guard let directory = state.directories[id] else { return [] }
        let parts = try connection.parts(of: id)
        let segment = try connection.naming(id) {
            try Segment(
                id: id, parts: parts, directory: directory, memorySize: state.meta.header.model.passageMemorySize,
                base: lexicon)
        }
        let spans = try connection.spans(of: id, directory)
        return try directory.entries.enumerated().map { ordinal, entry in
            EncodedDocument(
                textHash: entry.textHash, byteLength: entry.byteLength, title: entry.title, mediaType: entry.mediaType,
                spans: Array(spans[entry.spans]),
                original: try connection.original(
                    of: ContentID(segment: id, ordinal: ordinal), length: entry.originalLength),
                memory: entry.memory, passages: entry.passages.map(segment.encodedPassage))
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
