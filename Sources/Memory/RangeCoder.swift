/// Writes symbols as intervals of integer frequencies (range coding after Martin 1979, with carries).
struct RangeEncoder {
    private var low: UInt64 = 0, range: UInt64 = .max
    private var out: [UInt8] = []

    /// Narrows the range to `[cumulative, cumulative + frequency)` of `total`. Totals stay below 2⁴⁰.
    mutating func encode(cumulative: UInt64, frequency: UInt64, total: UInt64) {
        precondition(frequency > 0 && cumulative + frequency <= total && total < 1 << 40, "not an interval")
        let unit = range / total
        add(unit * cumulative)
        range = unit * frequency
        while range < 1 << 56 {
            out.append(UInt8(truncatingIfNeeded: low >> 56))
            low <<= 8
            range <<= 8
        }
    }

    /// Adds to the low end; a carry runs through the bytes already out.
    private mutating func add(_ value: UInt64) {
        let (sum, carry) = low.addingReportingOverflow(value)
        low = sum
        if carry { self.carry() }
    }

    private mutating func carry() {
        var i = out.count - 1
        while i >= 0 {
            out[i] &+= 1
            if out[i] != 0 { return }
            i -= 1
        }
    }

    /// The fewest bytes that decode right when followed by zeros.
    consuming func finish() -> [UInt8] {
        for kept in 0...8 {
            let mask: UInt64 = kept == 8 ? 0 : UInt64.max >> UInt64(8 * kept)
            let (raised, overflow) = low.addingReportingOverflow(mask)
            let value = raised & ~mask
            // The distance from low must stay inside the range; past 2⁶⁴ the value carries.
            guard value &- low < range else { continue }
            if overflow { carry() }
            for i in 0..<kept { out.append(UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * i))) }
            break
        }
        while out.last == 0 { out.removeLast() }
        return out
    }
}

/// Reads what `RangeEncoder` wrote; past the end there are zeros. Damaged bytes give other symbols, never a trap.
struct RangeDecoder {
    private let bytes: [UInt8]
    private var at = 0
    private var code: UInt64 = 0, range: UInt64 = .max, unit: UInt64 = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        for _ in 0..<8 { code = code << 8 | next() }
    }

    private mutating func next() -> UInt64 {
        defer { at += 1 }
        return at < bytes.count ? UInt64(bytes[at]) : 0
    }

    /// A number below `total` that lies in the next symbol's interval.
    mutating func target(total: UInt64) -> UInt64 {
        precondition(total > 0 && total < 1 << 40, "not a total")
        unit = range / total
        return min(code / unit, total - 1)
    }

    /// Takes the symbol whose interval held the target.
    mutating func consume(cumulative: UInt64, frequency: UInt64) {
        code &-= unit &* cumulative
        range = unit &* frequency
        if range == 0 { range = 1 }
        while range < 1 << 56 {
            code = code << 8 | next()
            range <<= 8
        }
    }
}
