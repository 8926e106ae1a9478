/// A BERT-type encoder (arXiv 1810.04805) that a model file carries beside the backbone: immutable, and shared by all
/// threads.
///
/// `EncoderEngine` runs the weights. `docs/model-format.md` states the tensors and the arithmetic.
package final class SentenceEncoder: Sendable {
    /// The sizes.
    package struct Shape: Sendable, Equatable {
        /// The numbers of a vector.
        package let width: Int
        /// The layers of the network.
        package let layers: Int
        /// The heads of an attention.
        package let heads: Int
        /// The width of the hidden layer between two projections.
        package let inner: Int
        /// The most tokens of a text.
        package let positions: Int
        /// The numbers of a head.
        package var headWidth: Int { width / heads }
        /// The width of the fewest heads whose outputs are whole blocks of a packed matrix.
        var groupWidth: Int {
            var group = headWidth
            while group % Kernels.outputStep != 0 { group += headWidth }
            return group
        }
    }

    /// Layer norm: weight and bias `[width]`.
    struct Norm: Sendable {
        let weight: [Float]
        let bias: [Float]
    }

    struct Layer: Sendable {
        let qkv: AffineMatrix
        let out: AffineMatrix
        let afterAttention: Norm
        let up: AffineMatrix
        let down: AffineMatrix
        let afterFeedForward: Norm
    }

    /// The sizes of the network.
    package let shape: Shape
    /// The tokenizer of the encoder.
    package let tokenizer: WordPiece
    let epsilon: Float
    /// Token vectors int8 `[pieces, width]` and their scales.
    let words: MappedTensor
    let wordScale: [Float]
    /// Position vectors `[positions, width]`, and segment vectors `[2, width]`.
    let positions: [Float]
    let types: [Float]
    let norm: Norm
    let layers: [Layer]

    /// The encoder of a model file, or nil where the file has none.
    init?(_ tensors: ModelTensors) throws(MemoryError) {
        guard tensors.file.metadata["encoder.width"] != nil else { return nil }
        let shape = Shape(
            width: try tensors.number("encoder.width", in: 64...4096),
            layers: try tensors.number("encoder.layers", in: 1...64),
            heads: try tensors.number("encoder.heads", in: 1...64),
            inner: try tensors.number("encoder.inner", in: 64...4096),
            positions: try tensors.number("encoder.positions", in: 16...4096))
        guard shape.width % shape.heads == 0, shape.headWidth % 16 == 0, shape.headWidth <= Kernels.headLimit,
            shape.width % 64 == 0, shape.inner % 64 == 0
        else {
            throw tensors.invalid(
                "an encoder needs widths in multiples of 64 and heads in multiples of 16, at most \(Kernels.headLimit)")
        }
        self.shape = shape
        epsilon = Float(try tensors.number("encoder.epsilon"))
        tokenizer = try WordPiece(tensors)
        let W = shape.width
        words = try tensors.file.int8Mapped("encoder.words.weight", shape: [tokenizer.pieceCount, W])
        wordScale = try tensors.float("encoder.words.scale", shape: [tokenizer.pieceCount])
        positions = try tensors.float("encoder.positions", shape: [shape.positions, W])
        types = try tensors.float("encoder.types", shape: [2, W])
        norm = try Norm("encoder.norm", W, tensors)
        var layers: [Layer] = []
        for l in 0..<shape.layers { layers.append(try Layer("encoder.layers.\(l).", shape, tensors)) }
        self.layers = layers
    }

    /// The encoder of a file that may hold nothing else, or nil where the file has none.
    package static func read(path: String) throws(MemoryError) -> SentenceEncoder? {
        try SentenceEncoder(ModelTensors(try SafeTensors(path: path)))
    }
}

extension SentenceEncoder.Layer {
    /// The layer of the tensors whose names begin with `name`.
    init(_ name: String, _ shape: SentenceEncoder.Shape, _ tensors: ModelTensors) throws(MemoryError) {
        let W = shape.width
        qkv = try AffineMatrix(name + "qkv", outputs: 3 * W, inputs: W, tensors)
        out = try AffineMatrix(name + "out", outputs: W, inputs: W, tensors)
        afterAttention = try SentenceEncoder.Norm(name + "norm1", W, tensors)
        up = try AffineMatrix(name + "up", outputs: shape.inner, inputs: W, tensors)
        down = try AffineMatrix(name + "down", outputs: W, inputs: shape.inner, tensors)
        afterFeedForward = try SentenceEncoder.Norm(name + "norm2", W, tensors)
    }
}

extension SentenceEncoder.Norm {
    /// The layer norm of the tensors `name.weight` and `name.bias`.
    init(_ name: String, _ width: Int, _ tensors: ModelTensors) throws(MemoryError) {
        weight = try tensors.float(name + ".weight", shape: [width])
        bias = try tensors.float(name + ".bias", shape: [width])
    }
}
