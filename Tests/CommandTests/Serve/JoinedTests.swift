import Foundation
import TestSupport
import Testing

/// Several indexes of one server that are asked as one.
struct JoinedTests {
    private let folder: TemporaryFolder
    private let server: RunningServer

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("one/ferry.txt", "The ferry to Skagen leaves at seven in the morning.\n")
        try folder.write("two/tower.md", "# Tower\n\nThe keeper of the tower oils the bell of the ferry landing in May.\n")
        for name in ["one", "two"] {
            let outcome = try Command.run("index", folder.path(name), "--to", folder.path(name + ".r3"), "--quiet")
            guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
        }
        server = try RunningServer(folder.path("one.r3"), folder.path("two.r3"))
    }

    private func paths(_ reply: JSONValue) -> [String] {
        guard case .array(let results) = reply["results"] else { return [] }
        return results.compactMap { if case .string(let path) = $0["citation", "path"] { path } else { nil } }
    }

    @Test func aSearchAnswersAsTheCommandLine() throws {
        let expected = try Command.run("search", folder.path("one.r3"), folder.path("two.r3"), "ferry", "--json")
            .json(JSONValue.self)
        let names = try server.post("/v1/search", #"{"query": "ferry", "indexes": ["one", "two"]}"#).json()
        #expect(names == expected && Set(paths(names)) == ["one/ferry.txt", "two/tower.md"], "\(names)")
        try #expect(server.post("/v1/search", #"{"query": "ferry", "indexes": "*"}"#).json() == expected)
        let one = try server.post("/v1/search", #"{"query": "ferry", "indexes": ["two", "two"]}"#).json()
        #expect(paths(one) == ["tower.md"], "\(one)")
        let question = "Who oils the bell?"
        try #expect(
            server.post("/v1/ask", #"{"question": "\#(question)", "indexes": "*"}"#).json()
                == Command.run("ask", folder.path("one.r3"), folder.path("two.r3"), question, "--json").json(JSONValue.self))
        #expect(server.stop() == 0)
    }

    @Test func aLaterCommitOfOneIsSeen() throws {
        let body = #"{"query": "zeppelin", "indexes": "*"}"#
        try #expect(!server.post("/v1/search", body).text.contains("\"matched\":[\"zeppelin\"]"))
        try folder.write("two/sky.txt", "A zeppelin hangs above the tower.\n")
        try #expect(Command.run("refresh", folder.path("two.r3"), "--quiet").status == 0)
        try #expect(paths(server.post("/v1/search", body).json()).first == "two/sky.txt")
        #expect(server.stop() == 0)
    }

    @Test func aPathOfAResultOpensItsDocument() throws {
        let document = try server.get("/v1/documents/two/tower.md").json()
        try #expect(document == Command.run("show", folder.path("two.r3"), "tower.md", "--json").json(JSONValue.self))
        try #expect(server.get("/v1/passages/one/ferry.txt?number=0").status == 200)
        try #expect(server.get("/v1/documents/two/tower.md?index=one").status == 404)
        let read = try server.post(
            "/mcp",
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","arguments":{"document":"two/tower.md"}}}"#
        )
        try #expect(read.json()["result", "structuredContent", "path"] == .string("tower.md"), "\(read.text)")
        #expect(server.stop() == 0)
    }

    @Test func thePageSearchesAll() throws {
        let page = try server.get("/?q=ferry&mode=search&index=*").text
        #expect(page.contains("one/ferry.txt") && page.contains("two/tower.md"))
        let link = try #require(page.firstMatch(of: #/href="(\/document\/[^"?]*tower[^"?]*)/#)?.output.1)
        let document = try server.get(String(link))
        #expect(document.status == 200 && document.text.contains("oils the"), "\(link)")
        #expect(server.stop() == 0)
    }

    @Test func agentsAskSeveralToo() throws {
        for (tool, argument) in [("search", "query"), ("ask", "question")] {
            let reply = try server.post(
                "/mcp",
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\#(tool)","arguments":{"\#(argument)":"Who oils the bell?","indexes":["two","one"]}}}"#
            )
            #expect(reply.text.contains("two/tower.md"), "\(reply.text)")
        }
        #expect(server.stop() == 0)
    }

    @Test(arguments: [
        (#"{"query": "ferry"}"#, 400, "index"),
        (#"{"query": "ferry", "index": "one", "indexes": "*"}"#, 400, "indexes"),
        (#"{"query": "ferry", "indexes": ["three"]}"#, 404, "indexes"),
        (#"{"query": "ferry", "indexes": ["*", "three"]}"#, 404, "indexes"),
        (#"{"query": "ferry", "indexes": 7}"#, 400, "indexes"),
    ])
    func wrongChoicesAreRefused(body: String, status: Int, field: String) throws {
        let reply = try server.post("/v1/search", body)
        try #expect(reply.status == status && (reply.json()["error", "param"]) == .string(field), "\(reply.text)")
        #expect(server.stop() == 0)
    }
}
