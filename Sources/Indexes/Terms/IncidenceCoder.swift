/// Codes which passages of a unit hold which of the unit's terms, a passage after the other.
///
/// For each passage but the last there is a flag for each term, and for the last one a flag for each term that an earlier
/// passage holds: the others must stand there. Flags are predicted from how the unit has used the term so far, and from what
/// the lexicon says of the term: how many units hold the term, and how many passages.
struct IncidenceCoder<Predictor: BitPredictor> {
    var predictor: Predictor

    init(_ predictor: Predictor) { self.predictor = predictor }

    private struct Use {
        var count: Int32 = 0
        var last: Int32 = 0
        /// The last flags, the newest lowest.
        var history: UInt32 = 0
    }

    /// Codes a unit.
    ///
    /// - Parameters:
    ///   - sets: for each passage whether it holds each of the unit's terms, one after the other; a decoder ignores them.
    ///   - terms: what the lexicon says of the unit's terms, in the order of their numbers.
    ///   - tokens: the tokens of each passage.
    /// - Returns: for each passage the places of its terms among the unit's terms, ascending. Nil where the flags of a
    ///   decoder are impossible.
    mutating func code<Coder: BitCoder>(
        _ sets: [[Bool]], terms: [IncidenceCommonness], tokens: [Int32], with coder: inout Coder
    ) -> [[Int32]]? {
        var uses = [Use](repeating: Use(), count: terms.count)
        var unseen = terms.count
        var tokensLeft = tokens.reduce(0) { $0 + Int($1) }
        var result: [[Int32]] = []
        result.reserveCapacity(tokens.count)
        for (passage, size) in tokens.enumerated() {
            var state = PassageState(
                passage: Int32(passage), tokens: size, share: Int32(min(63, Int(size) * 64 / max(1, tokensLeft))),
                left: Int32(tokens.count - 1 - passage))
            let isLast = passage == tokens.count - 1
            var held: [Int32] = []
            for i in terms.indices {
                let wanted = sets.isEmpty ? false : sets[passage][i]
                let isSeen = uses[i].count > 0
                if !isSeen, isLast {
                    held.append(Int32(i))
                    continue
                }
                let flag =
                    isSeen
                    ? codeReturn(wanted, uses[i], terms[i], &state, with: &coder)
                    : codeFirst(wanted, terms[i], unseen: unseen, &state, with: &coder)
                uses[i].history = uses[i].history << 1 | (flag ? 1 : 0)
                guard flag else { continue }
                if !isSeen { unseen -= 1 }
                uses[i].count += 1
                uses[i].last = Int32(passage)
                held.append(Int32(i))
            }
            if coder.isExhausted { return nil }
            tokensLeft -= Int(size)
            result.append(held)
        }
        return result
    }

    /// What has been coded of a passage so far.
    private struct PassageState {
        let passage: Int32
        let tokens: Int32
        /// The part of the tokens that are left of the unit, in 64ths.
        let share: Int32
        /// The passages of the unit that follow.
        let left: Int32
        /// High where many of the last terms that could have returned did, 0 to 31.
        var returning: Int32 = 8
        /// Likewise of terms that could have come for the first time.
        var coming: Int32 = 8
    }

    private mutating func codeFirst<Coder: BitCoder>(
        _ wanted: Bool, _ term: IncidenceCommonness, unseen: Int, _ state: inout PassageState, with coder: inout Coder
    ) -> Bool {
        let expected = Int32(min(15, unseen * 2 / max(1, Int(state.tokens))))
        let place = min(state.passage, 15) * 16 + min(state.left, 15)
        let slots = SIMD8<Int32>(
            IncidenceSlots.first[0] + state.share * 16 + term.density,
            IncidenceSlots.first[1] + state.share * 32 + state.coming,
            IncidenceSlots.first[2] + state.share * 16 + expected,
            IncidenceSlots.first[3] + (state.share / 4 * 16 + term.density) * 16 + state.coming / 2,
            IncidenceSlots.first[4] + (term.spread * 16 + term.density) * 16 + state.share / 4,
            IncidenceSlots.first[5] + (expected * 16 + state.coming / 2) * 16 + term.density,
            IncidenceSlots.first[6] + (place * 16 + term.density) * 4 + min(state.tokens / 32, 7) / 2, 0)
        let flag = predictor.code(
            wanted, slots: slots, weights: IncidenceSlots.firstRow + Int(state.share / 4) * 16 + Int(term.density),
            with: &coder)
        state.coming = flag ? min(state.coming + 4, 31) : max(state.coming - 1, 0)
        return flag
    }

