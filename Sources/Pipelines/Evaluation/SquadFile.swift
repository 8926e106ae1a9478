import Corpora
import Foundation
import Retrieval

/// Questions in the SQuAD 1.1 form, asked openly over all its paragraphs: one document an article.
package struct SquadFile: Sendable {
    /// The articles: a name and a text each.
    package let documents: [(path: String, text: String)]
    /// The questions with an answer.
    package let questions: [Question]

    private struct File: Decodable {
        struct Article: Decodable {
            let title: String
            let paragraphs: [Paragraph]
        }
        struct Paragraph: Decodable {
            let context: String
            let qas: [QuestionWithAnswers]
        }
        struct QuestionWithAnswers: Decodable {
            let question: String
            let answers: [Answer]
        }
        struct Answer: Decodable {
            let text: String
            let answer_start: Int
        }
        let data: [Article]
    }

    /// Reads a file.
    package init(path: String) throws {
        let json = try PipelineError.contents(of: path)
        // The decoder's own error names a coding path, which helps nobody who named another file.
        guard let file = try? JSONDecoder().decode(File.self, from: json) else {
            throw PipelineError(.badQuestions(.notSquad), subject: path, fact: "is not a file in the SQuAD form")
        }
        var documents: [(path: String, text: String)] = []
        var questions: [Question] = []
        for article in file.data {
            let name = article.title.replacingOccurrences(of: "/", with: "_") + ".txt"
            var text = ""
            for paragraph in article.paragraphs {
                let base = text.utf8.count
                for asked in paragraph.qas {
                    guard let answer = asked.answers.first else { continue }
                    let start = paragraph.context.unicodeScalars.prefix(answer.answer_start).reduce(0) {
                        $0 + UTF8.width($1)
                    }
                    questions.append(Question(asked.question, answer: answer.text, document: name, offset: base + start))
                }
                text += paragraph.context + "\n\n"
            }
            documents.append((name, text))
        }
        guard !questions.isEmpty else {
            throw PipelineError(.badQuestions(.empty), subject: path, fact: "holds no question with an answer")
        }
        self.documents = documents
        self.questions = questions
    }

    /// Indexes the articles in a temporary folder and asks the questions.
    /// - Parameter limit: the largest number of questions, spread over the file.
    package func evaluate(
        model: LoadedModel, threads: Int = 0, limit: Int, worker: Worker.Program,
        progress: @escaping ProgressReport
    ) throws -> RetrievalReport {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("r3mem-squad-\(UUID().uuidString)")
        let root = home.appendingPathComponent("text")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }  // a leftover harms nothing
        for document in documents { try Data(document.text.utf8).write(to: root.appendingPathComponent(document.path)) }
        let file = home.appendingPathComponent("squad.r3").path
        var options = IndexOptions(roots: [root.path])
        options.hidden = true
        _ = try Indexing(model: model, options: options, threads: threads, worker: worker)
            .index(to: file, progress: progress)
        return try OpenIndex(path: file, model: model, threads: threads)
            .evaluate(questions.spread(limit), name: "squad, open", progress: progress)
    }
}
