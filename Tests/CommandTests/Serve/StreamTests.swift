import Foundation
import TestSupport
import Testing

/// Answers of a generator that come while it writes.
struct StreamTests {
    private let generator: GeneratorServer
    private let question = "What is the yearly fee for a bike stand?"

    init() throws { generator = try GeneratorServer() }

    private func server(_ mode: String) throws -> RunningServer {
        try RunningServer(
            Notes.shared.get().index, "--generator", generator.url(mode), "--model-name", "small", "--questions", "1")
    }

    private func ask(
        _ server: RunningServer, _ body: String, at target: String = "/v1/ask"
    ) throws -> RunningServer.Connection {
        let connection = try server.connect()
        connection.send(
            "POST \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return connection
    }

    @Test func eventsPassOnWhatIsWrittenAsItComes() throws {
        let server = try server("pieces")
        let connection = try ask(server, #"{"question": "\#(question)", "stream": true}"#)
        // The generator waits after its first piece: it can only have come by itself.
        let first = connection.answer(upTo: "event: piece")
        #expect(first.contains("event: answer") && !first.contains("event: done"), "\(first)")
        try generator.goOn()
        let rest = connection.answer(upTo: "event: done") + String(decoding: connection.rest(), as: UTF8.self)
        let pieces = try (first + rest).matches(of: #/event: piece\ndata: (\{.*\})\n/#).map { match in
            try JSONDecoder().decode([String: String].self, from: Data(match.output.1.utf8))["text"]
        }
        let text = GeneratorServer.pieces.joined()
        // White space waits for the word after it.
        #expect(pieces == ["The fee is", " “forty-two", " euros” a year [1]."], "\(first)\(rest)")
        let done = try #require((first + rest).firstMatch(of: #/event: done\ndata: (\{.*\})\n/#)?.output.1)
        let generated = try JSONDecoder().decode(JSONValue.self, from: Data(done.utf8))["generated"]
        #expect(generated?["text"] == .string(text) && generated?["sentences", "0", "isSupported"] == .boolean(true))
        #expect(server.stop() == 0)
    }

    @Test func aChatPassesOnWhatIsWrittenAsItComes() throws {
        let server = try server("pieces")
        let body = #"{"model": "notes", "stream": true, "messages": [{"role": "user", "content": "\#(question)"}]}"#
        let connection = try ask(server, body, at: "/v1/chat/completions")
        let first = connection.answer(upTo: "The fee is")
        #expect(first.contains("The fee is") && !first.contains("finish_reason\":\"stop"), "\(first)")
        try generator.goOn()
        let all = first + String(decoding: connection.rest(), as: UTF8.self)
        let chunks = all.matches(of: #/data: (\{.*\})\n/#).compactMap {
            try? JSONDecoder().decode(JSONValue.self, from: Data($0.output.1.utf8))
        }
        let said = chunks.compactMap { chunk -> String? in
            if case .string(let text) = chunk["choices", "0", "delta", "content"] { text } else { nil }
        }
        // The text is that of the answer in one piece.
        let whole = try server.post("/v1/chat/completions", body.replacing("\"stream\": true, ", with: "")).json()
        #expect(whole["choices", "0", "message", "content"] == .string(said.joined()), "\(all)")
        #expect(said.joined().hasPrefix(GeneratorServer.pieces.joined()) && all.hasSuffix("data: [DONE]\n\n\r\n0\r\n\r\n"))
        #expect(Set(chunks.compactMap { chunk in chunk["id"].map { "\($0)" } }).count == 1)
        #expect(chunks.last?["citations", "0", "path"] == .string("fees.txt"))
        #expect(server.stop() == 0)
    }

    /// The generator writes without end. Only one question runs at a time: the next one is answered when the place is free.
    @Test func aClientThatGoesAwayEndsTheGenerator() throws {
        let server = try server("endless")
        do {
            let connection = try ask(server, #"{"question": "\#(question)", "stream": true}"#)
            #expect(connection.answer(upTo: "event: piece").contains("event: piece"))
        }
        let deadline = Date().addingTimeInterval(60)
        while !generator.isLeft, Date() < deadline { usleep(10_000) }
        #expect(generator.isLeft)
        #expect(try server.post("/v1/search", #"{"query": "fee"}"#).status == 200)
        #expect(server.stop() == 0)
    }

    @Test func anAnswerThatBreaksOffIsAnError() throws {
        let server = try server("broken")
        let events = try server.post("/v1/ask", #"{"question": "\#(question)", "stream": true}"#).text
        #expect(events.contains("event: piece") && events.contains("event: error") && !events.contains("event: done"))
        let chat = try server.post(
            "/v1/chat/completions",
            #"{"model": "notes", "stream": true, "messages": [{"role": "user", "content": "\#(question)"}]}"#
        ).text
        #expect(chat.contains("data: {\"error\":") && !chat.contains("[DONE]"), "\(chat)")
        #expect(server.stop() == 0)
        // What a generator wrote may quote the documents, and is not logged.
        #expect(server.log.contains("the language model fails") && !server.log.contains("The fee"), "\(server.log)")
    }

    /// A server that knows no pieces answers with the whole.
    @Test func aGeneratorWithoutPiecesIsOnePiece() throws {
        let server = try server("ok")
        let events = try server.post("/v1/ask", #"{"question": "\#(question)", "stream": true}"#).text
        #expect(events.matches(of: #/event: piece/#).count == 1 && events.contains("event: done"), "\(events)")
        #expect(try generator.requests().allSatisfy { $0.body.contains("\"stream\":true") })
        #expect(server.stop() == 0)
    }
}
