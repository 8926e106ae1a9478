import Foundation
import TestSupport
import Testing

/// A server from its start to its end, beside other processes.
struct LifeTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("notes/fees.txt", "The yearly fee for a bike stand is forty-two euros.\n")
        let outcome = try Command.run("index", folder.path("notes"), "--to", folder.path("notes.r3"), "--quiet")
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
    }

    private func found(_ server: RunningServer, _ query: String) throws -> Bool {
        let reply = try server.post("/v1/search", #"{"query": "\#(query)", "limit": 5}"#)
        return reply.text.contains("\"matched\":[\"\(query)\"]")
    }

    @Test func answersComeFromTheNewestCommit() throws {
        let server = try RunningServer(folder.path("notes.r3"))
        try #expect(!found(server, "zeppelin"))
        try folder.write("notes/sky.txt", "A zeppelin hangs above the market.\n")
        try #expect(Command.run("refresh", folder.path("notes.r3"), "--quiet").status == 0)
        try #expect(found(server, "zeppelin"))
        try folder.remove("notes/sky.txt")
        try #expect(Command.run("refresh", folder.path("notes.r3"), "--quiet").status == 0)
        try #expect(Command.run("compact", folder.path("notes.r3")).status == 0)
        try #expect(!found(server, "zeppelin"))
        #expect(server.stop() == 0)
    }

    @Test func foldersAreFollowed() throws {
        let server = try RunningServer(folder.path("notes.r3"), "--watch")
        func waits(for query: String, _ wanted: Bool) throws -> Bool {
            let deadline = Date().addingTimeInterval(60)
            while Date() < deadline {
                if try found(server, query) == wanted { return true }
                usleep(200_000)
            }
            return false
        }
        try folder.write("notes/new/deep/sky.txt", "A zeppelin hangs above the market.\n")
        try #expect(waits(for: "zeppelin", true))
        try folder.write("notes/new/deep/sky.txt", "A kite hangs above the market.\n")
        try #expect(waits(for: "kite", true))
        try folder.remove("notes/new")
        try #expect(waits(for: "kite", false))
        #expect(server.stop() == 0)
        // One plain file is left of the index.
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("notes.r3") }
        #expect(left == ["notes.r3"])
    }

    /// Runs a refresh as a client, and waits for its end.
    private func refresh(_ server: RunningServer) throws -> String {
        let address = try #require(try server.post("/v1/refresh", "{}").headers["location"])
        try waitUntil("the refresh has ended") { try server.get(address).json()["state"] != .string("running") }
        return address
    }

    /// Nobody asks: a view from before the commits must not keep them in the log.
    @Test func theLogDoesNotGrowWhileNobodyAsks() throws {
        let server = try RunningServer(folder.path("notes.r3"), "--allow-refresh")
        func logSize() throws -> Int {
            try FileManager.default.attributesOfItem(atPath: folder.path("notes.r3-wal"))[.size] as? Int ?? 0
        }
        try #expect(found(server, "fee"))
        var sizes: [Int] = []
        for i in 0..<12 {
            try folder.write("notes/day.txt", "On day \(i) the ferry took \(i * 37 + 5) persons across the sound.\n")
            _ = try refresh(server)
            sizes.append(try logSize())
        }
        // Kept one after another the twelve commits would take twelve times the first; one that joins segments is larger.
        #expect(sizes.allSatisfy { $0 <= 6 * sizes[0] }, "\(sizes)")
        #expect(server.stop() == 0)
    }

    @Test func theLastJobsAreRemembered() throws {
        let server = try RunningServer(folder.path("notes.r3"), "--allow-refresh")
        let jobs = try (0..<18).map { _ in try refresh(server) }
        #expect(Set(jobs).count == 18)
        let statuses = try jobs.map { try server.get($0).status }
        #expect(statuses == [404, 404] + Array(repeating: 200, count: 16))
        #expect(server.stop() == 0)
    }

    @Test func aRefreshMustBeAllowed() throws {
        let server = try RunningServer(folder.path("notes.r3"))
        try #expect(server.post("/v1/refresh", "{}").status == 404)
        #expect(server.stop(SIGINT) == 0)
    }

    @Test func oneRefreshOfAnIndexRunsAtATime() throws {
        for i in 0..<60 { try folder.write("notes/many/\(i).txt", "Note \(i) of the many notes about ferry \(i * 7).\n") }
        let server = try RunningServer(folder.path("notes.r3"), "--allow-refresh")
        let begun = try server.post("/v1/refresh", "{}")
        let place = try #require(begun.headers["location"])
        let first = try begun.json()
        let second = try server.post("/v1/refresh", "{}").json()
        // The second request is told of the first one's job while that runs; another one begins only after its end.
        #expect(try first["id"] == second["id"] || server.get(place).json()["state"] == .string("done"))
        let address = try refresh(server)
        #expect(try server.get(address).json()["state"] == .string("done"))
        try #expect(found(server, "ferry"))
        #expect(server.stop() == 0)
    }

    @Test func anIndexThatIsGoneOrReplacedIsToldAndFollowed() throws {
        let server = try RunningServer(folder.path("notes.r3"))
        try #expect(found(server, "fee"))
        try FileManager.default.moveItem(atPath: folder.path("notes.r3"), toPath: folder.path("away.r3"))
        let gone = try server.post("/v1/search", #"{"query": "fee"}"#)
        try #expect(gone.status == 503 && (gone.json()["error", "code"]) == .string("unavailable"), "\(gone.text)")
        try #expect(server.get("/").status == 200 && server.get("/?q=fee").status == 503)
        try FileManager.default.moveItem(atPath: folder.path("away.r3"), toPath: folder.path("notes.r3"))
        try #expect(found(server, "fee"))
        // Another index takes the place, as a copy from another machine does.
        try folder.write("other/sky.txt", "A zeppelin hangs above the market.\n")
        try #expect(Command.run("index", folder.path("other"), "--to", folder.path("other.r3"), "--quiet").status == 0)
        #expect(rename(folder.path("other.r3"), folder.path("notes.r3")) == 0)
        try #expect(found(server, "zeppelin") && !found(server, "fee"))
        #expect(server.stop() == 0)
        #expect(server.log.contains("notes.r3"), "\(server.log)")
    }

    /// A copy over the file keeps its identity. Nothing of the index before may be quoted.
    @Test func anIndexThatIsCopiedOverIsReadAnew() throws {
        let server = try RunningServer(folder.path("notes.r3"))
        let old = try Data(contentsOf: URL(fileURLWithPath: folder.path("notes.r3")))
        let longer = (0..<3000).map { "Line \($0) of the log of the ferry says \($0 * 31 % 97).\n" }.joined()
        for (sky, fee) in [("kite", "fifty-three"), ("zeppelin", "sixty-four")] {
            try folder.write("other/fees.txt", "The yearly fee for a bike stand is \(fee) euros.\n")
            try folder.write("other/sky.txt", sky == "kite" ? "A kite flies.\n" : "A zeppelin flies.\n" + longer)
            let made = folder.path("\(sky).r3")
            try #expect(Command.run("index", folder.path("other"), "--to", made, "--quiet").status == 0)
            for bytes in [try Data(contentsOf: URL(fileURLWithPath: made)), old] {
                // Without `.atomic` the bytes go into the same file.
                try bytes.write(to: URL(fileURLWithPath: folder.path("notes.r3")), options: [])
                let answer = try server.post("/v1/search", #"{"query": "yearly fee", "limit": 1}"#).text
                #expect(answer.contains(bytes == old ? "forty-two" : fee), "\(sky): \(answer)")
                try #expect(found(server, sky) == (bytes != old))
            }
        }
        #expect(server.stop() == 0)
    }

    /// A reader of an older state keeps what was deleted in the file. A server goes on by itself.
    @Test func deletedTextLeavesTheFileOfAnIdleServer() throws {
        try folder.write(
            "notes/long.txt", (0..<2000).map { "Line \($0) of the log of the ferry says \($0 * 31 % 97).\n" }.joined())
        let file = folder.path("notes.r3")
        func size() throws -> Int { try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0 }
        try #expect(Command.run("refresh", file, "--quiet").status == 0)
        let server = try RunningServer(file)
        try #expect(found(server, "ferry"))
        let full = try size()
        try folder.remove("notes/long.txt")
        try #expect(Command.run("refresh", file, "--quiet").status == 0)
        let compacted = try Command.run("compact", file, "--json")
        try #expect(compacted.status == 0 && compacted.json(JSONValue.self)["isHeld"] == .boolean(true))
        #expect(compacted.errors.contains("another program reads an older state"), "\(compacted.errors)")
        try waitUntil("the file has become smaller") { try size() < full / 2 }
        #expect(server.stop() == 0)
        try #expect(Command.run("compact", file, "--json").json(JSONValue.self)["isHeld"] == .boolean(false))
    }

    @Test func aSecondSignalEndsAtOnce() throws {
        let server = try RunningServer(folder.path("notes.r3"))
        // A body that is half sent holds the server for 20 seconds.
        let connection = try server.connect()
        connection.send(
            "POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
        usleep(300_000)
        let start = Date()
        server.signal(SIGTERM)
        usleep(500_000)
        #expect(server.stop(SIGTERM) == 128 + SIGTERM)
        #expect(Date().timeIntervalSince(start) < 10)
    }

    /// A client is told that the folders cannot be looked at; who runs the server reads which.
    @Test func foldersThatCannotBeLookedAtAreLogged() throws {
        let server = try RunningServer(folder.path("notes.r3"))
        try folder.remove("notes")
        let message = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"status","arguments":{}}}"#
        let status = try server.post("/mcp", message).json()["result", "structuredContent", "indexes", "0"]
        guard case .string(let problem) = status?["problem"] else { return #expect(Bool(false), "no problem is told") }
        #expect(!problem.contains(folder.path("")) && status?["freshness"] == nil, "\(problem)")
        #expect(server.stop() == 0)
        #expect(server.log.contains(folder.path("notes")), "\(server.log)")
    }

    private func waitUntil(_ fact: Comment, _ isSo: () throws -> Bool) throws {
        let deadline = Date().addingTimeInterval(60)
        while Date() < deadline {
            if try isSo() { return }
            usleep(1000)
        }
        Issue.record(fact)
    }

    @Test func whatRunsIsFinishedBeforeTheEnd() throws {
        let server = try RunningServer(folder.path("notes.r3"))
        // The start itself opens the index at a place of the gate.
        try waitUntil("the server has started") {
            let health = try server.get("/health").json()
            return health["isModelLoaded"] == .boolean(true) && health["running"] == .number(0)
        }
        let connection = try server.connect()
        let body = #"{"question": "What is the yearly fee for a bike stand?"}"#
        connection.send(
            "POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        try waitUntil("the question is in work") {
            try server.get("/health").json()["running"] == .number(1) || connection.hasAnswer
        }
        #expect(server.stop() == 0)
        let answer = String(decoding: connection.rest(), as: UTF8.self)
        #expect(answer.hasPrefix("HTTP/1.1 200") && answer.contains("forty-two euros"), "\(answer.prefix(200))")
    }

    @Test func aFullQueueSaysWhenToComeBack() throws {
        let server = try RunningServer(folder.path("notes.r3"), "--questions", "1", "--queue", "1")
        let body = #"{"question": "What is the yearly fee for a bike stand?"}"#
        let connections = try (0..<12).map { _ in try server.connect() }
        for connection in connections {
            connection.send(
                "POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
        let replies = try connections.map { try RunningServer.reply($0.rest()) }
        #expect(Set(replies.map(\.status)) == [200, 503], "\(replies.map(\.status))")
        for reply in replies where reply.status == 503 {
            try #expect(reply.headers["retry-after"] == "1" && (reply.json()["error", "code"]) == .string("busy"))
        }
    }

    @Test func aClientThatGoesAwayFreesItsPlace() throws {
        let server = try RunningServer(
            folder.path("notes.r3"), "--questions", "1", "--queue", "100", environment: ["R3MEM_LOG": "info"])
        let body = #"{"question": "What is the yearly fee for a bike stand?"}"#
        for _ in 0..<40 {
            let connection = try server.connect()
            connection.send(
                "POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
        try #expect(server.post("/v1/ask", body).status == 200)
        try #expect(server.get("/health").json()["waiting"] == .number(0))
        #expect(server.stop() == 0)
        // Without a place that is freed, all 41 questions are answered.
        #expect(server.log.split(separator: "\n").count { $0.contains("POST /v1/ask 200") } < 20, "\(server.log)")
    }

    @Test func anIndexThatIsDamagedIsToldAndTheServerGoesOn() throws {
        try folder.write("bad.r3", Data("SQLite format 3\u{0}".utf8) + Data(repeating: 7, count: 5000))
        let server = try RunningServer(folder.path("notes.r3"), folder.path("bad.r3"))
        let reply = try server.post("/v1/search", #"{"query": "fee", "index": "bad"}"#)
        try #expect(reply.status == 503 && (reply.json()["error", "code"]) == .string("unavailable"), "\(reply.text)")
        // A client has neither files nor flags; who runs the server has both.
        #expect(!reply.text.contains(folder.path("")) && !reply.text.contains("r3mem "), "\(reply.text)")
        let read =
            #"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"r3mem://bad/fees.txt"}}"#
        let told = try server.post("/mcp", read)
        try #expect(told.status == 200 && told.json()["error", "message"] != nil, "\(told.text)")
        try #expect(server.post("/v1/search", #"{"query": "fee", "index": "notes"}"#).status == 200)
        try #expect(server.post("/v1/search", #"{"query": "fee"}"#).status == 400)
        #expect(server.stop() == 0)
        #expect(
            server.log.contains(folder.path("bad.r3")) && server.log.contains("name a file that 'r3mem index' made"),
            "\(server.log)")
    }
}
