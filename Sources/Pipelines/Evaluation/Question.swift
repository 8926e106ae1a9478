import Foundation

/// A question, with what is expected of its answer where that is known.
package struct Question: Sendable, Encodable, Equatable {
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

    /// Reads a JSON array of questions: texts, or objects whose every key but the first is optional.
    package static func read(_ path: String) throws -> [Question] {
        let data = try PipelineError.contents(of: path)
        let questions: [Question]
        do {
            questions = try JSONDecoder().decode([Question].self, from: data)
        } catch let fault as UnreadQuestion {
            throw PipelineError(.badQuestions(.notQuestions), subject: path, fact: fault.fact)
        } catch {
            // The decoder's own error names a coding path, which helps nobody who named another file.
            throw PipelineError(
                .badQuestions(.notQuestions), subject: path,
                fact: "is no JSON array of texts or of {question, answer, answers, document, documents, grades, answerable}")
        }
        guard !questions.isEmpty else {
            throw PipelineError(.badQuestions(.empty), subject: path, fact: "holds no question")
        }
        return questions
    }
}

/// What is wrong with one question of a file.
private struct UnreadQuestion: Error {
    let fact: String

    init(_ fact: String, _ decoder: any Decoder) {
        let number = decoder.codingPath.last?.intValue.map { "question \($0 + 1)" } ?? "a question"
        self.fact = "\(number) \(fact)"
    }
}

extension Question: Decodable {
    private enum Key: String, CodingKey, CaseIterable {
        case question, answer, answers, document, documents, grades, answerable, offset
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads a question. What expects nothing, such as an empty answer, counts as absent.
    /// - Throws: where a key is not known, or the question has an answer and none.
    package init(from decoder: any Decoder) throws {
        // An object is no text: its keys are read below.
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init(text)
            return
        }
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where Key(rawValue: key.stringValue) == nil {
            let known = Key.allCases.filter { $0 != .offset }.map(\.rawValue).joined(separator: ", ")
            throw UnreadQuestion("has the unknown key \"\(key.stringValue)\"; the known ones are \(known)", decoder)
        }
        let values = try decoder.container(keyedBy: Key.self)
        self.init(try values.decode(String.self, forKey: .question))
        answer = try values.decodeIfPresent(String.self, forKey: .answer).flatMap { $0.isEmpty ? nil : $0 }
        answers = try values.decodeIfPresent([String].self, forKey: .answers)?.filter { !$0.isEmpty }
        document = try values.decodeIfPresent(String.self, forKey: .document)
        documents = try values.decodeIfPresent([String].self, forKey: .documents).flatMap { $0.isEmpty ? nil : $0 }
        let grades = try values.decodeIfPresent([String: Double].self, forKey: .grades)
        self.grades = grades.flatMap { $0.values.contains { $0 > 0 } ? $0 : nil }
        answerable = try values.decodeIfPresent(Bool.self, forKey: .answerable)
        offset = try values.decodeIfPresent(Int.self, forKey: .offset)
        if answerable == false, !rightAnswers.isEmpty {
            throw UnreadQuestion("has an answer, and is said to be unanswerable", decoder)
        }
    }
}
