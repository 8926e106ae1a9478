/// Codes one binary decision at a time, writing or reading. A model that codes through this protocol is its own inverse.
///
/// The encoder takes `bit` and returns it. The decoder ignores its argument and returns the bit that was written.
package protocol BitCoder {
    /// Codes one bit; `one` is the probability of a set bit in 65536ths, within `1...65535`.
    mutating func code(_ bit: Bool, one: UInt32) -> Bool
    /// Whether decoding has run past the end of its input, which happens in damaged bytes only.
    var isExhausted: Bool { get }
}

extension BitCoder {
    /// Codes the lowest `count` bits of `value` (at most 32) at even odds, the highest first.
    @inline(__always)
    mutating func codeRaw(_ value: UInt32, bits count: Int) -> UInt32 {
        var result: UInt32 = 0
        var shift = count
        while shift > 0 {
            shift -= 1
            result = result << 1 | (code(value >> UInt32(shift) & 1 == 1, one: 32768) ? 1 : 0)
        }
        return result
    }
}

/// Writes decisions as bytes. The range has 32 bits; carries are resolved in a pending run of bytes.
package struct BitEncoder: BitCoder {
    private var low: UInt64 = 0
    private var range: UInt32 = .max
    private var pending: UInt8 = 0
    private var run = 1
    private var bytes: [UInt8] = []

    /// A coder that has written nothing.
    package init() {}

    /// False: a coder needs no input.
    package var isExhausted: Bool { false }

    /// Writes a bit, and returns it.
    @inline(__always)
    package mutating func code(_ bit: Bool, one: UInt32) -> Bool {
        let bound = UInt32(truncatingIfNeeded: (UInt64(range) &* UInt64(one)) >> 16)
        if bit {
            range = bound
        } else {
            low &+= UInt64(bound)
            range &-= bound
        }
        while range < 1 << 24 {
            range <<= 8
            shift()
        }
        return bit
    }

    private mutating func shift() {
        if low < 0xff00_0000 || low > 0xffff_ffff {
            let carry = UInt8(truncatingIfNeeded: low >> 32)
            bytes.append(pending &+ carry)
            if run > 1 { bytes.append(contentsOf: repeatElement(0xff &+ carry, count: run - 1)) }
            pending = UInt8(truncatingIfNeeded: low >> 24)
            run = 0
        }
        run += 1
        low = low << 8 & 0xffff_ffff
    }

    /// The bytes that were written, with the shortest end that still decodes, and without zeros at the end.
    package consuming func finish() -> [UInt8] {
        // Any value within low ..< low + range decodes: take the value with the most zero bits at its end.
        for zeros in stride(from: UInt64(24), through: 0, by: -8) {
            let mask = (UInt64(1) << zeros) - 1
            let rounded = (low + mask) & ~mask
            if rounded < low + UInt64(range) {
                low = rounded
                break
            }
        }
        for _ in 0..<5 { shift() }
        bytes.removeFirst()  // the first byte is always zero
        var trimmed = 0
        while trimmed < 4, bytes.last == 0 {
            bytes.removeLast()
            trimmed += 1
        }
        return bytes
    }
}

/// Reads the bytes of a `BitEncoder`. Zeros stand in for bytes past the end.
package struct BitDecoder: BitCoder {
    private var code: UInt32 = 0
    private var range: UInt32 = .max
    private var position = 0
    private let bytes: [UInt8]

    /// A decoder of the bytes that a coder wrote.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        for _ in 0..<4 { code = code << 8 | next() }
    }

    /// Whether more bytes were read than there are: the input is damaged.
    package var isExhausted: Bool { position > bytes.count + 8 }

    @inline(__always)
    private mutating func next() -> UInt32 {
        let byte: UInt32 = position < bytes.count ? UInt32(bytes[position]) : 0
        position &+= 1
        return byte
    }

    /// Reads a bit; its argument is not looked at.
    @inline(__always)
    package mutating func code(_ bit: Bool, one: UInt32) -> Bool {
        let bound = UInt32(truncatingIfNeeded: (UInt64(range) &* UInt64(one)) >> 16)
        let result = code < bound
        if result {
            range = bound
        } else {
            code &-= bound
            range &-= bound
        }
        while range < 1 << 24 {
            range <<= 8
            code = code << 8 | next()
        }
        return result
    }
}
