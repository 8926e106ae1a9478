/// Turns one output row into integer frequencies of the tokens that the lexical constraint admits.
///
/// Encoder and decoder list the candidates in the same order (shared candidates, the passage's own, continuations), so both
/// see the same numbers.
final class TokenPredictor {
    private let backbone: Backbone
    private let q: Scratch<UInt8>
    private let sums: Scratch<Int32>
    private let logits: Scratch<Float>
    private let biases: Scratch<Float>
    /// The longest match of each token of the vocabulary: all zero between two predictions.
    private let longest: Scratch<UInt8>
    /// The candidates: the first `count` of this array.
    private(set) var tokens: [UInt16]
    /// The frequencies of the candidates.
    private(set) var frequencies: [UInt32]
    private(set) var count = 0
    /// The sum of the frequencies.
    private(set) var total: UInt64 = 0

    init(_ backbone: Backbone) {
        self.backbone = backbone
        let vocabulary = backbone.shape.vocabulary
        let most = backbone.output.shared.paddedOutputs + vocabulary
        q = Scratch(backbone.shape.width)
        sums = Scratch(most)
        logits = Scratch(most)
        biases = Scratch(backbone.bias.matrix.paddedOutputs)
        longest = Scratch(vocabulary)
        tokens = [UInt16](repeating: 0, count: most)
        frequencies = [UInt32](repeating: 0, count: most)
    }

    /// Predicts the token after a row of an engine.
    ///
    /// - Parameters:
    ///   - unused: how many words of the term set have not yet occurred.
    ///   - remaining: how many tokens of the passage are to come.
    ///   - matches: the tokens of the passage so far.
    func predict(
        _ engine: Engine, row: Int, candidates: borrowing LexicalCandidates, unused: Int, remaining: Int, matches: MatchModel
    ) {
        let scale = engine.quantizeOutput(row: row, into: q.all)
        count = 0
        if candidates.boundary != .none {
            addShared(candidates.boundary, scale: scale)
            addOwn(candidates.own, scale: scale, unused: unused, remaining: remaining)
        }
        let continuations = candidates.continuations
        append(continuations.count, scale: scale) { continuations[$0] }
        matches.add(to: logits.at(0, count), of: tokens[..<count], longest: longest.all)
        total = Kernels.frequencies(of: logits.at(0, count), into: &frequencies)
    }

    private func addShared(_ boundary: WordBoundary, scale: Float) {
        let output = backbone.output
        let matrix = output.shared
        let products = sums.at(0, matrix.paddedOutputs)
        matrix.multiply(q.all, rows: 1, into: products)
        matrix.dequantize(products, scale: scale, into: logits.at(0, matrix.paddedOutputs))
        count = boundary == .all ? output.sharedTokens.count : output.sharedWithoutLetters
        tokens.withUnsafeMutableBufferPointer { tokens in
            output.sharedTokens.withUnsafeBufferPointer { tokens.baseAddress!.update(from: $0.baseAddress!, count: count) }
        }
    }

    private func addOwn(_ own: [(token: UInt16, used: Bool)], scale: Float, unused: Int, remaining: Int) {
        let first = count
        append(own.count, scale: scale) { own[$0].token }
        let bias = backbone.bias
        let products = sums.at(0, bias.matrix.paddedOutputs)
        bias.matrix.multiply(q.all, rows: 1, into: products)
        bias.matrix.dequantize(products, scale: scale, into: biases.all)
        let values = bias.values(biases.all, unused: unused, remaining: remaining)
        let z = logits.at(first, own.count)
        for i in own.indices { z[i] += own[i].used ? values.used : values.unused }
    }

    private func append(_ n: Int, scale: Float, _ token: (Int) -> UInt16) {
        guard n > 0 else { return }
        let first = count
        for i in 0..<n { tokens[first + i] = token(i) }
        backbone.output.logits(
            of: tokens[first..<first + n], q.all, scale: scale, sums: sums.at(0, n), into: logits.at(first, n))
        count = first + n
    }

    /// The interval of candidate `index`.
    func interval(of index: Int) -> (cumulative: UInt64, frequency: UInt64) {
        var cumulative: UInt64 = 0
        for i in 0..<index { cumulative += UInt64(frequencies[i]) }
        return (cumulative, UInt64(frequencies[index]))
    }

    /// The candidate whose interval holds `target`.
    func index(holding target: UInt64) -> (index: Int, cumulative: UInt64) {
        var cumulative: UInt64 = 0
        var i = 0
        while i < count - 1, target >= cumulative + UInt64(frequencies[i]) {
            cumulative += UInt64(frequencies[i])
            i += 1
        }
        return (i, cumulative)
    }

    /// The place of `token` among the candidates.
    func index(of token: UInt16) -> Int? { tokens[..<count].firstIndex(of: token) }
}
