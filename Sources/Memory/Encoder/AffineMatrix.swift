/// An int8 weight matrix `[outputs, inputs]` with a bias, for inputs whose zero is another one in each row.
///
/// The inputs are multiplied by `multiplier` before they are quantised. The recipe chooses the multipliers so that inputs
/// and weights are equally hard to quantise (SmoothQuant, arXiv 2211.10438).
final class AffineMatrix: Sendable {
    let outputs: Int
    let inputs: Int
    /// What the inputs are multiplied by, `[inputs]`.
    let multiplier: [Float]
    /// The sum of the weights of each output, its scale, and its bias.
    let columns: Columns
    private let packed: [Int8]

    /// What makes real values of products, one number each for an output.
    struct Columns: Sendable {
        let sums: [Int32]
        let scales: [Float]
        let bias: [Float]
    }

    /// The matrix of the tensors `name.weight`, `.scale`, `.bias` and `.multiplier`.
    ///
    /// - Parameter order: the outputs of the tensors in the order that they have here.
    init(
        _ name: String, outputs: Int, inputs: Int, order: [Int]? = nil, _ tensors: ModelTensors
    ) throws(MemoryError) {
        self.outputs = outputs
        self.inputs = inputs
        let order = order ?? Array(0..<outputs)
        precondition(order.count == outputs)
        let stored = try tensors.file.int8(name + ".weight", shape: [outputs, inputs])
        let scale = try tensors.float(name + ".scale", shape: [outputs])
        let bias = try tensors.float(name + ".bias", shape: [outputs])
        let weights = order.flatMap { stored[$0 * inputs..<($0 + 1) * inputs] }
        packed = Kernels.pack(weights, outputs: outputs, inputs: inputs)
        let sums = weights.withUnsafeBufferPointer { weights in
            (0..<outputs).map { row in weights[row * inputs..<(row + 1) * inputs].reduce(Int32(0)) { $0 &+ Int32($1) } }
        }
        columns = Columns(sums: sums, scales: order.map { scale[$0] }, bias: order.map { bias[$0] })
        multiplier = try tensors.float(name + ".multiplier", shape: [inputs])
    }

    /// `out[rows, outputs] = q[rows, inputs] · weights`, before scales, zeros and bias.
    func multiply(_ q: Buffer<UInt8>, rows: Int, into out: Buffer<Int32>) {
        Kernels.product(q, rows: rows, packed: packed, outputs: outputs, inputs: inputs, into: out)
    }

    /// The product with some of the outputs: `out[rows, outputs.count]`, where the range begins and ends at multiples of 64.
    func multiply(_ q: Buffer<UInt8>, rows: Int, outputs: Range<Int>, into out: Buffer<Int32>) {
        Kernels.product(q, rows: rows, packed: packed, outputs: outputs, inputs: inputs, into: out)
    }
}
