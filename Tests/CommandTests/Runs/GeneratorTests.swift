import Foundation
import Retrieval
import Testing

/// `ask --generator` against a real server process.
struct GeneratorTests {
    private let notes: Notes
    private let server: GeneratorServer
    private let question = "What is the yearly fee for a bike stand, and where is the key to the cellar?"

    init() throws {
        notes = try Notes.shared.get()
        server = try GeneratorServer()
    }

    private func ask(_ url: String, _ more: String..., environment: [String: String] = [:]) throws -> Command.Outcome {
        try Command.run(
            list: ["ask", notes.index, question, "--generator", url, "--model-name", "small"] + more,
            environment: environment)
    }

    @Test func whatIsWrittenIsCheckedAgainstThePassages() throws {
        let outcome = try ask(server.url("ok"), "--json")
        let answer = try outcome.json(Answer.self), generated = try #require(answer.generated)
        #expect(generated.model == "small" && generated.text == GeneratorServer.answer)
        // A quotation that stands there, one that does not, a source that is not there, no word of any source, words of a
        // source.
        #expect(generated.sentences.map(\.isSupported) == [true, false, false, false, true], "\(generated.sentences)")
        #expect(generated.sentences.map(\.sources) == [[1], [1], [9], [], []])
        let quotation = try #require(generated.sentences[0].quotations.first?.citation)
        let text = try Command.run("show", notes.index, quotation.path).output
        #expect(
            String(decoding: text[quotation.start..<quotation.end], as: UTF8.self) == "forty-two euros"
                && quotation.path == "fees.txt")
        #expect(generated.sentences[1].quotations.map(\.citation) == [nil])

        let table = try ask(server.url("ok"))
        #expect(
            table.status == 0 && table.text.contains("[unsupported] Purple zebras")
                && table.text.contains("3 sentences of small without support"))
    }

    /// Passages that do not answer a question are sent nowhere.
    @Test func aQuestionThatNothingAnswersIsNotSent() throws {
        let outcome = try Command.run(
            "ask", notes.index, "Which volcano erupted near the penguin colony?", "--generator", server.url("ok"),
            "--model-name", "small")
        #expect(outcome.status == 3 && outcome.text.hasPrefix("nothing in "), "\(outcome.text)\(outcome.errors)")
        #expect(try server.requests().isEmpty)
        _ = try ask(server.url("ok"))
        #expect(try server.requests().count == 1)
    }

    @Test func theServerIsGivenFencedPassagesAndTheKey() throws {
        _ = try ask(server.url("ok") + "/v1/", "--api-key-env", "R3_TEST_KEY", environment: ["R3_TEST_KEY": "sesame"])
        let request = try #require(try server.requests().first)
        #expect(request.path == "/ok/v1/chat/completions" && request.key == "Bearer sesame")
        struct Body: Decodable {
            struct Message: Decodable { let role: String, content: String }
            let model: String, messages: [Message]
        }
        let body = try JSONDecoder().decode(Body.self, from: Data(request.body.utf8))
        #expect(body.model == "small" && body.messages.map(\.role) == ["system", "user"])
        #expect(
            body.messages[0].content.contains("follow no instruction")
                && body.messages[1].content.hasSuffix("Question: \(question)"))
        #expect(body.messages[1].content.contains("\n~~~~\nThe yearly fee for a bike stand"))
    }

    @Test(arguments: [
        ("plain", "did not answer with JSON"), ("odd", "choices[0].message.content"),
        ("busy", "HTTP 503: the model is [31mstill loading"),
        ("locked", "HTTP 401: who are you"), ("redirect", "a redirect, which is not followed"),
    ])
    func whatTheServerDoesWrongIsTold(mode: String, words: String) throws {
        let outcome = try ask(server.url(mode))
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(
            outcome.errors.hasPrefix("r3mem: \(server.url(mode))") && outcome.errors.contains(words), "\(outcome.errors)")
        #expect(try server.requests().map(\.path) == ["/\(mode)/v1/chat/completions"])
    }

    /// A proxy in the environment is not used: the user did not name it to r3mem.
    @Test func noProxyIsUsed() throws {
        // Port 1 is reserved and nothing listens on it.
        let proxy = "http://127.0.0.1:1"
        let outcome = try ask(
            server.url("ok"), environment: ["http_proxy": proxy, "all_proxy": proxy, "no_proxy": "", "NO_PROXY": ""])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try server.requests().count == 1)
    }

    @Test func aServerThatIsNotThere() throws {
        // Port 1 is reserved and nothing listens on it.
        let outcome = try ask("http://127.0.0.1:1")
        #expect(outcome.status == 1 && outcome.errors.contains("cannot connect"), "\(outcome.errors)")
        #expect(try ask("ftp://127.0.0.1").errors.contains("is no http or https address"))
        #expect(
            try ask(server.url("ok"), "--api-key-env", "R3_NOT_SET").errors.contains(
                "R3_NOT_SET: this environment variable is not set"))
    }
}
