import Corpora
import Indexes
import Memory
import Retrieval

/// Documents to memory: cut, compress to passage and document codes, and code the residuals, spread over all threads.
struct BatchEncoding {
    let pool: CodecPool
    /// Tokens of a passage, at most.
    let limit: Int

    /// A cut document with its codes.
    private struct EncodedCut: Sendable {
        let document: Corpora.Document
        let cut: CutDocument
        /// The codes of each passage.
        let codes: [[Int8]]
        /// The codes of the document.
        let documentCodes: [Int8]
    }

    /// A passage of one of the documents.
    private struct Place: Sendable {
        let document: Int
        let passage: Int
    }

    /// Encodes documents, in order.
    func encode(_ documents: [Corpora.Document]) throws -> [EncodedDocument] {
        let cuts = try pool.map(documents.count) { codec, i in
            CutDocument(documents[i].text, pool.model.vocabulary, limit: limit)
        }
        let places = cuts.indices.flatMap { d in cuts[d].passages.indices.map { Place(document: d, passage: $0) } }
        let codes = try grouped(places, cuts.count) { codec, place in
            codec.memory(of: cuts[place.document].tokens(of: place.passage))
        }
        let encoded = try pool.map(cuts.count) { codec, d in
            EncodedCut(
                document: documents[d], cut: cuts[d], codes: codes[d], documentCodes: codec.documentMemory(of: codes[d]))
        }
        let passages = try grouped(places, cuts.count) { codec, place in
            passage(place.passage, of: encoded[place.document], codec)
        }
        return zip(encoded, passages).map { document($0, $1) }
    }

    /// `body` for every place on all threads; the results by document.
    private func grouped<R: Sendable>(
        _ places: [Place], _ documents: Int, _ body: @Sendable (Codec, Place) throws -> R
    ) throws -> [[R]] {
        let results = try pool.map(places.count) { codec, i in try body(codec, places[i]) }
        var groups = [[R]](repeating: [], count: documents)
        for (place, result) in zip(places, results) { groups[place.document].append(result) }
        return groups
    }

    private func passage(_ index: Int, of encoded: EncodedCut, _ codec: Codec) -> EncodedPassage {
        let cut = encoded.cut
        let bytes = cut.bytes(of: index)
        let terms = pool.model.vocabulary.termSet(of: Array(bytes).span)
        let memory = PassageMemory(terms: terms, passage: encoded.codes[index], document: encoded.documentCodes)
        let residual = codec.encode(tokens: cut.tokens(of: index), bytes: bytes, memory: memory)
        return EncodedPassage(
            terms: terms, memory: MemoryCode.pack(encoded.codes[index]), residual: residual.bytes,
            tokenCount: cut.passages[index].count,
            byteCount: bytes.count, coding: residual.coding.rawValue)
    }

    private func document(_ encoded: EncodedCut, _ passages: [EncodedPassage]) -> EncodedDocument {
        let document = encoded.document
        let findsSpansInText = Readers.reader(of: document.mediaType)?.findsSpansInText == true
        return EncodedDocument(
            textHash: SHA256.hash(document.text), byteLength: document.text.count, title: document.title ?? "",
            mediaType: document.mediaType.rawValue,
            spans: StoredSpans(document.spans, isOutline: findsSpansInText).bytes,
            original: StoredOriginal(document.original).bytes, memory: MemoryCode.pack(encoded.documentCodes),
            passages: passages)
    }
}
