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

/// The passages that hold one word of a query in any of its readings.
package struct WordHolders: Sendable {
    /// For each of `IndexSnapshot.segmentIDs` the passages, each once, with the weight of the best reading that it holds.
    package let lists: [[(passage: UInt32, weight: Float)]]
    /// The number of passages that says how rare the word is.
    package let count: Int

    /// The holders of a word from their parts.
    package init(lists: [[(passage: UInt32, weight: Float)]], count: Int) {
        self.lists = lists
        self.count = count
    }
}

extension IndexSnapshot {
    /// The best `limit` live passages for some folded terms by BM25, the best first. Among equals the
    /// passage that comes first is better.
    ///
    /// A term set does not say how often a term occurs in its passage, so the term frequency is taken as 1.
    /// A term that is given twice counts once.
    package func candidates(terms: [[UInt8]], limit: Int) throws -> [Candidate] {
        let holders = try terms.uniqued().map { term in
            let lists = try postings(of: term)
            return WordHolders(
                lists: lists.map { $0.map { ($0, 1) } }, count: lists.reduce(0) { $0 + $1.count })
        }
        return try candidates(holders, limit: limit)
    }

    /// The best `limit` passages for some words by BM25, the best first, as `candidates(terms:limit:)` finds them. A word
    /// counts times the weight of the reading that a passage holds.
    ///
    /// - Parameter isAllowed: passages for which this is false are left out before the best are chosen.
    package func candidates(
        _ words: [WordHolders], limit: Int, where isAllowed: (PassageID) -> Bool = { _ in true }
    ) throws -> [Candidate] {
        let bm25 = BM25(passageCount: passageCount, averageLength: try averageLength())
        guard limit > 0, !words.isEmpty, passageCount > 0 else { return [] }
        let rarity = words.map { bm25.idf(holders: $0.count) }
        var best: [Candidate] = []
        for (position, id) in segmentIDs.enumerated() {
            let segment = try segment(id)
            var sums = [Double](repeating: 0, count: segment.passageCount)
            var touched: [UInt32] = []
            for (word, rarity) in zip(words, rarity) {
                for (passage, weight) in word.lists[position] {
                    if sums[Int(passage)] == 0 { touched.append(passage) }
                    sums[Int(passage)] += rarity * Double(weight)
                }
            }
            for passage in touched {
                let id = PassageID(segment: id, index: Int(passage))
                guard isAllowed(id) else { continue }
                let weight = bm25.weight(frequency: 1, length: Double(segment.tokenCount(of: Int(passage))))
                best.append(Candidate(passage: id, score: Float(sums[Int(passage)] * weight)))
            }
            if best.count > 4 * limit + 1024 { best = best.best(limit) }
        }
        return best.best(limit)
    }

    /// The number of live passages that hold a folded term, or a form that folds to it.
    package func passageCount(holding term: [UInt8]) throws -> Int {
        try postings(of: term).reduce(0) { $0 + $1.count }
    }

    /// For each of `segmentIDs` the live passages that hold a folded term, or a form that folds to it, ascending.
    package func postings(of term: [UInt8]) throws -> [[UInt32]] {
        try segmentIDs.map { id in
            let segment = try segment(id)
            let numbers = segment.numbers(matching: term)
            guard !numbers.isEmpty else { return [] }
            let passages = numbers.flatMap { segment.postings($0) }
            let distinct = numbers.count > 1 ? Array(passages.sorted().uniqued()) : passages
            return live(distinct, of: id)
        }
    }

    /// Whether the base lexicon of the model has a term.
    package func isBaseTerm(_ term: [UInt8]) -> Bool { lexicon.position(of: term) != nil }

    /// Calls `body` with every term of the segments that hold live passages, as it is stored. A term of the base lexicon is
    /// given once, any other term once a segment.
    package func eachTerm(_ body: ([UInt8]) -> Void) throws {
        var isGiven: [Bool] = []
        for id in segmentIDs {
            let segment = try segment(id)
            for position in segment.basePositions.map(Int.init) {
                if position >= isGiven.count {
                    isGiven += Array(repeating: false, count: position + 1 - isGiven.count)
                }
                if !isGiven[position] { body(lexicon.terms[position]) }
                isGiven[position] = true
            }
            for term in segment.localTerms { body(term) }
        }
    }
}

extension [Candidate] {
    /// The best `limit`, the best first.
    fileprivate func best(_ limit: Int) -> [Candidate] {
        self.min(count: limit) { $0.score != $1.score ? $0.score > $1.score : $0.passage < $1.passage }
    }
}
