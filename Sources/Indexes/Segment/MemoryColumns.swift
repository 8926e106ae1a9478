/// The memory codes of all passages, half a byte at a time. Each half byte is coded under adaptive probabilities, given the
/// same half byte of the passage before.
enum MemoryColumns {
    /// Bytes of a code, at most.
    static let sizeLimit = 1024

    static func encoded(_ codes: [UInt8], size: Int) -> [UInt8] {
        var model = HalfByteModel()
        var coder = BitEncoder()
        for (i, byte) in codes.enumerated() { _ = model.code(byte, column: i % size, with: &coder) }
        return coder.finish()
    }

    static func decoded(_ bytes: [UInt8], count: Int, size: Int) throws -> [UInt8] {
        var model = HalfByteModel()
        var coder = BitDecoder(bytes)
        var codes: [UInt8] = []
        // Forged numbers may claim a gigabyte of codes for a few bytes: reading past the end is damage.
        for _ in 0..<count {
            for column in 0..<size { codes.append(model.code(0, column: column, with: &coder)) }
            if coder.isExhausted { throw DamagedPart(.memory) }
        }
        return codes
    }
}

/// Probabilities of the bits of each half byte of memory codes. The context is the column, the same half byte of the code
/// before, and the higher bits of the half byte.
struct HalfByteModel {
    private var bits: [AdaptiveBit] = []
    private var before: [UInt8] = []

    /// Codes a byte. A decoder ignores `byte` and returns the byte that was written.
    mutating func code<Coder: BitCoder>(_ byte: UInt8, column: Int, with coder: inout Coder) -> UInt8 {
        while before.count <= column {
            before.append(0)
            bits += Array(repeating: AdaptiveBit(), count: 2 * 16 * 16)
        }
        let earlier = before[column]
        var result: UInt8 = 0
        bits.withUnsafeMutableBufferPointer { bits in
            for half in 0..<2 {
                let shift = UInt8(4 * (1 - half))
                let context = ((column * 2 + half) * 16 + Int(earlier >> shift & 15)) * 16
                var node = 1
                for level in 0..<4 {
                    let bit = byte >> (shift + UInt8(3 - level)) & 1 == 1
                    node = node << 1 | (coder.code(bit, &bits[context + node], limit: 255) ? 1 : 0)
                }
                result |= UInt8(node & 15) << shift
            }
        }
        before[column] = result
        return result
    }
}
