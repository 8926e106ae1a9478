import Foundation

/// An answer that a server of language models sends in pieces, as server-sent events.
struct StreamedAnswer {
    typealias Failure = (GeneratorFault, String) -> PipelineError

    private struct Chunk: Decodable {
        struct Choice: Decodable {
            struct Delta: Decodable { let content: String? }
            let delta: Delta?
            let finish_reason: String?
        }
        let choices: [Choice]
    }

    private var lines = EventLines()
    private var written = WrittenText()
    private var isFinished = false

    /// Takes bytes as they come, and gives the pieces of the answer in them.
    ///
    /// - Throws: what `failure` makes of an event that is no piece.
    mutating func take(_ bytes: Data, _ failure: Failure) throws -> [String] {
        var pieces: [String] = []
        for line in lines.take(bytes) {
            guard line != "[DONE]" else {
                isFinished = true
                continue
            }
            // What the server sent says more than why it cannot be decoded.
            guard let chunk = try? JSONDecoder().decode(Chunk.self, from: Data(line.utf8)) else {
                throw failure(.noContent, "sent an event without choices: \(HTTPGenerator.excerpt(Data(line.utf8)))")
            }
            // A last chunk that only counts tokens has no choice.
            guard let choice = chunk.choices.first else { continue }
            if choice.finish_reason != nil { isFinished = true }
            let piece = written.take(choice.delta?.content ?? "")
            if !piece.isEmpty { pieces.append(piece) }
        }
        return pieces
    }

    /// The whole answer when the server has ended its stream, and the piece of it that was kept back.
    ///
    /// - Throws: what `failure` makes of a stream that breaks off, or has no text.
    mutating func end(_ failure: Failure) throws -> (whole: String, rest: String) {
        guard isFinished else { throw failure(.exchangeFailed, "its answer broke off") }
        let rest = written.end()
        guard !written.text.isEmpty else { throw failure(.emptyAnswer, "answered with no text") }
        return (written.text, rest)
    }
}
