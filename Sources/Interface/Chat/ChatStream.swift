import Retrieval

/// An answer as the objects of a stream: the text in pieces, then the citations.
package struct ChatStream: Sendable {
    private struct Chunk: Encodable, Sendable {
        struct Choice: Encodable, Sendable {
            let index = 0
            let delta: [String: String]
            let finish_reason: String?
        }

        let id: String
        let object = "chat.completion.chunk"
        let created: Int
        let model: String
        let choices: [Choice]
        let usage: ChatAnswer.Usage?
        let citations: [ChatAnswer.Citation]?
    }

    private let request: ChatRequest
    private let head: ChatAnswer.Head

    package init(_ request: ChatRequest) {
        self.request = request
        head = ChatAnswer.Head(model: request.model)
    }

    /// The first object, which says who speaks.
    package var opening: some Encodable { chunk(["role": "assistant", "content": ""]) }

    /// A piece of the text.
    package func piece(_ text: String) -> some Encodable { chunk(["content": text]) }

    /// The objects after what a generator has written, which pieces have told already; of an answer without a generator all
    /// of the text.
    package func rest(of answer: Answer) -> [any Encodable] {
        let whole = ChatAnswer(answer, head, words: request.question)
        let told = answer.isFound ? answer.generated?.text ?? "" : ""
        let pieces = whole.text.dropFirst(told.count).split(separator: "\n", omittingEmptySubsequences: false)
        var chunks = pieces.enumerated().map { i, piece in
            chunk(["content": piece + (i + 1 < pieces.count ? "\n" : "")])
        }
        chunks.append(chunk([:], citations: whole.citations))
        if request.includesUsage {
            chunks.append(
                Chunk(
                    id: head.id, created: head.created, model: head.model, choices: [], usage: whole.usage, citations: nil))
        }
        return chunks
    }

    /// - Parameter citations: of the last object alone.
    private func chunk(_ delta: [String: String], citations: [ChatAnswer.Citation]? = nil) -> Chunk {
        Chunk(
            id: head.id, created: head.created, model: head.model,
            choices: [.init(delta: delta, finish_reason: citations == nil ? nil : "stop")], usage: nil, citations: citations)
    }
}
