/// How well an index finds and answers, on questions with known answers.
package struct RetrievalReport: Sendable, Codable, Equatable {
    /// The name of the set of questions.
    package var name = ""
    /// The passages of the index.
    package var passages = 0
    /// The questions that were asked.
    package var questions = 0
    /// The share of questions whose answer lies in one of the first 1, 5 and 20 passages.
    package var recall: [String: Double] = [:]
    /// The recall of plain BM25 (k1 0.9, b 0.4) over the same passages.
    package var recallBM25: [String: Double] = [:]
    /// The mean reciprocal rank among the first 20.
    package var reciprocalRank = 0.0
    /// The mean reciprocal rank of plain BM25.
    package var reciprocalRankBM25 = 0.0
    /// The share of questions whose quoted sentences hold the answer.
    package var answered = 0.0
    /// The share of unanswerable questions to which nothing was said to be found.
    package var abstained = 0.0
    /// Questions whose document or answer is known.
    package var withPlace = 0
    /// Questions whose answer is known.
    package var withAnswer = 0
    /// Questions that nothing answers.
    package var unanswerable = 0
    /// False where the run was stopped: the figures are of the questions asked until then.
    package var isComplete = true
    /// Milliseconds of a search, measured on at most 60 questions with no passage kept from earlier ones: the median.
    package var searchMedian = 0.0
    /// The time that 95 of 100 searches do not exceed.
    package var search95 = 0.0
    /// The median of an answer.
    package var askMedian = 0.0
}
