import Foundation
import TestSupport
import Testing

/// What SECURITY.md promises about the server.
struct AccessTests {
    private static let secret = "0123456789abcdef-secret"
    private static let open = Result { try RunningServer(Notes.shared.get().index, "--allow-host", "desk.example") }
    private static let locked = Result {
        try RunningServer(
            Notes.shared.get().index, "--token-env", "R3MEM_TEST_TOKEN", environment: ["R3MEM_TEST_TOKEN": secret])
    }

    @Test(arguments: [
        ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("localhost", 200), ("LOCALHOST:1", 200), ("[::1]:80", 200),
        ("192.168.1.7", 200), ("desk.example:8311", 200), ("desk.example.", 200), ("notdesk.example", 421), ("", 421),
        ("[evil]", 421), ("127.1", 421), ("1.2.3.4.5", 421), ("localhost@evil.example", 421),
    ])
    func onlyItsOwnNamesAreAnswered(host: String, status: Int) throws {
        try #expect(AccessTests.open.get().get("/v1/indexes", ["Host": host]).status == status)
    }

    @Test(arguments: [
        ("https://evil.example", 403), ("null", 403), ("http://127.0.0.1.evil.example", 403), ("http://127.0.0.1:1", 403),
        ("file://", 403),
    ])
    func pagesOfOtherSitesAreNotAnswered(origin: String, status: Int) throws {
        let server = try AccessTests.open.get()
        try #expect(server.post("/v1/search", #"{"query": "fee"}"#, ["Origin": origin]).status == status)
        try #expect(server.post("/mcp", "{}", ["Origin": origin]).status == status)
    }

    /// An allowed name is one site at every port, as behind a proxy. Localhost is many programs.
    @Test func anAllowedNameIsOneSite() throws {
        let server = try AccessTests.open.get()
        for (host, origin, status) in [
            ("localhost:1", "http://localhost:3000", 403), ("localhost:1", "http://localhost:1", 200),
            ("desk.example", "https://desk.example:8443", 200), ("localhost", "http://desk.example", 403),
        ] {
            let headers = ["Host": host, "Origin": origin]
            try #expect(server.post("/v1/search", #"{"query": "fee"}"#, headers).status == status, "\(origin)")
        }
    }

