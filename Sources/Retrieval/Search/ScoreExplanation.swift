/// The parts of a score, with their weights.
///
/// `total` is `exact / bestExact` plus each of `memoryCode`, `section`, `wordVectors`, `sentence`, `proximity`, `forms`
/// and `reader` times its weight.
package struct ScoreExplanation: Sendable, Codable, Equatable {
    /// BM25 over the stored term sets, where every term frequency is 1. It chooses candidates and is no part of `total`.
    package let stored: Double
    /// BM25 over the reconstructed text.
    package let exact: Double
    /// The largest `exact` of all passages that were read for the query.
    package let bestExact: Double
    /// The inner product of the query's vector with the passage's memory code; 0 where the model has no codes.
    package let memoryCode: Double
    /// Likewise with the memory code of the passage's section.
    package let section: Double
    /// The cosine of the summed word vectors of the query and the passage; 0 where the model has none.
    package let wordVectors: Double
    /// The mean of the cosines of the query with the nearest sentence and with the nearest two in a row; 0 where the model
    /// has no word vectors.
    package let sentence: Double
    /// The share of the query's neighbouring words that stand close together.
    package let proximity: Double
    /// The share of the query's numbers, versions and identifiers that stand in the text as they are written.
    package let forms: Double
    /// The logarithm of the odds that the passage answers, by the reader; nil where the reader did not read the passage.
    package let reader: Double?
    /// The weights of the parts.
    package let weights: ScoreWeights
    /// The score by which passages are ranked.
    package let total: Double

    /// A score of its parts.
    package init(
        stored: Double = 0, exact: Double = 0, bestExact: Double = 1, memoryCode: Double = 0, section: Double = 0,
        wordVectors: Double = 0, sentence: Double = 0, proximity: Double = 0, forms: Double = 0, reader: Double? = nil,
        weights: ScoreWeights = ScoreWeights()
    ) {
        self.stored = stored
        self.exact = exact
        self.bestExact = bestExact
        self.memoryCode = memoryCode
        self.section = section
        self.wordVectors = wordVectors
        self.sentence = sentence
        self.proximity = proximity
        self.forms = forms
        self.reader = reader
        self.weights = weights
        total =
            exact / bestExact + weights.memoryCode * memoryCode + weights.section * section + weights.wordVectors
            * wordVectors
            + weights.sentence * sentence + weights.proximity * proximity + weights.forms * forms
            + weights.reader * (reader ?? 0)
    }

    /// The total without the part of the reader.
    var withoutReader: Double { total - weights.reader * (reader ?? 0) }

    /// The total that a passage that was not read hardly exceeds with the reader.
    var mostWithReader: Double { withoutReader + weights.reader * ScoreWeights.mostRelevance }

    /// The explanation with the word of the reader.
    func with(reader: Double) -> ScoreExplanation {
        ScoreExplanation(
            stored: stored, exact: exact, bestExact: bestExact, memoryCode: memoryCode, section: section,
            wordVectors: wordVectors,
            sentence: sentence, proximity: proximity, forms: forms, reader: reader, weights: weights)
    }
}
