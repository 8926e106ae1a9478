/// Vectors of the sentence encoder as codes of one byte a part, and inner products of vectors with codes.
///
/// A vector is projected, and the projection is cut into parts of equal width. Each byte of the code names the nearest of
/// 256 centroids of its part (product quantisation: Jégou, Douze, Schmid 2011). The vector of a question is not quantised: a
/// table holds its inner products with all centroids, so the inner product with a code is a sum of one table entry a part.
/// Questions have a projection of their own.
package final class ProductQuantizer: Sendable {
    /// Centroids of a part.
    static let centroidCount = 256

    /// The bytes of a code.
    package let parts: Int
    private let width: Int
    private let partWidth: Int
    /// `[parts · partWidth, width]`.
    private let passageProjection: [Float]
    private let questionProjection: [Float]
    /// `[parts, 256, partWidth]`, and half the squared length of each.
    private let centroids: [Float]
    private let halfSquares: [Float]

    /// The quantizer of the tensors `name.passage`, `name.question` and `name.centroids`, or nil where the file has none.
    init?(_ name: String, width: Int, _ tensors: ModelTensors) throws(MemoryError) {
        guard tensors.file.metadata[name + ".parts"] != nil else { return nil }
        self.width = width
        parts = try tensors.number(name + ".parts", in: 1...256)
        partWidth = try tensors.number(name + ".part_width", in: 1...256)
        passageProjection = try tensors.float(name + ".passage", shape: [parts * partWidth, width])
        questionProjection = try tensors.float(name + ".question", shape: [parts * partWidth, width])
        let centroids = try tensors.float(name + ".centroids", shape: [parts, Self.centroidCount, partWidth])
        self.centroids = centroids
        let partWidth = partWidth
        halfSquares = stride(from: 0, to: centroids.count, by: partWidth).map { i in
            let centroid = Array(centroids[i..<i + partWidth])
            return Kernels.dot(centroid, centroid) / 2
        }
    }

    /// The code of a vector `[width]`.
    package func code(of vector: [Float]) -> [UInt8] {
        let projected = project(vector, passageProjection)
        return (0..<parts).map { part in
            let products = self.products(projected, part)
            var best = 0
            var largest = -Float.infinity
            for (i, product) in products.enumerated() {
                let score = product - halfSquares[part * Self.centroidCount + i]
                if score > largest { (best, largest) = (i, score) }
            }
            return UInt8(best)
        }
    }

    /// The inner products of a question's vector with the centroids `[parts, 256]`.
    package func table(for question: [Float]) -> CodeTable {
        let projected = project(question, questionProjection)
        return CodeTable(parts: parts, values: (0..<parts).flatMap { products(projected, $0) })
    }

    private func project(_ vector: [Float], _ matrix: [Float]) -> [Float] {
        precondition(vector.count == width, "a vector has \(width) entries")
        return Kernels.products(of: matrix, rows: 0..<parts * partWidth, with: vector)
    }

    /// The inner products of a part of a projected vector with the centroids of the part.
    private func products(_ projected: [Float], _ part: Int) -> [Float] {
        let first = part * Self.centroidCount
        return Kernels.products(
            of: centroids, rows: first..<first + Self.centroidCount,
            with: Array(projected[part * partWidth..<(part + 1) * partWidth]))
    }
}

/// The inner products of one vector with the centroids of a quantizer.
package struct CodeTable: Sendable {
    /// The parts of a code.
    package let parts: Int
    /// `[parts, 256]`.
    fileprivate let values: [Float]

    fileprivate init(parts: Int, values: [Float]) {
        self.parts = parts
        self.values = values
    }

    /// The inner product with each of the codes that stand one after the other in `codes`.
    package func products(_ codes: [UInt8]) -> [Float] {
        values.withUnsafeBufferPointer { values in
            codes.withUnsafeBufferPointer { codes in
                (0..<codes.count / parts).map { i in
                    var sum: Float = 0
                    for p in 0..<parts { sum += values[p << 8 | Int(codes[i * parts + p])] }
                    return sum
                }
            }
        }
    }
}
