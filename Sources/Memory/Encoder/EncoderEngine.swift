/// Runs a sentence encoder over one text at a time. Each thread has an engine of its own; the encoder is shared.
///
/// Products are integers and every float sum has a fixed order, so all machines get the same bits.
package final class EncoderEngine {
    /// How many rows go through a matrix at a time.
    private static let block = 48

    let encoder: SentenceEncoder
    // The states of all rows `[positions, W]`; then quantised queries, keys and values of all rows of one layer, by head.
    private let states: Scratch<Float>
    private let queries: Scratch<Int8>
    private let keys: Scratch<Int8>
    private let values: Scratch<Int8>
    private let queryScales: Scratch<Float>
    private let keyScales: Scratch<Float>
    private let valueScales: Scratch<Float>
    // Scratch for a block of rows, and for one row.
    private let q: Scratch<UInt8>
    private let sums: Scratch<Int32>
    private let real: Scratch<Float>
    private let weights: Scratch<Float>
    private let heads: Scratch<Float>
    private var scales: [(scale: Float, zero: Int32)]
    /// Keys stand in blocks of positions: room for whole blocks.
    private let room: Int

    /// An engine with memory for one text at a time.
    package init(_ encoder: SentenceEncoder) {
        self.encoder = encoder
        let shape = encoder.shape
        let W = shape.width
        let widest = max(3 * W, shape.inner)
        room = (shape.positions + Kernels.keyBlock - 1) / Kernels.keyBlock * Kernels.keyBlock
        states = Scratch(shape.positions * W, zero: 0)
        queries = Scratch(shape.positions * W, zero: 0)
        keys = Scratch(room * W, zero: 0)
        values = Scratch(room * W, zero: 0)
        queryScales = Scratch(shape.positions * shape.heads, zero: 0)
        keyScales = Scratch(room * shape.heads, zero: 0)
        valueScales = Scratch(room * shape.heads, zero: 0)
        q = Scratch(Self.block * widest, zero: 0)
        sums = Scratch(Self.block * widest, zero: 0)
        real = Scratch(widest, zero: 0)
        weights = Scratch(room, zero: 0)
        heads = Scratch(W, zero: 0)
        scales = Array(repeating: (0, 0), count: Self.block)
    }

    /// The mean of the states of all tokens, of length one: the vector of a sentence `[W]`.
    package func sentence(_ tokens: [UInt16]) -> [Float] {
        run(tokens)
        let W = encoder.shape.width
        var mean = [Float](repeating: 0, count: W)
        for t in tokens.indices {
            let x = states.at(t * W, W)
            for c in 0..<W { mean[c] += x[c] }
        }
        let length = Kernels.dot(mean, mean).squareRoot()
        return length > 0 ? mean.map { $0 / length } : mean
    }

    /// Runs the layers of the encoder. Afterwards `state(of:)` gives the rows.
    ///
    /// - Parameter tokens: at most as many as the encoder has positions.
    package func run(_ tokens: [UInt16]) { run(tokens, second: 0..<0, layers: encoder.layers) }

    /// Runs layers of the encoder's shape over the encoder's token vectors. Afterwards `state(of:)` gives the rows.
    ///
    /// - Parameters:
    ///   - tokens: at most as many as the encoder has positions.
    ///   - second: the rows of the second segment; they get the other segment vector.
    func run(_ tokens: [UInt16], second: Range<Int>, layers: [SentenceEncoder.Layer]) {
        precondition(
            !tokens.isEmpty && tokens.count <= encoder.shape.positions,
            "an encoder reads 1 to \(encoder.shape.positions) tokens")
        for (t, token) in tokens.enumerated() { embed(token, at: t, segment: second.contains(t) ? 1 : 0) }
        for layer in layers {
            project(layer.qkv, rows: tokens.count)
            attend(layer, rows: tokens.count)
            feedForward(layer, rows: tokens.count)
        }
    }

    /// The state of a token after the last run.
    package func state(of row: Int) -> Buffer<Float> { states.at(row * encoder.shape.width, encoder.shape.width) }

    // MARK: Layers

    private func embed(_ token: UInt16, at t: Int, segment: Int) {
        let W = encoder.shape.width
        let x = state(of: t)
        let scale = encoder.wordScale[Int(token)]
        for c in 0..<W {
            x[c] =
                Float(encoder.words[Int(token) * W + c]) * scale + encoder.positions[t * W + c]
                + encoder.types[segment * W + c]
        }
        normalise(x, encoder.norm)
    }

    private func normalise(_ x: Buffer<Float>, _ norm: SentenceEncoder.Norm) {
        Kernels.layerNorm(x, weight: norm.weight, bias: norm.bias, epsilon: encoder.epsilon)
    }

    /// Queries, keys and values of all rows, quantised a head at a time.
    private func project(_ matrix: AffineMatrix, rows: Int) {
        let shape = encoder.shape
        let (W, d) = (shape.width, shape.headWidth)
        forEachBlock(of: matrix, rows: rows, input: state(of:)) { t, y in
            for h in 0..<shape.heads {
                let slot = h * room + t
                queryScales[t * shape.heads + h] = Kernels.quantize(
                    head: part(y, h * d, d), into: queries.at(t * W + h * d, d))
                // The key goes through the value's place on its way to the block of its head.
                let value = values.at(slot * d, d)
                keyScales[slot] = Kernels.quantize(head: part(y, W + h * d, d), into: value)
                Kernels.place(key: value, position: t, in: keys.at(h * room * d, room * d))
                valueScales[slot] = Kernels.quantize(head: part(y, 2 * W + h * d, d), into: value)
            }
        }
    }

    /// Attention of every row over all rows, its projection, and the layer norm after it.
    private func attend(_ layer: SentenceEncoder.Layer, rows: Int) {
        let shape = encoder.shape
        let (W, d) = (shape.width, shape.headWidth)
        let mixed = { [self] (t: Int) in
            for h in 0..<shape.heads {
                Kernels.attend(
                    query: queries.at(t * W + h * d, d), scale: queryScales[t * shape.heads + h],
                    keys: keys.at(h * room * d, room * d), keyScales: keyScales.at(h * room, rows),
                    values: values.at(h * room * d, rows * d), valueScales: valueScales.at(h * room, rows),
                    weights: weights.at(0, rows), into: heads.at(h * d, d))
            }
            return heads.at(0, W)
        }
        forEachBlock(of: layer.out, rows: rows, input: mixed) { t, y in add(y, to: t, layer.afterAttention) }
    }

    private func feedForward(_ layer: SentenceEncoder.Layer, rows: Int) {
        let inner = encoder.shape.inner
        let W = encoder.shape.width
        for start in stride(from: 0, to: rows, by: Self.block) {
            let n = min(Self.block, rows - start)
            quantize(layer.up, from: start, rows: n, input: state(of:))
            layer.up.multiply(q.at(0, n * W), rows: n, into: sums.at(0, n * inner))
            for i in 0..<n {
                let y = real.at(0, inner)
                layer.up.dequantize(sums.at(i * inner, inner), scales[i], into: y)
                Kernels.gelu(y)
                scales[i] = layer.down.quantize(y, into: q.at(i * inner, inner))
            }
            layer.down.multiply(q.at(0, n * inner), rows: n, into: sums.at(0, n * W))
            for i in 0..<n {
                let y = real.at(0, W)
                layer.down.dequantize(sums.at(i * W, W), scales[i], into: y)
                add(y, to: start + i, layer.afterFeedForward)
            }
        }
    }

    private func add(_ y: Buffer<Float>, to t: Int, _ norm: SentenceEncoder.Norm) {
        let x = state(of: t)
        for c in 0..<x.count { x[c] += y[c] }
        normalise(x, norm)
    }

    private func quantize(_ matrix: AffineMatrix, from start: Int, rows n: Int, input: (Int) -> Buffer<Float>) {
        for i in 0..<n { scales[i] = matrix.quantize(input(start + i), into: q.at(i * matrix.inputs, matrix.inputs)) }
    }

    /// Multiplies rows by a matrix, a block at a time, and hands out the real values of each row.
    private func forEachBlock(
        of matrix: AffineMatrix, rows: Int, input: (Int) -> Buffer<Float>, _ body: (Int, Buffer<Float>) -> Void
    ) {
        for start in stride(from: 0, to: rows, by: Self.block) {
            let n = min(Self.block, rows - start)
            quantize(matrix, from: start, rows: n, input: input)
            matrix.multiply(q.at(0, n * matrix.inputs), rows: n, into: sums.at(0, n * matrix.outputs))
            for i in 0..<n {
                let y = real.at(0, matrix.outputs)
                matrix.dequantize(sums.at(i * matrix.outputs, matrix.outputs), scales[i], into: y)
                body(start + i, y)
            }
        }
    }

    private func part(_ y: Buffer<Float>, _ start: Int, _ count: Int) -> Buffer<Float> {
        Buffer(rebasing: y[start..<start + count])
    }
}
