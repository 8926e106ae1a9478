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
    /// Rows of the encoder are multiples of this.
    static let lanes = 16
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

    /// The largest magnitude of some weights. AVX2 multiplies small weights faster, so `product` takes this number.
    static func top(of weights: UnsafeBufferPointer<Int8>) -> Int32 {
        weights.baseAddress.map { ck_top_s8($0, weights.count) } ?? 0
    }

    /// `out[rows, outputs]` = `q[rows, inputs]` · packed weights.
    static func product(
        _ q: Buffer<UInt8>, rows: Int, packed: [Int8], top: Int32, outputs: Int, inputs: Int, into out: Buffer<Int32>
    ) {
        precondition(q.count == rows * inputs && out.count == rows * outputs && packed.count == outputs * inputs)
        ck_gemm_u8s8(q.baseAddress!, packed, out.baseAddress!, rows, outputs, inputs, top)
    }

    /// `out[rows, outputs.count]` = `q[rows, inputs]` · some of the outputs of packed weights.
    static func product(
        _ q: Buffer<UInt8>, rows: Int, packed: MappedTensor, top: Int32, outputs: Range<Int>, inputs: Int,
        into out: Buffer<Int32>
    ) {
        precondition(q.count == rows * inputs && out.count == rows * outputs.count)
        precondition(outputs.lowerBound % outputStep == 0 && outputs.count % outputStep == 0)
        precondition(outputs.lowerBound >= 0 && outputs.upperBound * inputs <= packed.count)
        packed.withElements {
            ck_gemm_u8s8(
                q.baseAddress!, $0.baseAddress! + outputs.lowerBound * inputs, out.baseAddress!, rows, outputs.count, inputs,
                top)
        }
    }

    /// The sum of the weights of each output.
    static func sums(ofPacked packed: MappedTensor, top: Int32, outputs: Int, inputs: Int) -> [Int32] {
        var ones = [UInt8](repeating: 1, count: inputs)
        var sums = [Int32](repeating: 0, count: outputs)
        ones.withUnsafeMutableBufferPointer { ones in
            sums.withUnsafeMutableBufferPointer {
                product(ones, rows: 1, packed: packed, top: top, outputs: 0..<outputs, inputs: inputs, into: $0)
            }
        }
        return sums
    }

    /// The products of `q` with some rows of a table whose rows are as long as `q`.
    static func rowProducts(_ q: Buffer<UInt8>, table: MappedTensor, rows: ArraySlice<UInt16>, into out: Buffer<Int32>) {
        let last = table.count / q.count
        precondition(out.count == rows.count && rows.allSatisfy { $0 < last })
        guard !rows.isEmpty else { return }
        rows.withUnsafeBufferPointer { rows in
            table.withElements {
                ck_dot_rows_u8s8(
                    q.baseAddress!, $0.baseAddress!, rows.baseAddress!, out.baseAddress!, rows.count, q.count)
            }
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
    static func place(key: Buffer<Int8>, position: Int, in keys: Buffer<UInt8>) {
        precondition(key.count % inputStep == 0 && position >= 0)
        precondition((position / keyBlock + 1) * keyBlock * key.count <= keys.count)
        ck_place_key(key.baseAddress!, position, key.count, keys.baseAddress!)
    }

    /// Puts the value of a position among the values of one head.
    static func place(value: Buffer<Int8>, position: Int, in values: Buffer<Int8>) {
        precondition(position >= 0 && (position / 2 + 1) * 2 * value.count <= values.count)
        ck_place_value(value.baseAddress!, position, value.count, values.baseAddress!)
    }

    /// The attention of one query over the first `weights.count` positions of one head.
    static func attend(
        query: Buffer<Int8>, scale: Float, keys: Buffer<UInt8>, keyScales: Buffer<Float>, values: Buffer<Int8>,
        valueScales: Buffer<Float>, weights: Buffer<Float>, into out: Buffer<Float>
    ) {
        let d = query.count
        let t = weights.count
        precondition(
            t > 0 && d % 16 == 0 && d <= headLimit && out.count == d && keyScales.count >= t && valueScales.count >= t)
        precondition(keys.count >= (t + keyBlock - 1) / keyBlock * keyBlock * d && values.count >= (t + 1) / 2 * 2 * d)
        ck_attend(
            query.baseAddress!, scale, keys.baseAddress!, keyScales.baseAddress!, values.baseAddress!,
            valueScales.baseAddress!, t, d, weights.baseAddress!, out.baseAddress!)
    }

    // MARK: The sentence encoder

    /// How a row was quantised: its scale, and what stands for 0.
    typealias Affine = ck_affine

    /// The real values of a product: `out[rows, outputs.count]`, with the bias.
    static func dequantize(
        _ product: Buffer<Int32>, _ inputs: Buffer<Affine>, _ columns: AffineMatrix.Columns, outputs: Range<Int>,
        into out: Buffer<Float>
    ) {
        let n = outputs.count
        precondition(n % lanes == 0 && product.count == inputs.count * n && out.count == product.count)
        columns.with(outputs) {
            ck_dequantize_affine(product.baseAddress!, $0, inputs.baseAddress!, inputs.count, n, out.baseAddress!)
        }
    }

    /// Quantises rows, each over its range.
    static func quantize(_ x: Buffer<Float>, multiplier: [Float], into q: Buffer<UInt8>, _ rows: Buffer<Affine>) {
        let n = multiplier.count
        precondition(n % lanes == 0 && x.count == rows.count * n && q.count == x.count)
        ck_quantize_affine(x.baseAddress!, multiplier, rows.count, n, q.baseAddress!, rows.baseAddress!)
    }

    /// Layer norm of rows, in place, after the addition of a product if there is one; then quantises them for the next
    /// product if there is one.
    ///
    /// - Parameter rows: how the inputs of the product were quantised; then how the rows are.
    static func normalise(
        _ x: Buffer<Float>, adding product: (sums: Buffer<Int32>, columns: AffineMatrix.Columns)?,
        _ norm: SentenceEncoder.Norm, epsilon: Float, multiplier: [Float]?, into q: Buffer<UInt8>, _ rows: Buffer<Affine>
    ) {
        let n = norm.weight.count
        precondition(n % lanes == 0 && norm.bias.count == n && x.count == rows.count * n)
        precondition(product.map { $0.sums.count == x.count } ?? true)
        precondition(multiplier.map { $0.count == n && q.count == x.count } ?? true)
        func run(_ outputs: ck_outputs, _ multiplier: UnsafePointer<Float>?) {
            ck_norm_quantize_affine(
                x.baseAddress!, product?.sums.baseAddress, outputs, norm.weight, norm.bias, epsilon, multiplier, rows.count,
                n, q.baseAddress, rows.baseAddress!)
        }
        func run(_ outputs: ck_outputs) {
            if let multiplier { run(outputs, multiplier) } else { run(outputs, nil) }
        }
        if let product { product.columns.with(0..<n, run) } else { run(ck_outputs()) }
    }

    /// Quantises GELU of the real values of a product.
    ///
    /// - Parameters:
    ///   - real: scratch for one row.
    ///   - rows: how the inputs of the product were quantised; then how the outputs of GELU are.
    static func gelu(
        _ product: Buffer<Int32>, _ columns: AffineMatrix.Columns, multiplier: [Float], real: Buffer<Float>,
        into q: Buffer<UInt8>, _ rows: Buffer<Affine>
    ) {
        let n = multiplier.count
        precondition(n % lanes == 0 && product.count == rows.count * n && q.count == product.count && real.count == n)
        columns.with(0..<n) {
            ck_gelu_quantize_affine(
                product.baseAddress!, $0, multiplier, rows.count, n, real.baseAddress!, q.baseAddress!, rows.baseAddress!)
        }
    }

    /// The integers of scratch that `attend` needs for a text of `rows` rows.
    static func attentionRoom(rows: Int, width: Int) -> Int { ck_attend_rows_room(rows, width) }

    /// Attention of the rows of a text over each other, in one head: `out[rows, width]`.
    ///
    /// Rows of queries, keys and values are `stride` apart, those of `out` `outStride`.
    static func attend(
        queries: Buffer<Float>, keys: Buffer<Float>, values: Buffer<Float>, stride: Int, rows: Int, width: Int,
        room: Buffer<Int32>, into out: Buffer<Float>, outStride: Int
    ) {
        let last = (rows - 1) * stride + width
        precondition(rows > 0 && rows <= 4096 && width % lanes == 0 && width <= headLimit)
        precondition(queries.count >= last && keys.count >= last && values.count >= last)
        precondition(out.count >= (rows - 1) * outStride + width && room.count >= attentionRoom(rows: rows, width: width))
        ck_attend_rows(
            queries.baseAddress!, keys.baseAddress!, values.baseAddress!, stride, rows, width, room.baseAddress!,
            out.baseAddress!, outStride)
    }

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

extension AffineMatrix.Columns {
    /// Calls `body` with what `CKernels` takes of some outputs.
    fileprivate func with(_ outputs: Range<Int>, _ body: (ck_outputs) -> Void) {
        precondition(outputs.lowerBound >= 0 && outputs.upperBound <= min(sums.count, scales.count, bias.count))
        sums.withUnsafeBufferPointer { sums in
            scales.withUnsafeBufferPointer { scales in
                bias.withUnsafeBufferPointer { bias in
                    let first = outputs.lowerBound
                    body(
                        ck_outputs(
                            sums: sums.baseAddress! + first, scales: scales.baseAddress! + first,
                            bias: bias.baseAddress! + first))
                }
            }
        }
    }
}
