/// Codes the term sets of passages in order, each given the sets before it.
///
/// The terms of a passage are of two kinds.
/// - *Recent* terms: the document has used them before. Each recent term has a flag that says whether it returns. The flag
///   is predicted, by a mixture of adaptive contexts, from how often and how lately the document used the term.
/// - *Fresh* terms: their number is coded, then a walk down a tree over all terms says which they are. The weight of a term
///   in the tree comes from the number of documents that hold the term and have not come yet. A term that no later document
///   holds has weight zero and costs nothing to pass over.
struct TermSetModel: Sendable {
    private var tree: WeightTree
    private var remaining: [UInt32]
    private let scale: [UInt32]
    private let stretch: [Int16]
    private let decay: [UInt32]

    /// The recent terms of the present document, in order of first use.
    private var terms: [UInt32] = []
    /// How the document has used each of `terms`.
    private var uses: [Use] = []
    /// The number of the present passage in its document.
    private var passage = 0
    /// All terms that the document has used, recent or not.
    private var held: [UInt32] = []
    private var isHeld: [Bool]

    private var mixer: Mixer
    private var byCount: [AdaptiveBit]
    private var byGap: [AdaptiveBit]
    private var byTerm: [AdaptiveBit]
    private var byShare: [AdaptiveBit]
    private var byRun: [AdaptiveBit]
    private var sizes = NumberModel(contexts: 16)
    private var ratio: UInt64 = 13000
    private var stamps: [UInt32]
    private var stamp: UInt32 = 0

    /// A term stops being recent when it has not been used for more passages than this, and for more than eight times its
    /// uses.
    private static let patience: Int32 = 16

    private struct Use {
        var count: Int32 = 1
        var last: Int32
        var history: UInt32 = 1
        var rarity: Int32
    }

    /// A model for `documentCount` documents, of which `documentFrequency[t]` hold term t.
    init(documentFrequency: [UInt32], documentCount: Int) {
        remaining = documentFrequency
        // A term that a share x of the documents holds turns up at the rate −ln(1 − x), not x.
        scale = documentFrequency.map { frequency in
            let x = min(UInt64(frequency) * 64 / UInt64(documentCount + 1), 60)
            return [16, 16, 17, 18, 20, 22, 24, 28, 34, 44, 60][Int(x) / 6]
        }
        tree = WeightTree(zip(documentFrequency, scale).map { $0 * $1 })
        stretch = Logistic.shared.stretch
        decay = Logistic.shared.decay
        mixer = Mixer(contexts: 64, weight: 16000, rate: 60)
        byCount = Array(repeating: AdaptiveBit(one: 12000), count: 8 * 16 * 8)
        byGap = Array(repeating: AdaptiveBit(one: 12000), count: 16 * 16 * 4)
        byTerm = Array(repeating: AdaptiveBit(one: 16000, seen: 1), count: documentFrequency.count)
        byShare = Array(repeating: AdaptiveBit(one: 12000), count: 32 * 8)
        byRun = Array(repeating: AdaptiveBit(one: 12000), count: 16 * 8 * 4)
        stamps = Array(repeating: 0, count: documentFrequency.count)
        isHeld = Array(repeating: false, count: documentFrequency.count)
    }

    /// Ends the present document and starts the next.
    mutating func nextDocument() {
        for term in held {
            let t = Int(term)
            isHeld[t] = false
            remaining[t] -= 1
            tree.set(t, to: remaining[t] * scale[t])
        }
        held.removeAll(keepingCapacity: true)
        terms.removeAll(keepingCapacity: true)
        uses.removeAll(keepingCapacity: true)
        passage = 0
    }

    /// Codes the set of one passage: ascending terms in, ascending terms out. Nil where a decoded set is impossible.
    mutating func code<Coder: BitCoder>(_ set: [UInt32], tokenCount: Int, with coder: inout Coder) -> [UInt32]? {
        stamp += 1
        for term in set { stamps[Int(term)] = stamp }
        var result: [UInt32] = []
        result.reserveCapacity(128)
        codeReturning(tokenCount: tokenCount, into: &result, with: &coder)
        let returned = result.count

        let likely = Int((UInt64(tokenCount) * ratio) >> 16)
        let guess = max(likely - returned, 0)
        let fresh = guess + sizes.codeSigned(set.count - returned - guess, in: min(guess / 8, 15), with: &coder)
        if fresh < 0 || fresh >= SegmentLimits.termsInPassage { return nil }
        let size = UInt64(fresh + returned)
        if tokenCount > 0 {
            let now = min((size << 16) / UInt64(tokenCount), 1 << 20)
            ratio = (ratio * 31 + now) / 32
        }
        if fresh > 0 {
            if tree.total == 0 { return nil }
            var walk = Walk(left: UInt64(fresh), mass: UInt64(tree.total))
            var cursor = 0
            let wanted = set.filter { tree[tree.leaves + Int($0)] > 0 }
            walkDown(1, 0, tree.leaves, wanted, &cursor, &walk, &result, &coder)
            if walk.left > 0 { return nil }
            for term in result[returned...] {
                terms.append(term)
                uses.append(Use(last: Int32(passage), rarity: rarity(term)))
                tree.set(Int(term), to: 0)
                if !isHeld[Int(term)] {
                    isHeld[Int(term)] = true
                    held.append(term)
                }
            }
        }
        result.sort()
        passage += 1
        if passage % 16 == 0 { retire() }
        return result
    }

