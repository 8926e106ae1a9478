/// Vectors of one width in int8, each with its length.
struct QuantizedVectors: Sendable {
    let width: Int
    private var values: [Int8] = []
    private var lengths: [Float] = []

    init(width: Int) { self.width = width }

    /// Appends a vector. An empty vector stands for zeros.
    mutating func append(_ vector: [Float]) {
        let row = QuantizedVectors.quantized(vector, count: width)
        values += row
        lengths.append(QuantizedVectors.length(row))
    }

    /// The cosines of a vector with all vectors.
    func cosines(_ vector: [Float]) -> [Float] {
        let query = QuantizedVectors.quantized(vector, count: width)
        let length = QuantizedVectors.length(query)
        return values.withUnsafeBufferPointer { values in
            query.withUnsafeBufferPointer { query in
                lengths.indices.map { i in
                    let row = values.extracting(i * width..<(i + 1) * width)
                    var sum: Int32 = 0
                    for j in 0..<width { sum &+= Int32(row[j]) &* Int32(query[j]) }
                    return Float(sum) / (lengths[i] * length)
                }
            }
        }
    }

    /// The entries in steps of 1/127 of the largest entry. An entry that is no number, as a damaged model may give, becomes
    /// 0.
    private static func quantized(_ vector: [Float], count: Int) -> [Int8] {
        guard let largest = vector.lazy.map(abs).max(), largest > 0 else { return Array(repeating: 0, count: count) }
        return vector.map { Int8(exactly: ($0 / (largest / 127)).rounded()) ?? 0 }
    }

    private static func length(_ row: [Int8]) -> Float {
        max(1, Float(row.reduce(0) { $0 + Int($1) * Int($1) }).squareRoot())
    }
}
