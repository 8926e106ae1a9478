import Foundation

/// A question, with what is expected of its answer where that is known.
package struct Question: Sendable, Codable, Equatable {
    /// The question in words.
    package let question: String
    /// Words that the answer must hold.
    package var answer: String?
    /// The path of the document that holds the answer.
    package var document: String?
    /// False where nothing in the corpus answers the question.
    package var answerable: Bool?
    /// Where the answer starts in the document's text, in bytes.
    package var offset: Int?

    /// A question with what is known of its answer.
    package init(
        _ question: String, answer: String? = nil, document: String? = nil, answerable: Bool? = nil, offset: Int? = nil
    ) {
        self.question = question
        self.answer = answer
        self.document = document
        self.answerable = answerable
        self.offset = offset
    }

    /// Reads a JSON array of `{question, answer, document, answerable}`, all but the first optional.
    package static func read(_ path: String) throws -> [Question] {
        let data = try PipelineError.contents(of: path)
        // The decoder's own error names a coding path, which helps nobody who named another file.
        guard let questions = try? JSONDecoder().decode([Question].self, from: data) else {
            throw PipelineError(
                .badQuestions(.notQuestions), subject: path,
                fact: "is no JSON array of {question, answer, document, answerable}")
        }
        guard !questions.isEmpty else {
            throw PipelineError(.badQuestions(.empty), subject: path, fact: "holds no question")
        }
        return questions
    }
}
