import Foundation

/// How sure an answer is. The numbers were fitted on questions half of which have no answer in the index
/// (`docs/retrieval.md`).
package enum Confidence {
    /// Below this probability an answer counts as not found. This refuses 39 % of the unanswerable questions and 3 % of the
    /// right answers.
    package static let threshold = 0.12

    /// The probability that a sentence answers a question.
    ///
    /// - Parameters:
    ///   - coverage: the share of the question's weight that the sentence, the one before, title and headings cover.
    ///   - lead: how far the score of the first passage is above the score of the second.
    ///   - sentence: the cosine of the first passage's nearest sentence; nil where the model has no word vectors.
    ///   - evidence: what else speaks for the sentence, as a part of the logarithm of the odds.
    package static func probability(coverage: Double, lead: Double, sentence: Double?, evidence: Double = 0) -> Double {
        guard let sentence else { return 1 / (1 + exp(4.95 - 5.5 * coverage - 4.2 * lead - evidence)) }
        return 1 / (1 + exp(5.17 - 4.78 * coverage - 2.46 * lead - 2.54 * sentence - evidence))
    }
}
