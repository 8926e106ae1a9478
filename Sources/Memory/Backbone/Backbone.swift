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
    let embeddings: EmbeddingTable
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
        let rows = try tensors.file.int8Mapped("embedding.weight", shape: [shape.vocabulary, C])
        let scale = try tensors.float("embedding.scale", shape: [shape.vocabulary])
        embeddings = EmbeddingTable(rows: rows, scale: scale)
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
}
