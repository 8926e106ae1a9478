import Foundation

/// Reads a question and a passage together: does the passage answer, and with which words? (BERT, arXiv 1810.04805, section
/// 4.2)
///
/// The reader has the token vectors and the first layers of the sentence encoder, and its own layers after these. It adds
/// nothing to an index. `docs/model-format.md` states the tensors.
package final class PassageReader: Sendable {
    /// The most tokens of a question, and of a title.
    static let questionLimit = 40
    static let titleLimit = 16

    /// The encoder whose first layers the reader shares.
    package let encoder: SentenceEncoder
    /// The encoder's first layers, then the reader's own.
    let layers: [SentenceEncoder.Layer]
    /// `[2, W]`: the first and the last token of the answer.
    let span: [Float]
    /// `[W]`, read at the first token: whether the passage answers.
    let relevance: [Float]
    let relevanceBias: Float

    /// The reader of a model file, or nil where the file has none.
    init?(_ tensors: ModelTensors, _ encoder: SentenceEncoder?) throws(MemoryError) {
        guard tensors.file.metadata["reader.layers"] != nil else { return nil }
        guard let encoder else { throw tensors.invalid("a reader needs a sentence encoder") }
        let shape = encoder.shape
        let own = try tensors.number("reader.layers", in: 0...64)
        let shared = try tensors.number("reader.shared", in: 0...shape.layers)
        guard shape.positions >= 2 * (Self.questionLimit + Self.titleLimit) else {
            throw tensors.invalid("a reader needs \(2 * (Self.questionLimit + Self.titleLimit)) positions")
        }
        self.encoder = encoder
        var layers = Array(encoder.layers.prefix(shared))
        for l in 0..<own { layers.append(try SentenceEncoder.Layer("reader.layers.\(l).", shape, tensors)) }
        self.layers = layers
        span = try tensors.float("reader.span.weight", shape: [2, shape.width])
        relevance = try tensors.float("reader.relevance.weight", shape: [shape.width])
        relevanceBias = try tensors.float("reader.relevance.bias", shape: [1])[0]
    }

    /// The reader of a file that may hold nothing but a reader and its encoder, or nil where the file has none.
    package static func read(path: String) throws(MemoryError) -> PassageReader? {
        let tensors = ModelTensors(try SafeTensors(path: path))
        return try PassageReader(tensors, SentenceEncoder(tensors))
    }
}

/// What a reader found in a passage.
package struct Reading: Sendable {
    /// The logarithm of the odds that the passage answers the question.
    package let relevance: Float
    /// The bytes of each token that was read, in the passage.
    package let tokens: [Range<Int>]
    /// The logarithm of the probability that the answer begins with each token.
    package let first: [Float]
    /// The logarithm of the probability that the answer ends with each token.
    package let last: [Float]

    /// The answer of the largest probability within some of the tokens, with the logarithm of its probability; nil without
    /// tokens.
    ///
    /// - Parameter longest: the most tokens of an answer.
    package func answer(in range: Range<Int>? = nil, longest: Int = 40) -> (bytes: Range<Int>, score: Float)? {
        var best: (first: Int, last: Int, score: Float)?
        let all = range ?? tokens.indices
        for i in all {
            for j in i..<min(all.upperBound, i + longest) where best.map({ first[i] + last[j] > $0.score }) ?? true {
                best = (i, j, first[i] + last[j])
            }
        }
        return best.map { (tokens[$0.first].lowerBound..<tokens[$0.last].upperBound, $0.score) }
    }
}

extension EncoderEngine {
    /// Reads a passage for a question. Tokens beyond the positions of the encoder are not read.
    ///
    /// - Parameters:
    ///   - reader: a reader of this engine's encoder.
    ///   - question: the tokens of the question, without start and end.
    ///   - title: the tokens of the title of the passage's document.
    package func read(_ reader: PassageReader, question: [UInt16], title: [UInt16], passage: [UInt8]) -> Reading {
        precondition(reader.encoder === encoder, "a reader runs on its own encoder")
        let tokenizer = encoder.tokenizer
        var tokens = [tokenizer.start] + question.prefix(PassageReader.questionLimit) + [tokenizer.end]
        tokens += title.prefix(PassageReader.titleLimit) + [tokenizer.end]
        let start = tokens.count
        let (numbers, ranges) = tokenizer.tokens(of: passage, limit: encoder.shape.positions - start - 1)
        tokens += numbers + [tokenizer.end]
        run([Text(tokens: tokens, second: start..<start + numbers.count)], layers: reader.layers)
        let rows = numbers.indices.map { Kernels.products(of: reader.span, rows: 0..<2, with: Array(state(of: start + $0))) }
        func logProbabilities(_ end: Int) -> [Float] {
            let scores = rows.map { $0[end] }
            let largest = scores.max() ?? 0
            let total = scores.reduce(Float(0)) { $0 + exp($1 - largest) }
            return scores.map { $0 - largest - log(total) }
        }
        return Reading(
            relevance: Kernels.dot(Array(state(of: 0)), reader.relevance) + reader.relevanceBias, tokens: ranges,
            first: logProbabilities(0), last: logProbabilities(1))
    }
}
