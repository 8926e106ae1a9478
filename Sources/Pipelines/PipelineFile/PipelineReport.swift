import Retrieval

/// What a pipeline did.
package struct PipelineReport: Sendable, Codable, Equatable {
    /// How many questions went as expected, out of those for which something is expected.
    package struct Summary: Sendable, Codable, Equatable {
        /// The questions of the file.
        package var questions = 0
        /// How long answering took.
        package var seconds = 0.0
        /// Questions with a known answer.
        package var withAnswer = 0
        /// Those whose answer's text holds the known answer.
        package var answerQuoted = 0
        /// Questions with a known document.
        package var withDocument = 0
        /// Those with the document as the first passage.
        package var documentFirst = 0
        /// Those with the document as any passage.
        package var documentFound = 0
        /// Questions that the corpus does not answer.
        package var unanswerable = 0
        /// Those to which nothing was said.
        package var declined = 0
    }

    /// What indexing did.
    package let index: IndexReport
    package internal(set) var answers: [PipelineAnswer] = []
    /// False where the run was stopped.
    package internal(set) var isComplete: Bool
    package internal(set) var summary = Summary()
}

extension PipelineReport.Summary {
    mutating func set(_ metrics: AnswerMetrics) {
        withAnswer = metrics.answered.total
        answerQuoted = metrics.answered.right
        withDocument = metrics.ranks.questions
        documentFirst = metrics.ranks.hits(within: 1)
        documentFound = metrics.ranks.hits(within: .max - 1)
        unanswerable = metrics.refused.total
        declined = metrics.refused.right
    }
}

/// One question of a pipeline with its answer.
package struct PipelineAnswer: Sendable, Codable, Equatable {
    /// The question in words.
    package let question: String
    /// The text of the answer; nil where nothing was found.
    package let text: String?
    /// The path of the document that the answer quotes first. When a generator wrote an answer without quotation, the path
    /// of the first passage.
    package let citedDocument: String?
    /// Whether the answer is as expected: its text holds the expected words, or there is none and none was expected. Nil
    /// when the question states no expectation.
    package let isRight: Bool?
    /// The rank of the expected document among the passages, from 1.
    package let documentRank: Int?
    /// How long the answer took.
    package let seconds: Double
    /// What was said.
    package let answer: Answer
}
