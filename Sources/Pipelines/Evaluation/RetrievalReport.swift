/// How well an index finds and answers, on questions with known answers.
package struct RetrievalReport: Sendable, Codable, Equatable {
    /// The name of the set of questions.
    package var name = ""
    /// The passages of the index.
    package var passages = 0
    /// The questions that were asked.
    package var questions = 0
    /// All measures, those of r3mem's ranking first, then those of BM25's, then those of r3mem's answers.
    package var measures: [Measure] = []
    /// The share of right answers that may be lost for `refused-at-loss`.
    package var loss = 0.0
    /// False where the run was stopped: the figures are of the questions asked until then.
    package var isComplete = true
    /// Milliseconds of a search, measured on at most 60 questions with no passage kept from earlier ones: the median.
    package var searchMedian = 0.0
    /// The time that 95 of 100 searches do not exceed.
    package var search95 = 0.0
    /// The median of an answer.
    package var askMedian = 0.0

    /// A measure by its name; nil where no question counts for it.
    package func measure(_ name: String, of system: String = "r3mem") -> Measure? {
        measures.first { $0.name == name && $0.system == system }
    }
}
