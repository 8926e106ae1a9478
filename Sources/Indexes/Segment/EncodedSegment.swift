/// The parts of a segment as they are stored, each with its checksum.
struct EncodedSegment {
    let parts: [SegmentPart: [UInt8]]

    /// Codes documents as segment `id`. Throws a sentence saying what a segment cannot hold.
    init(_ documents: [EncodedDocument], id: Int, memorySize: Int, lexicon base: BaseLexicon) throws(InvalidDocument) {
        try EncodedSegment.check(documents, memorySize: memorySize)
        let directory = DocumentDirectory(documents)
        let columns = PassageColumns(documents)
        let lexicon = Lexicon(documents, base: base)
        let positions = lexicon.positions(in: base)
        let passages = documents.flatMap(\.passages)
        let sets = passages.map { passage in
            var set = passage.words.compactMap { positions[$0] }.sorted()
            set.removeDuplicates()
            return set
        }
        let bytes: [SegmentPart: [UInt8]] = [
            .documents: directory.encoded(),
            .passages: columns.encoded(),
            .lexicon: lexicon.encoded(lexicon: base, documentCount: documents.count),
            .sets: WordSets.encoded(sets, directory: directory, columns: columns, lexicon: lexicon),
            .memory: MemoryColumns.encoded(passages.flatMap(\.memory), size: memorySize),
            .spans: documents.flatMap(\.spans),
            .residual: passages.flatMap(\.residual),
        ]
        for (part, bytes) in bytes where bytes.count > SegmentLimits.partBytes {
            throw InvalidDocument(fact: "the \(part.name) of a batch take \(bytes.count) bytes")
        }
        parts = Dictionary(uniqueKeysWithValues: bytes.map { ($0, $0.seal($1, segment: id)) })
    }

    private static func check(_ documents: [EncodedDocument], memorySize: Int) throws(InvalidDocument) {
        var passages = 0
        var postings = 0
        for document in documents {
            if document.textHash.count != 32 { throw InvalidDocument(fact: "a text hash is not 32 bytes long") }
            if document.byteLength < 0 || document.byteLength >> 54 > 0 {
                throw InvalidDocument(fact: "a text length is out of range")
            }
            if document.title.utf8.count >= SegmentLimits.termBytes {
                throw InvalidDocument(fact: "a title is too long")
            }
            if document.memory.count > MemoryColumns.sizeLimit {
                throw InvalidDocument(fact: "a document code is \(document.memory.count) bytes long")
            }
            for length in [document.spans.count, document.original.count]
            where length > SegmentLimits.partBytes / 2 {
                throw InvalidDocument(fact: "what is kept of a document takes \(length) bytes")
            }
            passages += document.passages.count
            for passage in document.passages {
                postings += passage.words.count
                if passage.memory.count != memorySize {
                    throw InvalidDocument(
                        fact: "a passage code is \(passage.memory.count) bytes long, not \(memorySize)")
                }
                for number in [passage.tokenCount, passage.byteCount, passage.residual.count]
                where !(0...SegmentLimits.tokens ~= number) {
                    throw InvalidDocument(fact: "a passage has the length \(number)")
                }
                if passage.words.count >= SegmentLimits.wordsInPassage {
                    throw InvalidDocument(fact: "a passage has \(passage.words.count) words")
                }
                if passage.words.contains(where: { $0.count >= SegmentLimits.termBytes }) {
                    throw InvalidDocument(fact: "a term is longer than \(SegmentLimits.termBytes) bytes")
                }
            }
        }
        if documents.count > SegmentLimits.documents || passages > SegmentLimits.passages
            || postings > SegmentLimits.postings
        {
            throw InvalidDocument(fact: "\(documents.count) documents with \(passages) passages exceed a segment")
        }
    }
}

/// Why documents cannot be stored.
struct InvalidDocument: Error {
    let fact: String
}

extension Lexicon {
    /// The number of each term.
    func positions(in lexicon: BaseLexicon) -> [[UInt8]: UInt32] {
        var result: [[UInt8]: UInt32] = [:]
        result.reserveCapacity(count)
        for (i, position) in base.enumerated() { result[lexicon.words[Int(position)]] = UInt32(i) }
        for (i, term) in local.enumerated() { result[term] = UInt32(base.count + i) }
        return result
    }
}

extension [UInt32] {
    /// Drops repeated neighbours.
    mutating func removeDuplicates() {
        var last: UInt32?
        removeAll { value in
            defer { last = value }
            return value == last
        }
    }
}
