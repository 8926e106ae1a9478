/// A passage that shares words with a query.
public struct Candidate: Sendable, Equatable {
    public let passage: PassageID
    public let score: Float

    public init(passage: PassageID, score: Float) {
        self.passage = passage
        self.score = score
    }
}

extension IndexSnapshot {
    /// The best `limit` live passages for some folded words by BM25 (k1 = 0.9, b = 0.4), the best first; ties go to the
    /// passage that comes first.
    ///
    /// A term set does not say how often a term occurs in its passage, so the term frequency is taken as 1.
    /// A word given twice counts once.
    public func candidates(words: [[UInt8]], limit: Int) throws -> [Candidate] {
        let bm25 = BM25(passageCount: passageCount, averageLength: try averageLength())
        let query = Array(Dictionary(words.enumerated().map { ($1, $0) }, uniquingKeysWith: min)).sorted {
            $0.value < $1.value
        }
        guard limit > 0, !query.isEmpty, passageCount > 0 else { return [] }

        let holders = try query.map { try postings(of: $0.key) }
        let weights = holders.map { lists in bm25.idf(holders: lists.reduce(0) { $0 + $1.count }) }
        var best: [Candidate] = []
        for (position, id) in segmentIDs.enumerated() {
            let segment = try segment(id)
            var sums = [Double](repeating: 0, count: segment.passageCount)
            var touched: [UInt32] = []
            for (lists, weight) in zip(holders, weights) {
                for passage in lists[position] {
                    if sums[Int(passage)] == 0 { touched.append(passage) }
                    sums[Int(passage)] += weight
                }
            }
            for passage in touched {
                let weight = bm25.weight(frequency: 1, length: Double(segment.tokenCount(of: Int(passage))))
                best.append(
                    Candidate(passage: PassageID(segment: id, index: Int(passage)), score: Float(sums[Int(passage)] * weight)))
            }
            if best.count > 4 * limit + 1024 { best.keepBest(limit) }
        }
        best.keepBest(limit)
        return best
    }

    /// The number of live passages that hold a folded word, or a literal form of it.
    public func documentFrequency(of word: [UInt8]) throws -> Int {
        try postings(of: word).reduce(0) { $0 + $1.count }
    }

    /// The live passages that hold a folded word, ascending, for each of `segmentIDs`.
    private func postings(of word: [UInt8]) throws -> [[UInt32]] {
        try segmentIDs.map { id in
            let segment = try segment(id)
            let terms = segment.terms(matching: word)
            let owners = isLive(id)
            var passages = terms.flatMap { segment.postings($0) }
            if terms.count > 1 {
                passages.sort()
                passages.removeDuplicates()
            }
            return passages.filter { owners[Int($0)] >= 0 }
        }
    }
}

extension [Candidate] {
    /// Sorts, the best first, and drops all but `limit`.
    fileprivate mutating func keepBest(_ limit: Int) {
        sort { $0.score != $1.score ? $0.score > $1.score : $0.passage < $1.passage }
        if count > limit { removeLast(count - limit) }
    }
}
