import Algorithms
import Foundation

/// A passage that shares terms with a query.
package struct Candidate: Sendable, Equatable {
    package let passage: PassageID
    package let score: Float

    /// A candidate from its parts.
    package init(passage: PassageID, score: Float) {
        self.passage = passage
        self.score = score
    }
}

extension IndexSnapshot {
    /// The best `limit` live passages for some folded terms by BM25 (k1 = 0.9, b = 0.4), the best first. Among equals the
    /// passage that comes first is better.
    ///
    /// A term set does not say how often a term occurs in its passage. The term frequency is taken as 1, which leaves
    /// idf · (k1 + 1) / (1 + k1 · (1 − b + b · length / mean length)) with idf = ln(1 + (N − n + ½) / (n + ½)).
    /// A term that is given twice counts once.
    package func candidates(terms: [[UInt8]], limit: Int) throws -> [Candidate] {
        let k1: Float = 0.9
        let b: Float = 0.4
        let average = Float(try averageLength())
        let query = Array(terms.uniqued())
        guard limit > 0, !query.isEmpty, passageCount > 0 else { return [] }

        let holders = try query.map { try postings(of: $0) }
        let weights = holders.map { lists in
            let n = Float(lists.reduce(0) { $0 + $1.count })
            return log(1 + (Float(passageCount) - n + 0.5) / (n + 0.5)) * (k1 + 1)
        }
        var best: [Candidate] = []
        for (position, id) in segmentIDs.enumerated() {
            let segment = try segment(id)
            var sums = [Float](repeating: 0, count: segment.passageCount)
            var touched: [UInt32] = []
            for (lists, weight) in zip(holders, weights) {
                for passage in lists[position] {
                    if sums[Int(passage)] == 0 { touched.append(passage) }
                    sums[Int(passage)] += weight
                }
            }
            for passage in touched {
                let length = Float(segment.tokenCount(of: Int(passage)))
                let norm = 1 + k1 * (1 - b + b * length / max(average, 1))
                let score = sums[Int(passage)] / norm
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
