/// An int8 weight matrix `[outputs, inputs]` with a bias, for inputs whose zero is another one in each row.
///
/// The inputs are multiplied by `multiplier` before they are quantised. The recipe chooses the multipliers so that inputs
/// and weights are equally hard to quantise (SmoothQuant, arXiv 2211.10438). The weights are laid out for the product when
/// they are first needed.
final class AffineMatrix: Sendable {
    let outputs: Int
    let inputs: Int
    /// What the inputs are multiplied by, `[inputs]`.
    let multiplier: [Float]
    private let weights: Deferred<Weights>

    private struct Weights: Sendable {
        let packed: [Int8]
        let columns: Columns
    }

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
        let stored = try tensors.file.int8Mapped(name + ".weight", shape: [outputs, inputs])
        let scale = try tensors.float(name + ".scale", shape: [outputs])
        let bias = try tensors.float(name + ".bias", shape: [outputs])
        weights = Deferred {
            let (packed, sums) = Self.pack(stored, inputs: inputs, order: order)
            let columns = Columns(sums: sums, scales: order.map { scale[$0] }, bias: order.map { bias[$0] })
            return Weights(packed: packed, columns: columns)
        }
        multiplier = try tensors.float(name + ".multiplier", shape: [inputs])
    }

    /// The rows of a matrix in some order, packed a group of outputs at a time, and the sum of each row.
    private static func pack(_ stored: MappedTensor, inputs: Int, order: [Int]) -> (packed: [Int8], sums: [Int32]) {
        var packed: [Int8] = []
        packed.reserveCapacity(order.count * inputs)
        var sums: [Int32] = []
        stored.withElements { stored in
            for first in stride(from: 0, to: order.count, by: Kernels.outputStep) {
                let group = order[first..<first + Kernels.outputStep]
                let rows = group.flatMap { stored[$0 * inputs..<($0 + 1) * inputs] }
                packed += Kernels.pack(rows, outputs: group.count, inputs: inputs)
                for row in 0..<group.count {
                    sums.append(rows[row * inputs..<(row + 1) * inputs].reduce(0) { $0 &+ Int32($1) })
                }
            }
        }
        return (packed, sums)
    }

    /// The sum of the weights of each output, its scale, and its bias.
    var columns: Columns { weights.value.columns }

    /// Lays the weights out, where that was not done.
    func layOut() { _ = weights.value }

    /// `out[rows, outputs] = q[rows, inputs] · weights`, before scales, zeros and bias.
    func multiply(_ q: Buffer<UInt8>, rows: Int, into out: Buffer<Int32>) {
        Kernels.product(q, rows: rows, packed: weights.value.packed, outputs: outputs, inputs: inputs, into: out)
    }

    /// The product with some of the outputs: `out[rows, outputs.count]`, where the range begins and ends at multiples of 64.
    func multiply(_ q: Buffer<UInt8>, rows: Int, outputs: Range<Int>, into out: Buffer<Int32>) {
        Kernels.product(q, rows: rows, packed: weights.value.packed, outputs: outputs, inputs: inputs, into: out)
    }
}
