/// Writes symbols as intervals of integer frequencies: range coding (Martin 1979) with carries into the bytes written.
package struct SymbolEncoder: Sendable {
    private var low: UInt64 = 0
    private var range: UInt64 = .max
    private var bytes: [UInt8] = []

    /// An encoder without symbols.
    package init() {}

    /// Totals of frequencies stay below this limit, so that the division costs less than 2⁻¹⁶ of a symbol.
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

    /// The fewest bytes that decode right when zeros follow them. The last byte is not 0.
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

    /// Adds one to the bytes written so far.
    private mutating func propagate() {
        var i = bytes.count - 1
        while i >= 0 {
            bytes[i] &+= 1
            if bytes[i] != 0 { return }
            i -= 1
        }
    }
}
