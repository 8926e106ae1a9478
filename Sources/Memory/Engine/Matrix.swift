/// An int8 weight matrix `[outputs, inputs]`, packed for the integer product, with a scale for each output.
///
/// Inputs are unsigned bytes with zero at 128, or at 0 where they are never negative. `offset` has what that zero adds to
/// each sum. The number of outputs is padded with rows of zeros to a multiple of 64.
final class Matrix: Sendable {
    let outputs: Int
    let paddedOutputs: Int
    let inputs: Int
    private let packed: [Int8]
    private let top: Int32
    private let scale: [Float]
    private let offset: [Int32]

    /// - Parameters:
    ///   - weights: int8 `[outputs, inputs]`, row by row.
    ///   - scale: `[outputs]`.
    ///   - zero: the unsigned byte that stands for 0.
    init(weights: [Int8], scale: [Float], inputs: Int, zero: Int32) {
        outputs = scale.count
        self.inputs = inputs
        precondition(weights.count == outputs * inputs, "a matrix has outputs × inputs weights")
        paddedOutputs = (outputs + Kernels.outputStep - 1) / Kernels.outputStep * Kernels.outputStep
        let padding = paddedOutputs - outputs
        packed = Kernels.pack(
            weights + [Int8](repeating: 0, count: padding * inputs), outputs: paddedOutputs, inputs: inputs)
        top = weights.withUnsafeBufferPointer(Kernels.top)
        self.scale = scale + [Float](repeating: 0, count: padding)
        let sums = (0..<outputs).map { row in
            weights[row * inputs..<(row + 1) * inputs].reduce(Int32(0)) { $0 + Int32($1) }
        }
        offset = sums.map { zero * $0 } + [Int32](repeating: 0, count: padding)
    }

    /// `out[rows, paddedOutputs] = q[rows, inputs] · weights`, before scales and offsets.
    func multiply(_ q: Buffer<UInt8>, rows: Int, into out: Buffer<Int32>) {
        Kernels.product(q, rows: rows, packed: packed, top: top, outputs: paddedOutputs, inputs: inputs, into: out)
    }

    /// The real values of one row of a product: `out[paddedOutputs]`.
    func dequantize(_ sums: Buffer<Int32>, scale inputScale: Float, into out: Buffer<Float>) {
        precondition(out.count == paddedOutputs, "room for all outputs")
        Kernels.dequantize(sums, offset: offset, columns: scale, scale: inputScale, into: out)
    }

    /// Adds one row of a product to a stream, or subtracts it, rounded to the grid of the stream.
    func accumulate(_ sums: Buffer<Int32>, scale inputScale: Float, sign: Kernels.Sign, onto x: Buffer<Int32>) {
        precondition(x.count == outputs, "a stream as wide as the outputs")
        Kernels.accumulate(sums, offset: offset, columns: scale, scale: inputScale, sign: sign, onto: x)
    }
}
