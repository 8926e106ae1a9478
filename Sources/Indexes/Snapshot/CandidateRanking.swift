import Algorithms

/// Chooses the best passages of some units, and opens few units for that.
struct CandidateRanking {
    /// A unit that was not opened yet.
    private struct OpenUnit {
        let scorer: Int
        let unit: Int
        /// The passages that may be chosen.
        let passages: UnitPassages
        /// What a passage of the unit can have at most.
        var bound: Double
    }

    /// The units of a first round. Each further round has twice as many.
    private static let firstRound = 32
    /// How many units behind those of a round have their terms found in the same scan.
    private static let mostExpected = 2048

    private let scorers: [SegmentScorer]
    /// Whether passages without a word of the query are no candidates.
    private let needsWord: Bool
    /// The best unit is last.
    private var open: [OpenUnit] = []
    /// How many units the next round opens at most.
    private var roundSize = CandidateRanking.firstRound
    /// The passages whose scores are known.
    private var known: [(passage: PassageID, score: Float, other: Float)] = []

    init(_ scorers: [SegmentScorer], needsWord: Bool) {
        self.scorers = scorers
        self.needsWord = needsWord
    }

    /// Takes in the passages of a unit that may be chosen.
    mutating func add(_ unit: Int, of scorer: Int, passages: UnitPassages) {
        if scorers[scorer].canScore(unit) {
            open.append(OpenUnit(scorer: scorer, unit: unit, passages: passages, bound: 0))
        } else if !needsWord {
            for passage in passages { known.append((scorers[scorer].named(passage), 0, scorers[scorer].other(of: passage))) }
        }
    }

    /// The best passages, the best first.
    mutating func best(_ limit: Int) throws -> [Candidate] {
        let largest = Double(try largestScore())
        let scale = largest > 0 ? 1 / largest : 1
        sort { scorer, passage, score in Double(score) * scale + Double(scorer.other(of: passage)) }
        var best: [Candidate] = []
        var least = -Double.infinity
        repeat {
            best = (best + known.map { Candidate(passage: $0, score: $1, total: Double($1) * scale + Double($2)) })
                .min(count: limit) { $0.total != $1.total ? $0.total > $1.total : $0.passage < $1.passage }
            known = []
            if best.count == limit { least = best[limit - 1].total }
        } while try openRound(where: { $0 >= least })
        return best
    }

    /// The largest score of a passage that may be chosen.
    private mutating func largestScore() throws -> Float {
        sort { _, _, score in Double(score) }
        var largest: Float = 0
        repeat {
            largest = known.lazy.map(\.score).max() ?? 0
        } while try openRound(where: { Float($0) > largest })
        return largest
    }

    /// Orders the units by what one of their passages can have at most, and starts with small rounds.
    ///
    /// - Parameter total: what a passage has with a score.
    private mutating func sort(_ total: (SegmentScorer, _ passage: Int, _ score: Float) -> Double) {
        for i in open.indices {
            let unit = open[i]
            let scorer = scorers[unit.scorer]
            open[i].bound = unit.passages.reduce(-.infinity) { most, passage in
                max(most, total(scorer, passage, scorer.most(of: passage, in: unit.unit)))
            }
        }
        open.sort { ($0.bound, $1.scorer, $1.unit) < ($1.bound, $0.scorer, $0.unit) }
        roundSize = CandidateRanking.firstRound
    }

    /// Opens the next units with the bounds that are asked for. False where there are none.
    private mutating func openRound(where isWanted: (Double) -> Bool) throws -> Bool {
        let round = open.suffix(roundSize).reversed().prefix { isWanted($0.bound) }
        if round.isEmpty { return false }
        open.removeLast(round.count)
        roundSize *= 2
        let upcoming = Dictionary(grouping: open.suffix(CandidateRanking.mostExpected), by: \.scorer)
        let groups = Array(Dictionary(grouping: round, by: \.scorer))
        let scorers = scorers
        let found = try concurrently(groups.count) { i in
            let (scorer, units) = groups[i]
            return try scorers[scorer].scores(
                in: units.map { ($0.unit, $0.passages) }, expected: (upcoming[scorer] ?? []).map(\.unit))
        }
        for (group, scores) in zip(groups, found) {
            for (passage, score) in zip(group.value.lazy.flatMap(\.passages), scores) where score > 0 || !needsWord {
                let scorer = scorers[group.key]
                known.append((scorer.named(passage), score, scorer.other(of: passage)))
            }
        }
        return true
    }
}
