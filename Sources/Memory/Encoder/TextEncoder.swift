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
    package func codes(ofDocument sections: SectionSums) -> [UInt8] {
        guard let codes else { return [] }
        return sections.sums.flatMap { codes.code(of: $0, bytes: MemoryCodes.sectionBytes) }
    }

    /// Reads a passage for a question; nil for a model without a reader.
    package func read(question: [UInt16], title: [UInt16], passage: [UInt8]) -> Reading? {
        reader.map { engine.read($0, question: question, title: title, passage: passage) }
    }
}

/// The sums of the vectors of the passages of each section of a document. The vectors come in order.
package struct SectionSums {
    private let sections: [Range<Int>]
    private var passages = 0
    fileprivate private(set) var sums: [[Float]] = []

    /// - Parameter passages: how many passages the document has.
    package init(passages: Int) { sections = MemoryCodes.sections(passages) }

    /// Adds the vector of the next passage, which is empty for a model without codes.
    package mutating func add(_ vector: [Float]) {
        defer { passages += 1 }
        guard !vector.isEmpty, !sections.isEmpty else { return }
        if sums.count < sections.count, sections[sums.count].lowerBound == passages {
            sums.append([Float](repeating: 0, count: vector.count))
        }
        let last = sums.count - 1
        for i in vector.indices { sums[last][i] += vector[i] }
    }
}
