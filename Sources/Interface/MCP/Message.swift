/// A message of JSON-RPC 2.0 from a client.
struct Message: Sendable {
    /// nil for a notification.
    let id: JSON?
    let method: String
    let params: [String: JSON]

    /// - Throws: `MessageError` for JSON that is no request and no notification.
    init(_ json: JSON) throws {
        guard let members = json.members else { throw MessageError(.invalidRequest, "a message is a JSON object") }
        let id = members["id"]
        switch id {
        case nil, .text, .integer: break
        default: throw MessageError(.invalidRequest, "id: must be a text or a whole number")
        }
        guard members["jsonrpc"] == "2.0" else {
            throw MessageError(.invalidRequest, "jsonrpc: must be \"2.0\"", id: id)
        }
        guard let method = members["method"]?.text else {
            throw MessageError(.invalidRequest, "method: must be a text", id: id)
        }
        let params = members["params"] ?? .null
        guard params == .null || params.members != nil else {
            throw MessageError(.invalidParams, "params: must be an object", id: id)
        }
        self.id = id
        self.method = method
        self.params = params.members ?? [:]
    }

    /// The metadata that a client of revision 2026-07-28 sends with each request.
    var meta: [String: JSON]? { params["_meta"]?.members }
}

/// An error of JSON-RPC 2.0.
struct MessageError: Error, Sendable {
    /// The codes of JSON-RPC and of the Model Context Protocol.
    enum Code: Int, Sendable {
        case parse = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case `internal` = -32603
        case headerMismatch = -32020
        case unsupportedVersion = -32022

        /// The status of an HTTP response.
        var status: Int {
            switch self {
            case .methodNotFound: 404
            case .internal: 503  // a request that is right has no answer now
            default: 400
            }
        }
    }

    let code: Code
    let message: String
    let data: JSON?
    /// The request; nil where it could not be read.
    let id: JSON?
    /// The status of an HTTP response.
    var status: Int { code.status }

    init(_ code: Code, _ message: String, data: JSON? = nil, id: JSON? = nil) {
        self.code = code
        self.message = message
        self.data = data
        self.id = id
    }

    /// Why a request that is right has no answer now.
    init(_ error: RequestError) { self.init(.internal, error.message) }

    /// The error as the answer to a request.
    func json(answering id: JSON?) -> JSON {
        var error: [String: JSON] = ["code": .integer(code.rawValue), "message": .text(message)]
        if let data { error["data"] = data }
        return .object(["jsonrpc": "2.0", "id": self.id ?? id ?? .null, "error": .object(error)])
    }
}
