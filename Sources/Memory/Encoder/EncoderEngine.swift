/// Runs a sentence encoder over the rows of texts. Each thread has an engine of its own; the encoder is shared.
///
/// A *row* is a token of a text. Rows depend on each other through the attention of their text alone, so texts that run
/// together give the same bits as texts that run alone. Products are integers and every float sum has a fixed order, so all
/// machines get the same bits.
package final class EncoderEngine {
    /// How many rows go through the matrices after attention at a time.
    private static let block = 48

    /// The tokens of a text.
    struct Text {
        let tokens: [UInt16]
        /// The rows of the second segment; they get the other segment vector.
        var second = 0..<0
    }

    let encoder: SentenceEncoder
    // The states of all rows `[positions, W]`, the outputs of all heads, and the quantised inputs of the next product.
    private let states: Scratch<Float>
    private let mixed: Scratch<Float>
    private let q: Scratch<UInt8>
    private let rows: Scratch<Kernels.Affine>
    // Products and their real values, either all rows of a group of heads or a block of rows of a whole matrix; what
    // attention needs; the inputs of the last matrix of a layer.
    private let sums: Scratch<Int32>
    private let real: Scratch<Float>
    private let room: Scratch<Int32>
    private let wide: Scratch<UInt8>

    /// An engine with memory for as many rows as the encoder has positions.
    package init(_ encoder: SentenceEncoder) {
        self.encoder = encoder
        let shape = encoder.shape
        let (P, W, inner) = (shape.positions, shape.width, shape.inner)
        states = Scratch(P * W)
        mixed = Scratch(P * W)
        q = Scratch(P * W)
        rows = Scratch(P)
        sums = Scratch(max(P * shape.groupWidth, Self.block * max(W, inner)))
        real = Scratch(max(P * 3 * shape.groupWidth, inner))
        room = Scratch(Kernels.attentionRoom(rows: P, width: shape.headWidth))
        wide = Scratch(Self.block * inner)
    }

    /// The vectors of texts, `[W]` each: the mean of the states of all tokens, of length one.
    ///
    /// - Parameter texts: the tokens of each, at most as many as the encoder has positions.
    package func sentences(_ texts: [[UInt16]]) -> [[Float]] {
        var vectors: [[Float]] = []
        var next = 0
        while next < texts.count {
            // As many texts as there is room for, in order.
            var count = 0
            let together = texts[next...].prefix { tokens in
                count += tokens.count
                return count <= encoder.shape.positions
            }
            let run = together.isEmpty ? texts[next...next] : together
            self.run(run.map { Text(tokens: $0) }, layers: encoder.layers)
            var first = 0
            for tokens in run {
                vectors.append(mean(of: first..<first + tokens.count))
                first += tokens.count
            }
            next = run.endIndex
        }
        return vectors
    }

    private func mean(of rows: Range<Int>) -> [Float] {
        var mean = [Float](repeating: 0, count: encoder.shape.width)
        for t in rows {
            let x = state(of: t)
            for c in mean.indices { mean[c] += x[c] }
        }
        let length = Kernels.dot(mean, mean).squareRoot()
        return length > 0 ? mean.map { $0 / length } : mean
    }

    /// Runs layers of the encoder's shape over the encoder's token vectors. Afterwards `state(of:)` gives the rows of the
    /// texts, one text after the other.
    ///
    /// - Parameter texts: at most as many tokens as the encoder has positions.
    func run(_ texts: [Text], layers: [SentenceEncoder.Layer]) {
        let count = texts.reduce(0) { $0 + $1.tokens.count }
        precondition(
            texts.allSatisfy { !$0.tokens.isEmpty } && count <= encoder.shape.positions,
            "an encoder reads 1 to \(encoder.shape.positions) tokens")
        embed(texts)
        normalise(0..<count, adding: nil, encoder.norm, for: layers.first?.qkv)
        for (l, layer) in layers.enumerated() {
            attend(layer.qkv, texts, rows: count)
            for start in stride(from: 0, to: count, by: Self.block) {
                let block = start..<min(count, start + Self.block)
                project(layer, block)
                feedForward(layer, block, for: l + 1 < layers.count ? layers[l + 1].qkv : nil)
            }
        }
    }

    /// The state of a row after the last run.
    package func state(of row: Int) -> Buffer<Float> { part(states, row..<row + 1, encoder.shape.width) }

    // MARK: Layers

    private func embed(_ texts: [Text]) {
        let W = encoder.shape.width
        var row = 0
        for text in texts {
            for (t, token) in text.tokens.enumerated() {
                let x = state(of: row)
                let type = text.second.contains(t) ? W : 0
                let scale = encoder.wordScale[Int(token)]
                encoder.words.withRow(Int(token), width: W) { words in
                    for c in 0..<W {
                        x[c] = Float(words[c]) * scale + encoder.positions[t * W + c] + encoder.types[type + c]
                    }
                }
                row += 1
            }
        }
    }

    /// Attention of each row over the rows of its text, a group of heads at a time, from `q` into `mixed`.
    private func attend(_ matrix: AffineMatrix, _ texts: [Text], rows count: Int) {
        let shape = encoder.shape
        let (W, G, d) = (shape.width, shape.groupWidth, shape.headWidth)
        for group in 0..<W / G {
            // The queries of all rows, then the keys, then the values.
            for kind in 0..<3 {
                let outputs = kind * W + group * G..<kind * W + (group + 1) * G
                let product = sums.at(0, count * G)
                matrix.multiply(part(q, 0..<count, W), rows: count, outputs: outputs, into: product)
                Kernels.dequantize(
                    product, rows.at(0, count), matrix.columns, outputs: outputs,
                    into: real.at(kind * count * G, product.count))
            }
            var first = 0
            for text in texts {
                let n = text.tokens.count
                for head in stride(from: 0, to: G, by: d) {
                    func heads(_ kind: Int) -> Buffer<Float> {
                        real.at((kind * count + first) * G + head, (n - 1) * G + d)
                    }
                    Kernels.attend(
                        queries: heads(0), keys: heads(1), values: heads(2), stride: G, rows: n, width: d,
                        room: room.all, into: mixed.at(first * W + group * G + head, (n - 1) * W + d), outStride: W)
                }
                first += n
            }
        }
    }

    /// The projection of the outputs of all heads, and the layer norm after it.
    private func project(_ layer: SentenceEncoder.Layer, _ block: Range<Int>) {
        let W = encoder.shape.width
        let input = part(q, block, W)
        Kernels.quantize(
            part(mixed, block, W), multiplier: layer.out.multiplier, into: input, rows.at(block.lowerBound, block.count))
        let product = sums.at(0, block.count * W)
        layer.out.multiply(input, rows: block.count, into: product)
        normalise(block, adding: (product, layer.out.columns), layer.afterAttention, for: layer.up)
    }

    private func feedForward(_ layer: SentenceEncoder.Layer, _ block: Range<Int>, for next: AffineMatrix?) {
        let (W, inner) = (encoder.shape.width, encoder.shape.inner)
        let input = wide.at(0, block.count * inner)
        let hidden = sums.at(0, block.count * inner)
        layer.up.multiply(part(q, block, W), rows: block.count, into: hidden)
        Kernels.gelu(
            hidden, layer.up.columns, multiplier: layer.down.multiplier, real: real.at(0, inner), into: input,
            rows.at(block.lowerBound, block.count))
        let product = sums.at(0, block.count * W)
        layer.down.multiply(input, rows: block.count, into: product)
        normalise(block, adding: (product, layer.down.columns), layer.afterFeedForward, for: next)
    }

    /// Layer norm of rows, and their quantisation for the next product.
    private func normalise(
        _ block: Range<Int>, adding product: (Buffer<Int32>, AffineMatrix.Columns)?, _ norm: SentenceEncoder.Norm,
        for next: AffineMatrix?
    ) {
        let W = encoder.shape.width
        Kernels.normalise(
            part(states, block, W), adding: product, norm, epsilon: encoder.epsilon, multiplier: next?.multiplier,
            into: part(q, block, W), rows.at(block.lowerBound, block.count))
    }

    private func part<Element>(_ scratch: Scratch<Element>, _ rows: Range<Int>, _ width: Int) -> Buffer<Element> {
        scratch.at(rows.lowerBound * width, rows.count * width)
    }
}
