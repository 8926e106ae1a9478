/// A probability that learns. The upper 22 bits are the probability, the lower 10 count the bits that it has seen.
struct AdaptiveBit: Sendable {
    private var state: UInt32

    /// Starts at `one` 65536ths, trusted as if `seen` bits had been seen.
    init(one: UInt32 = 32768, seen: UInt32 = 0) {
        state = one << 16 | seen
    }

    /// The probability of a set bit, in 65536ths.
    @inline(__always)
    var one: UInt32 { state >> 16 }

    /// The number of bits seen, up to a limit.
    @inline(__always)
    var seen: UInt32 { state & 1023 }

    /// Moves towards `bit` by 1 / (seen + 1.5), never more slowly than 1 / `limit`.
    @inline(__always)
    mutating func learn(_ bit: Bool, limit: UInt32) {
        let seen = state & 1023
        let p = Int64(state >> 10)
        let target: Int64 = bit ? (1 << 22) - 1 : 0
        // A table of the rates would be looked up behind a call: it is made when it is first asked for.
        let moved = p &+ ((target &- p) &* Int64(131_072 / (2 &* seen &+ 3))) >> 16
        state = UInt32(truncatingIfNeeded: moved) << 10 | (seen < limit ? seen &+ 1 : seen)
    }
}

extension BitCoder {
    /// Codes `bit` with one adaptive probability, which learns the bit.
    @inline(__always)
    mutating func code(_ bit: Bool, _ model: inout AdaptiveBit, limit: UInt32 = 255) -> Bool {
        let result = code(bit, one: min(max(model.one, 32), 65504))
        model.learn(result, limit: limit)
        return result
    }
}
