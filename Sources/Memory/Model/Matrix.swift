import CKernels

/// An int8 weight matrix `[outputs, inputs]` packed for the integer product, with a scale a row.
///
/// Inputs are unsigned bytes with zero at 128 (or at 0, for values that are never negative); what that zero adds to a sum is kept in `offset`.
/// The number of outputs is padded to a multiple of 64 with rows of zeros.
final class Matrix: Sendable {
    let outputs: Int, paddedOutputs: Int, inputs: Int
    let packed: [Int8], scale: [Float], offset: [Int32]

    /// - Parameters:
    ///   - weights: int8 `[outputs, inputs]`, row by row.
    ///   - scale: `[outputs]`.
    ///   - zero: the unsigned byte that stands for 0.
    init(weights: [Int8], scale: [Float], inputs: Int, zero: Int32) {
        outputs = scale.count
        precondition(weights.count == outputs * inputs && inputs % 4 == 0, "a matrix needs outputs × inputs weights, inputs in fours")
        paddedOutputs = (outputs + 63) / 64 * 64
        self.inputs = inputs
        let padded = weights + [Int8](repeating: 0, count: (paddedOutputs - outputs) * inputs)
        var packed = [Int8](repeating: 0, count: padded.count)
        ck_pack_s8(padded, paddedOutputs, inputs, &packed)
        self.packed = packed
        self.scale = scale + [Float](repeating: 0, count: paddedOutputs - outputs)
        var offset = [Int32](repeating: 0, count: paddedOutputs)
        for row in 0..<outputs {
            offset[row] = zero * weights[row * inputs..<(row + 1) * inputs].reduce(Int32(0)) { $0 + Int32($1) }
        }
        self.offset = offset
    }

    /// `out[rows, paddedOutputs] = q[rows, inputs] · weights`, before scales and offsets.
    func multiply(_ q: UnsafePointer<UInt8>, rows: Int, into out: UnsafeMutablePointer<Int32>) {
        packed.withUnsafeBufferPointer { ck_gemm_u8s8(q, $0.baseAddress!, out, rows, paddedOutputs, inputs) }
    }

    /// The real values of one row of a product: `out[paddedOutputs]`.
    func dequantize(_ acc: UnsafePointer<Int32>, scale rowScale: Float, into out: UnsafeMutablePointer<Float>) {
        ck_dequantize(acc, offset, scale, rowScale, out, paddedOutputs)
    }

    /// Adds (or, with `sign` -1, subtracts) one row of a product to a stream, rounded to its grid.
    func accumulate(_ acc: UnsafePointer<Int32>, scale rowScale: Float, sign: Int32, onto x: UnsafeMutablePointer<Int32>) {
        ck_accumulate(x, acc, offset, scale, rowScale, outputs, sign)
    }
}