    /// Makes fresh again the terms that the document seems to be done with. Without this, every passage of a long document
    /// would hold a flag for each such term.
    private mutating func retire() {
        var kept = 0
        for i in uses.indices {
            let gap = Int32(passage) - uses[i].last
            if gap > TermSetModel.patience, gap > 8 * uses[i].count {
                let t = Int(terms[i])
                tree.set(t, to: (remaining[t] + 2) * scale[t])
            } else {
                terms[kept] = terms[i]
                uses[kept] = uses[i]
                kept += 1
            }
        }
        terms.removeLast(terms.count - kept)
        uses.removeLast(uses.count - kept)
    }

    private func rarity(_ term: UInt32) -> Int32 {
        Int32(min(31 - min(remaining[Int(term)], 255).leadingZeroBitCount, 7))
    }
}

// MARK: Recent terms

extension TermSetModel {
    private mutating func codeReturning<Coder: BitCoder>(
        tokenCount: Int, into result: inout [UInt32], with coder: inout Coder
    ) {
        let size = min(tokenCount / 32, 7)
        let passage = Int32(self.passage)
        let age = min(Int(passage), 7)
        var run: Int = 8
        for i in uses.indices {
            let term = Int(terms[i])
            let use = uses[i]
            let gap = Int(passage - use.last)
            let count = Int(use.count)
            let rarity = Int(use.rarity)
            let gapClass = gap < 8 ? gap : min(8 + (gap - 8) / 4, 15)
            let countClass = min(count, 15)
            let share = min(count * 32 / (Int(passage) + 1), 31)

            let a = (Int(use.history & 7) * 16 + countClass) * 8 + age
            let b = (gapClass * 16 + min(countClass, 3) * 4 + rarity / 2) * 4 + min(size / 2, 3)
            let c = share * 8 + size
            let d = ((run >> 1) * 8 + min(gap, 7)) * 4 + min(count, 4) - 1
            mixer.inputs = SIMD8(
                logit(byCount[a]), logit(byGap[b]), logit(byShare[c]), logit(byRun[d]),
                byTerm[term].seen < 2 ? 0 : logit(byTerm[term]), 256, 0, 0)
            let p = mixer.predict(in: min(count - 1, 3) * 16 + min(gap - 1, 3) * 4 + min(rarity / 2, 3))
            let returns = coder.code(stamps[term] == stamp, one: p)
            mixer.learn(returns)
            byCount[a].learn(returns, limit: 1000)
            byGap[b].learn(returns, limit: 1000)
            byShare[c].learn(returns, limit: 1000)
            byRun[d].learn(returns, limit: 500)
            byTerm[term].learn(returns, limit: 60)
            uses[i].history = use.history << 1 | (returns ? 1 : 0)
            if returns {
                uses[i].count += 1
                uses[i].last = passage
                result.append(terms[i])
                run = min(run + 7, 31)
            } else {
                run = max(run - 1, 0)
            }
        }
    }

    @inline(__always)
    private func logit(_ bit: AdaptiveBit) -> Int32 { Int32(stretch[Int(bit.one >> 4)]) }
}

// MARK: Fresh terms

extension TermSetModel {
    /// The state of a walk over the tree: terms left to place, and the weight that is left to place them in.
    private struct Walk {
        var left: UInt64
        var mass: UInt64
    }

    /// (1 − e^(−x)) / x for x in 65536ths, in 65536ths.
    @inline(__always)
    private func thin(_ x: UInt64) -> UInt64 {
        if x >= 16 << 16 { return (1 << 32) / x }
        let step = Int(x >> 10)
        let low = UInt64(decay[step])
        let high = UInt64(decay[step + 1])
        return low - ((low - high) * (x & 1023)) >> 10
    }

    /// Walks a subtree that holds a wanted term; its leaves are `first..<first + width`.
    private mutating func walkDown<Coder: BitCoder>(
        _ node: Int, _ first: Int, _ width: Int, _ wanted: [UInt32], _ cursor: inout Int, _ walk: inout Walk,
        _ result: inout [UInt32], _ coder: inout Coder
    ) {
        if width == 1 {
            result.append(UInt32(first))
            cursor += 1
            walk.left -= 1
            walk.mass -= UInt64(tree[node])
            return
        }
        let half = width / 2
        let left = UInt64(tree[2 * node])
        let right = UInt64(tree[2 * node + 1])
        var inLeft = right == 0
        if left > 0 && right > 0 {
            let x = min((walk.left * left << 16) / walk.mass, 1 << 24)
            let y = min((walk.left * (left + right) << 16) / walk.mass, 1 << 24)
            let p = (left << 16) * thin(x) / ((left + right) * thin(y))
            let bit = cursor < wanted.count && wanted[cursor] < first + half
            inLeft = coder.code(bit, one: UInt32(min(max(p, 16), 65520)))
        }
        if inLeft {
            walkDown(2 * node, first, half, wanted, &cursor, &walk, &result, &coder)
            if walk.left == 0 || right == 0 {
                walk.mass -= right
                return
            }
            if walk.mass > right {
                let x = min((walk.left * right << 16) / walk.mass, 1 << 24)
                let p = (x * thin(x)) >> 16
                let bit = cursor < wanted.count && wanted[cursor] < first + width
                if !coder.code(bit, one: UInt32(min(max(p, 16), 65520))) {
                    walk.mass -= right
                    return
                }
            }
        } else {
            walk.mass -= left
        }
        walkDown(2 * node + 1, first + half, half, wanted, &cursor, &walk, &result, &coder)
    }
}
