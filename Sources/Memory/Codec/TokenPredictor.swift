import CKernels

/// Turns one output row into integer frequencies over the tokens that the lexical constraint admits.
///
/// Encoder and decoder fill it in the same order (shared candidates, the passage's own, continuations), so they see the same numbers.
final class TokenPredictor {
    private let model: Model
    private let q: Scratch<UInt8>, longest: Scratch<UInt8>, acc: Scratch<Int32>, z: Scratch<Float>, biases: Scratch<Float>
    private(set) var tokens: [UInt16]
    private(set) var frequencies: [UInt32]
    private(set) var count = 0, total: UInt64 = 0

    init(model: Model) {
        self.model = model
        let most = model.shared.paddedOutputs + model.shape.vocabulary
        q = Scratch(model.shape.width, zero: 0)
        longest = Scratch(model.shape.vocabulary, zero: 0)
        acc = Scratch(most, zero: 0)
        z = Scratch(most, zero: 0)
        biases = Scratch(model.bias.paddedOutputs, zero: 0)
        tokens = [UInt16](repeating: 0, count: most)
        frequencies = [UInt32](repeating: 0, count: most)
    }

    /// Predicts the token after row `row` of `engine`, for a passage of which `unused` words and `remaining` tokens are to come.
    /// - Parameter matches: nil for residuals that are coded without.
    func predict(
        _ engine: Engine, row: Int, candidates: borrowing LexicalCandidates, unused: Int, remaining: Int, matches: MatchModel?
    ) {
        let scale = engine.normalise(row: row, into: q.pointer)
        count = 0
        if candidates.boundary != .none {
            let n = candidates.boundary == .all ? model.sharedTokens.count : model.sharedWithoutLetters
            model.shared.multiply(q.pointer, rows: 1, into: acc.pointer)
            model.shared.dequantize(acc.pointer, scale: scale, into: z.pointer)
            model.sharedTokens.withUnsafeBufferPointer { source in
                tokens.withUnsafeMutableBufferPointer { $0.baseAddress!.update(from: source.baseAddress!, count: n) }
            }
            count = n
            addOwn(candidates, scale: scale, unused: unused, remaining: remaining)
        }
        let continuations = candidates.continuations
        append(continuations.count, scale: scale) { continuations[$0] }
        matches?.add(to: z.pointer, of: tokens[..<count], longest: longest.pointer)
        total = ck_frequencies(z.pointer, count, &frequencies)
    }

    private func addOwn(_ candidates: borrowing LexicalCandidates, scale: Float, unused: Int, remaining: Int) {
        let own = candidates.own, first = count
        append(own.count, scale: scale) { own[$0].token }
        model.bias.multiply(q.pointer, rows: 1, into: acc.pointer)
        model.bias.dequantize(acc.pointer, scale: scale, into: biases.pointer)
        for i in 0..<4 { biases.pointer[i] += model.biasOffset[i] }
        let g = biases.pointer
        let feature = model.logHalf[min(unused, 512)] - model.logHalf[min(remaining, 512)]
        let bonus = g[0] + g[2] * feature + g[3] * feature * feature
        for i in own.indices { z.pointer[first + i] += own[i].used ? g[1] : bonus }
    }

    private func append(_ n: Int, scale: Float, _ token: (Int) -> UInt16) {
        guard n > 0 else { return }
        let first = count
        for i in 0..<n { tokens[first + i] = token(i) }
        let sums = acc.at(0, n)
        model.output.withUnsafeBufferPointer { table in
            tokens.withUnsafeBufferPointer { ids in
                ck_dot_rows_u8s8(q.pointer, table.baseAddress!, ids.baseAddress! + first, sums, n, model.shape.width)
            }
        }
        for i in 0..<n {
            let v = Int(tokens[first + i])
            z.pointer[first + i] = Float(sums[i] - model.outputOffset[v]) * model.outputScale[v] * scale
        }
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
        var cumulative: UInt64 = 0, i = 0
        while i < count - 1, target >= cumulative + UInt64(frequencies[i]) {
            cumulative += UInt64(frequencies[i])
            i += 1
        }
        return (i, cumulative)
    }

    /// The place of `token` among the candidates.
    func index(of token: UInt16) -> Int? { tokens[..<count].firstIndex(of: token) }
}
