import Algorithms

/// A passage that shares terms with a query.
package struct Candidate: Sendable, Equatable {
    /// The passage that was found.
    package let passage: PassageID
    /// Its score by the terms of the query.
    package let score: Float

    /// A candidate from its parts.
    package init(passage: PassageID, score: Float) {
        self.passage = passage
        self.score = score
    }
}

extension IndexSnapshot {
    /// The best `limit` live passages for some folded terms by BM25, the best first. Among equals the
    /// passage that comes first is better.
    ///
    /// A term set does not say how often a term occurs in its passage, so the term frequency is taken as 1.
    /// A term that is given twice counts once.
    package func candidates(terms: [[UInt8]], limit: Int) throws -> [Candidate] {
        let bm25 = BM25(passageCount: passageCount, averageLength: try averageLength())
        let query = Array(terms.uniqued())
        guard limit > 0, !query.isEmpty, passageCount > 0 else { return [] }

        let holders = try query.map { try postings(of: $0) }
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
                let score = Float(sums[Int(passage)] * weight)
                best.append(Candidate(passage: PassageID(segment: id, index: Int(passage)), score: score))
            }
            if best.count > 4 * limit + 1024 { best = best.best(limit) }
        }
        return best.best(limit)
    }

    /// The number of live passages that hold a folded term, or a form that folds to it.
    package func passageCount(holding term: [UInt8]) throws -> Int {
        try postings(of: term).reduce(0) { $0 + $1.count }
    }

    /// For each of `segmentIDs` the live passages that hold a folded term, ascending.
    private func postings(of term: [UInt8]) throws -> [[UInt32]] {
        try segmentIDs.map { id in
            let segment = try segment(id)
            let numbers = segment.numbers(matching: term)
            let isLive = isLive(id)
            let passages = numbers.flatMap { segment.postings($0) }
            let distinct = numbers.count > 1 ? Array(passages.sorted().uniqued()) : passages
            return distinct.filter { isLive[Int($0)] }
        }
    }
}

extension [Candidate] {
    /// The best `limit`, the best first.
    fileprivate func best(_ limit: Int) -> [Candidate] {
        self.min(count: limit) { $0.score != $1.score ? $0.score > $1.score : $0.passage < $1.passage }
    }
}
