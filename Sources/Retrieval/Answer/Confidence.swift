import Foundation

/// How sure an answer is: what speaks for its best unit, part by part, and the probability that follows. The weights were
/// fitted on questions half of which have no answer in the index (`docs/retrieval.md`).
package struct Confidence: Sendable, Codable, Equatable {
    /// Below this probability an answer counts as not found.
    package static let threshold = 0.12

    /// The share of the question's weight that the unit, the one before, its context, title and headings cover.
    package var coverage: Double
    /// How far the score of the first passage is above the score of the second, without the reader.
    package var lead: Double
    /// The cosine of the first passage's nearest sentence; nil where the model has no word vectors.
    package var sentence: Double?
    /// What is in doubt, as a part of the logarithm of the odds.
    package var doubt: Double
    /// The logarithm of the odds that the passage answers, by the reader; nil where it did not read the passage.
    package var relevance: Double?
    /// The logarithm of the probability of the reader's best answer in the unit.
    package var span: Double

    /// Parts of a confidence.
    package init(
        coverage: Double, lead: Double, sentence: Double?, doubt: Double = 0, relevance: Double? = nil, span: Double = 0
    ) {
        self.coverage = coverage
        self.lead = lead
        self.sentence = sentence
        self.doubt = doubt
        self.relevance = relevance
        self.span = span
    }

    /// The probability that the unit answers the question.
    package var probability: Double {
        var odds = -doubt
        if let sentence {
            odds += -5.17 + 4.78 * coverage + 2.46 * lead + 2.54 * sentence
        } else {
            odds += -4.95 + 5.5 * coverage + 4.2 * lead
        }
        if let relevance { odds += 0.35 * relevance + 0.1 * span }
        return 1 / (1 + exp(-odds))
    }
}
