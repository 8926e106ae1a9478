/// Which way the layers run.
package enum Direction: Sendable {
    /// `a += F(b); b += G(a)`, layers 1…L: compresses.
    case forward
    /// `b -= G(a); a -= F(b)`, layers L…1: expands.
    case backward
}

extension Engine {
    /// A place in a sequence.
    package typealias Place = (cache: AttentionCache, position: Int)

    /// Runs the first `rows` rows through all layers.
    ///
    /// - Parameter place: the cache of a row's sequence and the row's position in the sequence. The rows of a sequence come
    ///   in the order of their positions.
    package func run(rows: Int, _ direction: Direction, place: (Int) -> Place) {
        precondition(rows <= capacity, "more rows than the engine was made for")
        switch direction {
        case .forward:
            for l in backbone.layers.indices {
                attention(l, rows: rows, from: b, onto: a, .plus, place)
                feedForward(l, rows: rows, from: a, onto: b, .plus)
            }
        case .backward:
            for l in backbone.layers.indices.reversed() {
                feedForward(l, rows: rows, from: a, onto: b, .minus)
                attention(l, rows: rows, from: b, onto: a, .minus, place)
            }
        }
    }

    private func attention(
        _ l: Int, rows: Int, from: Scratch<Int32>, onto: Scratch<Int32>, _ sign: Kernels.Sign, _ place: (Int) -> Place
    ) {
        let C = backbone.shape.width
        let layer = backbone.layers[l]
        let padded = layer.qkv.paddedOutputs
        for start in stride(from: 0, to: rows, by: Engine.block) {
            let n = min(Engine.block, rows - start)
            quantize(rows: start..<start + n, of: from)
            layer.qkv.multiply(q.at(0, n * C), rows: n, into: sums.at(0, n * padded))
            for i in 0..<n {
                layer.qkv.dequantize(sums.at(i * padded, padded), scale: scales[i], into: real.at(0, padded))
                attend(l, place(start + i))
                scales[i] = Kernels.quantize(heads.all, into: q.at(i * C, C))
            }
            add(layer.out, q, rows: n, first: start, onto: onto, sign)
        }
    }

    /// Attends from the query, key and value in `real` and leaves the outputs of all heads in `heads`.
    private func attend(_ l: Int, _ place: Place) {
        let shape = backbone.shape
        let (C, d) = (shape.width, shape.headWidth)
        let (cache, position) = place
        precondition(position < cache.positions && position < shape.context, "position outside the context")
        for h in 0..<shape.heads {
            let head = cache.head(h, layer: l)
            head.keyScales[position] = Kernels.quantize(
                head: real.at(C + h * d, d), rotatedBy: backbone.rotary, position: position, into: query.all)
            Kernels.place(key: query.all, position: position, in: head.keys)
            head.valueScales[position] = Kernels.quantize(head: real.at(2 * C + h * d, d), into: query.all)
            Kernels.place(value: query.all, position: position, in: head.values)
            let scale = Kernels.quantize(
                head: real.at(h * d, d), rotatedBy: backbone.rotary, position: position, into: query.all)
            Kernels.attend(
                query: query.all, scale: scale, keys: head.keys, keyScales: head.keyScales, values: head.values,
                valueScales: head.valueScales, weights: weights.at(0, position + 1), into: heads.at(h * d, d))
        }
    }

    private func feedForward(_ l: Int, rows: Int, from: Scratch<Int32>, onto: Scratch<Int32>, _ sign: Kernels.Sign) {
        let C = backbone.shape.width
        let layer = backbone.layers[l]
        let width = layer.up.outputs
        for start in stride(from: 0, to: rows, by: Engine.block) {
            let n = min(Engine.block, rows - start)
            quantize(rows: start..<start + n, of: from)
            layer.up.multiply(q.at(0, n * C), rows: n, into: sums.at(0, n * width))
            for i in 0..<n {
                layer.up.dequantize(sums.at(i * width, width), scale: scales[i], into: real.at(0, width))
                scales[i] = Kernels.quantize(squaredReLU: real.at(0, width), into: wide.at(i * width, width))
            }
            add(layer.down, wide, rows: n, first: start, onto: onto, sign)
        }
    }

    /// Quantises rows of a stream, each divided by its root mean square, into `q` and `scales`.
    private func quantize(rows: Range<Int>, of stream: Scratch<Int32>) {
        let C = backbone.shape.width
        for (i, row) in rows.enumerated() {
            scales[i] = Kernels.quantize(normalised: stream.at(row * C, C), into: q.at(i * C, C))
        }
    }

    /// Adds the products of `n` input rows, whose scales are in `scales`, to the rows of a stream from `first` on.
    private func add(
        _ matrix: Matrix, _ input: Scratch<UInt8>, rows n: Int, first: Int, onto: Scratch<Int32>, _ sign: Kernels.Sign
    ) {
        let C = backbone.shape.width
        let padded = matrix.paddedOutputs
        matrix.multiply(input.at(0, n * matrix.inputs), rows: n, into: sums.at(0, n * padded))
        for i in 0..<n {
            matrix.accumulate(sums.at(i * padded, padded), scale: scales[i], sign: sign, onto: onto.at((first + i) * C, C))
        }
    }
}
