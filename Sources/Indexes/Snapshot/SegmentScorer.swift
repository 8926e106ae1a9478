import Algorithms

/// What the words of a query score in the units and passages of one segment.
struct SegmentScorer: Sendable {
    private let id: Int
    private let segment: Segment
    private let snapshot: IndexSnapshot
    private let words: [Word]
    private let bm25: BM25
    /// For each unit what its words score together where they stand in a passage of weight 1.
    private let sums: [Double]
    /// What is added to the share of each passage; empty for nothing.
    private let others: [Float]

    /// A word of the query, as the segment has it.
    private struct Word: Sendable {
        let rarity: Double
        /// The weights of readings, and for each of a reading's terms the numbers of its forms.
        var readings: [(weight: Double, terms: [[UInt32]])] = []
        /// The weight that each document's name gives its passages, by the first passage of the document.
        var documents: [Int: Double] = [:]
    }

    /// - Parameters:
    ///   - named: for each word the documents of the segment whose names hold it.
    ///   - others: what is added to the share of each passage; empty for nothing.
    init(
        _ snapshot: IndexSnapshot, segment id: Int, _ words: [WordQuery], named: [[(position: Int, weight: Double)]],
        others: [Float], _ bm25: BM25
    ) throws {
        self.id = id
        self.snapshot = snapshot
        self.others = others
        self.bm25 = bm25
        let segment = try snapshot.segment(id)
        self.segment = segment
        var sums = [Double](repeating: 0, count: segment.units.count)
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
            for unit in sums.indices { sums[unit] += word.rarity * best[unit] }
            return word
        }
        self.sums = sums
    }

    /// The passages of a unit, by their numbers in the segment.
    func passages(of unit: Int) -> Range<Int> { segment.units.passages(of: unit) }

    /// A passage of the segment.
    func named(_ passage: Int) -> PassageID { PassageID(segment: id, index: passage) }

    /// The units of the segment.
    var unitCount: Int { sums.count }

    /// Whether a passage of a unit may score.
    func canScore(_ unit: Int) -> Bool { sums[unit] > 0 }

    /// What a passage of a unit can score at most.
    func most(of passage: Int, in unit: Int) -> Float { score(sums[unit], of: passage) }

    /// What is added to the share of a passage.
    func other(of passage: Int) -> Float { others.isEmpty ? 0 : others[passage] }

    /// The scores of some passages of some units, one after the other.
    ///
    /// - Parameter expected: the units that come next, should more be needed.
    func scores(in units: [(unit: Int, passages: UnitPassages)], expected: [Int]) throws -> [Float] {
        let sets = try segment.sets(of: units.map(\.unit), expected: expected)
        return units.flatMap { unit, passages -> [Float] in
            guard let set = sets[unit] else { return passages.map { _ in 0 } }
            let sums = passageSums(in: unit, set)
            let first = segment.units.passages(of: unit).lowerBound
            return passages.map { score(sums[$0 - first], of: $0) }
        }
    }

    private func score(_ sum: Double, of passage: Int) -> Float {
        Float(sum * bm25.weight(frequency: 1, length: Double(segment.tokenCount(of: passage))))
    }

    /// For each passage of a unit what its words score together.
    private func passageSums(in unit: Int, _ sets: UnitSets) -> [Double] {
        let range = segment.units.passages(of: unit)
        var sums = [Double](repeating: 0, count: range.count)
        for word in words {
            let named = word.documents.isEmpty ? 0 : nameWeight(word, range.lowerBound)
            var best = [Double](repeating: named, count: range.count)
            for (weight, terms) in word.readings {
                for passage in sets.passages(holding: terms) { best[passage] = max(best[passage], weight) }
            }
            for passage in sums.indices { sums[passage] += word.rarity * best[passage] }
        }
        return sums
    }

    private func nameWeight(_ word: Word, _ passage: Int) -> Double {
        let document = snapshot.document(of: PassageID(segment: id, index: passage))
        return document.flatMap { word.documents[$0.passages.lowerBound] } ?? 0
    }
}
