/// The output row of every token. The rows of the shared candidates stand once more in a matrix of their own, because every
/// boundary needs them all.
struct OutputTable: Sendable {
    /// Rows `[V, C]`.
    private let rows: MappedTensor
    private let scale: [Float]
    /// For each row, what inputs with zero at 128 add to its product.
    private let offset: [Int32]
    /// The rows of `sharedTokens`.
    let shared: Matrix
    /// The shared candidates. Candidates that begin with a letter come last.
    let sharedTokens: [UInt16]
    /// The number of shared candidates that do not begin with a letter.
    let sharedWithoutLetters: Int

    /// - Parameters:
    ///   - rows: `[V, C]`, the embeddings.
    ///   - scale: the scale of each row.
    ///   - factor: what every scale is multiplied by.
    init(rows: MappedTensor, scale: [Float], factor: Float, constraint: LexicalConstraint) {
        let C = rows.count / scale.count
        let scale = scale.map { $0 * factor }
        let letterFirst = constraint.sharedCandidates.filter { constraint.isLetterFirst($0) }
        let others = constraint.sharedCandidates.filter { !constraint.isLetterFirst($0) }
        self.rows = rows
        self.scale = scale
        offset = scale.indices.map { v in
            rows.withRow(v, width: C) { row in 128 * row.reduce(Int32(0)) { $0 &+ Int32($1) } }
        }
        sharedTokens = others + letterFirst
        sharedWithoutLetters = others.count
        shared = Matrix(
            weights: sharedTokens.flatMap { token in rows.withRow(Int(token), width: C) { Array($0) } },
            scale: sharedTokens.map { scale[Int($0)] }, inputs: C, zero: 128)
    }

    /// The logits of some tokens.
    ///
    /// - Parameters:
    ///   - q: the quantised output of the last layer, `[C]`.
    ///   - inputScale: the scale of `q`.
    ///   - sums: scratch for a number for each token.
    ///   - logits: the result, a number for each token.
    func logits(
        of tokens: ArraySlice<UInt16>, _ q: Buffer<UInt8>, scale inputScale: Float, sums: Buffer<Int32>,
        into logits: Buffer<Float>
    ) {
        precondition(logits.count == tokens.count, "a logit for each token")
        Kernels.rowProducts(q, table: rows, rows: tokens, into: sums)
        for (i, token) in tokens.enumerated() {
            logits[i] = Float(sums[i] - offset[Int(token)]) * scale[Int(token)] * inputScale
        }
    }
}
