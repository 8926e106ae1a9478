import Algorithms

/// A passage that a query may mean.
package struct Candidate: Sendable, Equatable {
    /// The passage that was found.
    package let passage: PassageID
    /// Its score by the terms of the query.
    package let score: Float
    /// The score as a share of the largest one of all passages, and what was added to the share.
    package let total: Double

    /// A candidate from its parts.
    package init(passage: PassageID, score: Float, total: Double) {
        self.passage = passage
        self.score = score
        self.total = total
    }
}

extension IndexSnapshot {
    /// The best `limit` live passages for some folded terms by BM25, the best first. Among equals the
    /// passage that comes first is better.
    ///
    /// A term set does not say how often a term occurs in its passage, so the term frequency is taken as 1.
    /// A term that is given twice counts once.
    package func candidates(terms: [[UInt8]], limit: Int) throws -> [Candidate] {
        let words = try terms.uniqued().map { term in
            WordQuery(readings: [.init(terms: [term], weight: 1)], count: try passageCount(holding: term))
        }
        return try candidates(words, limit: limit)
    }

    /// The best `limit` passages by `Candidate.total`, the best first. Among equals the passage that comes first is better.
    ///
    /// The score is BM25 as in `candidates(terms:limit:)`, where a word counts times the weight of the reading that a passage
    /// holds. Units are opened only as long as one of their passages can be among the best: a unit can score at most what its
    /// words score together.
    ///
    /// - Parameters:
    ///   - others: for each segment what is added for each of its passages. Where there is any, passages without a word of the
    ///     query are candidates too.
    ///   - isAllowed: passages for which this is false are left out before the best are chosen.
    package func candidates(
        _ words: [WordQuery], limit: Int, adding others: [Int: [Float]] = [:],
        where isAllowed: (PassageID) -> Bool = { _ in true }
    ) throws -> [Candidate] {
        guard limit > 0, !words.isEmpty || !others.isEmpty, passageCount > 0 else { return [] }
        let bm25 = BM25(passageCount: passageCount, averageLength: try averageLength())
        let named = words.map { word in Dictionary(grouping: word.documents) { documents[$0.position].id.segment } }
        let scorers = try concurrently(segmentIDs.count) { i in
            let id = segmentIDs[i]
            return try SegmentScorer(
                self, segment: id, words, named: named.map { $0[id] ?? [] }, others: others[id] ?? [], bm25)
        }
        var ranking = CandidateRanking(scorers, needsWord: others.isEmpty)
        for (i, scorer) in scorers.enumerated() {
            for unit in 0..<scorer.unitCount {
                // The passages of a unit are of one document: all are alive, or none is.
                let passages = scorer.passages(of: unit)
                guard !passages.isEmpty, documentPosition(of: scorer.named(passages.lowerBound)) != nil else { continue }
                let allowed = UnitPassages(passages) { isAllowed(scorer.named($0)) }
                if !allowed.isEmpty { ranking.add(unit, of: i, passages: allowed) }
            }
        }
        return try ranking.best(limit)
    }

    /// The number of live passages that hold a folded term, and of those that hold each form that folds to it: a passage with
    /// several forms counts several times, but the sum is at most `passageCount`.
    package func passageCount(holding term: [UInt8]) throws -> Int { try passageCounts(holding: [term])[0] }

    /// `passageCount(holding:)` of each of some terms.
    package func passageCounts(holding terms: [[UInt8]]) throws -> [Int] {
        try counts(of: terms, in: segmentIDs).map { min($0, passageCount) }
    }

    /// About how many live passages hold each of some terms: `passageCounts(holding:)`, in a large index estimated.
    ///
    /// - Parameter sample: the passages that a count looks at, about. From twice as many on, some segments are counted for all.
    package func aboutPassageCounts(holding terms: [[UInt8]], sample: Int = 50_000) throws -> [Int] {
        let step = max(1, passageCount / sample)
        guard step > 1 else { return try passageCounts(holding: terms) }
        let some = segmentIDs.enumerated().filter { $0.offset % step == 0 }.map(\.element)
        let share = Double(passageCount) / Double(max(1, some.reduce(0) { $0 + liveCount(of: $1) }))
        return try counts(of: terms, in: some).map { min(Int((Double($0) * share).rounded()), passageCount) }
    }

    private func counts(of terms: [[UInt8]], in segments: [Int]) throws -> [Int] {
        let counts = try concurrently(segments.count) { i in
            let segment = try segment(segments[i])
            let dead = try deadCounts(of: segments[i])
            return try terms.map { term in
                try segment.numbers(matching: term).reduce(0) { sum, number in
                    sum + segment.passageCount(holding: number) - Int(dead[UInt32(number)] ?? 0)
                }
            }
        }
        return terms.indices.map { term in max(counts.reduce(0) { $0 + $1[term] }, 0) }
    }

