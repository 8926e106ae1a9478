/// The parts of a segment as they are stored, each with its checksum, and its residuals.
struct EncodedSegment {
    let parts: [SegmentPart: [UInt8]]
    /// The residuals of all passages, one after the other.
    let residuals: [UInt8]

    /// Codes documents as segment `id`.
    /// - Throws: where a segment cannot hold the documents.
    init(_ documents: [EncodedDocument], id: Int, memorySize: Int, prior: TermPrior) throws(InvalidDocument) {
        try EncodedSegment.check(documents, memorySize: memorySize)
        let directory = DocumentDirectory(documents)
        let (terms, setLengths) = TermParts.encoded(documents, prior: prior)
        let passages = documents.flatMap(\.passages)
        let bytes: [SegmentPart: [UInt8]] = [
            .documents: directory.encoded(statistics: prior.statistics),
            .passages: PassageColumns(documents, setLengths: setLengths).encoded(directory.units),
            .lexicon: terms.lexicon,
            .termLists: terms.lists,
            .termSets: terms.sets,
            .memory: passages.flatMap(\.memory) + documents.flatMap(\.memory),
            .spans: documents.flatMap(\.spans),
        ]
        residuals = passages.flatMap(\.residual)
        if residuals.count > SegmentLimits.partBytes {
            throw InvalidDocument(fact: "the residuals of a batch take \(residuals.count) bytes")
        }
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
            if document.memory.count > SegmentLimits.codeBytes {
                throw InvalidDocument(fact: "the memory code of a document is \(document.memory.count) bytes long")
            }
            for length in [document.spans.count, document.original.count]
            where length > SegmentLimits.partBytes / 2 {
                throw InvalidDocument(fact: "the spans or the original of a document take \(length) bytes")
            }
            passages += document.passages.count
            for passage in document.passages {
                postings += passage.terms.count
                if passage.memory.count != memorySize {
                    throw InvalidDocument(
                        fact: "the memory code of a passage is \(passage.memory.count) bytes long, not \(memorySize)")
                }
                for number in [passage.tokenCount, passage.byteCount, passage.residual.count]
                where !(0...SegmentLimits.tokens ~= number) {
                    throw InvalidDocument(fact: "a passage has the length \(number)")
                }
                if passage.coding > 1 { throw InvalidDocument(fact: "a passage is coded in way \(passage.coding)") }
                if passage.terms.count >= SegmentLimits.termsInPassage {
                    throw InvalidDocument(fact: "a passage has \(passage.terms.count) terms")
                }
                if passage.terms.contains(where: { $0.count >= SegmentLimits.termBytes }) {
                    throw InvalidDocument(fact: "a term is longer than \(SegmentLimits.termBytes) bytes")
                }
            }
        }
        if documents.count > SegmentLimits.documents || passages > SegmentLimits.passages
            || postings > SegmentLimits.postings
        {
            throw InvalidDocument(fact: "\(documents.count) documents with \(passages) passages exceed a segment")
        }
        // Only so many members can have as many terms.
        if postings > SegmentLimits.terms,
            Set(documents.lazy.flatMap(\.passages).flatMap(\.terms)).count > SegmentLimits.terms
        {
            throw InvalidDocument(fact: "the documents have more than \(SegmentLimits.terms) terms")
        }
    }
}

/// Why documents cannot be stored.
struct InvalidDocument: Error {
    let fact: String
}
