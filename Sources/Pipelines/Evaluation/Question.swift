import Foundation

/// A question, with what is expected of its answer where that is known.
package struct Question: Sendable, Codable, Equatable {
    /// The question in words.
    package let question: String
    /// Words that the answer must hold.
    package var answer: String?
    /// Other texts that are as right as `answer`.
    package var answers: [String]?
    /// The path of the document that holds the answer.
    package var document: String?
    /// The paths of all documents that should be found, where there are several.
    package var documents: [String]?
    /// As `documents`, each with what finding it is worth: a larger number for a better document.
    package var grades: [String: Double]?
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

    /// A question whose right documents are known.
    package init(_ question: String, answers: [String] = [], grades: [String: Double]) {
        self.question = question
        answer = answers.first
        self.answers = answers.count > 1 ? answers : nil
        self.grades = grades
    }

    /// Every text that is a right answer; empty where none is known.
    package var rightAnswers: [String] { [answer].compactMap(\.self) + (answers ?? []) }

    /// The documents to be found with their grades; nil where the question names no set of documents.
    package var gold: [String: Double]? {
        grades?.filter { $0.value > 0 } ?? documents.map { Dictionary($0.map { ($0, 1) }) { one, _ in one } }
    }

    /// Whether the answer is a yes, a no or a maybe, which stands in no text.
    package var isYesOrNo: Bool {
        !rightAnswers.isEmpty && rightAnswers.allSatisfy { ["yes", "no", "maybe"].contains($0.lowercased()) }
    }

    /// Reads a JSON array of questions, every key but the first optional.
    package static func read(_ path: String) throws -> [Question] {
        let data = try PipelineError.contents(of: path)
        // The decoder's own error names a coding path, which helps nobody who named another file.
        guard let questions = try? JSONDecoder().decode([Question].self, from: data) else {
            throw PipelineError(
                .badQuestions(.notQuestions), subject: path,
                fact: "is no JSON array of {question, answer, document, documents, answerable}")
        }
        guard !questions.isEmpty else {
            throw PipelineError(.badQuestions(.empty), subject: path, fact: "holds no question")
        }
        return questions
    }
}