    @Test func itsOwnPageIsAnswered() throws {
        let server = try AccessTests.open.get()
        let origin = ["Origin": "http://127.0.0.1:\(server.port)", "Sec-Fetch-Site": "same-origin"]
        try #expect(server.post("/v1/search", #"{"query": "fee"}"#, origin).status == 200)
        try #expect(server.get("/", ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"]).status == 200)
        for site in ["cross-site", "same-site"] {
            try #expect(
                server.get("/?q=fee", ["Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"]).status == 403, "\(site)")
        }
    }

    @Test func aTokenIsAskedForEverywhereButForHealth() throws {
        let server = try AccessTests.locked.get()
        for target in ["/page.css", "/page.js", "/icon.svg"] { try #expect(server.get(target).status == 200, "\(target)") }
        for target in ["/v1/search", "/v1/ask", "/v1/chat/completions", "/v1/embeddings", "/v1/refresh"] {
            try #expect(server.post(target, "{}").status == 401, "\(target)")
        }
        for target in ["/", "/v1/indexes", "/v1/documents/fees.txt", "/openapi.json", "/nothing", "/browse/notes"] {
            let reply = try server.get(target)
            #expect(reply.status == 401 && reply.headers["www-authenticate"]?.hasPrefix("Basic") == true, "\(target)")
        }
        try #expect(server.post("/mcp", "{}").status == 401)
        try #expect(server.get("/health").status == 200)
        let right = Data("anyone:\(AccessTests.secret)".utf8).base64EncodedString()
        for authorization in ["Bearer \(AccessTests.secret)", "bearer \(AccessTests.secret)", "Basic \(right)"] {
            try #expect(server.get("/v1/indexes", ["Authorization": authorization]).status == 200, "\(authorization)")
        }
        for authorization in ["Bearer \(AccessTests.secret)x", "Bearer 0123456789abcdef", "Bearer", "Basic x", "Bearer \0"] {
            try #expect(server.get("/v1/indexes", ["Authorization": authorization]).status != 200, "\(authorization)")
        }
    }

    @Test func anAddressThatCannotBeHadIsNamed() throws {
        let index = try Notes.shared.get().index
        let taken = try Command.run("serve", index, "--port", "\(AccessTests.open.get().port)")
        #expect(taken.status == 1 && taken.errors.contains("is in use already; name another port"), "\(taken.errors)")
        let unknown = try Command.run(
            "serve", index, "--host", "no-such-host.invalid", "--token-env", "R3MEM_TEST_TOKEN",
            environment: ["R3MEM_TEST_TOKEN": AccessTests.secret])
        #expect(unknown.status == 1 && unknown.errors.contains("is no address of this machine"), "\(unknown.errors)")
    }

    @Test func anotherAddressNeedsAToken() throws {
        let index = try Notes.shared.get().index
        for host in ["0.0.0.0", "::", "192.168.1.7"] {
            let outcome = try Command.run("serve", index, "--host", host)
            #expect(outcome.status == 64 && outcome.errors.contains("--token-env"), "\(outcome.errors)")
        }
        let short = try Command.run(
            "serve", index, "--token-env", "R3MEM_TEST_TOKEN", environment: ["R3MEM_TEST_TOKEN": "short"])
        #expect(short.status == 64 && short.errors.contains("16 bytes"), "\(short.errors)")
    }

    @Test func everyAnswerForbidsForeignContent() throws {
        let server = try AccessTests.open.get()
        let targets = ["/", "/v1/indexes", "/nothing", "/page.js", "/document/notes/fees.txt"]
        // A request that is refused before its body is read.
        let refused = try server.post("/v1/search", String(repeating: "x", count: 1_200_000))
        #expect(refused.status == 413)
        for headers in try targets.map({ try server.get($0).headers }) + [refused.headers] {
            let policy = try #require(headers["content-security-policy"])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe") && !policy.contains("*") && headers["x-content-type-options"] == "nosniff")
        }
    }

    @Test func malformedRequestsAreRefused() throws {
        let server = try AccessTests.open.get()
        let host = "Host: 127.0.0.1\r\n"
        let requests = [
            "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\(host)\r\n", "GET /\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
            "GET / HTTP/1.1\r\n\(host)X: \(String(repeating: "a", count: 20_000))\r\n\r\n",
            "GET / HTTP/1.1\r\n\(host)" + (0..<300).map { "X\($0): 1\r\n" }.joined() + "\r\n",
            "POST /v1/search HTTP/1.1\r\n\(host)Content-Length: -1\r\n\r\n",
            "POST /v1/search HTTP/1.1\r\n\(host)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ]
        for request in requests {
            let answer = String(decoding: try server.exchange(request), as: UTF8.self)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(request.prefix(60)): \(answer.prefix(80))")
        }
        try #expect(server.get("/health").status == 200)
    }

    @Test func anEndlessBodyIsCutOff() throws {
        let server = try AccessTests.open.get()
        let connection = try server.connect()
        connection.send(
            "POST /v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        let chunk = "10000\r\n" + String(repeating: "x", count: 65536) + "\r\n"
        for _ in 0..<40 { connection.send(chunk) }
        let answer = String(decoding: connection.rest(), as: UTF8.self)
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 413"), "\(answer.prefix(80))")
        try #expect(server.get("/health").status == 200)
    }

    @Test func logsHoldNoTextAndNoQuestion() throws {
        let server = try RunningServer(Notes.shared.get().index, environment: ["R3MEM_LOG": "info"])
        _ = try server.get("/?q=yearly+fee&mode=ask")
        _ = try server.post("/v1/ask", #"{"question": "What is the yearly fee for a bike stand?"}"#)
        _ = try server.get("/v1/documents/fees.txt")
        #expect(server.stop() == 0)
        #expect(server.log.contains("GET /v1/documents/fees.txt 200"), "\(server.log)")
        for word in ["yearly", "bike", "forty-two"] { #expect(!server.log.contains(word), "\(server.log)") }
    }
}
