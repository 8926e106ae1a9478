/// Memory codes: a few integers for each passage and each document, by finite scalar quantisation (Mentzer et al. 2023).
package enum MemoryCode {
    /// The number of values of an entry. A model file with another number is refused.
    package static let levels = 15
    /// Entries are −half…half.
    package static let half: Int8 = 7

    /// The bytes of a stored code: two entries a byte.
    package static func byteCount(entries: Int) -> Int { (entries + 1) / 2 }

    /// Entries −7…7 as bytes, two entries a byte, the first one in the low half. A missing last entry is stored as −7.
    package static func pack(_ code: [Int8]) -> [UInt8] {
        stride(from: 0, to: code.count, by: 2).map { i in
            UInt8(code[i] + half) | (i + 1 < code.count ? UInt8(code[i + 1] + half) << 4 : 0)
        }
    }

    /// The `count` entries of a stored code, or nil where the bytes are no code of so many entries.
    package static func unpack(_ bytes: some Collection<UInt8>, count: Int) -> [Int8]? {
        guard bytes.count == byteCount(entries: count) else { return nil }
        var code: [Int8] = []
        code.reserveCapacity(count + 1)
        for byte in bytes {
            guard byte & 15 < levels, byte >> 4 < levels else { return nil }
            code.append(Int8(byte & 15) - half)
            code.append(Int8(byte >> 4) - half)
        }
        guard code.count == count || code.last == -half else { return nil }
        return Array(code.prefix(count))
    }
}
