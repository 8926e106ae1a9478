import Foundation
import TestSupport
import Testing

/// `r3mem mcp` and `POST /mcp`. The messages follow the examples of the specification of the Model Context Protocol.
struct AgentTests {
    private let notes: Notes
    private static let meta =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"ExampleClient","version":"1.0.0"},"io.modelcontextprotocol/clientCapabilities":{}}"#

    init() throws { notes = try Notes.shared.get() }

    /// The lines that the command writes for some lines, by identifier; those without one come last.
    private func answers(to lines: [String], _ arguments: [String] = []) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write("input", lines.joined(separator: "\n") + "\n")
        let outcome = try Command.run(
            shell: #"exec "$0" mcp "${@:2}" < "$1""#, Command.executable, folder.path("input"),
            notes.index, arguments.first ?? "--threads=1")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        // Answers come in any order, also those without an identifier.
        return outcome.text.split(separator: "\n").map(String.init).sorted {
            (AgentTests.id(of: $0), $0) < (AgentTests.id(of: $1), $1)
        }
    }

    private static func id(of line: String) -> Double {
        guard case .number(let id) = try? JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))["id"] else {
            return .infinity
        }
        return id
    }

    private func answer(to line: String) throws -> JSONValue {
        let lines = try answers(to: [line])
        #expect(lines.count == 1)
        return try JSONDecoder().decode(JSONValue.self, from: Data((lines.first ?? "null").utf8))
    }

    private static let requests = [
        #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#,
        #"{"jsonrpc":"2.0","id":4,"method":"resources/templates/list"}"#,
        #"{"jsonrpc":"2.0","id":5,"method":"resources/list"}"#,
        #"{"jsonrpc":"2.0","id":6,"method":"resources/read","params":{"uri":"r3mem://notes/keys/cellar.md"}}"#,
        #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"documents","arguments":{"glob":"keys/*"}}}"#,
        #"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"read","arguments":{"document":"fees.txt","from":2,"count":1}}}"#,
        #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"read","arguments":{"document":"none.txt"}}}"#,
        #"{"jsonrpc":"2.0","id":10,"method":"tools/call","params":{"name":"search","arguments":{"text":"key"}}}"#,
        #"{"jsonrpc":"2.0","id":11,"method":"tools/call","params":{"name":"delete","arguments":{}}}"#,
        #"{"jsonrpc":"2.0","id":12,"method":"prompts/list"}"#,
        #"{"jsonrpc":"2.0","id":13,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}"#,
        #"{"jsonrpc":"1.0","id":14,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":[],"method":"ping"}"#,
        #"{"jsonrpc":"2.0","id":16}"#,
        #"not json"#, "",
    ]

    /// A session with the handshake, line by line.
    @Test func aSessionOfTheOlderRevisions() throws {
        let opening = [
            #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"elicitation":{}},"clientInfo":{"name":"ExampleClient","title":"Example Client Display Name","version":"1.0.0"}}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        ]
        let lines = try answers(to: opening + AgentTests.requests)
        try Golden.check(lines.joined(separator: "\n") + "\n", "mcp-2025.lines")
    }

    /// The same requests, each complete in itself.
    @Test func aSessionOfTheNewestRevision() throws {
        let discover = #"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{\#(AgentTests.meta)}}"#
        let requests = AgentTests.requests.filter { $0.contains("\"params\"") || $0.contains("/list") }.map { line in
            line.contains("\"params\":{")
                ? line.replacing("\"params\":{", with: "\"params\":{\(AgentTests.meta),")
                : line.dropLast() + ",\"params\":{\(AgentTests.meta)}}"
        }
        let lines = try answers(to: [discover] + requests)
        try Golden.check(lines.joined(separator: "\n") + "\n", "mcp-2026.lines")
    }

    @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "1999-01-01"])
    func theHandshakeAgreesOnARevision(version: String) throws {
        let reply = try answer(
            to:
                #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\#(version)","capabilities":{}}}"#
        )
        #expect(reply["result", "protocolVersion"] == .string(version == "1999-01-01" ? "2025-11-25" : version))
    }

    @Test func anUnknownRevisionIsToldTheKnownOnes() throws {
        let reply = try answer(
            to:
                #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{\#(AgentTests.meta.replacing("2026-07-28", with: "1900-01-01"))}}"#
        )
        #expect(reply["error", "code"] == .number(-32022) && reply["error", "data", "requested"] == .string("1900-01-01"))
        #expect(reply["error", "data", "supported", "0"] == .string("2026-07-28"))
    }

    @Test func quotesAreExactAndProven() throws {
        let reply = try answer(
            to:
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":"What is the yearly fee for a bike stand?"}}}"#
        )
        let quote = try #require(reply["result", "structuredContent", "quotes", "0"])
        #expect(
            quote["text"] == .string("The yearly fee for a bike stand is forty-two euros.")
                && quote["exact"] == .boolean(true))
        // printf 'The yearly fee for a bike stand is forty-two euros.' | sha256sum
        #expect(quote["sha256"] == .string("68e9a552fa6d0d63f2ca3346400e39db369e2433719a8620356661d4ac28fd60"))
        guard case .string(let text) = reply["result", "content", "0", "text"] else {
            return #expect(Bool(false), "\(reply)")
        }
        let same = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        #expect(same == reply["result", "structuredContent"] && reply["result", "isError"] == .boolean(false))
    }

    @Test func answersKeepToTheBudgetAndGoOn() throws {
        let folder = try TemporaryFolder()
        let text = (0..<200).map { "Line \($0) of the long ledger holds the number \($0 * 7919 % 10007).\n" }.joined()
        try folder.write("long/ledger.txt", text)
        try #expect(Command.run("index", folder.path("long"), "--to", folder.path("long.r3"), "--quiet").status == 0)
        var cursor: String?, joined = "", count = 0
        repeat {
            let more = cursor.map { ",\"cursor\":\"\($0)\"" } ?? ""
            try folder.write(
                "input",
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","arguments":{"document":"ledger.txt","max_bytes":4000\#(more)}}}"#
                    + "\n")
            let outcome = try Command.run(
                shell: #"exec "$0" mcp "$1" < "$2""#, Command.executable, folder.path("long.r3"), folder.path("input"))
            let content = try outcome.json(JSONValue.self)["result", "structuredContent"]
            guard case .string(let piece) = content?["text"] else { return #expect(Bool(false), "\(outcome.text)") }
            #expect(piece.utf8.count <= 4000)
            joined += piece
            cursor = if case .string(let next) = content?["nextCursor"] { next } else { nil }
            count += 1
        } while cursor != nil && count < 20
        #expect(joined == text && count > 2)
    }

    @Test func aListOfDocumentsKeepsToTheBudgetAndGoesOn() throws {
        let folder = try TemporaryFolder()
        for i in 0..<24 { try folder.write("many/\(i).txt", "Note \(i) of many.\n") }
        try #expect(Command.run("index", folder.path("many"), "--to", folder.path("many.r3"), "--quiet").status == 0)
        let server = try RunningServer(folder.path("many.r3"))
        var paths: [String] = []
        var pages = 0
        var more = ""
        repeat {
            let message =
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"documents","arguments":{"max_bytes":1000\#(more)}}}"#
            let content = try #require(try server.post("/mcp", message).json()["result", "structuredContent"])
            guard case .array(let documents) = content["documents"] else { return #expect(Bool(false), "\(content)") }
            paths += documents.compactMap { if case .string(let path) = $0["path"] { path } else { nil } }
            more = if case .string(let next) = content["nextCursor"] { #","cursor":"\#(next)""# } else { "" }
            pages += 1
        } while !more.isEmpty && pages < 30
        #expect(paths == (0..<24).map { "\($0).txt" }.sorted() && pages > 4)
        #expect(server.stop() == 0)
    }

    @Test func nothingButAnswersIsWritten() throws {
        // The index is missing: the error is an answer, and standard output has no other line.
        let folder = try TemporaryFolder()
        try folder.write(
            "input", #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"status","arguments":{}}}"# + "\n")
        let outcome = try Command.run(
            shell: #"exec "$0" mcp "$1" < "$2""#, Command.executable, folder.path("none.r3"), folder.path("input"))
        let reply = try outcome.json(JSONValue.self)
        #expect(outcome.status == 0 && reply["result", "isError"] == .boolean(true), "\(outcome.text)")
        #expect(outcome.text.split(separator: "\n").count == 1)
        // Who starts the server reads of it at once.
        #expect(outcome.errors.contains("none.r3: no such file"), "\(outcome.errors)")
        let served = try Command.run("serve", folder.path("none.r3"))
        #expect(served.status == 1 && served.errors.contains("none.r3: no such file"), "\(served.errors)")
    }

    @Test func aTooLongLineIsRefusedAndTheNextOneRead() throws {
        let lines = try answers(
            to: [String(repeating: "x", count: 5 << 20), #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#])
        #expect(lines.count == 2 && lines[0] == #"{"id":1,"jsonrpc":"2.0","result":{}}"# && lines[1].contains("4 MB"))
    }

    @Test func pagesOfASearchRepeatNothing() throws {
        let folder = try TemporaryFolder()
        for i in 0..<30 {
            try folder.write(
                "docks/\(i).txt", "Dock \(i) of the harbour takes \(i * 7 % 31) boats, says keeper number \(i).\n")
        }
        try #expect(Command.run("index", folder.path("docks"), "--to", folder.path("docks.r3"), "--quiet").status == 0)
        let server = try RunningServer(folder.path("docks.r3"))
        func page(_ more: String) throws -> JSONValue? {
            let arguments = #"{"query":"which dock of the harbour takes boats","limit":4\#(more)}"#
            let message =
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":\#(arguments)}}"#
            return try server.post("/mcp", message).json()["result"]
        }
        var found: [JSONValue] = []
        var more = ""
        repeat {
            let content = try #require(page(more)?["structuredContent"])
            guard case .array(let results) = content["results"] else { return #expect(Bool(false), "\(content)") }
            found += results.compactMap { $0["path"] }
            more = if case .string(let next) = content["nextCursor"] { #","cursor":"\#(next)""# } else { "" }
            // The cursor belongs to this search.
            if !more.isEmpty { try #expect(page(more + #","path":"1*""#)?["isError"] == .boolean(true)) }
        } while !more.isEmpty && found.count < 100
        #expect(found.count == 30 && found.indices.allSatisfy { !found[..<$0].contains(found[$0]) }, "\(found)")
        #expect(server.stop() == 0)
    }

    /// What a page holds does not depend on its size.
    @Test func theSizeOfAPageDoesNotChangeTheOrder() throws {
        let folder = try TemporaryFolder()
        for i in 0..<40 {
            try folder.write(
                "docks/\(i).txt", "Dock \(i) takes \(i * 7 % 31) boats" + String(repeating: ", boats", count: i % 5))
        }
        try #expect(Command.run("index", folder.path("docks"), "--to", folder.path("docks.r3"), "--quiet").status == 0)
        let server = try RunningServer(folder.path("docks.r3"))
        func paths(_ limit: Int) throws -> [JSONValue] {
            let call = #"{"query":"which dock takes boats","limit":\#(limit)}"#
            let message =
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":\#(call)}}"#
            let content = try server.post("/mcp", message).json()["result", "structuredContent", "results"]
            guard case .array(let results) = content else { return [] }
            return results.compactMap { $0["path"] }
        }
        let all = try paths(40)
        #expect(all.count == 40)
        for limit in [1, 3, 8, 12] { try #expect(paths(limit) == Array(all.prefix(limit)), "\(limit)") }
        #expect(server.stop() == 0)
    }

    @Test func aCursorBelongsToOneDocument() throws {
        let folder = try TemporaryFolder()
        for name in ["sun", "moon"] {
            let lines = (0..<200).map { "Line \($0) of the log of the \(name) says \($0 * 31 % 97).\n" }
            try folder.write("logs/\(name).txt", lines.joined())
        }
        try #expect(Command.run("index", folder.path("logs"), "--to", folder.path("logs.r3"), "--quiet").status == 0)
        let server = try RunningServer(folder.path("logs.r3"))
        func read(_ arguments: String) throws -> JSONValue? {
            try server.post(
                "/mcp",
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","arguments":{\#(arguments)}}}"#
            ).json()["result"]
        }
        let first = try read(#""document":"sun.txt","max_bytes":1000"#)
        guard case .string(let cursor) = first?["structuredContent", "nextCursor"] else {
            return #expect(Bool(false), "\(String(describing: first))")
        }
        try #expect(read(#""document":"sun.txt","cursor":"\#(cursor)""#)?["isError"] == .boolean(false))
        for wrong in [
            #""document":"moon.txt","cursor":"\#(cursor)""#, #""document":"sun.txt","cursor":"\#(cursor)","from":2"#,
            #""document":"sun.txt","neighbours":2"#, #""document":"sun.txt","passage":0,"count":1"#,
        ] {
            try #expect(read(wrong)?["isError"] == .boolean(true), "\(wrong)")
        }
        #expect(server.stop() == 0)
    }

    // MARK: Over HTTP

    private static let server = Result { try RunningServer(Notes.shared.get().index) }

    private func post(_ message: String, _ headers: [String: String] = [:]) throws -> RunningServer.Reply {
        try AgentTests.server.get().post("/mcp", message, headers)
    }

    private static let call =
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{\#(meta),"name":"documents","arguments":{}}}"#

    @Test func headersAndBodyMustAgree() throws {
        let right = ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "documents"]
        let reply = try post(AgentTests.call, right)
        try #expect(reply.status == 200 && (reply.json()["result", "resultType"]) == .string("complete"), "\(reply.text)")
        try #expect(post(AgentTests.call, right.merging(["Mcp-Name": "=?base64?ZG9jdW1lbnRz?="]) { $1 }).status == 200)
        for (name, value) in [("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Method", "tools/list"), ("Mcp-Name", "search")] {
            let reply = try post(AgentTests.call, right.merging([name: value]) { $1 })
            try #expect(reply.status == 400 && (reply.json()["error", "code"]) == .number(-32020), "\(name)")
            let without = try post(AgentTests.call, right.filter { $0.key != name })
            try #expect(without.status == 400 && (without.json()["error", "code"]) == .number(-32020), "\(name)")
        }
    }

    @Test func statusesOfHTTP() throws {
        let list = #"{"jsonrpc":"2.0","id":1,"method":"prompts/list","params":{\#(AgentTests.meta)}}"#
        let unknown = try post(list, ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "prompts/list"])
        try #expect(unknown.status == 404 && (unknown.json()["error", "code"]) == .number(-32601))
        // Clients with a handshake would take another status for the end of the session.
        for message in [
            #"{"jsonrpc":"2.0","id":1,"method":"prompts/list"}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"r3mem://d/zz"}}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"zz","arguments":{}}}"#,
        ] {
            let reply = try post(message, ["MCP-Protocol-Version": "2025-06-18"])
            try #expect(reply.status == 200 && reply.json()["error", "code"] != nil, "\(reply.text)")
        }
        let null = try post(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"documents","arguments":null}}"#)
        try #expect(null.json()["result", "isError"] == .boolean(false), "\(null.text)")
        try #expect(post(#"{"jsonrpc":"2.0","id":1,"method":"ping","params":null}"#).json()["result"] != nil)
        let notified = try post(
            #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, ["MCP-Protocol-Version": "2025-11-25"])
        #expect(notified.status == 202 && notified.body.isEmpty)
        try #expect(AgentTests.server.get().get("/mcp").status == 405)
        try #expect(post("{").status == 400)
        try #expect(post(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, ["MCP-Protocol-Version": "1999-01-01"]).status == 400)
        let batch = try post(#"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]"#)
        try #expect(batch.json()["1", "id"] == .number(2))
    }
}
