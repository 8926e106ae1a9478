import Foundation

extension EvaluationSet {
    private struct SquadFile: Decodable {
        struct Article: Decodable {
            let title: String
            let paragraphs: [Paragraph]
        }
        struct Paragraph: Decodable {
            let context: String
            let qas: [Asked]
        }
        struct Asked: Decodable {
            let question: String
            let answers: [Answer]
            let is_impossible: Bool?
        }
        struct Answer: Decodable {
            let text: String
            let answer_start: Int
        }
        let data: [Article]
    }

    /// A file in the form of SQuAD 1.1 or 2.0, asked openly over all its paragraphs: one document an article.
    ///
    /// A question that SQuAD 2.0 marks as impossible is one that nothing answers.
    package static func squad(_ path: String) throws -> EvaluationSet {
        let data = try PipelineError.contents(of: path)
        guard let file = try? JSONDecoder().decode(SquadFile.self, from: data) else {
            throw fault(path, "is not a file in the SQuAD form")
        }
        var set = EvaluationSet(name: "squad, open")
        for (number, article) in file.data.enumerated() {
            var text = ""
            var asked: [Question] = []
            for paragraph in article.paragraphs {
                let base = text.utf8.count
                for question in paragraph.qas {
                    if question.is_impossible == true {
                        asked.append(Question(question.question, answerable: false))
                        continue
                    }
                    guard let answer = question.answers.first else { continue }
                    let start = paragraph.context.unicodeScalars.prefix(max(0, answer.answer_start)).reduce(0) {
                        $0 + UTF8.width($1)
                    }
                    var known = Question(
                        question.question, answer: answer.text, document: article.title, offset: base + start)
                    let others = question.answers.map(\.text).filter { $0 != answer.text }
                    if !others.isEmpty { known.answers = Array(Set(others)).sorted() }
                    asked.append(known)
                }
                text += paragraph.context + "\n\n"
            }
            // Articles of one title are distinct documents.
            let identifier = set.path(of: article.title) == nil ? article.title : "\(article.title) \(number)"
            set.add(identifier, text: text)
            let place = set.path(of: identifier)
            for question in asked {
                var question = question
                if question.document != nil { question.document = place }
                set.questions.append(question)
            }
        }
        guard set.questions.contains(where: { $0.answer != nil }) else {
            throw fault(path, "holds no question with an answer", .empty)
        }
        return try set.checked(path)
    }
}
