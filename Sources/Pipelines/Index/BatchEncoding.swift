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
        let encoded = try pool.map(places.count) { codec, i in
            passage(places[i].passage, of: cuts[places[i].document], codec)
        }
        var passages = [[Encoded]](repeating: [], count: cuts.count)
        for (place, passage) in zip(places, encoded) { passages[place.document].append(passage) }
        return pool.withCodec { codec in zip(cuts, passages).map { document($0.document, $1, codec) } }
    }

    private func cut(_ document: Corpora.Document, _ vocabulary: Vocabulary) -> Cut {
        let (tokens, ends) = vocabulary.tokenizer.encodeWithEnds(document.text)
        return Cut(
            document: document, tokens: tokens, ends: ends,
            ranges: PassageCutter.cut(text: document.text, tokenEnds: ends, limit: limit))
    }

    private func passage(_ index: Int, of cut: Cut, _ codec: Codec) -> Encoded {
        let bytes = cut.bytes(index)
        let terms = pool.model.vocabulary.termSet(of: Array(bytes).span)
        let residual = codec.encode(
            tokens: cut.tokens[cut.ranges[index]], bytes: bytes, memory: PassageMemory(terms: terms))
        let vector = pool.model.codes == nil ? [] : codec.encoding?.vector(of: Array(bytes)) ?? []
        let passage = EncodedPassage(
            terms: terms, memory: codec.encoding?.code(ofPassage: vector) ?? [], residual: residual.bytes,
            tokenCount: cut.ranges[index].count, byteCount: bytes.count, coding: residual.coding.rawValue)
        return Encoded(passage: passage, vector: vector)
    }

    private func document(_ document: Corpora.Document, _ passages: [Encoded], _ codec: Codec) -> EncodedDocument {
        let findsSpansInText = Readers.reader(of: document.mediaType)?.findsSpansInText == true
        return EncodedDocument(
            textHash: SHA256.hash(document.text), byteLength: document.text.count, title: document.title ?? "",
            mediaType: document.mediaType.rawValue,
            spans: StoredSpans(document.spans, isOutline: findsSpansInText).bytes,
            original: StoredOriginal(document.original).bytes,
            memory: codec.encoding?.codes(ofDocument: passages.map(\.vector)) ?? [], passages: passages.map(\.passage))
    }
}
