/// The dense codes of all passages, half a byte at a time: each under adaptive probabilities given the same half byte of the passage before.
enum MemoryColumns {
    /// Bytes of a passage's code, at most.
    static let sizeLimit = 1024

    static func encoded(_ codes: [UInt8], size: Int) -> [UInt8] {
        var model = HalfByteModel(size: size), coder = RangeEncoder()
        for (i, byte) in codes.enumerated() { _ = model.code(byte, column: i % size, with: &coder) }
        return coder.finish()
    }

    static func decoded(_ bytes: [UInt8], count: Int, size: Int) -> [UInt8] {
        var model = HalfByteModel(size: size), coder = RangeDecoder(bytes)
        return (0..<count * size).map { model.code(0, column: $0 % size, with: &coder) }
    }
}

/// Probabilities of the bits of each half byte: by column, by its value in the passage before, and by the bits above.
private struct HalfByteModel {
    private var bits: [AdaptiveBit]
    private var before: [UInt8]

    init(size: Int) {
        bits = Array(repeating: AdaptiveBit(), count: size * 2 * 16 * 16)
        before = Array(repeating: 0, count: size)
    }

    /// Codes a byte: written it is `byte`, read it is what comes back.
    mutating func code<Coder: BitCoder>(_ byte: UInt8, column: Int, with coder: inout Coder) -> UInt8 {
        var result: UInt8 = 0
        for half in 0..<2 {
            let shift = UInt8(4 * (1 - half)), context = ((column * 2 + half) * 16 + Int(before[column] >> shift & 15)) * 16
            var node = 1
            for level in 0..<4 {
                let bit = byte >> (shift + UInt8(3 - level)) & 1 == 1
                node = node << 1 | (coder.code(bit, &bits[context + node], limit: 255) ? 1 : 0)
            }
            result |= UInt8(node & 15) << shift
        }
        before[column] = result
        return result
    }
}
