/// Reads the symbols of a `SymbolEncoder`. Zeros follow the last byte. Damaged bytes give other symbols and never trap.
package struct SymbolDecoder: Sendable {
    private let bytes: [UInt8]
    private var position = 0
    private var code: UInt64 = 0
    private var range: UInt64 = .max
    private var unit: UInt64 = 1

    /// A decoder at the first symbol of `bytes`.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        for _ in 0..<8 { shift() }
    }

    /// A number below `total` in the interval of the next symbol. The total equals the encoder's: 1 to 2⁴⁰ − 1.
    package mutating func target(total: UInt64) -> UInt64 {
        precondition(total > 0 && total < SymbolEncoder.totalLimit, "not a total")
        unit = range / total
        return min(code / unit, total - 1)
    }

    /// Takes the symbol whose interval has the last target in it.
    package mutating func consume(cumulative: UInt64, frequency: UInt64) {
        precondition(frequency > 0 && frequency < SymbolEncoder.totalLimit, "not an interval")
        code &-= unit &* cumulative
        range = unit &* frequency
        while range < 1 << 56 {
            shift()
            range <<= 8
        }
    }

    private mutating func shift() {
        code = code << 8 | (position < bytes.count ? UInt64(bytes[position]) : 0)
        position += 1
    }
}
