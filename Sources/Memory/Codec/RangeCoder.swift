/// Writes symbols as intervals of integer frequencies (range coding after Martin 1979, with carries into the output).
package struct RangeEncoder: Sendable {
    private var low: UInt64 = 0
    private var range: UInt64 = .max
    private var bytes: [UInt8] = []

    /// An encoder that has written nothing.
    package init() {}

    /// The largest total of frequencies, exclusive: above it the division would cost more than 2⁻¹⁶ of a symbol.
    package static let totalLimit: UInt64 = 1 << 40

    /// Narrows the range to `[cumulative, cumulative + frequency)` of `total`, which is below 2⁴⁰.
    package mutating func encode(cumulative: UInt64, frequency: UInt64, total: UInt64) {
        precondition(
            frequency > 0 && total < Self.totalLimit && cumulative < total && frequency <= total - cumulative,
            "not an interval")
        let unit = range / total
        let (sum, carry) = low.addingReportingOverflow(unit * cumulative)
        low = sum
        if carry { propagate() }
        range = unit * frequency
        while range < 1 << 56 {
            bytes.append(UInt8(truncatingIfNeeded: low >> 56))
            low <<= 8
            range <<= 8
        }
    }

    /// The fewest bytes that decode right when zeros follow them; the last one is not 0.
    package consuming func finish() -> [UInt8] {
        for kept in 0...8 {
            let mask: UInt64 = kept == 8 ? 0 : .max >> UInt64(8 * kept)
            let (sum, carry) = low.addingReportingOverflow(mask)
            let value = sum & ~mask
            guard value &- low < range else { continue }
            if carry { propagate() }
            for i in 0..<kept { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * i))) }
            break
        }
        while bytes.last == 0 { bytes.removeLast() }
        return bytes
    }

    /// Adds one to the bytes that are out already.
    private mutating func propagate() {
        var i = bytes.count - 1
        while i >= 0 {
            bytes[i] &+= 1
            if bytes[i] != 0 { return }
            i -= 1
        }
    }
}

/// Reads what `RangeEncoder` wrote; past the end there are zeros. Damaged bytes give other symbols and never trap.
package struct RangeDecoder: Sendable {
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

    /// A number below `total` that lies in the next symbol's interval. The total is that of the encoder: 1 to 2⁴⁰ − 1.
    package mutating func target(total: UInt64) -> UInt64 {
        precondition(total > 0 && total < RangeEncoder.totalLimit, "not a total")
        unit = range / total
        return min(code / unit, total - 1)
    }

    /// Takes the symbol whose interval holds the last target.
    package mutating func consume(cumulative: UInt64, frequency: UInt64) {
        precondition(frequency > 0 && frequency < RangeEncoder.totalLimit, "not an interval")
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
