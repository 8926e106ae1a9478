import Corpora
import Foundation
import Indexes
import Memory
import Retrieval

/// Documents to memory: cut, compress to passage and document codes, and code the residuals, spread over all threads.
struct BatchEncoding {
    let pool: CodecPool
    /// Tokens of a passage, at most.
    let limit: Int

    /// A document on its way: tokens and passages of the text.
    private struct Cut: Sendable {
        let document: Corpora.Document
        let tokens: [UInt16], ends: [Int], ranges: [Range<Int>]
        func bytes(_ passage: Int) -> Range<Int> {
            let range = ranges[passage]
            return (range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1])..<ends[range.upperBound - 1]
        }
    }

    /// Encodes documents, in order.
    func encode(_ documents: [Corpora.Document]) throws -> [EncodedDocument] {
        let model = pool.model
        let cuts = try pool.map(documents.count) { _, i in
            let (tokens, ends) = model.vocabulary.tokenizer.encodeWithEnds(documents[i].text)
            return Cut(
                document: documents[i], tokens: tokens, ends: ends, ranges: PassageCutter.cut(text: documents[i].text, tokenEnds: ends, limit: limit))
        }
        let places = cuts.indices.flatMap { d in cuts[d].ranges.indices.map { (document: d, passage: $0) } }
        let codes = try pool.map(places.count) { codec, i in
            let cut = cuts[places[i].document]
            return codec.memory(of: cut.tokens[cut.ranges[places[i].passage]])
        }
        let starts = cuts.indices.reduce(into: [Int]()) { $0.append($1 == 0 ? 0 : $0[$1 - 1] + cuts[$1 - 1].ranges.count) }
        let documentCodes = try pool.map(cuts.count) { codec, d in
            codec.documentMemory(of: Array(codes[starts[d]..<starts[d] + cuts[d].ranges.count]))
        }
        let passages = try pool.map(places.count) { codec, i in
            let (d, p) = places[i], cut = cuts[d], range = cut.ranges[p], bytes = cut.document.text[cut.bytes(p)]
            let terms = model.vocabulary.termSet(of: Array(bytes).span)
            let memory = PassageMemory(terms: terms, passage: codes[i], document: documentCodes[d])
            let residual = codec.encode(tokens: cut.tokens[range], bytes: bytes, memory: memory)
            return EncodedPassage(
                terms: terms, memory: MemoryCode.pack(codes[i]), residual: residual.bytes, tokenCount: range.count, byteCount: bytes.count,
                coding: residual.coding.rawValue)
        }
        return cuts.indices.map { d in
            let document = cuts[d].document
            return EncodedDocument(
                textHash: SHA256.hash(document.text), byteLength: document.text.count, title: document.title,
                mediaType: document.mediaType.rawValue,
                spans: StoredSpans(document.spans, isOutline: document.mediaType == .markdown).bytes,
                original: StoredOriginal(document.original).bytes, memory: MemoryCode.pack(documentCodes[d]),
                passages: Array(passages[starts[d]..<starts[d] + cuts[d].ranges.count]))
        }
    }
}
