import Foundation
import Interface

/// A request as the routes see it, whatever framework received it.
struct Incoming: Sendable {
    let method: String
    /// The path without its query, as it was sent.
    let rawPath: String
    /// The parts of the path between slashes, in clear; nil where one of them is no UTF-8.
    let segments: [String]?
    /// The fields of the query, in clear and in order.
    let query: [(name: String, value: String)]
    /// The headers by their names in lower case; values of one name are joined by commas.
    let headers: [String: String]
    let body: Data

    /// - Parameter target: path and query as they stand in the request line.
    init(method: String, target: String, headers: [String: String], body: Data) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        rawPath = parts.first.map(String.init) ?? "/"
        let pieces = rawPath.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let clear = pieces.compactMap { String($0).removingPercentEncoding }
        segments = clear.count == pieces.count ? clear : nil
        query = parts.count == 2 ? Incoming.fields(String(parts[1])) : []
        self.headers = headers
        self.body = body
    }

    /// The value of a header; nil where there is none.
    subscript(header: String) -> String? { headers[header] }

    /// The fields of a query, or of a form that a browser posts.
    static func fields(_ text: String) -> [(name: String, value: String)] {
        func clear(_ text: Substring) -> String {
            let spaced = text.replacing("+", with: " ")
            return String(spaced).removingPercentEncoding ?? String(spaced)
        }
        return text.split(separator: "&").map { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (clear(parts[0]), parts.count == 2 ? clear(parts[1]) : "")
        }
    }

    /// The fields of the query, checked by a form.
    func entries(_ form: Form) throws -> Entries { try form.read(query: query) }

    /// The body, which must be JSON, checked by a form.
    func json(_ form: Form, _ gate: Gate) async throws -> Entries { try form.read(try await json(gate)) }

    /// Throws where the body is said to be of another kind than JSON, or packed.
    func checkIsJSON() throws {
        let type = self["content-type"]?.lowercased().prefix { $0 != ";" && $0 != " " }
        guard type == "application/json" else {
            throw HTTPFault(415, "the body must be JSON; send Content-Type: application/json")
        }
        guard ["", "identity"].contains(self["content-encoding"]?.lowercased() ?? "") else {
            throw HTTPFault(415, "the body must not be packed; leave Content-Encoding out")
        }
    }

    /// The body as JSON. A long one is parsed when the gate lets it in.
    func json(_ gate: Gate) async throws -> JSON {
        try checkIsJSON()
        do {
            return try await gate.json(body)
        } catch let error as RequestError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw RequestError(.badRequest, "the body is no JSON")
        }
    }
}

/// A fault of HTTP itself.
struct HTTPFault: Error {
    let status: Int
    let message: String
    let headers: [String: String]

    init(_ status: Int, _ message: String, headers: [String: String] = [:]) {
        self.status = status
        self.message = message
        self.headers = headers
    }
}
