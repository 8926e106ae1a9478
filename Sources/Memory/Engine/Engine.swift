/// Runs rows of a backbone's two streams in integer arithmetic. Each thread has an engine of its own, and all share the
/// backbone.
///
/// A *row* is one position of one sequence. Rows depend on each other through attention alone, so whole passages
/// (encoding) and one position of each of many passages (decoding) give the same bits.
package final class Engine {
    /// How many rows go through a matrix at a time.
    static let block = 48

    let backbone: Backbone
    /// The most rows of a run.
    let capacity: Int
    /// The streams, `[capacity, C]`.
    package let a: Scratch<Int32>
    /// The second stream.
    package let b: Scratch<Int32>
    // Scratch for a block of rows: quantised inputs and their scales, the feed-forward layer's inputs, sums of products.
    let q: Scratch<UInt8>
    let scales: Scratch<Float>
    let wide: Scratch<UInt8>
    let sums: Scratch<Int32>
    // Scratch for one row: real values, attention weights, the outputs of all heads, the query of one head.
    let real: Scratch<Float>
    let weights: Scratch<Float>
    let heads: Scratch<Float>
    let query: Scratch<Int8>

    /// - Parameter capacity: the most rows of a run.
    package init(_ backbone: Backbone, capacity: Int) {
        self.backbone = backbone
        self.capacity = capacity
        let shape = backbone.shape
        let C = shape.width
        let widest = max(3, shape.ratio) * C + 64
        a = Scratch(capacity * C)
        b = Scratch(capacity * C)
        q = Scratch(Engine.block * max(C, NGramTables.orders.count * shape.slotWidth, shape.code))
        scales = Scratch(Engine.block)
        wide = Scratch(Engine.block * shape.ratio * C)
        sums = Scratch(Engine.block * widest)
        real = Scratch(widest)
        weights = Scratch(shape.context)
        heads = Scratch(C)
        query = Scratch(shape.headWidth)
    }

    // MARK: Input rows

    /// Makes a row the embedding of a token, with the n-grams that end there.
    ///
    /// - Parameter tokens: the token and the three tokens before it, the newest first.
    func setToken(row: Int, _ tokens: LastTokens, ngrams: Bool = true) {
        let C = backbone.shape.width
        let x = a.at(row * C, C)
        backbone.embeddings.copy(tokens.0, into: x)
        if ngrams, let tables = backbone.ngrams {
            let rows = q.at(0, tables.projection.inputs)
            tables.copyRows(tokens, into: rows)
            add(tables.projection, rows, scale: 1, onto: x)
        }
        copy(x, into: b.at(row * C, C))
    }

    /// Makes a row the vector of a memory code of D entries, or zeros for no code.
    func setMemory(row: Int, code: [Int8]) {
        let shape = backbone.shape
        precondition(code.isEmpty || code.count == shape.code, "a memory code has \(shape.code) entries")
        let x = a.at(row * shape.width, shape.width)
        x.update(repeating: 0)
        if !code.isEmpty {
            let input = q.at(0, code.count)
            for i in code.indices { input[i] = UInt8(truncatingIfNeeded: Int(code[i]) + 128) }
            add(backbone.fromCode, input, scale: 1, onto: x)
        }
        copy(x, into: b.at(row * shape.width, shape.width))
    }

    /// Makes a row the term-set row of a prefix: the projected, normalised sum of the embeddings of the terms' tokens.
    func setTerms(row: Int, pieces: [UInt16]) {
        let C = backbone.shape.width
        let x = a.at(row * C, C)
        let y = b.at(row * C, C)
        y.update(repeating: 0)
        for piece in pieces { backbone.embeddings.add(piece, to: y) }
        let input = q.at(0, C)
        let scale = Kernels.quantize(normalised: y, into: input)
        x.update(repeating: 0)
        add(backbone.termSet, input, scale: scale, onto: x)
        copy(x, into: y)
    }

    private func copy(_ x: Buffer<Int32>, into y: Buffer<Int32>) {
        precondition(x.count == y.count)
        y.baseAddress!.update(from: x.baseAddress!, count: x.count)
    }

    /// Adds the product of one row to a stream.
    private func add(_ matrix: Matrix, _ input: Buffer<UInt8>, scale: Float, onto x: Buffer<Int32>) {
        let sum = sums.at(0, matrix.paddedOutputs)
        matrix.multiply(input, rows: 1, into: sum)
        matrix.accumulate(sum, scale: scale, sign: .plus, onto: x)
    }

    // MARK: Output

    /// The memory code that the backbone reads off a row: D integers in −7…7.
    func readMemory(row: Int) -> [Int8] {
        let matrix = backbone.toCode
        let input = q.at(0, backbone.shape.width)
        let scale = quantizeOutput(row: row, into: input)
        let sum = sums.at(0, matrix.paddedOutputs)
        let z = real.at(0, matrix.paddedOutputs)
        matrix.multiply(input, rows: 1, into: sum)
        matrix.dequantize(sum, scale: scale, into: z)
        return Kernels.memoryCode(of: real.at(0, backbone.shape.code))
    }

    /// Quantises a + b of a row, divided by its root mean square. Returns the scale.
    func quantizeOutput(row: Int, into out: Buffer<UInt8>) -> Float {
        let C = backbone.shape.width
        let x = a.at(row * C, C)
        let y = b.at(row * C, C)
        for c in 0..<C { y[c] &+= x[c] }
        defer { for c in 0..<C { y[c] &-= x[c] } }
        return Kernels.quantize(normalised: y, into: out)
    }
}
