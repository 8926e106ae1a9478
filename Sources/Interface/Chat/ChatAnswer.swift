import Foundation
import Retrieval

/// An answer in the words of a chat: the short answer, the quotations, and a list of their places.
package struct ChatAnswer: Sendable {
    /// What all objects of one answer have in common.
    struct Head: Sendable {
        let id = "chatcmpl-" + UUID().uuidString.lowercased()
        let created = Int(Date().timeIntervalSince1970)
        let model: String
    }

    /// A quotation that the text of the answer points to.
    struct Citation: Encodable, Sendable {
        /// The number in the text, from 1.
        let number: Int
        let quote: Quote

        private enum Key: String, CodingKey { case number }

        func encode(to encoder: any Encoder) throws {
            try quote.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(number, forKey: .number)
        }
    }

    private struct Completion: Encodable {
        struct Choice: Encodable {
            let index = 0
            let message: [String: String]
            let finish_reason = "stop"
            let logprobs: String?
        }

        let id: String
        let object = "chat.completion"
        let created: Int
        let model: String
        let choices: [Choice]
        let usage: Usage
        let citations: [Citation]
    }

    /// Estimates: a token is taken for four bytes.
    struct Usage: Encodable, Sendable {
        let prompt_tokens: Int
        let completion_tokens: Int
        let total_tokens: Int
    }

    /// The whole text.
    let text: String
    let citations: [Citation]
    private let head: Head
    let usage: Usage

    init(_ answer: Answer, _ head: Head, words question: String) {
        self.head = head
        citations = answer.isFound ? ChatAnswer.citations(of: answer) : []
        text = ChatAnswer.text(of: answer, citations)
        let (asked, said) = ((question.utf8.count + 3) / 4, (text.utf8.count + 3) / 4)
        usage = Usage(prompt_tokens: asked, completion_tokens: said, total_tokens: asked + said)
    }

    /// The answer as one object.
    package var completion: some Encodable {
        Completion(
            id: head.id, created: head.created, model: head.model,
            choices: [.init(message: ["role": "assistant", "content": text], logprobs: nil)], usage: usage,
            citations: citations)
    }

    private static func citations(of answer: Answer) -> [Citation] {
        answer.sentences.enumerated().map { i, sentence in Citation(number: i + 1, quote: Quote(sentence)) }
    }

    private static func text(of answer: Answer, _ citations: [Citation]) -> String {
        guard answer.isFound else {
            let missing = answer.missing.map { "“\($0)”" }.joined(separator: ", ")
            return "Nothing in the documents answers this" + (missing.isEmpty ? "." : ": they say nothing of \(missing).")
        }
        var lines: [String] = []
        if let generated = answer.generated {
            lines += [generated.text, ""]
        } else if let short = answer.shortAnswer, short.text != answer.sentences.first?.text {
            lines += ["\(short.text) [\(short.sentence)]", ""]
        }
        // The numbers of a generated text are those of the passages that it was given.
        for citation in citations {
            lines += [
                answer.generated == nil ? "“\(citation.quote.text)” [\(citation.number)]" : "“\(citation.quote.text)”", "",
            ]
        }
        for citation in citations {
            let quote = citation.quote
            let place =
                quote.page.map { ", page \($0)" }
                ?? (quote.headings.isEmpty ? "" : " › " + quote.headings.joined(separator: " › "))
            lines.append((answer.generated == nil ? "[\(citation.number)] " : "") + quote.path + place)
        }
        return lines.joined(separator: "\n")
    }
}
