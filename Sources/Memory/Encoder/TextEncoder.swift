/// Makes sentence vectors and memory codes of texts, and reads passages for questions. Each thread has a text encoder of its
/// own.
package final class TextEncoder {
    private let engine: EncoderEngine
    private let codes: MemoryCodes?
    private let reader: PassageReader?

    /// nil for a model without a sentence encoder.
    package init?(_ model: ModelFile) {
        guard let encoder = model.encoder else { return nil }
        engine = EncoderEngine(encoder)
        codes = model.codes
        reader = model.reader
    }

    /// The token numbers of a text.
    package func tokens(of text: [UInt8]) -> [UInt16] { engine.encoder.tokenizer.tokens(of: text).numbers }

    /// The vector of a text, of length one. Tokens beyond the positions of the encoder have no effect.
    package func vector(of text: [UInt8]) -> [Float] { vectors(of: [text])[0] }

    /// The vectors of texts. Short texts run together, which takes less time and gives the same bits.
    package func vectors(of texts: [[UInt8]]) -> [[Float]] {
        let tokenizer = engine.encoder.tokenizer
        return engine.sentences(
            texts.map { text in
                let tokens = tokenizer.tokens(of: text, limit: engine.encoder.shape.positions - 2).numbers
                return [tokenizer.start] + tokens + [tokenizer.end]
            })
    }

    /// The memory code of a passage with a vector; empty for a model without codes.
    package func code(ofPassage vector: [Float]) -> [UInt8] {
        vector.isEmpty ? [] : codes?.code(of: vector, bytes: MemoryCodes.passageBytes) ?? []
    }

    /// The memory codes of the sections of a document, one after the other; empty for a document of one passage and for a
    /// model without codes. A section is a run of passages, and its code is the code of the mean of their vectors.
    package func codes(ofDocument passages: [[Float]]) -> [UInt8] {
        guard let codes, passages.count > 1 else { return [] }
        return MemoryCodes.sections(passages.count).flatMap { section in
            var mean = [Float](repeating: 0, count: passages[0].count)
            for vector in passages[section] { for i in mean.indices { mean[i] += vector[i] } }
            return codes.code(of: mean, bytes: MemoryCodes.sectionBytes)
        }
    }

    /// Reads a passage for a question; nil for a model without a reader.
    package func read(question: [UInt16], title: [UInt16], passage: [UInt8]) -> Reading? {
        reader.map { engine.read($0, question: question, title: title, passage: passage) }
    }
}
