/// Spells terms in ascending order: how many bytes a term shares with the term before it, then its other bytes.
///
/// Contexts of a byte are the last one to five bytes, and the place with the last byte; for the first byte that is not
/// shared also the byte that the term before has there.
struct SpellingCoder<Predictor: BitPredictor> {
    var predictor: Predictor
    /// How many bytes the last term that followed another one shared with it.
    private var sharedBefore = 0

    init(_ predictor: Predictor) { self.predictor = predictor }

    /// Codes `term`, which has less than `maximum` bytes and follows `previous`. Nil where a decoded term is longer.
    mutating func code<Coder: BitCoder>(
        _ term: [UInt8], after previous: [UInt8], maximum: Int = SegmentLimits.termBytes, with coder: inout Coder
    ) -> [UInt8]? {
        let common = zip(term, previous).prefix { $0 == $1 }.count
        let shared = codeShared(common, previous, with: &coder)
        var result = Array(previous[..<shared])
        result.reserveCapacity(max(16, term.count))
        var history: UInt64 = 0
        for byte in result.suffix(5) { history = history << 8 | UInt64(byte) }
        let above = shared < previous.count ? UInt64(previous[shared]) + 1 : 0
        var isFirst = true
        while true {
            let position = result.count
            if codeEnd(
                position == term.count, history, position, isFirst ? (above == 0 ? 2 : 1) : 0, with: &coder)
            {
                return result
            }
            if position + 1 >= maximum || coder.isExhausted { return nil }
            let wanted = position < term.count ? term[position] : 0
            let byte = codeByte(wanted, history, position, isFirst ? above : nil, with: &coder)
            history = history << 8 | UInt64(byte)
            result.append(byte)
            isFirst = false
        }
    }

    private mutating func codeShared<Coder: BitCoder>(
        _ common: Int, _ previous: [UInt8], with coder: inout Coder
    ) -> Int {
        var count = 0
        while count < previous.count {
            let left = min(max(sharedBefore - count + 2, 0), 5)
            let a = SpellingSlots.hash(
                UInt64(min(count, 31)) | UInt64(min(sharedBefore, 31)) << 8 | UInt64(min(previous.count, 15)) << 16 | 1 << 40
            )
            let b = SpellingSlots.hash(
                UInt64(previous[count]) | UInt64(count > 0 ? previous[count - 1] : 0) << 8 | UInt64(left) << 16 | 3 << 40)
            let slots = SIMD8<Int32>(
                SpellingSlots.shared.slot(a, 0), SpellingSlots.shared.slot(b, 1), 0, 0, 0, 0, 0, 0)
            let row = SpellingSlots.sharedRow + min(count, 7) * 4 + min(max(sharedBefore - count + 1, 0), 3)
            if !predictor.code(count < common, slots: slots, weights: row, with: &coder) { break }
            count += 1
        }
        if !previous.isEmpty { sharedBefore = count }
        return count
    }

    /// - Parameter place: 0 behind a byte that is not shared, 1 behind shared bytes, 2 behind the whole term before.
    private mutating func codeEnd<Coder: BitCoder>(
        _ ended: Bool, _ history: UInt64, _ position: Int, _ place: Int, with coder: inout Coder
    ) -> Bool {
        let a = SpellingSlots.hash(history & 0xff_ffff | 1 << 48)
        let b = SpellingSlots.hash(history & 0xffff | UInt64(min(position, 15)) << 52)
        let c = SpellingSlots.hash(history & 0xffff_ffff | 2 << 48)
        let slots = SIMD8<Int32>(
            SpellingSlots.ends.slot(a, 0), SpellingSlots.ends.slot(b, 1), SpellingSlots.ends.slot(c, 2), 0, 0, 0, 0, 0)
        let row = SpellingSlots.endRow + min(position, 15) * 3 + place
        return predictor.code(ended, slots: slots, weights: row, with: &coder)
    }

    /// - Parameter above: for the first byte of its own one more than the byte of the term before at this place, or 0 at its
    ///   end; nil for the other bytes.
    private mutating func codeByte<Coder: BitCoder>(
        _ byte: UInt8, _ history: UInt64, _ position: Int, _ above: UInt64?, with coder: inout Coder
    ) -> UInt8 {
        let place = UInt64(above == nil ? 0 : 1) << 32 | UInt64(min(position, 15)) << 24 | (above ?? 0) << 8
        var node = 1
        for half in 0..<2 {
            let x = UInt64(half == 0 ? 0 : node) << 56
            let lines = SIMD8<Int32>(
                SpellingSlots.bytes.line(SpellingSlots.hash(history & 0xff | 1 << 40 | x), 0),
                SpellingSlots.bytes.line(SpellingSlots.hash(history & 0xffff | 2 << 40 | x), 1),
                SpellingSlots.bytes.line(SpellingSlots.hash(history & 0xff_ffff | 3 << 40 | x), 2),
                SpellingSlots.bytes.line(SpellingSlots.hash(history & 0xffff_ffff | 4 << 40 | x), 3),
                SpellingSlots.bytes.line(SpellingSlots.hash(place | history & 0xff | 5 << 40 | x), 4),
                SpellingSlots.bytes.line(SpellingSlots.hash(history & 0xff_ffff_ffff | 6 << 40 | x), 5), 0, 0)
            var inHalf: Int32 = 1
            for bit in 0..<4 {
                let offsets = SIMD8<Int32>(inHalf, inHalf, inHalf, inHalf, inHalf, inHalf, 0, 0)
                let wanted = byte >> UInt8(7 - 4 * half - bit) & 1 == 1
                let coded: Int32 =
                    predictor.code(
                        wanted, slots: lines &+ offsets, weights: node * 2 + (above == nil ? 0 : 1), with: &coder)
                    ? 1 : 0
                inHalf = inHalf << 1 | coded
                node = node << 1 | Int(coded)
            }
        }
        return UInt8(truncatingIfNeeded: node)
    }
}

/// Where the contexts of spellings stand in the table of their predictor.
enum SpellingSlots {
    /// Tables of equal size, one after the other.
    struct Tables {
        let start: Int32
        let size: Int32

        @inline(__always)
        func slot(_ hash: UInt64, _ table: Int32) -> Int32 { start + table * size + Int32(hash & UInt64(size - 1)) }

        /// The first of sixteen slots, for the bits of half a byte.
        @inline(__always)
        func line(_ hash: UInt64, _ table: Int32) -> Int32 {
            start + table * size + Int32(hash & UInt64(size / 16 - 1)) * 16
        }
    }

    static let bytes = Tables(start: 16, size: 1 << 18)
    static let ends = Tables(start: 16 + 6 << 18, size: 1 << 14)
    static let shared = Tables(start: 16 + 6 << 18 + 3 << 14, size: 1 << 14)
    static let count = 16 + 6 << 18 + 5 << 14

    static let endRow = 512
    static let sharedRow = 512 + 48
    static let rows = 512 + 48 + 32

    @inline(__always)
    static func hash(_ value: UInt64) -> UInt64 { (value &* 0x9e37_79b9_7f4a_7c15) >> 40 }
}
