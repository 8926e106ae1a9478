/// The rank and the result of each pair of tokens that merges: an open hash table.
package struct MergeTable: Sendable {
    /// A slot has the pair in its upper half and the rank in its lower half; an empty slot has all bits set.
    private let slots: [UInt64]
    private let results: [UInt16]
    private let shift: UInt32

    /// A table of merges, which are in the order of their ranks. A pair that comes twice keeps its first rank.
    package init(_ merges: [(left: UInt16, right: UInt16, result: UInt16)]) {
        var bits: UInt32 = 4
        while 1 << bits < merges.count * 3 { bits += 1 }
        shift = 32 - bits
        var slots = [UInt64](repeating: .max, count: 1 << bits)
        for (rank, merge) in merges.enumerated() {
            let pair = UInt32(merge.left) << 16 | UInt32(merge.right)
            var slot = Int((pair &* 0x9E37_79B1) &>> shift)
            while slots[slot] != .max, slots[slot] >> 32 != pair { slot = (slot + 1) & (slots.count - 1) }
            if slots[slot] == .max { slots[slot] = UInt64(pair) << 32 | UInt64(rank) }
        }
        self.slots = slots
        results = merges.map(\.result)
    }

    /// The rank of a pair, or `Int32.max`.
    package func rank(_ left: UInt16, _ right: UInt16) -> Int32 {
        let pair = UInt32(left) << 16 | UInt32(right)
        var slot = Int((pair &* 0x9E37_79B1) &>> shift)
        while slots[slot] != .max {
            if slots[slot] &>> 32 == pair { return Int32(truncatingIfNeeded: slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return .max
    }

    /// The token that the pair of a rank becomes.
    package func result(_ rank: Int32) -> UInt16 { results[Int(rank)] }
}
