import Corpora
import Indexes
import Memory
import Retrieval

/// Documents to memory: cut into passages, and of each passage the term set, the memory code and the residual, spread over
/// all threads.
struct BatchEncoding {
    let pool: CodecPool
    /// Tokens of a passage, at most.
    let limit: Int

    /// A document cut into passages.
    private struct Cut: Sendable {
        let document: Corpora.Document
        let tokens: [UInt16]
        /// The byte offset after each token.
        let ends: [Int]
        /// The tokens of each passage.
        let ranges: [Range<Int>]

        /// The bytes of a passage.
        func bytes(_ passage: Int) -> ArraySlice<UInt8> {
            let range = ranges[passage]
            return document.text[(range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1])..<ends[range.upperBound - 1]]
        }
    }

    /// An encoded passage with its vector, which the codes of its document are made of.
    private struct Encoded: Sendable {
        let passage: EncodedPassage
        /// Empty for a model without memory codes.
        let vector: [Float]
    }

    /// A passage of one of the documents.
    private struct Place: Sendable {
        let document: Int
        let passage: Int
    }

    /// Encodes documents, in order.
    func encode(_ documents: [Corpora.Document]) throws -> [EncodedDocument] {
        let cuts = try pool.map(documents.count) { codec, i in cut(documents[i], pool.model.vocabulary) }
        let places = cuts.indices.flatMap { d in cuts[d].ranges.indices.map { Place(document: d, passage: $0) } }
        let runs = runs(of: places.map { cuts[$0.document].ranges[$0.passage].count })
        let encoded = try pool.map(runs.count) { codec, i in encode(places[runs[i]], of: cuts, codec) }
        var passages = [[Encoded]](repeating: [], count: cuts.count)
        for (place, passage) in zip(places, encoded.joined()) { passages[place.document].append(passage) }
        return pool.withCodec { codec in zip(cuts, passages).map { document($0.document, $1, codec) } }
    }

    private func cut(_ document: Corpora.Document, _ vocabulary: Vocabulary) -> Cut {
        let (tokens, ends) = vocabulary.tokenizer.encodeWithEnds(document.text)
        return Cut(
            document: document, tokens: tokens, ends: ends,
            ranges: PassageCutter.cut(text: document.text, tokenEnds: ends, limit: limit))
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

    private func encode(_ places: ArraySlice<Place>, of cuts: [Cut], _ codec: Codec) -> [Encoded] {
        let texts = places.map { Array(cuts[$0.document].bytes($0.passage)) }
        let vectors = pool.model.codes == nil ? nil : codec.encoding?.vectors(of: texts)
        return zip(places, texts).enumerated().map { i, item in
            passage(item.0.passage, of: cuts[item.0.document], item.1, vector: vectors?[i] ?? [], codec)
        }
    }

    private func passage(_ index: Int, of cut: Cut, _ bytes: [UInt8], vector: [Float], _ codec: Codec) -> Encoded {
        let terms = pool.model.vocabulary.termSet(of: bytes.span)
        let residual = codec.encode(
            tokens: cut.tokens[cut.ranges[index]], bytes: bytes[...], memory: PassageMemory(terms: terms))
        let passage = EncodedPassage(
            terms: terms, memory: codec.encoding?.code(ofPassage: vector) ?? [], residual: residual.bytes,
            tokenCount: cut.ranges[index].count, byteCount: bytes.count, coding: residual.coding.rawValue)
        return Encoded(passage: passage, vector: vector)
    }

    private func document(_ document: Corpora.Document, _ passages: [Encoded], _ codec: Codec) -> EncodedDocument {
        EncodedDocument(
            document, memory: codec.encoding?.codes(ofDocument: passages.map(\.vector)) ?? [],
            passages: passages.map(\.passage))
    }
}

extension EncodedDocument {
    /// A document as it is stored; without codes it is only looked for.
    init(_ document: Corpora.Document, memory: [UInt8] = [], passages: [EncodedPassage] = []) {
        let findsSpansInText = Readers.reader(of: document.mediaType)?.findsSpansInText == true
        self.init(
            textHash: SHA256.hash(document.text), byteLength: document.text.count, title: document.title ?? "",
            mediaType: document.mediaType.rawValue,
            spans: StoredSpans(document.spans, isOutline: findsSpansInText).bytes,
            original: StoredOriginal(document.original).bytes, memory: memory, passages: passages)
    }
}
