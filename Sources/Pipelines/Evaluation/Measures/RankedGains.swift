import Foundation

/// What a ranking found for one question: the gain at each rank, and the gains of a perfect ranking.
package struct RankedGains: Sendable, Equatable {
    /// The gain at each rank; 0 for a result that is not right.
    private let gains: [Double]
    /// The gains of all right results, the largest first.
    private let ideal: [Double]

    /// A ranking of documents or passages. A unit that was ranked before gains nothing.
    ///
    /// - Parameters:
    ///   - gold: the right units with their grades, each above 0.
    ///   - missed: grades of right units that cannot be found at all.
    package init<Unit: Hashable>(_ ranking: [Unit], gold: [Unit: Double], missed: [Double] = []) {
        var left = gold
        gains = ranking.map { left.removeValue(forKey: $0) ?? 0 }
        ideal = (Array(gold.values) + missed).sorted(by: >)
    }

    /// A ranking of which one right result is enough: the first one counts.
    package init(isRight ranking: [Bool]) {
        let first = ranking.firstIndex(of: true)
        gains = ranking.indices.map { $0 == first ? 1 : 0 }
        ideal = [1]
    }

    /// How many results are right.
    package var goldCount: Int { ideal.count }

    /// The share of the right results among the first `k`.
    package func recall(at k: Int) -> Double {
        ideal.isEmpty ? 0 : Double(gains.prefix(k).count { $0 > 0 }) / Double(ideal.count)
    }

    /// Whether all right results are among the first `k`.
    package func findsAll(within k: Int) -> Bool { !ideal.isEmpty && gains.prefix(k).count { $0 > 0 } == ideal.count }

    /// The discounted cumulative gain of the first `k` as a share of the best possible one (Järvelin and Kekäläinen 2002),
    /// with the grades themselves as gains.
    package func ndcg(at k: Int) -> Double {
        func sum(_ gains: [Double]) -> Double {
            gains.prefix(k).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
        }
        let best = sum(ideal)
        return best > 0 ? sum(gains) / best : 0
    }

    /// 1 / the rank of the first right result; 0 where it is beyond `k`.
    package func reciprocalRank(within k: Int) -> Double {
        gains.prefix(k).firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
    }
}
