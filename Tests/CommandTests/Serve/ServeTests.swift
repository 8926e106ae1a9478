import Foundation
import TestSupport
import Testing

/// The API of `r3mem serve`.
struct ServeTests {
    private let notes: Notes
    private static let shared = Result { try RunningServer(Notes.shared.get().index, "--allow-refresh") }
    private let server: RunningServer

    init() throws {
        notes = try Notes.shared.get()
        server = try ServeTests.shared.get()
    }

    /// The output of a command as JSON.
    private func command(_ arguments: String...) throws -> JSONValue {
        try Command.run(list: arguments + ["--json"]).json(JSONValue.self)
    }

    @Test func healthNeedsNothing() throws {
        let reply = try server.get("/health")
        try #expect(reply.status == 200 && (reply.json()["status"]) == .string("ok"))
        try #expect(server.send("HEAD", "/health").body.isEmpty)
    }

    @Test func searchAnswersAsTheCommandLine() throws {
        let reply = try server.post("/v1/search", #"{"query": "cellqr fee", "limit": 3}"#)
        #expect(reply.status == 200, "\(reply.text)")
        try #expect(reply.json() == command("search", notes.index, "cellqr fee", "--top", "3"))
        let filtered = try server.post("/v1/search", #"{"query": "cellar", "type": ["md", "pdf"], "path": "keys/*"}"#)
        try #expect(
            filtered.json() == command("search", notes.index, "cellar", "--type", "md", "--type", "pdf", "--path", "keys/*"))
    }

    @Test func askAnswersAsTheCommandLine() throws {
        let question = "What is the yearly fee for a bike stand?"
        let reply = try server.post("/v1/ask", #"{"question": "\#(question)"}"#)
        try #expect(reply.json() == command("ask", notes.index, question))
        let events = try server.post("/v1/ask", #"{"question": "\#(question)", "stream": true}"#)
        #expect(events.headers["content-type"] == "text/event-stream")
        let parts = events.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
        #expect(parts.map { $0.prefix { $0 != "\n" } } == ["event: answer", "event: done"], "\(events.text)")
    }

    @Test func theTimeOfTheWorkIsTold() throws {
        for (target, body) in [("/v1/search", #"{"query": "fee"}"#), ("/v1/ask", #"{"question": "What is the fee?"}"#)] {
            let timing = try #require(server.post(target, body).headers["server-timing"])
            let times = try #require(timing.wholeMatch(of: #/queue;dur=(\d+\.\d\d), work;dur=(\d+\.\d\d)/#), "\(timing)")
            #expect(try #require(Double(times.output.2)) > 0)
        }
    }

    @Test func documentsAnswerAsTheCommandLine() throws {
        try #expect(server.get("/v1/documents/keys/cellar.md").json() == command("show", notes.index, "keys/cellar.md"))
        try #expect(
            server.get("/v1/documents/keys%2Fcellar.md?lines=1:3").json()
                == command("show", notes.index, "keys/cellar.md", "--lines", "1:3"))
        let bytes = try server.get("/v1/documents/fees.txt?bytes=4:14").json()
        #expect(bytes["text"] == .string("yearly fee") && bytes["start"] == .number(4) && bytes["end"] == .number(14))
        let passage = try server.get("/v1/passages/keys/cellar.md?number=0&neighbours=3").json()
        try #expect(passage["passages", "0"] == (command("show", notes.index, "keys/cellar.md", "--passage", "0")))
        #expect(passage["count"] == .number(1))
    }

    @Test func documentsAreListedAPageAtATime() throws {
        let first = try server.get("/v1/documents?limit=2").json()
        #expect(first["documents", "0", "path"] == .string("fees.txt") && first["documents", "2"] == nil)
        guard case .string(let cursor) = first["nextCursor"] else { return #expect(Bool(false), "\(first)") }
        let second = try server.get("/v1/documents?limit=2&cursor=\(cursor)").json()
        #expect(second["documents", "0", "path"] == .string("lamp.txt") && second["nextCursor"] == nil)
        let some = try server.get("/v1/documents?glob=*.md").json()
        #expect(some["documents", "0", "path"] == .string("keys/cellar.md") && some["documents", "1"] == nil)
    }

    @Test(arguments: [
        ("/v1/search", #"{"query": "fee", "colour": "red"}"#, "unknown_field", "colour"),
        ("/v1/search", #"{"limit": 3}"#, "bad_request", "query"),
        ("/v1/search", #"{"query": "fee", "limit": 0}"#, "bad_request", "limit"),
        ("/v1/search", #"{"query": "fee", "limit": 2.5}"#, "bad_request", "limit"),
        ("/v1/search", #"{"query": "fee", "since": "soon"}"#, "bad_request", "since"),
        ("/v1/search", #"{"query": "path:*.md"}"#, "bad_request", "query"),
        ("/v1/search", "[]", "bad_request", ""), ("/v1/search", "{", "bad_request", ""),
        ("/v1/ask", #"{"question": ""}"#, "bad_request", "question"),
        ("/v1/ask", #"{"question": "Who?", "index": 7}"#, "bad_request", "index"),
        ("/v1/chat/completions", #"{"model": "notes", "messages": [], "tools": [1]}"#, "unknown_field", "tools"),
        ("/v1/chat/completions", #"{"model": "notes", "messages": []}"#, "bad_request", "messages"),
        ("/v1/embeddings", #"{"model": "notes", "input": 7}"#, "bad_request", "input"),
    ])
    func wrongRequestsAreRefusedByName(target: String, body: String, code: String, field: String) throws {
        let reply = try server.post(target, body)
        let error = try reply.json()
        #expect(reply.status == 400 && error["error", "code"] == .string(code), "\(reply.text)")
        #expect(error["error", "param"] == (field.isEmpty ? .null : .string(field)), "\(reply.text)")
    }

    @Test(arguments: [
        ("/v1/documents/none.txt", 404), ("/v1/documents/fees.txt?lines=9:10", 404), ("/v1/documents/fees.txt?lines=b", 400),
        ("/v1/documents/fees.txt?page=1", 404), ("/v1/documents/fees.txt?page=1&lines=1", 400),
        ("/v1/documents/../../../etc/passwd", 404), ("/v1/documents//etc/passwd", 404),
        ("/v1/documents/%2E%2E%2F%2E%2E%2Fetc%2Fpasswd", 404), ("/v1/documents/%ff", 400),
        ("/v1/documents?cursor=x", 400), ("/v1/documents?index=other", 404), ("/v1/documents?glob=[", 400),
        ("/v1/passages/fees.txt?number=7", 404), ("/v1/passages/fees.txt", 400), ("/v1/jobs/99", 404), ("/nothing", 404),
        ("/v1/search", 405),
    ])
    func otherRequestsAreRefused(target: String, status: Int) throws {
        let reply = try server.get(target)
        #expect(reply.status == status, "\(reply.text)")
        #expect(!reply.text.contains("root:"))
    }

    @Test func bodiesAreJSONOfAtMostOneMegabyte() throws {
        try #expect(server.send("POST", "/v1/search", ["Content-Type": "text/plain"], #"{"query": "fee"}"#).status == 415)
        let long = String(repeating: "x", count: 1_100_000)
        try #expect(server.post("/v1/search", #"{"query": "\#(long)"}"#).status == 413)
    }

    @Test func aClientOfTheOpenAIAPIIsAnswered() throws {
        let request =
            #"{"model": "notes", "messages": [{"role": "user", "content": "What is the yearly fee for a bike stand?"}]}"#
        let answer = try server.post("/v1/chat/completions", request).json()
        #expect(answer["citations", "0", "path"] == .string("fees.txt"), "\(answer)")
        #expect(answer["choices", "0", "finish_reason"] == .string("stop"))
        guard case .string(let text) = answer["choices", "0", "message", "content"] else { return #expect(Bool(false)) }
        #expect(text.contains("“The yearly fee for a bike stand is forty-two euros.” [1]") && text.contains("[1] fees.txt"))
        let events = try server.post(
            "/v1/chat/completions", request.replacing("\"model\"", with: "\"stream\": true, \"model\""))
        let pieces = events.text.components(separatedBy: "\n\n").compactMap { line -> JSONValue? in
            try? JSONDecoder().decode(JSONValue.self, from: Data(line.dropFirst(6).utf8))
        }
        let said = pieces.compactMap { piece -> String? in
            if case .string(let text) = piece["choices", "0", "delta", "content"] { text } else { nil }
        }
        #expect(said.joined() == text && events.text.hasSuffix("data: [DONE]\n\n"))
        #expect(pieces.last?["citations", "0", "path"] == .string("fees.txt"))
        try #expect(server.get("/v1/models").json()["data", "0", "id"] == .string("notes"))
    }

    /// Clients send the defaults of fields that they do not use.
    @Test func fieldsThatAskForNothingAreAccepted() throws {
        let question = #""messages": [{"role": "user", "content": "What is the yearly fee for a bike stand?"}]"#
        let neutral =
            #""tools": [], "stop": [], "logit_bias": {}, "response_format": {"type": "text"}, "logprobs": false, "n": 1"#
        let reply = try server.post("/v1/chat/completions", #"{"model": "notes", \#(question), \#(neutral)}"#)
        #expect(reply.status == 200, "\(reply.text)")
        for wish in [#""stop": ["euro"]"#, #""response_format": {"type": "json_object"}"#, #""logprobs": true"#] {
            let refused = try server.post("/v1/chat/completions", #"{"model": "notes", \#(question), \#(wish)}"#)
            try #expect(refused.status == 400 && refused.json()["error", "code"] == .string("unknown_field"), "\(wish)")
        }
        let other = try server.post("/v1/chat/completions", #"{"model": "none", \#(question)}"#)
        try #expect(other.status == 404 && other.json()["error", "param"] == .string("model"))
    }

    @Test(arguments: ["application/jsonp", "application/json-seq", "text/json", ""])
    func otherKindsOfBodiesAreRefused(type: String) throws {
        try #expect(server.send("POST", "/v1/search", ["Content-Type": type], #"{"query": "fee"}"#).status == 415)
        let packed = ["Content-Type": "application/json; charset=utf-8", "Content-Encoding": "gzip"]
        try #expect(server.send("POST", "/mcp", packed, "x").status == 415)
    }

    @Test func aFollowUpIsResolvedByTheHistory() throws {
        let messages = #"""
            {"model": "notes", "messages": [{"role": "user", "content": "What is the yearly fee for a bike stand?"},
            {"role": "assistant", "content": "forty-two euros"}, {"role": "user", "content": "When is it due?"}]}
            """#
        let answer = try server.post("/v1/chat/completions", messages).json()
        #expect(answer["citations", "0", "path"] == .string("fees.txt"), "\(answer)")
    }

    @Test func sentencesHaveVectors() throws {
        let reply = try server.post("/v1/embeddings", #"{"model": "notes", "input": ["a key", "a key"]}"#)
        let answer = try reply.json()
        #expect(reply.status == 200, "\(reply.text)")
        guard case .array(let one) = answer["data", "0", "embedding"],
            case .array(let two) = answer["data", "1", "embedding"]
        else { return #expect(Bool(false), "\(answer)") }
        let length = one.reduce(0.0) { sum, x in if case .number(let x) = x { sum + x * x } else { sum } }
        #expect(one == two && abs(length - 1) < 1e-3)
    }

    @Test func aRefreshIsAJob() throws {
        let job = try server.post("/v1/refresh", "{}")
        #expect(job.status == 202)
        let address = try #require(job.headers["location"])
        let deadline = Date().addingTimeInterval(60)
        var state = try server.get(address).json()
        while state["state"] == .string("running"), Date() < deadline {
            usleep(50_000)
            state = try server.get(address).json()
        }
        #expect(state["state"] == .string("done") && state["report", "unchanged"] == .number(3), "\(state)")
    }

    @Test func everyPathIsDescribed() throws {
        let description = try server.get("/openapi.json").json()
        #expect(description["openapi"] == .string("3.1.0"))
        guard case .object(let paths) = description["paths"] else { return #expect(Bool(false)) }
        #expect(
            Set(paths.keys) == [
                "/health", "/v1/indexes", "/v1/search", "/v1/ask", "/v1/documents", "/v1/documents/{path}",
                "/v1/passages/{path}", "/v1/refresh", "/v1/jobs/{id}", "/v1/models", "/v1/models/{id}",
                "/v1/chat/completions",
                "/v1/embeddings", "/mcp",
            ])
    }
}
