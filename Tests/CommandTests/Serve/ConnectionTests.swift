import Foundation
import TestSupport
import Testing

/// Clients that speak HTTP in ways that browsers do not.
struct ConnectionTests {
    private static let server = Result {
        let folder = try TemporaryFolder([
            "notes/fees.txt": "The yearly fee for a bike stand is forty-two euros.\n",
            "notes/Höhe/Straße 7%.txt": "The bridge over the street is four metres high.\n",
            "notes/long.txt": (0..<4000).map { "Line \($0) of the ledger holds the number \($0 * 7919 % 10007).\n" }
                .joined(),
        ])
        let outcome = try Command.run("index", folder.path("notes"), "--to", folder.path("notes.r3"), "--quiet")
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
        return (folder: folder, server: try RunningServer(folder.path("notes.r3")))
    }
    private let server: RunningServer
    private let head = "Host: 127.0.0.1\r\n"

    init() throws { server = try ConnectionTests.server.get().server }

    @Test func requestsThatFollowOneAnotherAtOnceAreAnsweredInOrder() throws {
        let targets = ["/health", "/v1/documents/fees.txt", "/nothing", "/v1/models", "/page.js"]
        let requests = targets.map { target in
            "GET \(target) HTTP/1.1\r\n\(head)" + (target == targets.last ? "Connection: close\r\n\r\n" : "\r\n")
        }
        let answer = String(decoding: try server.exchange(requests.joined()), as: UTF8.self)
        #expect(answer.matches(of: #/HTTP/1\.1 (\d+) /#).map(\.output.1) == ["200", "200", "404", "200", "200"])
        let order = try ["isModelLoaded", "forty-two euros", "nothing at this address", "owned_by", "use strict"].map {
            try #require(answer.range(of: $0)?.lowerBound, "\($0)")
        }
        #expect(order == order.sorted())
    }

    @Test func headHasTheHeadersOfGetAndNoBody() throws {
        for target in ["/", "/v1/documents/fees.txt", "/v1/documents/long.txt", "/nothing", "/page.css"] {
            let (get, head) = (try server.get(target), try server.send("HEAD", target))
            #expect(get.status == head.status && head.body.isEmpty, "\(target)")
            #expect(head.headers["content-length"] == "\(get.body.count)", "\(target)")
            let names = { (reply: RunningServer.Reply) in Set(reply.headers.keys) }
            #expect(names(get) == names(head), "\(target)")
        }
    }

    @Test func otherMethodsAreToldWhatIsPossible() throws {
        for (method, target, allowed) in [
            ("OPTIONS", "/v1/search", "POST"), ("PUT", "/v1/documents/fees.txt", "GET, HEAD"), ("DELETE", "/mcp", "POST"),
            ("TRACE", "/", "GET, HEAD"),
        ] {
            let reply = try server.send(method, target)
            #expect(reply.status == 405 && reply.headers["allow"] == allowed, "\(method) \(target): \(reply.headers)")
            #expect(reply.headers.keys.allSatisfy { !$0.hasPrefix("access-control") })
        }
        #expect(try server.send("OPTIONS", "*").status == 404)
    }

    @Test func aLongBodyArrivesWhole() throws {
        let text = (0..<4000).map { "Line \($0) of the ledger holds the number \($0 * 7919 % 10007).\n" }.joined()
        let reply = try server.get("/v1/documents/long.txt?lines=1:")
        #expect(try reply.json()["text"] == .string(text))
        #expect(reply.headers["content-length"] == "\(reply.body.count)" && reply.body.count > 150_000)
    }

    @Test func pathsInOtherLettersAreFound() throws {
        let name = "H%C3%B6he/Stra%C3%9Fe%207%25.txt"
        for target in ["/v1/documents/\(name)", "/v1/documents/\(name.replacing("/", with: "%2F"))"] {
            #expect(try server.get(target).json()["path"] == .string("Höhe/Straße 7%.txt"), "\(target)")
        }
        let page = try server.get("/document/notes/\(name)?start=0&end=10&q=br%C3%BCcke")
        #expect(page.status == 200 && page.text.contains("four metres"))
        // What is in percent signs twice is another name.
        #expect(try server.get("/v1/documents/\(name.replacing("%", with: "%25"))").status == 404)
        for target in ["/v1/documents/%00", "/v1/documents/fees.txt%00", "/v1/documents/a%0d%0ax:y"] {
            #expect(try server.get(target).status == 404, "\(target)")
        }
    }

    /// The rest of a body that is longer than it says is no request of the server's choosing.
    @Test func bodiesOfAWrongLength() throws {
        let body = #"{"query": "fee"}"#
        func post(_ length: Int, _ more: String = "") -> String {
            "POST /v1/search HTTP/1.1\r\n\(head)Content-Type: application/json\r\nContent-Length: \(length)\r\n\(more)\r\n\(body)"
        }
        let longer = String(decoding: try server.exchange(post(body.utf8.count - 4)), as: UTF8.self)
        #expect(longer.hasPrefix("HTTP/1.1 400"), "\(longer.prefix(100))")
        // Two lengths, or a length and chunks, are how requests are smuggled through a proxy.
        for request in [
            post(body.utf8.count, "Content-Length: 3\r\n"), post(body.utf8.count, "Transfer-Encoding: chunked\r\n"),
        ] {
            let answer = String(decoding: try server.exchange(request), as: UTF8.self)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"), "\(answer.prefix(100))")
        }
        let shorter = try server.connect()
        shorter.send(post(body.utf8.count + 10))
        shorter.finish()
        #expect(!String(decoding: shorter.rest(), as: UTF8.self).hasPrefix("HTTP/1.1 5"))
        #expect(try server.get("/health").status == 200)
    }

    /// A client may wait for a word before it sends its body.
    @Test func aClientThatWaitsIsToldToGoOn() throws {
        let body = #"{"query": "fee"}"#
        func head(_ length: Int) -> String {
            "POST /v1/search HTTP/1.1\r\n\(self.head)Content-Type: application/json\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\nContent-Length: \(length)\r\n\r\n"
        }
        let connection = try server.connect()
        connection.send(head(body.utf8.count))
        #expect(connection.answer(upTo: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
        connection.send(body)
        #expect(String(decoding: connection.rest(), as: UTF8.self).contains("HTTP/1.1 200"))
        let long = try server.connect()
        long.send(head(5_000_000))
        #expect(long.answer(upTo: "\r\n\r\n").hasPrefix("HTTP/1.1 413"))
    }

    @Test func numbersBeyondAllBoundsAreRefused() throws {
        for number in ["1e400", "-1e400", "99999999999999999999999", "1e-400", "0.1e1e1", "NaN"] {
            let search = try server.post("/v1/search", #"{"query": "fee", "limit": \#(number)}"#)
            #expect(search.status == 400, "\(number): \(search.text)")
            let message = try server.post("/mcp", #"{"jsonrpc":"2.0","id":\#(number),"method":"ping"}"#)
            #expect((400...404).contains(message.status) && message.text.contains("error"), "\(number): \(message.text)")
        }
        let deep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        #expect(try server.post("/v1/search", deep).status == 400 && server.post("/mcp", deep).status == 400)
    }
}
