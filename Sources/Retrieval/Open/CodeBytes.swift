/// FSQ entries -7…7 as bytes, two an byte: the low half first.
package enum CodeBytes {
    package static func pack(_ code: [Int8]) -> [UInt8] {
        stride(from: 0, to: code.count, by: 2).map { i in
            UInt8(code[i] + 7) | (i + 1 < code.count ? UInt8(code[i + 1] + 7) << 4 : 0)
        }
    }

    /// The entries of a code of `count`; nil where the bytes hold none.
    package static func unpack(_ bytes: some Collection<UInt8>, count: Int) -> [Int8]? {
        guard bytes.count == (count + 1) / 2 else { return nil }
        var code: [Int8] = []
        code.reserveCapacity(count + 1)
        for byte in bytes {
            guard byte & 15 < 15, byte >> 4 < 15 else { return nil }
            code.append(Int8(byte & 15) - 7)
            code.append(Int8(byte >> 4) - 7)
        }
        return Array(code.prefix(count))
    }
}
