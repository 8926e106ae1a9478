/// Predicts the spelling of terms in sorted order, byte after byte and bit after bit.
///
/// Contexts are the last one to four bytes, the distance from the start, and the byte at the same place in the term before.
/// Seven predictions are mixed. The end of a term is a decision of its own: a term may hold any byte.
package struct SpellingModel: Sendable {
    private static let slots = 1 << 16
    private static let limit: UInt32 = 127

    private var table: [AdaptiveBit]
    private var ends: [AdaptiveBit]
    private var mixer: Mixer
    private var endMixer: Mixer
    private let stretch: [Int16]

    /// A model without experience.
    package init() {
        table = Array(repeating: AdaptiveBit(), count: 6 * SpellingModel.slots)
        ends = Array(repeating: AdaptiveBit(one: 8192), count: 4 * SpellingModel.slots)
        mixer = Mixer(contexts: 2 * 256, weight: 18000, rate: 64)
        endMixer = Mixer(contexts: 16, weight: 20000, rate: 48)
        stretch = Logistic.shared.stretch
    }

    /// Codes `term`, which has at most `maximum` bytes and follows `previous`. Returns nil where a decoded term is longer.
    package mutating func code<Coder: BitCoder>(
        _ term: [UInt8], after previous: [UInt8], maximum: Int, with coder: inout Coder
    ) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(16)
        var shared = true
        var history: UInt64 = 0
        while true {
            let position = result.count
            let ended = codeEnd(
                position == term.count, history: history, position: position, shared: shared,
                previousCount: previous.count, with: &coder)
            if ended { return result }
            if position >= maximum || coder.isExhausted { return nil }
            let guess: Int = position < previous.count ? Int(previous[position]) : 0
            let wanted = position < term.count ? term[position] : 0
            let byte = codeByte(
                wanted, history: history, position: position, guess: guess, shared: shared, with: &coder)
            shared = shared && position < previous.count && byte == previous[position]
            history = history << 8 | UInt64(byte)
            result.append(byte)
        }
    }

    @inline(__always)
    private static func hash(_ value: UInt64) -> Int {
        Int(truncatingIfNeeded: (value &* 0x9e37_79b9_7f4a_7c15) >> 40)
    }

    private mutating func codeEnd<Coder: BitCoder>(
        _ ended: Bool, history: UInt64, position: Int, shared: Bool, previousCount: Int, with coder: inout Coder
    ) -> Bool {
        let mask = SpellingModel.slots - 1
        let slots = SpellingModel.slots
        let start = UInt64(min(position, 15)) << 56
        let a = SpellingModel.hash(history & 0xff_ffff | 1 << 48) & mask
        let b = SpellingModel.hash(history & 0xffff_ffff | 2 << 48) & mask
        let c = SpellingModel.hash(history & 0xff | start) & mask
        let d =
            SpellingModel.hash(
                history & 0xffff | UInt64(shared ? 1 : 0) << 50 | UInt64(min(max(previousCount - position, -1), 6) + 2)
                    << 52)
            & mask
        let indices = (a, slots + b, 2 * slots + c, 3 * slots + d)
        endMixer.inputs = SIMD8(
            input(ends[indices.0]), input(ends[indices.1]), input(ends[indices.2]), input(ends[indices.3]), 256, 0, 0,
            0)
        let result = coder.code(ended, one: endMixer.predict(in: min(position, 7) * 2 + (shared ? 1 : 0)))
        endMixer.learn(result)
        ends[indices.0].learn(result, limit: SpellingModel.limit)
        ends[indices.1].learn(result, limit: SpellingModel.limit)
        ends[indices.2].learn(result, limit: SpellingModel.limit)
        ends[indices.3].learn(result, limit: SpellingModel.limit)
        return result
    }

    /// A prediction. The fewer bits its context has seen, the weaker it is.
    @inline(__always)
    private func input(_ bit: AdaptiveBit) -> Int32 {
        let x = Int32(stretch[Int(bit.one >> 4)])
        switch bit.seen {
        case 0: return 0
        case 1: return x
        case 2, 3: return x &+ x >> 2
        default: return x &+ x >> 1
        }
    }

    private mutating func codeByte<Coder: BitCoder>(
        _ byte: UInt8, history: UInt64, position: Int, guess: Int, shared: Bool, with coder: inout Coder
    ) -> UInt8 {
        let mask = SpellingModel.slots - 1
        let slots = SpellingModel.slots
        let o1 = SpellingModel.hash(history & 0xff | 1 << 40)
        let o2 = SpellingModel.hash(history & 0xffff | 2 << 40)
        let o3 = SpellingModel.hash(history & 0xff_ffff | 3 << 40)
        let o4 = SpellingModel.hash(history & 0xffff_ffff | 4 << 40)
        let place = SpellingModel.hash(UInt64(min(position, 3)) | history << 8 & 0xff_ffff00 | 5 << 40)
        let above = SpellingModel.hash(
            UInt64(guess) | history << 8 & 0xff00 | UInt64(shared ? 1 : 0) << 30 | UInt64(min(position, 7)) << 32 | 6
                << 40)
        var node = 1
        for shift in stride(from: 7, through: 0, by: -1) {
            let spread = node &* 0x9e3b
            let indices = (
                (o1 ^ spread) & mask, slots + ((o2 ^ spread) & mask), 2 * slots + ((o3 ^ spread) & mask),
                3 * slots + ((o4 ^ spread) & mask), 4 * slots + ((place ^ spread) & mask),
                5 * slots + ((above ^ spread) & mask)
            )
            mixer.inputs = SIMD8(
                input(table[indices.0]), input(table[indices.1]), input(table[indices.2]), input(table[indices.3]),
                input(table[indices.4]), input(table[indices.5]), 256, 0)
            let wanted = byte >> UInt8(shift) & 1 == 1
            let bit = coder.code(wanted, one: mixer.predict(in: node * 2 + (shared ? 1 : 0)))
            mixer.learn(bit)
            table[indices.0].learn(bit, limit: SpellingModel.limit)
            table[indices.1].learn(bit, limit: SpellingModel.limit)
            table[indices.2].learn(bit, limit: SpellingModel.limit)
            table[indices.3].learn(bit, limit: SpellingModel.limit)
            table[indices.4].learn(bit, limit: SpellingModel.limit)
            table[indices.5].learn(bit, limit: SpellingModel.limit)
            node = node << 1 | (bit ? 1 : 0)
        }
        return UInt8(truncatingIfNeeded: node)
    }
}
