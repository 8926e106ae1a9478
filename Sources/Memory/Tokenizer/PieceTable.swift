/// The tokens that a whole pre-token becomes, by the bytes of the pre-token: a hash table for up to 15 bytes.
struct PieceTable: Sendable {
    /// Up to 15 bytes, the first byte lowest, and their number in the top byte.
    private struct Key: Equatable {
        var low: UInt64 = 0
        var high: UInt64

        init(_ text: Span<UInt8>, _ range: Range<Int>) {
            high = UInt64(range.count) << 56
            let middle = min(range.upperBound, range.lowerBound + 8)
            var shift: UInt64 = 0
            for i in range.lowerBound..<middle {
                low |= UInt64(text[i]) &<< shift
                shift &+= 8
            }
            shift = 0
            for i in middle..<range.upperBound {
                high |= UInt64(text[i]) &<< shift
                shift &+= 8
            }
        }

        var hash: Int {
            let mixed = (low ^ (low &>> 32) ^ high) &* 0x9E37_79B9_7F4A_7C15
            return Int(truncatingIfNeeded: (mixed ^ high &* 0xC2B2_AE3D_27D4_EB4F) &>> 32)
        }
    }

    private struct Slot {
        var key: Key
        var token: UInt16
    }

    private let slots: [Slot?]

    /// A table of the pieces that pass the test `isWhole`.
    init(_ pieces: [[UInt8]], where isWhole: ([UInt8]) -> Bool) {
        var size = 16
        while size < pieces.count * 2 { size *= 2 }
        var slots = [Slot?](repeating: nil, count: size)
        for (token, piece) in pieces.enumerated() where (1...15).contains(piece.count) && isWhole(piece) {
            let key = Key(piece.span, 0..<piece.count)
            var slot = key.hash & (size - 1)
            while let taken = slots[slot], taken.key != key { slot = (slot + 1) & (size - 1) }
            slots[slot] = slots[slot] ?? Slot(key: key, token: UInt16(token))
        }
        self.slots = slots
    }

    /// The token of a range of bytes, or nil where the table has none.
    func token(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt16? {
        guard range.count <= 15 else { return nil }
        let key = Key(text, range)
        var slot = key.hash & (slots.count - 1)
        while let taken = slots[slot] {
            if taken.key == key { return taken.token }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }
}
