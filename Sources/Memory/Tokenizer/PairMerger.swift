import HeapModule

/// Merges the bytes of one pre-token into tokens: the pair of lowest rank first, the leftmost first among equals.
///
/// The arrays are scratch, which the next pre-token uses again.
package struct PairMerger {
    /// The tokens of the last pre-token: the first `count` of this array.
    package private(set) var tokens: [UInt16] = []
    /// The number of tokens of the last pre-token.
    package private(set) var count = 0
    /// The rank of the merge of each token with the next one, or `none`.
    private var ranks: [Int32] = []
    /// The places of the next and of the previous token that is left, by place; `next` is -1 where a token is gone.
    private var next: [Int32] = []
    private var previous: [Int32] = []
    /// Merges that may be due, as keys; a key whose rank is no longer that of its place is skipped.
    private var heap = Heap<UInt64>()

    private static let none = Int32.max
    /// The longest pre-token that is scanned anew for each merge, which is quadratic. A longer one gets a heap.
    private static let scanned = 48

    /// Orders merges by rank, then by place.
    private static func key(_ rank: Int32, _ place: Int) -> UInt64 { UInt64(rank) << 32 | UInt64(place) }

    /// A merger with its working memory.
    package init() {}

    /// Merges the bytes of a range, which must be shorter than 2³¹ bytes. O(n log n).
    package mutating func merge(
        _ text: Span<UInt8>, _ range: Range<Int>, _ byteTokens: [UInt16], _ merges: borrowing MergeTable
    ) {
        count = range.count
        if tokens.count < count {
            tokens = [UInt16](repeating: 0, count: max(count, Self.scanned))
            ranks = [Int32](repeating: 0, count: tokens.count)
        }
        guard count > 0 else { return }
        for i in 0..<count { tokens[i] = byteTokens[Int(text[range.lowerBound + i])] }
        for i in 0..<count - 1 { ranks[i] = merges.rank(tokens[i], tokens[i + 1]) }
        ranks[count - 1] = Self.none
        if count <= Self.scanned { scan(merges) } else { sift(merges) }
    }

    private mutating func scan(_ merges: borrowing MergeTable) {
        while true {
            var best = 0
            for i in 1..<max(count, 1) where ranks[i] < ranks[best] { best = i }
            let rank = ranks[best]
            if rank == Self.none { return }
            tokens[best] = merges.result(rank)
            count -= 1
            for i in best + 1..<max(count, best + 1) {
                tokens[i] = tokens[i + 1]
                ranks[i] = ranks[i + 1]
            }
            ranks[best] = best + 1 < count ? merges.rank(tokens[best], tokens[best + 1]) : Self.none
            if best > 0 { ranks[best - 1] = merges.rank(tokens[best - 1], tokens[best]) }
        }
    }

    private mutating func sift(_ merges: borrowing MergeTable) {
        let n = count
        next = (1...Int32(n)).map { $0 }
        previous = (-1..<Int32(n) - 1).map { $0 }
        // The heap is empty, because the loop below always empties it.
        heap.insert(contentsOf: (0..<n).filter { ranks[$0] != Self.none }.map { Self.key(ranks[$0], $0) })
        while let key = heap.popMin() {
            let (rank, i) = (Int32(key >> 32), Int(key & 0xFFFF_FFFF))
            guard ranks[i] == rank else { continue }
            let gone = Int(next[i])
            tokens[i] = merges.result(rank)
            ranks[gone] = Self.none
            next[i] = next[gone]
            next[gone] = -1
            let after = Int(next[i])
            if after < n {
                previous[after] = Int32(i)
                ranks[i] = merges.rank(tokens[i], tokens[after])
                if ranks[i] != Self.none { heap.insert(Self.key(ranks[i], i)) }
            } else {
                ranks[i] = Self.none
            }
            let before = Int(previous[i])
            if before >= 0 {
                ranks[before] = merges.rank(tokens[before], tokens[i])
                if ranks[before] != Self.none { heap.insert(Self.key(ranks[before], before)) }
            }
        }
        count = 0
        for i in 0..<n where next[i] >= 0 {
            tokens[count] = tokens[i]
            count += 1
        }
    }
}
