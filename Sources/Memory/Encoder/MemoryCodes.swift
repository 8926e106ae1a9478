/// Memory codes: what an index keeps of the vectors of passages, and of the sections of documents.
///
/// A code is the signs of the vector's products with the principal axes of many passages, the axis of the largest variance
/// first. A passage has 64 signs, a section 128. The vector of a question is not quantised: a `CodeTable` gives its inner
/// product with a code.
package struct MemoryCodes: Sendable {
    /// The bytes of the code of a passage.
    package static let passageBytes = 8
    /// The bytes of the code of a section.
    package static let sectionBytes = 16
    /// The most passages of a section in a document of at most `mostSections` sections.
    static let sectionPassages = 16
    /// The most sections of a document. The sections of a longer document have more passages.
    static let mostSections = 32

    private let width: Int
    /// The principal axes `[128, width]`.
    private let axes: [Float]

    /// The codes of a model file, or nil where the file has none.
    init?(_ tensors: ModelTensors, _ encoder: SentenceEncoder?) throws(MemoryError) {
        guard tensors.file.metadata["codes.axes"] != nil else { return nil }
        guard let encoder else { throw tensors.invalid("memory codes need a sentence encoder") }
        width = encoder.shape.width
        axes = try tensors.float("codes.axes", shape: [8 * Self.sectionBytes, encoder.shape.width])
    }

    /// The codes of a file that may hold nothing but codes and an encoder, or nil where the file has none.
    package static func read(path: String) throws(MemoryError) -> MemoryCodes? {
        let tensors = ModelTensors(try SafeTensors(path: path))
        return try MemoryCodes(tensors, SentenceEncoder(tensors))
    }

    /// The code of a vector, in `bytes` bytes. The sign of an axis is a bit, 1 for a product of at least 0; the first axis
    /// is the lowest bit of the first byte.
    package func code(of vector: [Float], bytes: Int) -> [UInt8] {
        let products = products(with: vector, bytes: bytes)
        var code = [UInt8](repeating: 0, count: bytes)
        for (i, product) in products.enumerated() where product >= 0 { code[i / 8] |= 1 << UInt8(i % 8) }
        return code
    }

    /// The table that gives the inner products of a question's vector with codes of `bytes` bytes.
    package func table(for question: [Float], bytes: Int) -> CodeTable {
        CodeTable(products: products(with: question, bytes: bytes))
    }

    private func products(with vector: [Float], bytes: Int) -> [Float] {
        precondition(vector.count == width && bytes <= Self.sectionBytes)
        return Kernels.products(of: axes, rows: 0..<8 * bytes, with: vector)
    }

    /// The passages of each section of a document: runs of equal length, where the last may be shorter. A document of one
    /// passage has no section.
    package static func sections(_ passages: Int) -> [Range<Int>] {
        guard passages > 1 else { return [] }
        let size = max(sectionPassages, (passages + mostSections - 1) / mostSections)
        return stride(from: 0, to: passages, by: size).map { $0..<min(passages, $0 + size) }
    }
}

/// The inner products of one vector with codes: for each byte of a code, the sum of the vector's products with eight axes,
/// each with the sign that its bit says.
package struct CodeTable: Sendable {
    private let bytes: Int
    /// `[bytes, 256]`.
    private let sums: [Float]

    fileprivate init(products: [Float]) {
        bytes = products.count / 8
        // A code of n signs has the length √n.
        let scale = 1 / Float(max(1, products.count)).squareRoot()
        var sums: [Float] = []
        for byte in 0..<bytes {
            for pattern in 0..<256 {
                var sum: Float = 0
                for bit in 0..<8 { sum += pattern >> bit & 1 == 1 ? products[8 * byte + bit] : -products[8 * byte + bit] }
                sums.append(sum * scale)
            }
        }
        self.sums = sums
    }

    /// The cosine of the vector's part along the axes with each of the codes that stand one after the other, times the
    /// length of this part.
    package func products(_ codes: [UInt8]) -> [Float] {
        sums.withUnsafeBufferPointer { sums in
            codes.withUnsafeBufferPointer { codes in
                (0..<codes.count / bytes).map { i in
                    var sum: Float = 0
                    for byte in 0..<bytes { sum += sums[byte << 8 | Int(codes[i * bytes + byte])] }
                    return sum
                }
            }
        }
    }
}
