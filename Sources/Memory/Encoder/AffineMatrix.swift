/// An int8 weight matrix `[outputs, inputs]` with a bias, for inputs whose zero is another one in each row.
///
/// The inputs are multiplied by `multiplier` before they are quantised. The recipe chooses the multipliers so that inputs
/// and weights are equally hard to quantise (SmoothQuant, arXiv 2211.10438). The weights lie in the model file as the
/// product reads them.
final class AffineMatrix: Sendable {
    let outputs: Int
    let inputs: Int
    /// What the inputs are multiplied by, `[inputs]`.
    let multiplier: [Float]
    private let packed: MappedTensor
    private let laterColumns: Deferred<Columns>

    /// What makes real values of products, one number each for an output; and the largest magnitude of the weights.
    struct Columns: Sendable {
        let sums: [Int32]
        let scales: [Float]
        let bias: [Float]
        let top: Int32
    }

    /// The matrix of the tensors `name.weight`, `.scale`, `.bias` and `.multiplier`.
    init(_ name: String, outputs: Int, inputs: Int, _ tensors: ModelTensors) throws(MemoryError) {
        self.outputs = outputs
        self.inputs = inputs
        let packed = try tensors.packed(name + ".weight", outputs: outputs, inputs: inputs)
        let scales = try tensors.float(name + ".scale", shape: [outputs])
        let bias = try tensors.float(name + ".bias", shape: [outputs])
        multiplier = try tensors.float(name + ".multiplier", shape: [inputs])
        self.packed = packed
        laterColumns = Deferred {
            let top = packed.withElements(Kernels.top)
            return Columns(
                sums: Kernels.sums(ofPacked: packed, top: top, outputs: outputs, inputs: inputs), scales: scales, bias: bias,
                top: top)
        }
    }

    /// What the weights say, made at the first product.
    var columns: Columns { laterColumns.value }

    /// `out[rows, outputs] = q[rows, inputs] · weights`, before scales, zeros and bias.
    func multiply(_ q: Buffer<UInt8>, rows: Int, into out: Buffer<Int32>) {
        multiply(q, rows: rows, outputs: 0..<outputs, into: out)
    }

    /// The product with some of the outputs: `out[rows, outputs.count]`, where the range begins and ends at multiples of 64.
    func multiply(_ q: Buffer<UInt8>, rows: Int, outputs: Range<Int>, into out: Buffer<Int32>) {
        Kernels.product(q, rows: rows, packed: packed, top: columns.top, outputs: outputs, inputs: inputs, into: out)
    }
}
