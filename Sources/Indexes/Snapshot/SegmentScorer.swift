import Algorithms

/// What the words of a query score in the units and passages of one segment.
struct SegmentScorer: Sendable {
    /// For each unit what a passage of the unit can score at most; 0 where no passage scores.
    private(set) var bounds: [Double]
    private let id: Int
    private let segment: Segment
    private let snapshot: IndexSnapshot
    private let words: [Word]
    private let bm25: BM25

    /// A word of the query, as the segment has it.
    private struct Word: Sendable {
        let rarity: Double
        /// The weights of readings, and for each of a reading's terms the numbers of its forms.
        var readings: [(weight: Double, terms: [[UInt32]])] = []
        /// The weight that each document's name gives its passages, by the first passage of the document.
        var documents: [Int: Double] = [:]
    }

    /// - Parameter named: for each word the documents of the segment whose names hold it.
    init(
        _ snapshot: IndexSnapshot, segment id: Int, _ words: [WordQuery], named: [[(position: Int, weight: Double)]],
        _ bm25: BM25
    ) throws {
        self.id = id
        self.snapshot = snapshot
        self.bm25 = bm25
        let segment = try snapshot.segment(id)
        self.segment = segment
        var bounds = [Double](repeating: 0, count: segment.units.count)
        self.words = try zip(words, named).map { query, documents in
            var word = Word(rarity: bm25.idf(holders: query.count))
            var best = [Double](repeating: 0, count: segment.units.count)
            for reading in query.readings {
                let numbers = try reading.terms.map { try segment.numbers(matching: $0).map { UInt32($0) } }
                guard numbers.allSatisfy({ !$0.isEmpty }) else { continue }
                word.readings.append((reading.weight, numbers))
                for unit in try segment.units(holding: numbers) {
                    best[Int(unit)] = max(best[Int(unit)], reading.weight)
                }
            }
            for (position, weight) in documents {
                let document = snapshot.documents[position]
                guard !document.passages.isEmpty else { continue }
                word.documents[document.passages.lowerBound] = weight
                for unit in segment.units.units(of: document.passages) { best[unit] = max(best[unit], weight) }
            }
            for unit in bounds.indices { bounds[unit] += word.rarity * best[unit] }
            return word
        }
        for unit in bounds.indices where bounds[unit] > 0 {
            let shortest = segment.units.passages(of: unit).map(segment.tokenCount).min() ?? 0
            bounds[unit] *= bm25.weight(frequency: 1, length: Double(shortest))
        }
        self.bounds = bounds
    }

    /// The passages of a unit.
    func passages(of unit: Int) -> [PassageID] {
        segment.units.passages(of: unit).map { PassageID(segment: id, index: $0) }
    }

    /// The passages of some units that score.
    ///
    /// - Parameter expected: the units that come next, should more be needed.
    func candidates(in units: [Int], expected: [Int]) throws -> [Candidate] {
        let sets = try segment.sets(of: units, expected: expected)
        return units.flatMap { unit in sets[unit].map { candidates(in: unit, $0) } ?? [] }
    }

    private func candidates(in unit: Int, _ sets: UnitSets) -> [Candidate] {
        let range = segment.units.passages(of: unit)
        var sums = [Double](repeating: 0, count: range.count)
        for word in words {
            // A unit's passages are of one document.
            let named = word.documents.isEmpty ? 0 : nameWeight(word, range.lowerBound)
            var best = [Double](repeating: named, count: range.count)
            for (weight, terms) in word.readings {
                for passage in holders(of: terms, in: sets) { best[passage] = max(best[passage], weight) }
            }
            for passage in sums.indices { sums[passage] += word.rarity * best[passage] }
        }
        return zip(range, sums).compactMap { passage, sum in
            guard sum > 0 else { return nil }
            let weight = bm25.weight(frequency: 1, length: Double(segment.tokenCount(of: passage)))
            return Candidate(passage: PassageID(segment: id, index: passage), score: Float(sum * weight))
        }
    }

    private func nameWeight(_ word: Word, _ passage: Int) -> Double {
        let document = snapshot.document(of: PassageID(segment: id, index: passage))
        return document.flatMap { word.documents[$0.passages.lowerBound] } ?? 0
    }

    /// The passages of a unit that hold one form of each of some terms.
    private func holders(of terms: [[UInt32]], in sets: UnitSets) -> [Int] {
        let places = terms.map { numbers in numbers.compactMap { sets.place(of: $0) } }
        guard places.allSatisfy({ !$0.isEmpty }) else { return [] }
        return sets.passages.indices.filter { passage in
            places.allSatisfy { forms in forms.contains { sets.holds($0, passage: passage) } }
        }
    }
}
