/// Byte-level byte-pair encoding (Sennrich et al. 2016) over the pre-tokens of `Words.pieces`: any bytes round-trip.
public struct Tokenizer: Sendable {
    /// The bytes of every token; empty for the special ones.
    public let pieces: [[UInt8]]
    private let byteTokens: [UInt16]
    private let merges: MergeTable
    /// Tokens that a whole pre-token with their bytes becomes.
    private let whole: PieceTable

    /// - Parameters:
    ///   - pieces: the bytes of each token, all single bytes among them.
    ///   - merges: pairs of tokens and what they become, by rank.
    public init(pieces: [[UInt8]], merges: [(left: UInt16, right: UInt16, result: UInt16)]) {
        self.pieces = pieces
        var bytes = [UInt16](repeating: 0, count: 256)
        for (token, piece) in pieces.enumerated() where piece.count == 1 { bytes[Int(piece[0])] = UInt16(token) }
        byteTokens = bytes
        self.merges = MergeTable(merges)
        let table = self.merges
        whole = PieceTable(pieces) { piece in BytePairs.merge(piece.map { bytes[Int($0)] }, table).count == 1 }
    }

    /// The canonical tokens of any bytes.
    public func encode(_ text: [UInt8]) -> [UInt16] {
        var tokens: [UInt16] = []
        tokens.reserveCapacity(text.count / 3)
        eachPiece(text) { piece, _ in append(text, piece, to: &tokens) }
        return tokens
    }

    /// The canonical tokens and, after each, the offset in the text.
    public func encodeWithEnds(_ text: [UInt8]) -> (tokens: [UInt16], ends: [Int]) {
        let tokens = encode(text)
        var ends: [Int] = [], at = 0
        ends.reserveCapacity(tokens.count)
        for token in tokens {
            at += pieces[Int(token)].count
            ends.append(at)
        }
        return (tokens, ends)
    }

    /// The bytes of tokens.
    public func decode(_ tokens: some Sequence<UInt16>) -> [UInt8] {
        var out: [UInt8] = []
        for token in tokens where Int(token) < pieces.count { out += pieces[Int(token)] }
        return out
    }

    private func eachPiece(_ text: [UInt8], _ body: (Range<Int>, Int) -> Void) {
        var start = 0
        while start < text.count {
            let end = Words.pieceEnd(in: text.span, from: start)
            body(start..<end, start)
            start = end
        }
    }

    private func append(_ text: [UInt8], _ piece: Range<Int>, to tokens: inout [UInt16]) {
        if let token = whole.token(text, piece) {
            tokens.append(token)
        } else {
            tokens += BytePairs.merge(text[piece].map { byteTokens[Int($0)] }, merges)
        }
    }
}

/// Applies merges, lowest rank first, leftmost first among equals.
private enum BytePairs {
    static func merge(_ tokens: [UInt16], _ merges: MergeTable) -> [UInt16] {
        tokens.count <= 48 ? mergeShort(tokens, merges) : mergeLong(tokens, merges)
    }

    private static func mergeShort(_ tokens: [UInt16], _ merges: MergeTable) -> [UInt16] {
        var tokens = tokens
        while tokens.count > 1 {
            var best = (rank: Int32.max, at: 0, result: UInt16(0))
            for i in 0..<tokens.count - 1 {
                if let (rank, result) = merges[tokens[i], tokens[i + 1]], rank < best.rank { best = (rank, i, result) }
            }
            guard best.rank < Int32.max else { break }
            tokens[best.at] = best.result
            tokens.remove(at: best.at + 1)
        }
        return tokens
    }

    /// The same by a heap of candidate merges over a linked list: n log n.
    private static func mergeLong(_ tokens: [UInt16], _ merges: MergeTable) -> [UInt16] {
        var tokens = tokens
        var next = tokens.indices.map { $0 + 1 < tokens.count ? $0 + 1 : -1 }, previous = tokens.indices.map { $0 - 1 }
        var isGone = [Bool](repeating: false, count: tokens.count)
        var heap = MergeHeap()
        func push(_ i: Int) {
            guard i >= 0, next[i] >= 0, let (rank, result) = merges[tokens[i], tokens[next[i]]] else { return }
            heap.push(MergeHeap.Entry(rank: rank, at: Int32(i), left: tokens[i], right: tokens[next[i]], result: result))
        }
        for i in tokens.indices { push(i) }
        while let entry = heap.pop() {
            let i = Int(entry.at)
            guard !isGone[i], tokens[i] == entry.left, next[i] >= 0, tokens[next[i]] == entry.right else { continue }
            let gone = next[i]
            tokens[i] = entry.result
            isGone[gone] = true
            next[i] = next[gone]
            if next[i] >= 0 { previous[next[i]] = i }
            push(previous[i])
            push(i)
        }
        return tokens.indices.filter { !isGone[$0] }.map { tokens[$0] }
    }
}

