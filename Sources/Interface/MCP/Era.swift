import Foundation

/// How a request is to be understood.
enum Era {
    case modern, legacy

    /// - Throws: `MessageError` for a revision that is not served, and where headers and body do not say the same.
    init(_ message: Message, _ headers: MCPServer.Headers?) throws {
        let key = "io.modelcontextprotocol/"
        guard let meta = message.meta, let version = meta[key + "protocolVersion"] else {
            if let header = headers?.version {
                guard header != MCPServer.modern || message.id == nil else {
                    throw MessageError(.invalidParams, "_meta: \(key)protocolVersion is missing")
                }
                guard header == MCPServer.modern || MCPServer.legacy.contains(header) else {
                    throw Era.unsupported(.text(header))
                }
            }
            guard message.method != "server/discover" else {
                throw MessageError(.invalidParams, "_meta: \(key)protocolVersion is missing")
            }
            self = .legacy
            return
        }
        if let headers {
            try Era.check("MCP-Protocol-Version", headers.version, version.text)
            try Era.check("Mcp-Method", headers.method, message.method)
            let named: [String: String] = ["tools/call": "name", "resources/read": "uri", "prompts/get": "name"]
            if let field = named[message.method] {
                try Era.check("Mcp-Name", headers.name.map(Era.decoded), message.params[field]?.text)
            }
        }
        guard version == .text(MCPServer.modern) else { throw Era.unsupported(version) }
        guard meta[key + "clientCapabilities"]?.members != nil else {
            throw MessageError(.invalidParams, "_meta: \(key)clientCapabilities is missing")
        }
        self = .modern
    }

    private static func unsupported(_ version: JSON) -> MessageError {
        MessageError(
            .unsupportedVersion, "Unsupported protocol version",
            data: [
                "supported": .array(([MCPServer.modern] + MCPServer.legacy).map(JSON.text)), "requested": version,
            ])
    }

    private static func check(_ name: String, _ header: String?, _ value: String?) throws {
        guard let header else { throw MessageError(.headerMismatch, "Header mismatch: \(name) is missing") }
        guard header == value else {
            throw MessageError(
                .headerMismatch,
                "Header mismatch: \(name) is \(RequestError.quoted(header)), the body says \(RequestError.quoted(value ?? "nothing"))"
            )
        }
    }

    /// A header value in clear: values that no header can hold are in base64.
    private static func decoded(_ header: String) -> String {
        guard header.hasPrefix("=?base64?"), header.hasSuffix("?="), header.count >= 11,
            let data = Data(base64Encoded: String(header.dropFirst(9).dropLast(2)))
        else { return header }
        return String(decoding: data, as: UTF8.self)
    }
}