    /// For each of `segmentIDs` the live passages that hold a folded term, or a form that folds to it, ascending. All units
    /// that hold the term are opened.
    package func postings(of term: [UInt8]) throws -> [[UInt32]] {
        try segmentIDs.map { id in
            let segment = try segment(id)
            let numbers = try segment.numbers(matching: term)
            guard !numbers.isEmpty else { return [] }
            let passages = try numbers.flatMap { try segment.postings($0) }
            let distinct = numbers.count > 1 ? Array(passages.sorted().uniqued()) : passages
            return live(distinct, of: id)
        }
    }

    /// The live documents that hold a folded term, or a form that folds to it.
    package func documents(holding term: [UInt8]) throws -> Set<DocumentID> {
        var found: Set<DocumentID> = []
        for id in segmentIDs {
            let segment = try segment(id)
            let forms = try segment.numbers(matching: term).map { UInt32($0) }
            guard !forms.isEmpty else { continue }
            for unit in try segment.units(holding: [forms]) {
                let first = PassageID(segment: id, index: segment.units.passages(of: Int(unit)).lowerBound)
                if let document = document(of: first) { found.insert(document.id) }
            }
        }
        return found
    }

    /// Whether a live passage holds all of some folded terms, or forms that fold to them.
    package func holdsTogether(_ terms: [[UInt8]]) throws -> Bool {
        try segmentIDs.contains { id in
            let segment = try segment(id)
            let forms = try terms.map { try segment.numbers(matching: $0).map { UInt32($0) } }
            guard forms.allSatisfy({ !$0.isEmpty }) else { return false }
            let units = try segment.units(holding: forms).map(Int.init).filter {
                documentPosition(of: PassageID(segment: id, index: segment.units.passages(of: $0).lowerBound)) != nil
            }
            return try units.chunks(ofCount: 16).contains { some in
                try segment.sets(of: Array(some)).values.contains { !$0.passages(holding: forms).isEmpty }
            }
        }
    }

    /// Whether the base lexicon of the model has a term.
    package func isBaseTerm(_ term: [UInt8]) -> Bool { lexicon.position(of: term) != nil }

    /// Calls `body` with every term of the base lexicon that a segment with live passages has, once.
    package func eachBaseTerm(_ body: ([UInt8]) -> Void) throws {
        try load()
        var isGiven = [Bool](repeating: false, count: lexicon.terms.count)
        for id in segmentIDs {
            for position in try segment(id).basePositions { isGiven[Int(position)] = true }
        }
        for (term, isGiven) in zip(lexicon.terms, isGiven) where isGiven { body(term) }
    }

    /// The other terms with capitals inside whose keys begin with some bytes, as they are stored, each once.
    package func mixedTerms(beginningWith start: [UInt8]) throws -> [[UInt8]] {
        try union { try $0.terms(.mixed, beginningWith: start) }
    }

    /// The other terms with capitals inside that have a key, each once.
    package func mixedTerms(withKey key: [UInt8]) throws -> [[UInt8]] { try union { try $0.mixedTerms(withKey: key) } }

    /// The other terms with capitals inside of which a folded word is a part, each once.
    package func mixedTerms(withPart word: [UInt8]) throws -> [[UInt8]] { try union { try $0.mixedTerms(withPart: word) } }

    /// The other folded terms with characters outside ASCII whose keys (`TermPrior.key`) begin with some bytes, each once.
    package func accentedTerms(beginningWith start: [UInt8]) throws -> [[UInt8]] {
        try union { try $0.terms(.accented, beginningWith: start) }
    }

    /// The other terms with characters outside ASCII or with capitals inside, as they are stored, whose keys begin with a byte
    /// outside ASCII: the terms of other scripts than the Latin one.
    package func foreignTerms() throws -> [[UInt8]] { try union { try $0.foreignTerms() } }

    /// All other terms that begin with some bytes, each once, ascending.
    package func plainTerms(beginningWith start: [UInt8] = []) throws -> [[UInt8]] {
        try union { try $0.terms(.plain, beginningWith: start) }
    }

    /// Terms of all segments, each once, ascending.
    private func union(_ terms: @Sendable (Segment) throws -> [[UInt8]]) throws -> [[UInt8]] {
        let lists = try concurrently(segmentIDs.count) { try terms(try segment(segmentIDs[$0])) }
        return lists.count > 1 ? Set(lists.joined()).sorted { $0.lexicographicallyPrecedes($1) } : lists.first ?? []
    }
}
