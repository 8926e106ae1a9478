import Foundation

/// Sets in JSON whose questions come with the texts that answer them.
extension EvaluationSet {
    private struct HotpotItem: Decodable {
        struct Paragraph: Decodable {
            let title: String
            let sentences: [String]

            init(from decoder: any Decoder) throws {
                var parts = try decoder.unkeyedContainer()
                title = try parts.decode(String.self)
                sentences = try parts.decode([String].self)
            }
        }
        struct Fact: Decodable {
            let title: String

            init(from decoder: any Decoder) throws {
                var parts = try decoder.unkeyedContainer()
                title = try parts.decode(String.self)
            }
        }
        let question: String
        let answer: String
        let context: [Paragraph]
        let supporting_facts: [Fact]
    }

    /// A file in the form of HotpotQA, asked over the paragraphs of all its questions. All paragraphs with a supporting fact
    /// are to be found.
    package static func hotpot(_ path: String) throws -> EvaluationSet {
        let data = try PipelineError.contents(of: path)
        guard let items = try? JSONDecoder().decode([HotpotItem].self, from: data) else {
            throw fault(path, "is not a file in the HotpotQA form")
        }
        var set = EvaluationSet(name: "hotpot")
        for item in items {
            for paragraph in item.context {
                set.add(paragraph.title, title: paragraph.title, text: paragraph.sentences.joined())
            }
            let gold = Set(item.supporting_facts.map(\.title)).compactMap { set.path(of: $0) }
            let grades = Dictionary(uniqueKeysWithValues: gold.map { ($0, 1.0) })
            set.questions.append(Question(item.question, answers: [item.answer], grades: grades))
        }
        return try set.checked(path)
    }

    private struct PubMedItem: Decodable {
        let QUESTION: String
        let CONTEXTS: [String]
        let final_decision: String
    }

    /// A file in the form of PubMedQA: the abstracts of all questions are the documents, and the answer is yes, no or maybe.
    package static func pubMed(_ path: String) throws -> EvaluationSet {
        let data = try PipelineError.contents(of: path)
        guard let items = try? JSONDecoder().decode([String: PubMedItem].self, from: data) else {
            throw fault(path, "is not a file in the PubMedQA form")
        }
        var set = EvaluationSet(name: "pubmedqa")
        for (identifier, item) in items.sorted(by: { $0.key < $1.key }) {
            set.add(identifier, text: item.CONTEXTS.joined(separator: "\n\n"))
            guard let place = set.path(of: identifier) else { continue }
            set.questions.append(Question(item.QUESTION, answers: [item.final_decision], grades: [place: 1]))
        }
        return try set.checked(path)
    }
}
