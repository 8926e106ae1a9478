/// What speaks for a unit, part by part.
package struct EvidenceParts: Sendable, Codable, Equatable {
    /// The share of the question's idf whose words the unit holds.
    package var coverage = 0.0
    /// The cosine of the unit with the question; the same together with the unit before.
    package var alone = 0.0
    package var withPrevious = 0.0
    /// The square of the passage's score as a share of the best passage's score.
    package var passage = 0.0
    /// What the rules for kinds of questions and units add, in units of full coverage.
    package var rules = 0.0
    /// Doubt about the names and numbers of the question.
    package var doubt = 0.0
    /// The probability, by the reader, that the answer lies in the unit; halved for a list, which holds the answers of all its
    /// items. 0 where the reader did not read the passage.
    package var mass = 0.0
    /// The logarithm of the odds that the passage answers, by the reader; 0 where it did not read the passage.
    package var relevance = 0.0

    /// The sum of the parts with their weights.
    func score(_ weights: EvidenceWeights) -> Double {
        weights.coverage * coverage + weights.alone * alone + weights.withPrevious * withPrevious + weights.passage * passage
            + rules + weights.doubt * doubt + weights.mass * mass + weights.relevance * relevance
    }
}