/// A binary heap of merges, the lowest rank and then the leftmost on top.
private struct MergeHeap {
    struct Entry {
        let rank: Int32, at: Int32
        let left: UInt16, right: UInt16, result: UInt16
        func precedes(_ other: Entry) -> Bool { (rank, at) < (other.rank, other.at) }
    }
    private var entries: [Entry] = []

    mutating func push(_ entry: Entry) {
        entries.append(entry)
        var i = entries.count - 1
        while i > 0, entries[i].precedes(entries[(i - 1) / 2]) {
            entries.swapAt(i, (i - 1) / 2)
            i = (i - 1) / 2
        }
    }

    mutating func pop() -> Entry? {
        guard let top = entries.first else { return nil }
        let last = entries.removeLast()
        if entries.isEmpty { return top }
        entries[0] = last
        var i = 0
        while true {
            var least = i
            for child in [2 * i + 1, 2 * i + 2] where child < entries.count && entries[child].precedes(entries[least]) { least = child }
            if least == i { return top }
            entries.swapAt(i, least)
            i = least
        }
    }
}

/// Rank and result of each pair that merges: an open hash table.
private struct MergeTable: Sendable {
    private let keys: [UInt32], ranks: [Int32], results: [UInt16]
    private let mask: Int

    init(_ merges: [(left: UInt16, right: UInt16, result: UInt16)]) {
        var size = 16
        while size < merges.count * 3 { size *= 2 }
        var keys = [UInt32](repeating: 0, count: size), ranks = [Int32](repeating: -1, count: size), results = [UInt16](repeating: 0, count: size)
        for (rank, merge) in merges.enumerated() {
            let key = UInt32(merge.left) << 16 | UInt32(merge.right)
            var slot = MergeTable.hash(key) & (size - 1)
            while ranks[slot] >= 0, keys[slot] != key { slot = (slot + 1) & (size - 1) }
            guard ranks[slot] < 0 else { continue }
            (keys[slot], ranks[slot], results[slot]) = (key, Int32(rank), merge.result)
        }
        (self.keys, self.ranks, self.results) = (keys, ranks, results)
        mask = size - 1
    }

    private static func hash(_ key: UInt32) -> Int { Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 40) }

    subscript(left: UInt16, right: UInt16) -> (rank: Int32, result: UInt16)? {
        let key = UInt32(left) << 16 | UInt32(right)
        var slot = MergeTable.hash(key) & mask
        while ranks[slot] >= 0 {
            if keys[slot] == key { return (ranks[slot], results[slot]) }
            slot = (slot + 1) & mask
        }
        return nil
    }
}

/// Tokens by their bytes: an open hash table.
private struct PieceTable: Sendable {
    private let slots: [Int32], pieces: [[UInt8]]

    init(_ pieces: [[UInt8]], where isWhole: ([UInt8]) -> Bool) {
        var size = 16
        while size < pieces.count * 3 { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        for (token, piece) in pieces.enumerated() where !piece.isEmpty && isWhole(piece) {
            var slot = PieceTable.hash(piece, 0..<piece.count) & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(token)
        }
        self.slots = slots
        self.pieces = pieces
    }

    private static func hash(_ text: [UInt8], _ range: Range<Int>) -> Int {
        var h: UInt64 = 0xCBF2_9CE4_8422_2325
        for i in range { h = (h ^ UInt64(text[i])) &* 0x100_0000_01B3 }
        return Int((h ^ h >> 29) & 0x7FFF_FFFF)
    }

    func token(_ text: [UInt8], _ range: Range<Int>) -> UInt16? {
        guard range.count < 64 else { return nil }
        var slot = PieceTable.hash(text, range) & (slots.count - 1)
        while slots[slot] >= 0 {
            let piece = pieces[Int(slots[slot])]
            if piece.count == range.count, piece.elementsEqual(text[range]) { return UInt16(slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }
}
