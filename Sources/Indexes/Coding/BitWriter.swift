/// Writes bits, the highest of a number first.
package struct BitWriter {
    package private(set) var bytes: [UInt8] = []

    private var last: UInt8 = 0
    private var used = 0

    package init() {}

    private mutating func writeBit(_ bit: Bool) {
        last = last << 1 | (bit ? 1 : 0)
        used += 1
        if used == 8 { endByte() }
    }

    /// Fills up the last byte with zeros.
    package mutating func endByte() {
        guard used > 0 else { return }
        bytes.append(last << UInt8(8 - used))
        last = 0
        used = 0
    }

    /// As many ones as `count` says, then a zero.
    mutating func writeUnary(_ count: Int) {
        for _ in 0..<count { writeBit(true) }
        writeBit(false)
    }

    /// A number below `limit`. The first numbers take a bit less where `limit` is no power of two.
    mutating func write(_ value: Int, below limit: Int) {
        let width = BitReader.width(below: limit)
        let short = 1 << width - limit
        let (coded, bits) = value < short ? (value, width - 1) : (value + short, width)
        write(coded, bits: bits)
    }

    /// The lowest bits of a number.
    mutating func write(_ value: Int, bits count: Int) {
        for bit in stride(from: count - 1, through: 0, by: -1) { writeBit(value >> bit & 1 == 1) }
    }

    /// A number that is not negative, by Exp-Golomb code of an order: how many binary digits v >> order + 1 has behind its first, in
    /// unary; these digits; the lowest `order` digits of v. Numbers below 2^order take 1 + `order` bits.
    package mutating func write(_ value: Int, order: Int) {
        let head = value >> order + 1
        let digits = Int.bitWidth - 1 - head.leadingZeroBitCount
        writeUnary(digits)
        write(head, bits: digits)
        write(value, bits: order)
    }

    /// The order with which some numbers take the fewest bits.
    static func order(of numbers: some Sequence<Int>) -> Int {
        var bits = [Int](repeating: 0, count: 1 << BitReader.orderBits)
        for number in numbers {
            for order in bits.indices {
                bits[order] += order + 2 * (Int.bitWidth - 1 - (number >> order + 1).leadingZeroBitCount)
            }
        }
        return bits.indices.min { bits[$0] < bits[$1] } ?? 0
    }
}
