/// The normalised embedding of each token on the grid of the streams: `round(4096 · e / rms(e))` of a row e = q · scale of the
/// model file; eps 1e-6.
struct EmbeddingTable: Sendable {
    /// Rows q, `[V, C]`.
    private let rows: MappedTensor
    private let width: Int
    /// What each entry of a row is multiplied by.
    private let unit: [Double]

    /// - Parameters:
    ///   - rows: `[V, C]`.
    ///   - scale: the scale of each row.
    init(rows: MappedTensor, scale: [Float]) {
        let C = rows.count / scale.count
        self.rows = rows
        width = C
        unit = scale.indices.map { v in
            let squares = rows.withRow(v, width: C) { row in row.reduce(Int32(0)) { $0 &+ Int32($1) &* Int32($1) } }
            let s = Double(scale[v])
            return Kernels.streamUnit * s / (s * s * Double(squares) / Double(C) + 1e-6).squareRoot()
        }
    }

    /// Writes the embedding of a token.
    func copy(_ token: UInt16, into x: Buffer<Int32>) {
        each(token, x) { $0 = $1 }
    }

    /// Adds the embedding of a token.
    func add(_ token: UInt16, to x: Buffer<Int32>) {
        each(token, x) { $0 &+= $1 }
    }

    @inline(__always)
    private func each(_ token: UInt16, _ x: Buffer<Int32>, _ body: (inout Int32, Int32) -> Void) {
        precondition(x.count == width, "a row as wide as the embeddings")
        let unit = unit[Int(token)]
        rows.withRow(Int(token), width: width) { row in
            for c in 0..<width { body(&x[c], Self.rounded(Double(row[c]) * unit)) }
        }
    }

    /// The nearest whole number, ties away from zero. The standard library's calls the C library for each number.
    @inline(__always)
    private static func rounded(_ x: Double) -> Int32 {
        let whole = Int32(x)
        let rest = x - Double(whole)
        return whole &+ (rest >= 0.5 ? 1 : rest <= -0.5 ? -1 : 0)
    }
}
