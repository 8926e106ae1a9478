/// An int8 weight matrix `[outputs, inputs]` with a bias, for inputs whose zero is another one in each row.
///
/// The inputs are multiplied by `multiplier` before they are quantised. The recipe chooses the multipliers so that inputs
/// and weights are equally hard to quantise (SmoothQuant, arXiv 2211.10438).
final class AffineMatrix: Sendable {
    let outputs: Int
    let inputs: Int
    private let packed: [Int8]
    private let scale: [Float]
    private let sums: [Int32]
    private let bias: [Float]
    private let multiplier: [Float]

    /// The matrix of the tensors `name.weight`, `.scale`, `.bias` and `.multiplier`.
    init(_ name: String, outputs: Int, inputs: Int, _ tensors: ModelTensors) throws(MemoryError) {
        self.outputs = outputs
        self.inputs = inputs
        let weights = try tensors.file.int8(name + ".weight", shape: [outputs, inputs])
        packed = Kernels.pack(weights, outputs: outputs, inputs: inputs)
        sums = (0..<outputs).map { row in
            weights[row * inputs..<(row + 1) * inputs].reduce(Int32(0)) { $0 + Int32($1) }
        }
        scale = try tensors.float(name + ".scale", shape: [outputs])
        bias = try tensors.float(name + ".bias", shape: [outputs])
        multiplier = try tensors.float(name + ".multiplier", shape: [inputs])
    }

    /// Quantises one row of inputs.
    func quantize(_ x: Buffer<Float>, into q: Buffer<UInt8>) -> (scale: Float, zero: Int32) {
        Kernels.quantize(affine: x, multiplier: multiplier, into: q)
    }

    /// `out[rows, outputs] = q[rows, inputs] · weights`, before scales, zeros and bias.
    func multiply(_ q: Buffer<UInt8>, rows: Int, into out: Buffer<Int32>) {
        Kernels.product(q, rows: rows, packed: packed, outputs: outputs, inputs: inputs, into: out)
    }

    /// The real values of one row of a product.
    func dequantize(_ product: Buffer<Int32>, _ input: (scale: Float, zero: Int32), into out: Buffer<Float>) {
        Kernels.dequantize(product, input, sums: sums, columns: scale, bias: bias, into: out)
    }
}
