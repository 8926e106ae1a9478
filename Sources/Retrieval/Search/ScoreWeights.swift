/// What each part of a score weighs. `docs/retrieval.md` says how the numbers were chosen.
package struct ScoreWeights: Sendable, Codable, Equatable {
    /// The inner product with the memory code of the passage.
    package var memoryCode = 1.1
    /// The inner product with the memory code of the section.
    package var section = 0.2
    /// The cosine of word vectors.
    package var wordVectors = 0.3
    /// The cosine of the nearest sentence.
    package var sentence = 1.2
    /// The share of neighbouring words that stand close together.
    package var proximity = 0.45
    /// The share of numbers, versions and identifiers that stand in the text as they are written.
    package var forms = 1.0
    /// The logarithm of the odds that the passage answers, by the reader.
    package var reader = 0.25

    /// The weights that docs/retrieval.md states.
    package init() {}

    /// The logarithm of odds that the reader seldom exceeds: of 1,481 passages that it read for 210 questions, one had more (5.06).
    static let mostRelevance = 5.0
    /// The cosine of word vectors before the text is known, and with it the nearest sentence.
    static let wordVectorsBeforeText = 1.0
    /// How far behind the best candidate another one may be and still be reconstructed, where enough candidates are there.
    static let margin = 0.75
}
