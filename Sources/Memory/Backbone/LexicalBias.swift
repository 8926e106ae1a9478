/// The bias on the logits of the words of a passage.
///
/// All used words have one bias. The bias of an unused word depends on the numbers of unused words and remaining tokens.
struct LexicalBias: Sendable {
    /// The last count that `logHalf` covers.
    private static let limit = 512

    /// `[4, C]`: g₀…g₃ of an output row.
    let matrix: Matrix
    private let offset: [Float]
    /// ln(i + 0.5) for counts up to `limit`.
    private let logHalf: [Float]

    init(_ tensors: ModelTensors, width: Int) throws(MemoryError) {
        matrix = try tensors.matrix("bias", outputs: 4, inputs: width)
        offset = try tensors.float("bias.offset", shape: [4])
        logHalf = try tensors.float("log_half", shape: [Self.limit + 1])
    }

    /// The biases of a used and of an unused word.
    ///
    /// - Parameters:
    ///   - g: the product of `matrix` with the output row.
    ///   - unused: how many words of the term set have not yet occurred.
    ///   - remaining: how many tokens of the passage are to come.
    func values(_ g: Buffer<Float>, unused: Int, remaining: Int) -> (used: Float, unused: Float) {
        let g0 = g[0] + offset[0]
        let g1 = g[1] + offset[1]
        let g2 = g[2] + offset[2]
        let g3 = g[3] + offset[3]
        let feature = logHalf[min(unused, Self.limit)] - logHalf[min(remaining, Self.limit)]
        return (g1, g0 + g2 * feature + g3 * feature * feature)
    }
}
