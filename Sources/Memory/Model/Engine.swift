import CKernels

/// Which way the layers run.
public enum Direction: Sendable {
    /// `a += F(b); b += G(a)`, layers 1…L: compresses.
    case forward
    /// `b -= G(a); a -= F(b)`, layers L…1: expands.
    case backward
}

/// Keys (in blocks of 16 positions) and values of one sequence in every layer, int8 with a scale a position and head.
final class AttentionCache {
    let keys: Scratch<Int8>, values: Scratch<Int8>, keyScales: Scratch<Float>, valueScales: Scratch<Float>
    let positions: Int

    init(_ shape: ModelShape, positions: Int) {
        self.positions = (positions + 15) / 16 * 16
        let slots = shape.layers * shape.heads * self.positions
        keys = Scratch(slots * shape.headWidth, zero: 0)
        values = Scratch(slots * shape.headWidth, zero: 0)
        keyScales = Scratch(slots, zero: 0)
        valueScales = Scratch(slots, zero: 0)
    }
}

/// Runs rows of the model's two streams in integer arithmetic. One engine a thread; the model is shared.
///
/// A *row* is one position of one sequence. Rows are independent but for attention, so whole passages (encoding) and one position of each of many
/// passages (decoding) give the same bits.
final class Engine {
    let model: Model
    /// Streams a and b, `[capacity, C]`.
    let a: Scratch<Int32>, b: Scratch<Int32>
    let capacity: Int
    private static let block = 48
    private let q: Scratch<UInt8>, q2: Scratch<UInt8>, scales: Scratch<Float>, acc: Scratch<Int32>
    private let real: Scratch<Float>, weights: Scratch<Float>, headOut: Scratch<Float>, query: Scratch<Int8>

    /// - Parameter capacity: rows of a run, at most.
    init(model: Model, capacity: Int) {
        self.model = model
        self.capacity = capacity
        let C = model.shape.width, widest = max(3, model.shape.ratio) * C + 64
        a = Scratch(capacity * C, zero: 0)
        b = Scratch(capacity * C, zero: 0)
        q = Scratch(Engine.block * max(C, 3 * model.shape.slotWidth), zero: 0)
        q2 = Scratch(Engine.block * widest, zero: 0)
        scales = Scratch(Engine.block, zero: 0)
        acc = Scratch(Engine.block * max(widest, model.shared.paddedOutputs), zero: 0)
        real = Scratch(max(widest, model.shared.paddedOutputs), zero: 0)
        weights = Scratch(model.shape.context + 16, zero: 0)
        headOut = Scratch(C, zero: 0)
        query = Scratch(model.shape.headWidth, zero: 0)
    }

    // MARK: Input rows

    /// Row `row` becomes the embedding of a token, with the n-grams that end there: `history` is the token and up to three before it, newest first.
    func setToken(row: Int, history: (UInt16, UInt16, UInt16, UInt16), ngrams: Bool = true) {
        let C = model.shape.width, x = a.at(row * C, C)
        model.rows.withUnsafeBufferPointer { x.update(from: $0.baseAddress! + Int(history.0) * C, count: C) }
        if ngrams, let projection = model.ngramProjection {
            let W = model.shape.slotWidth, p = q.at(0, 3 * W)
            for (order, table) in zip(2..., model.ngrams) {
                let from = NGramHash.slot(order: order, history: history, slots: model.shape.slots) * W
                for i in 0..<W { p[(order - 2) * W + i] = UInt8(truncatingIfNeeded: Int(table[from + i]) + 128) }
            }
            let sum = acc.at(0, projection.paddedOutputs)
            projection.multiply(p, rows: 1, into: sum)
            projection.accumulate(sum, scale: 1, sign: 1, onto: x)
        }
        b.at(row * C, C).update(from: x, count: C)
    }

