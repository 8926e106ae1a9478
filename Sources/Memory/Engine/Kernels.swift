import CKernels

/// The functions of `CKernels`, one wrapper each, which checks the lengths of its arguments.
///
/// `CKernels.h` says what each function computes.
enum Kernels {
    /// What stands for 1 in the fixed-point streams.
    static let streamUnit = Double(1 << CK_FRACTION)

    /// The outputs and the inputs of a matrix must be multiples of these.
    static let outputStep = 64
    static let inputStep = 4
    /// Keys stand in blocks of this many positions.
    static let keyBlock = 16
    /// The widest head that `ck_head` takes.
    static let headLimit = 256

    // MARK: Products

    /// Packs int8 weights `[outputs, inputs]` for `product`.
    static func pack(_ weights: [Int8], outputs: Int, inputs: Int) -> [Int8] {
        precondition(weights.count == outputs * inputs && outputs % outputStep == 0 && inputs % inputStep == 0)
        return [Int8](unsafeUninitializedCapacity: weights.count) { packed, count in
            if let out = packed.baseAddress { ck_pack_s8(weights, outputs, inputs, out) }
            count = weights.count
        }
    }

    /// `out[rows, outputs]` = `q[rows, inputs]` · packed weights.
    static func product(
        _ q: Buffer<UInt8>, rows: Int, packed: [Int8], outputs: Int, inputs: Int, into out: Buffer<Int32>
    ) {
        precondition(q.count == rows * inputs && out.count == rows * outputs && packed.count == outputs * inputs)
        ck_gemm_u8s8(q.baseAddress!, packed, out.baseAddress!, rows, outputs, inputs)
    }

    /// The products of `q` with some rows of a table whose rows are as long as `q`.
    static func rowProducts(_ q: Buffer<UInt8>, table: [Int8], rows: ArraySlice<UInt16>, into out: Buffer<Int32>) {
        let last = table.count / q.count
        precondition(out.count == rows.count && rows.allSatisfy { $0 < last })
        guard !rows.isEmpty else { return }
        rows.withUnsafeBufferPointer {
            ck_dot_rows_u8s8(q.baseAddress!, table, $0.baseAddress!, out.baseAddress!, $0.count, q.count)
        }
    }

    // MARK: Rows

    /// Quantises a row of a stream, divided by its root mean square. Returns the scale.
    static func quantize(normalised x: Buffer<Int32>, into q: Buffer<UInt8>) -> Float {
        precondition(x.count == q.count && !x.isEmpty)
        var scale: Float = 0
        ck_norm_quantize(x.baseAddress!, x.count, q.baseAddress!, &scale)
        return scale
    }

    /// Quantises a row. Returns the scale.
    static func quantize(_ x: Buffer<Float>, into q: Buffer<UInt8>) -> Float {
        precondition(x.count == q.count && !x.isEmpty)
        var scale: Float = 0
        ck_quantize(x.baseAddress!, x.count, q.baseAddress!, &scale)
        return scale
    }

    /// Quantises the squares of the positive numbers of a row, and zeros for the others. Returns the scale.
    static func quantize(squaredReLU x: Buffer<Float>, into q: Buffer<UInt8>) -> Float {
        precondition(x.count == q.count && !x.isEmpty)
        var scale: Float = 0
        ck_relu2_quantize(x.baseAddress!, x.count, q.baseAddress!, &scale)
        return scale
    }

    /// The real values of one row of a product.
    static func dequantize(
        _ sums: Buffer<Int32>, offset: [Int32], columns: [Float], scale: Float, into out: Buffer<Float>
    ) {
        precondition(out.count <= sums.count && out.count <= offset.count && out.count <= columns.count)
        ck_dequantize(sums.baseAddress!, offset, columns, scale, out.baseAddress!, out.count)
    }

    /// Adds one row of a product to a stream, or subtracts it.
    static func accumulate(
        _ sums: Buffer<Int32>, offset: [Int32], columns: [Float], scale: Float, sign: Sign, onto x: Buffer<Int32>
    ) {
        precondition(x.count <= sums.count && x.count <= offset.count && x.count <= columns.count)
        ck_accumulate(x.baseAddress!, sums.baseAddress!, offset, columns, scale, x.count, sign.rawValue)
    }

    // MARK: Attention

    /// Quantises one head of a query or of a key, normalised and rotated. Returns the scale.
    static func quantize(
        head x: Buffer<Float>, rotatedBy rotary: borrowing RotaryTable, position: Int, into q: Buffer<Int8>
    ) -> Float {
        let d = x.count
        let first = position * rotary.half
        precondition(q.count == d && d == 2 * rotary.half && d <= headLimit)
        precondition(position >= 0 && first + rotary.half <= rotary.cosine.count)
        var scale: Float = 0
        rotary.cosine.withUnsafeBufferPointer { cosine in
            rotary.sine.withUnsafeBufferPointer { sine in
                ck_head(x.baseAddress!, cosine.baseAddress! + first, sine.baseAddress! + first, d, q.baseAddress!, &scale)
            }
        }
        return scale
    }

