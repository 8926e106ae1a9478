import Foundation
import Retrieval

/// An answer in the words of a chat: the short answer, the quotations, and a list of their places.
package struct ChatAnswer: Sendable {
    /// A quotation that the text of the answer points to.
    struct Citation: Encodable, Sendable {
        /// The number in the text, from 1.
        let number: Int
        let path: String
        let title: String
        let page: Int?
        let headings: [String]
        let start: Int
        let end: Int
        let text: String
        let exact: Bool
        let sha256: String
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

    private struct Chunk: Encodable {
        struct Choice: Encodable {
            let index = 0
            let delta: [String: String]
            let finish_reason: String?
        }

        let id: String
        let object = "chat.completion.chunk"
        let created: Int
        let model: String
        let choices: [Choice]
        let usage: Usage?
        let citations: [Citation]?
    }

    /// Estimates: a token is taken for four bytes.
    private struct Usage: Encodable {
        let prompt_tokens: Int
        let completion_tokens: Int
        let total_tokens: Int
    }

    /// The whole text.
    let text: String
    let citations: [Citation]
    private let id = "chatcmpl-" + UUID().uuidString.lowercased()
    private let created = Int(Date().timeIntervalSince1970)
    private let model: String
    private let usage: Usage

    init(_ answer: Answer, model: String, words question: String) {
        self.model = model
        citations = answer.isFound ? ChatAnswer.citations(of: answer) : []
        text = ChatAnswer.text(of: answer, citations)
        let (asked, said) = ((question.utf8.count + 3) / 4, (text.utf8.count + 3) / 4)
        usage = Usage(prompt_tokens: asked, completion_tokens: said, total_tokens: asked + said)
    }

    /// The answer as one object.
    package var completion: some Encodable {
        Completion(
            id: id, created: created, model: model,
            choices: [.init(message: ["role": "assistant", "content": text], logprobs: nil)], usage: usage,
            citations: citations)
    }

    /// The answer as the objects of a stream: the text in pieces, then the citations.
    package func chunks(includesUsage: Bool) -> [any Encodable & Sendable] {
        func chunk(_ delta: [String: String], end: Bool = false) -> Chunk {
            Chunk(
                id: id, created: created, model: model, choices: [.init(delta: delta, finish_reason: end ? "stop" : nil)],
                usage: nil, citations: end ? citations : nil)
        }
        let pieces = text.split(separator: "\n", omittingEmptySubsequences: false)
        var chunks = [chunk(["role": "assistant", "content": ""])]
        for (i, piece) in pieces.enumerated() {
            chunks.append(chunk(["content": piece + (i + 1 < pieces.count ? "\n" : "")]))
        }
        chunks.append(chunk([:], end: true))
        if includesUsage {
            chunks.append(Chunk(id: id, created: created, model: model, choices: [], usage: usage, citations: nil))
        }
        return chunks
    }

    private static func citations(of answer: Answer) -> [Citation] {
        answer.sentences.enumerated().map { i, sentence in
            let place = sentence.citation
            return Citation(
                number: i + 1, path: place.path, title: place.title, page: place.page, headings: place.headings,
                start: place.start, end: place.end, text: sentence.text, exact: true, sha256: TextHash.of(sentence.text))
        }
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
            lines += [answer.generated == nil ? "“\(citation.text)” [\(citation.number)]" : "“\(citation.text)”", ""]
        }
        for citation in citations {
            let place =
                citation.page.map { ", page \($0)" }
                ?? (citation.headings.isEmpty ? "" : " › " + citation.headings.joined(separator: " › "))
            lines.append((answer.generated == nil ? "[\(citation.number)] " : "") + citation.path + place)
        }
        return lines.joined(separator: "\n")
    }
}
