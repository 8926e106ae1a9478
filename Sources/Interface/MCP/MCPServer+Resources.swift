import Foundation

/// A document as a resource.
enum Resource {
    static let scheme = "r3mem://"

    static let template: JSON = [
        "uriTemplate": "r3mem://{index}/{+path}", "name": "document", "title": "Document",
        "description": "The exact text of a document, by the name of its index and its path.", "mimeType": "text/plain",
    ]

    static func uri(index: String, path: String) -> String {
        scheme + URLText.escapedPart(index) + "/" + URLText.escaped(path)
    }

    /// The index and the path that a URI names.
    static func parts(_ uri: String) -> (index: String, path: String)? {
        guard uri.hasPrefix(scheme) else { return nil }
        let rest = uri.dropFirst(scheme.count)
        guard let slash = rest.firstIndex(of: "/"), let index = String(rest[..<slash]).removingPercentEncoding,
            let path = String(rest[rest.index(after: slash)...]).removingPercentEncoding, !path.isEmpty
        else { return nil }
        return (index, path)
    }
}

extension MCPServer {
    func resources(_ message: Message) async throws -> [String: JSON] {
        let cursor = message.params["cursor"]?.text
        return try await protocolErrors {
            try await gate.run { [shelf] in
                // A cursor names an index and the last path of it.
                let parts = try cursor.map { try Cursor.text($0, kind: "u").split(separator: "\n", maxSplits: 1) } ?? []
                let name = parts.first.map(String.init) ?? shelf.indexes[0].name
                let index = try shelf.index(named: name)
                let last = parts.count == 2 ? String(parts[1]) : nil
                let (page, hasMore) = try shelf.current([index]).documents(after: last, limit: 200)
                var result: [String: JSON] = [
                    "resources": .array(
                        page.map { document in
                            [
                                "uri": .text(Resource.uri(index: name, path: document.path)), "name": .text(document.path),
                                "title": .text(document.title), "mimeType": "text/plain",
                                "size": .integer(document.textBytes),
                            ]
                        })
                ]
                let next = shelf.indexes.drop { $0.name != name }.dropFirst().first
                if hasMore, let path = page.last?.path {
                    result["nextCursor"] = .text(Cursor.of(name + "\n" + path, kind: "u"))
                } else if let next {
                    result["nextCursor"] = .text(Cursor.of(next.name, kind: "u"))
                }
                return result
            }
        }
    }

    func read(_ message: Message) async throws -> [String: JSON] {
        guard let uri = message.params["uri"]?.text else { throw MessageError(.invalidParams, "uri: must be a text") }
        guard let parts = Resource.parts(uri) else {
            throw MessageError(
                .invalidParams, "\(RequestError.quoted(uri)): write it as r3mem://index/path", data: ["uri": .text(uri)])
        }
        return try await protocolErrors {
            try await gate.run { [shelf] in
                let shown = try shelf.current([shelf.index(named: parts.index)]).document(named: parts.path)
                return ["contents": [["uri": .text(uri), "mimeType": "text/plain", "text": .text(shown.text)]]]
            }
        }
    }

    /// Errors of a request as errors of the protocol.
    private func protocolErrors<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            let error = told(error)
            let isInput = [.badRequest, .notFound, .ambiguous, .unknownField].contains(error.code)
            throw isInput ? MessageError(.invalidParams, error.message) : MessageError(error)
        }
    }
}