    /// Row `row` becomes the vector of a memory code of D entries.
    func setMemory(row: Int, code: [Int8]) {
        precondition(code.count == model.shape.code, "a memory code has \(model.shape.code) entries")
        let C = model.shape.width, x = a.at(row * C, C), p = q.at(0, code.count), sum = acc.at(0, model.fromCode.paddedOutputs)
        for i in code.indices { p[i] = UInt8(truncatingIfNeeded: Int(code[i]) + 128) }
        x.update(repeating: 0, count: C)
        model.fromCode.multiply(p, rows: 1, into: sum)
        model.fromCode.accumulate(sum, scale: 1, sign: 1, onto: x)
        b.at(row * C, C).update(from: x, count: C)
    }

    /// Row `row` becomes the word-set prefix: the projected, normalised sum of the embeddings of the pieces of its words.
    func setWords(row: Int, pieces: [UInt16]) {
        let C = model.shape.width, x = a.at(row * C, C), y = b.at(row * C, C), sum = acc.at(0, model.words.paddedOutputs), p = q.at(0, C)
        y.update(repeating: 0, count: C)
        model.rows.withUnsafeBufferPointer { rows in
            for piece in pieces {
                let from = rows.baseAddress! + Int(piece) * C
                for c in 0..<C { y[c] &+= from[c] }
            }
        }
        var scale: Float = 0
        ck_norm_quantize(y, C, p, &scale)
        x.update(repeating: 0, count: C)
        model.words.multiply(p, rows: 1, into: sum)
        model.words.accumulate(sum, scale: scale, sign: 1, onto: x)
        y.update(from: x, count: C)
    }

    // MARK: Layers

    /// Runs `rows` through all layers. `place(row)` gives the sequence's cache and the row's position in it; rows of a sequence come in order of position.
    func run(rows: Int, _ direction: Direction, place: (Int) -> (cache: AttentionCache, position: Int)) {
        precondition(rows <= capacity, "more rows than the engine was made for")
        switch direction {
        case .forward:
            for l in 0..<model.shape.layers {
                attention(l, rows: rows, from: b, onto: a, sign: 1, place)
                feedForward(l, rows: rows, from: a, onto: b, sign: 1)
            }
        case .backward:
            for l in (0..<model.shape.layers).reversed() {
                feedForward(l, rows: rows, from: a, onto: b, sign: -1)
                attention(l, rows: rows, from: b, onto: a, sign: -1, place)
            }
        }
    }

    private func attention(
        _ l: Int, rows: Int, from: Scratch<Int32>, onto: Scratch<Int32>, sign: Int32, _ place: (Int) -> (cache: AttentionCache, position: Int)
    ) {
        let shape = model.shape, C = shape.width, d = shape.headWidth, layer = model.layers[l], padded = layer.qkv.paddedOutputs
        for start in stride(from: 0, to: rows, by: Engine.block) {
            let n = min(Engine.block, rows - start)
            for i in 0..<n { ck_norm_quantize(from.at((start + i) * C, C), C, q.at(i * C, C), scales.at(i)) }
            layer.qkv.multiply(q.at(0, n * C), rows: n, into: acc.at(0, n * padded))
            for i in 0..<n {
                let (cache, position) = place(start + i)
                precondition(position < cache.positions && position < shape.context, "position outside the context")
                layer.qkv.dequantize(acc.at(i * padded, padded), scale: scales.pointer[i], into: real.at(0, padded))
                model.cosine.withUnsafeBufferPointer { cosine in
                    model.sine.withUnsafeBufferPointer { sine in
                        let c = cosine.baseAddress! + position * d / 2, s = sine.baseAddress! + position * d / 2
                        for h in 0..<shape.heads {
                            let base = (l * shape.heads + h) * cache.positions, slot = base + position
                            ck_head(real.at(C + h * d, d), c, s, d, query.pointer, cache.keyScales.at(slot))
                            ck_place_key(query.pointer, position, d, cache.keys.at(base * d, cache.positions * d))
                            ck_head(real.at(2 * C + h * d, d), nil, nil, d, cache.values.at(slot * d, d), cache.valueScales.at(slot))
                            var scale: Float = 0
                            ck_head(real.at(h * d, d), c, s, d, query.pointer, &scale)
                            ck_attend(
                                query.pointer, scale, cache.keys.at(base * d), cache.keyScales.at(base), cache.values.at(base * d),
                                cache.valueScales.at(base), position + 1, d, weights.at(0, position + 1), headOut.at(h * d, d))
                        }
                    }
                }
                ck_quantize(headOut.at(0, C), C, q.at(i * C, C), scales.at(i))
            }
            add(layer.out, input: q, rows: n, first: start, onto: onto, sign: sign)
        }
    }

