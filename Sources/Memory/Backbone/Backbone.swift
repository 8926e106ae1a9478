/// The weights of the reversible network: immutable, and shared by all threads. `Engine` runs them.
///
/// Two streams a and b have additive coupling (R³Mem, section 3). Forward, layers 1…L do `a += F(b); b += G(a)`. Backward,
/// layers L…1 do `b -= G(a); a -= F(b)`. `docs/model-format.md` states the arithmetic.
package final class Backbone: Sendable {
    /// The matrices of one layer: attention (F) and squared-ReLU feed-forward (G).
    struct Layer: Sendable {
        let qkv: Matrix
        let out: Matrix
        let up: Matrix
        let down: Matrix
    }

    /// The sizes.
    package let shape: BackboneShape
    let layers: [Layer]
    /// The normalised embedding of each token on the grid of the streams, `[V, C]`.
    let embeddings: [Int32]
    /// nil where the shape has no n-gram tables.
    let ngrams: NGramTables?
    /// Projects the sum of the embeddings of a term set.
    let termSet: Matrix
    let toCode: Matrix
    let fromCode: Matrix
    let rotary: RotaryTable
    let output: OutputTable
    let bias: LexicalBias

    /// The backbone of a model file. Its output table is laid out for the shared candidates of the vocabulary.
    init(_ tensors: ModelTensors, _ vocabulary: Vocabulary) throws(MemoryError) {
        let shape = try BackboneShape(tensors)
        self.shape = shape
        guard vocabulary.tokenCount == shape.vocabulary else {
            throw tensors.invalid("the tokenizer has \(vocabulary.tokenCount) tokens, not \(shape.vocabulary)")
        }
        let C = shape.width
        let rows = try tensors.file.int8("embedding.weight", shape: [shape.vocabulary, C])
        let scale = try tensors.float("embedding.scale", shape: [shape.vocabulary])
        embeddings = Self.normalised(rows, scale, width: C)
        output = OutputTable(
            rows: rows, scale: scale, factor: Float(try tensors.number("output_scale")), constraint: vocabulary.constraint)
        var layers: [Layer] = []
        for l in 0..<shape.layers { layers.append(try Self.layer(l, shape, tensors)) }
        self.layers = layers
        if shape.slots > 0 { ngrams = try NGramTables(tensors, shape) } else { ngrams = nil }
        termSet = try tensors.matrix("words", outputs: C, inputs: C)
        toCode = try tensors.matrix("to_code", outputs: shape.code, inputs: C)
        fromCode = try tensors.matrix("from_code", outputs: C, inputs: shape.code)
        rotary = RotaryTable(
            first: try tensors.double("rotary", shape: [2, shape.headWidth / 2]), positions: shape.context)
        bias = try LexicalBias(tensors, width: C)
    }

    private static func layer(_ l: Int, _ shape: BackboneShape, _ tensors: ModelTensors) throws(MemoryError) -> Layer {
        let C = shape.width
        return Layer(
            qkv: try tensors.matrix("layers.\(l).qkv", outputs: 3 * C, inputs: C),
            out: try tensors.matrix("layers.\(l).out", outputs: C, inputs: C),
            up: try tensors.matrix("layers.\(l).up", outputs: shape.ratio * C, inputs: C),
            down: try tensors.matrix("layers.\(l).down", outputs: C, inputs: shape.ratio * C, zero: 0))
    }

    /// `round(4096 · e / rms(e))` of every embedding row e = q · scale; eps 1e-6.
    private static func normalised(_ q: [Int8], _ scale: [Float], width C: Int) -> [Int32] {
        var out = [Int32](repeating: 0, count: q.count)
        for v in scale.indices {
            var squares = 0
            for c in 0..<C { squares += Int(q[v * C + c]) * Int(q[v * C + c]) }
            let s = Double(scale[v])
            let unit = Kernels.streamUnit * s / (s * s * Double(squares) / Double(C) + 1e-6).squareRoot()
            for c in 0..<C { out[v * C + c] = rounded(Double(q[v * C + c]) * unit) }
        }
        return out
    }

    /// The nearest whole number, ties away from zero. The standard library's calls the C library for each number.
    @inline(__always)
    private static func rounded(_ x: Double) -> Int32 {
        let whole = Int32(x)
        let rest = x - Double(whole)
        return whole + (rest >= 0.5 ? 1 : rest <= -0.5 ? -1 : 0)
    }
}