    private mutating func codeReturn<Coder: BitCoder>(
        _ wanted: Bool, _ use: Use, _ term: IncidenceCommonness, _ state: inout PassageState, with coder: inout Coder
    ) -> Bool {
        let gap = state.passage - use.last
        let count = min(use.count, 15)
        let size = min(state.tokens / 32, 7) / 2
        let share = min(use.count * 32 / (state.passage + 1), 31)
        let few = min(use.count, 4) - 1
        let history = Int32(use.history & 63)
        let a = IncidenceSlots.later[0] + ((history & 7) * 16 + count) * 8 + min(state.passage, 7)
        let b = IncidenceSlots.later[1] + ((min(gap, 15) * 4 + few) * 4 + term.spread / 4) * 4 + size
        let c = IncidenceSlots.later[2] + (share * 4 + size) * 16 + term.density
        let d = IncidenceSlots.later[3] + (state.returning / 2 * 8 + min(gap, 7)) * 4 + few
        let e = IncidenceSlots.later[4] + history * 16 + term.density
        let f = IncidenceSlots.later[5] + ((term.spread * 16 + term.density) * 4 + few) * 4 + min(gap - 1, 3)
        let g = IncidenceSlots.later[6] + ((share * 16 + min(gap, 15)) * 16 + term.density) * 4 + size
        let kind = (few * 4 + min(gap - 1, 3)) * 4 + term.spread / 4
        let row = IncidenceSlots.laterRow + Int(kind * 8 + state.returning / 4)
        let flag = predictor.code(wanted, slots: SIMD8(a, b, c, d, e, f, g, 0), weights: row, with: &coder)
        state.returning = flag ? min(state.returning + 7, 31) : max(state.returning - 1, 0)
        return flag
    }
}

/// What the lexicon says of a term, as contexts need it.
struct IncidenceCommonness {
    /// How many passages of a unit that holds the term hold it, in classes.
    let density: Int32
    /// How many of all units hold the term, in powers of two.
    let spread: Int32

    /// - Parameters:
    ///   - units: the units that hold the term, at least one.
    ///   - passages: the passages that hold the term, at least as many.
    ///   - unitCount: the units of the segment.
    init(units: Int, passages: Int, of unitCount: Int) {
        if units < 2 {
            density = passages < 2 ? 12 : passages < 3 ? 13 : passages < 6 ? 14 : 15
        } else {
            density = Int32(IncidenceCommonness.steps.prefix { $0 <= passages << 12 / units }.count) - 1
        }
        let share = max(1, min(units, unitCount) << 12 / max(1, unitCount))
        spread = Int32(min(15, Int.bitWidth - 1 - share.leadingZeroBitCount))
    }

    /// Quarters of powers of two, in 4096ths: ⌊4096 · 2^(k/4)⌋.
    private static let steps = [
        4096, 4870, 5792, 6888, 8192, 9741, 11585, 13777, 16384, 19483, 23170, 27554,
    ]
}

/// Where the contexts of flags stand in the table of their predictor.
enum IncidenceSlots {
    /// Of terms that come for the first time.
    static let first: [Int32] = starts(of: firstSizes, at: 16)
    /// Of terms that an earlier passage holds.
    static let later: [Int32] = starts(of: laterSizes, at: 16 + firstSizes.reduce(0, +))
    static let count = Int(16 + firstSizes.reduce(0, +) + laterSizes.reduce(0, +))

    private static let firstSizes: [Int32] = [
        64 * 16, 64 * 32, 64 * 16, 16 * 16 * 16, 16 * 16 * 16, 16 * 16 * 16, 16 * 16 * 16 * 4,
    ]
    private static let laterSizes: [Int32] = [
        8 * 16 * 8, 16 * 4 * 4 * 4, 32 * 4 * 16, 16 * 8 * 4, 64 * 16, 16 * 16 * 4 * 4, 32 * 16 * 16 * 4,
    ]

    static let firstRow = 0
    static let laterRow = 256
    static let rows = 256 + 512

    private static func starts(of sizes: [Int32], at first: Int32) -> [Int32] {
        sizes.indices.map { first + sizes[..<$0].reduce(0, +) }
    }
}