    private func feedForward(_ l: Int, rows: Int, from: Scratch<Int32>, onto: Scratch<Int32>, sign: Int32) {
        let C = model.shape.width, wide = model.shape.ratio * C, layer = model.layers[l]
        for start in stride(from: 0, to: rows, by: Engine.block) {
            let n = min(Engine.block, rows - start)
            for i in 0..<n { ck_norm_quantize(from.at((start + i) * C, C), C, q.at(i * C, C), scales.at(i)) }
            layer.up.multiply(q.at(0, n * C), rows: n, into: acc.at(0, n * wide))
            for i in 0..<n {
                layer.up.dequantize(acc.at(i * wide, wide), scale: scales.pointer[i], into: real.at(0, wide))
                ck_relu2_quantize(real.at(0, wide), wide, q2.at(i * wide, wide), scales.at(i))
            }
            add(layer.down, input: q2, rows: n, first: start, onto: onto, sign: sign)
        }
    }

    private func add(_ matrix: Matrix, input: Scratch<UInt8>, rows n: Int, first: Int, onto: Scratch<Int32>, sign: Int32) {
        let C = model.shape.width
        matrix.multiply(input.at(0, n * matrix.inputs), rows: n, into: acc.at(0, n * matrix.paddedOutputs))
        for i in 0..<n {
            matrix.accumulate(acc.at(i * matrix.paddedOutputs, C), scale: scales.pointer[i], sign: sign, onto: onto.at((first + i) * C, C))
        }
    }

    // MARK: Output

    /// The memory code that the model reads off row `row`: D integers in -7…7.
    func readMemory(row: Int) -> [Int8] {
        let scale = normalise(row: row, into: q.pointer), D = model.shape.code
        let sum = acc.at(0, model.toCode.paddedOutputs), z = real.at(0, model.toCode.paddedOutputs)
        model.toCode.multiply(q.pointer, rows: 1, into: sum)
        model.toCode.dequantize(sum, scale: scale, into: z)
        var code = [Int8](repeating: 0, count: D)
        ck_fsq(z, D, &code)
        return code
    }

    /// Norm-quantises a + b of a row into `out[C]` and returns its scale.
    func normalise(row: Int, into out: UnsafeMutablePointer<UInt8>) -> Float {
        let C = model.shape.width, x = a.at(row * C, C), y = b.at(row * C, C)
        for c in 0..<C { y[c] &+= x[c] }
        var scale: Float = 0
        ck_norm_quantize(y, C, out, &scale)
        for c in 0..<C { y[c] &-= x[c] }
        return scale
    }
}

/// Slots of the hashed n-gram tables (`docs/model-format.md`).
enum NGramHash {
    static func slot(order: Int, history: (UInt16, UInt16, UInt16, UInt16), slots: Int) -> Int {
        var h = UInt64(order)
        func mix(_ id: UInt16) {
            h = (h ^ UInt64(id)) &* 0x9E37_79B9_7F4A_7C15
            h ^= h >> 29
        }
        mix(history.0)
        mix(history.1)
        if order > 2 { mix(history.2) }
        if order > 3 { mix(history.3) }
        return slots > 1 ? Int(h >> UInt64(64 - slots.trailingZeroBitCount)) : 0
    }
}