    /// Quantises one head of a value. Returns the scale.
    static func quantize(head x: Buffer<Float>, into q: Buffer<Int8>) -> Float {
        precondition(q.count == x.count && x.count <= headLimit && !x.isEmpty)
        var scale: Float = 0
        ck_head(x.baseAddress!, nil, nil, x.count, q.baseAddress!, &scale)
        return scale
    }

    /// Puts the key of a position among the keys of one head.
    static func place(key: Buffer<Int8>, position: Int, in keys: Buffer<Int8>) {
        precondition(key.count % inputStep == 0 && position >= 0)
        precondition((position / keyBlock + 1) * keyBlock * key.count <= keys.count)
        ck_place_key(key.baseAddress!, position, key.count, keys.baseAddress!)
    }

    /// The attention of one query over the first `weights.count` positions of one head.
    static func attend(
        query: Buffer<Int8>, scale: Float, keys: Buffer<Int8>, keyScales: Buffer<Float>, values: Buffer<Int8>,
        valueScales: Buffer<Float>, weights: Buffer<Float>, into out: Buffer<Float>
    ) {
        let d = query.count
        let t = weights.count
        precondition(t > 0 && d % 16 == 0 && out.count == d && keyScales.count >= t && valueScales.count >= t)
        precondition(keys.count >= (t + keyBlock - 1) / keyBlock * keyBlock * d && values.count >= t * d)
        ck_attend(
            query.baseAddress!, scale, keys.baseAddress!, keyScales.baseAddress!, values.baseAddress!,
            valueScales.baseAddress!, t, d, weights.baseAddress!, out.baseAddress!)
    }

    // MARK: The sentence encoder

    /// Layer norm of a row, in place.
    static func layerNorm(_ x: Buffer<Float>, weight: [Float], bias: [Float], epsilon: Float) {
        precondition(weight.count == x.count && bias.count == x.count && !x.isEmpty)
        ck_layer_norm(x.baseAddress!, weight, bias, epsilon, x.count, x.baseAddress!)
    }

    /// Quantises a row over its range. Returns the scale, and what stands for 0.
    static func quantize(affine x: Buffer<Float>, multiplier: [Float], into q: Buffer<UInt8>) -> (scale: Float, zero: Int32)
    {
        precondition(multiplier.count == x.count && q.count == x.count && !x.isEmpty)
        var scale: Float = 0
        var zero: Int32 = 0
        ck_quantize_affine(x.baseAddress!, multiplier, x.count, q.baseAddress!, &scale, &zero)
        return (scale, zero)
    }

    /// The real values of one row of a product whose inputs have a zero of their own.
    static func dequantize(
        _ product: Buffer<Int32>, _ input: (scale: Float, zero: Int32), sums: [Int32], columns: [Float], bias: [Float],
        into out: Buffer<Float>
    ) {
        let n = out.count
        precondition(product.count == n && sums.count == n && columns.count == n && bias.count == n)
        ck_dequantize_affine(product.baseAddress!, input.zero, sums, columns, input.scale, bias, out.baseAddress!, n)
    }

    /// GELU of a row, in place.
    static func gelu(_ x: Buffer<Float>) { ck_gelu(x.baseAddress!, x.count) }

    /// The dot product of two vectors.
    static func dot(_ x: [Float], _ y: [Float]) -> Float {
        precondition(x.count == y.count)
        return ck_dot(x, y, x.count)
    }

    /// The inner products of some rows of a matrix `[n, vector.count]` with a vector.
    static func products(of matrix: [Float], rows: Range<Int>, with vector: [Float]) -> [Float] {
        let width = vector.count
        precondition(rows.lowerBound >= 0 && rows.upperBound * width <= matrix.count)
        return matrix.withUnsafeBufferPointer { matrix in
            rows.map { ck_dot(matrix.baseAddress! + $0 * width, vector, width) }
        }
    }

    // MARK: Outputs

    /// The integer frequencies of logits. Returns their sum.
    static func frequencies(of logits: Buffer<Float>, into frequencies: inout [UInt32]) -> UInt64 {
        precondition(logits.count <= frequencies.count && !logits.isEmpty)
        return ck_frequencies(logits.baseAddress!, logits.count, &frequencies)
    }

    /// The entries of a forward code: `round(ForwardCode.half · tanh(x))`.
    static func memoryCode(of x: Buffer<Float>) -> [Int8] {
        [Int8](unsafeUninitializedCapacity: x.count) { code, count in
            if let out = code.baseAddress { ck_fsq(x.baseAddress!, x.count, Float(ForwardCode.half), out) }
            count = x.count
        }
    }

    /// Whether a product is added to a stream or subtracted from it.
    enum Sign: Int32 {
        case plus = 1
        case minus = -1
    }
}
