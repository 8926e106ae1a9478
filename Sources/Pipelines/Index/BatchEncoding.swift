import Corpora
import Indexes
import Memory
import Retrieval

/// Documents to memory: cut into passages, and of each passage the term set, the memory code and the residual, spread over
/// all threads.
struct BatchEncoding {
    /// Bytes of a long document that are cut and coded at once.
    static let portionBytes = 256 << 10

    let pool: CodecPool
    /// Tokens of a passage, at most.
    let limit: Int

    /// An encoded passage with its vector, which the codes of its document are made of.
    private struct Encoded: Sendable {
        let passage: EncodedPassage
        /// Empty for a model without memory codes.
        let vector: [Float]
    }

    /// Encodes documents, in order.
    func encode(_ documents: [Corpora.Document]) throws -> [EncodedDocument] {
        let cuts = try pool.map(documents.count) { _, i in stream(documents[i]).flatMap { $0 } }
        var encoded = try encode(Array(cuts.joined()))[...]
        return zip(documents, cuts).map { document, cut in
            defer { encoded = encoded.dropFirst(cut.count) }
            var sums = SectionSums(passages: cut.count)
            for passage in encoded.prefix(cut.count) { sums.add(passage.vector) }
            return self.document(document, encoded.prefix(cut.count).map(\.passage), sums)
        }
    }

    /// Encodes a long document portion by portion. Beside the text only one portion is in memory, and what was encoded.
    ///
    /// - Parameter step: is called before each portion with the bytes of text that are encoded; what it throws ends the work.
    /// - Returns: nil where a segment cannot hold the document.
    func encode(long document: Corpora.Document, step: (Int) throws -> Void) throws -> EncodedDocument? {
        // The number of passages says which ones form a section.
        var count = 0
        for portion in stream(document) {
            try step(0)
            count += portion.count
        }
        var sums = SectionSums(passages: count)
        var passages: [EncodedPassage] = []
        passages.reserveCapacity(count)
        var size = DocumentSize(passages: count)
        var done = 0
        for portion in stream(document) {
            guard size.fits else { return nil }
            try step(done)
            for encoded in try encode(portion) {
                sums.add(encoded.vector)
                size.add(encoded.passage)
                passages.append(encoded.passage)
            }
            done += portion.reduce(0) { $0 + $1.bytes.count }
        }
        return size.fits ? self.document(document, passages, sums) : nil
    }

    private func stream(_ document: Corpora.Document) -> PassageStream {
        PassageStream(document.content, pool.model.vocabulary.tokenizer, limit: limit, portion: Self.portionBytes)
    }

    /// Encodes passages, in order. Equal ones, as in a long run of one character, are encoded once.
    private func encode(_ passages: [CutPassage]) throws -> [Encoded] {
        let (distinct, places) = Self.distinct(passages)
        let runs = runs(of: distinct.map(\.tokens.count))
        let encoded = try pool.map(runs.count) { codec, i in encode(distinct[runs[i]], codec) }.flatMap { $0 }
        return places.map { encoded[$0] }
    }

    /// The passages that differ, and the index of each passage among them.
    static func distinct(_ passages: [CutPassage]) -> (distinct: [CutPassage], places: [Int]) {
        var numbers: [CutPassage: Int] = [:]
        var distinct: [CutPassage] = []
        let places = passages.map { passage in
            if let number = numbers[passage] { return number }
            numbers[passage] = distinct.count
            distinct.append(passage)
            return distinct.count - 1
        }
        return (distinct, places)
    }

    /// Runs of passages that together have at most as many tokens as one may have: the sentence encoder takes short
    /// passages together.
    private func runs(of tokenCounts: [Int]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var tokens = 0
        for (i, count) in tokenCounts.enumerated() {
            tokens += count
            if let run = runs.last, tokens <= limit {
                runs[runs.count - 1] = run.lowerBound..<i + 1
            } else {
                runs.append(i..<i + 1)
                tokens = count
            }
        }
        return runs
    }

    private func encode(_ passages: ArraySlice<CutPassage>, _ codec: Codec) -> [Encoded] {
        let vectors = pool.model.codes == nil ? nil : codec.encoding?.vectors(of: passages.map(\.bytes))
        return passages.enumerated().map { i, passage in encode(passage, vector: vectors?[i] ?? [], codec) }
    }

    private func encode(_ passage: CutPassage, vector: [Float], _ codec: Codec) -> Encoded {
        let terms = pool.model.vocabulary.termSet(of: passage.bytes.span)
        let residual = codec.encode(
            tokens: passage.tokens[...], bytes: passage.bytes[...], memory: PassageMemory(terms: terms))
        let encoded = EncodedPassage(
            terms: terms, memory: codec.encoding?.code(ofPassage: vector) ?? [], residual: residual.bytes,
            tokenCount: passage.tokens.count, byteCount: passage.bytes.count, coding: residual.coding.rawValue)
        return Encoded(passage: encoded, vector: vector)
    }

    private func document(
        _ document: Corpora.Document, _ passages: [EncodedPassage], _ sums: SectionSums
    ) -> EncodedDocument {
        EncodedDocument(
            document, memory: pool.withCodec { $0.encoding?.codes(ofDocument: sums) } ?? [], passages: passages)
    }
}

extension EncodedDocument {
    /// A document as it is stored; without codes it is only looked for.
    init(_ document: Corpora.Document, memory: [UInt8] = [], passages: [EncodedPassage] = []) {
        let findsSpansInText = Readers.reader(of: document.mediaType)?.findsSpansInText == true
        self.init(
            textHash: document.content.withUnsafeBytes { SHA256.hash($0) }, byteLength: document.content.count,
            title: document.title ?? "", mediaType: document.mediaType.rawValue,
            spans: document.content.withUnsafeBytes { text in
                StoredSpans(document.spans, isOutline: findsSpansInText) { start in
                    start < text.count ? firstLine(of: text[start...]) : nil
                }.bytes
            },
            original: StoredOriginal(document.original).bytes, memory: memory, passages: passages)
    }
}
