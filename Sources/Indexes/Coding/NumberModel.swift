/// An adaptive code of whole numbers below 2^31 in a few contexts: the number of binary digits, then the digits.
///
/// The number of digits is coded in unary by adaptive decisions. The four digits after the first are adaptive too; the
/// others have even odds.
package struct NumberModel: Sendable {
    private var lengths: [AdaptiveBit]
    private var digits: [AdaptiveBit]

    /// A model without experience, with a set of probabilities for each context.
    package init(contexts: Int = 1) {
        lengths = Array(repeating: AdaptiveBit(), count: contexts * 32)
        digits = Array(repeating: AdaptiveBit(), count: contexts * 32 * 16)
    }

    /// Codes `value`, which must lie within `0..<Int(Int32.max)`.
    @inline(__always)
    package mutating func code<Coder: BitCoder>(_ value: Int, in context: Int = 0, with coder: inout Coder) -> Int {
        let number = UInt32(truncatingIfNeeded: value &+ 1)
        let wanted = 31 - number.leadingZeroBitCount
        var length = 0
        while length < 31 {
            if !coder.code(length < wanted, &lengths[context * 32 + length]) { break }
            length += 1
        }
        if length > 30 { length = 30 }
        var result: UInt32 = 1
        var node = 1
        var left = length
        while left > 0, node < 16 {
            left -= 1
            let bit = coder.code(
                number >> UInt32(left) & 1 == 1, &digits[(context * 32 + length) * 16 + node])
            node = node << 1 | (bit ? 1 : 0)
            result = result << 1 | (bit ? 1 : 0)
        }
        if left > 0 {
            let mask = (UInt32(1) << UInt32(left)) - 1
            result = result << UInt32(left) | coder.codeRaw(number & mask, bits: left)
        }
        return Int(result) - 1
    }

    /// Codes a number of either sign, `-2^29 < value < 2^29`. Small numbers take few bits.
    @inline(__always)
    package mutating func codeSigned<Coder: BitCoder>(_ value: Int, in context: Int = 0, with coder: inout Coder) -> Int {
        Int(folded: code(value.folded, in: context, with: &coder))
    }
}
