import Foundation

/// BM25 (Robertson and Zaragoza 2009): the score of a passage is the sum, over the terms of a query, of idf times weight.
package struct BM25: Sendable {
    /// How soon further occurrences of a term stop to count.
    package let k1: Double
    /// How much longer passages are held back, from 0 to 1.
    package let b: Double
    private let passageCount: Int
    private let averageLength: Double

    /// - Parameter averageLength: the mean length of all passages, in the unit of the lengths given to `weight`.
    package init(passageCount: Int, averageLength: Double, k1: Double = 0.9, b: Double = 0.4) {
        self.passageCount = max(1, passageCount)
        self.averageLength = max(1, averageLength)
        self.k1 = k1
        self.b = b
    }

    /// How rare a term is that some of the passages hold: ln(1 + (N − n + ½) / (n + ½)).
    package static func idf(holders: Int, of passageCount: Int) -> Double {
        log(1 + (Double(passageCount) - Double(holders) + 0.5) / (Double(holders) + 0.5))
    }

    /// The weight of a term that so many passages hold.
    package func idf(holders: Int) -> Double { BM25.idf(holders: holders, of: passageCount) }

    /// What a term counts that occurs `frequency` times in a passage:
    /// f · (k1 + 1) / (f + k1 · (1 − b + b · length / average length)).
    package func weight(frequency: Double, length: Double) -> Double {
        frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * length / averageLength))
    }
}
