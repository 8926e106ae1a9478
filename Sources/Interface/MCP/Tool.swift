import Retrieval

/// A tool of the Model Context Protocol: what it is asked, what it answers, and the work.
struct Tool: Sendable {
    let name: String
    let title: String
    let about: String
    let form: Form
    let output: JSON
    /// The structured answer.
    let run: @Sendable (Entries, MCPServer) throws -> any Encodable & Sendable

    /// The tool as `tools/list` gives it.
    var json: JSON {
        [
            "name": .text(name), "title": .text(title), "description": .text(about), "inputSchema": form.schema,
            "outputSchema": output,
            "annotations": [
                "title": .text(title), "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true,
                "openWorldHint": false,
            ],
        ]
    }

    /// All tools, in the order in which they are listed.
    static let all: [Tool] = [.search, .ask, .read, .documents, .status]
}

/// A budget of bytes for the text of one answer. Clients refuse results of more than 25,000 tokens.
struct ByteBudget {
    static let field = Form.Field(
        "max_bytes", .number(1000...60_000),
        "The most bytes of text in the answer; 24000 if it is not given. nextCursor goes on where the answer ends.")

    private(set) var left: Int

    init(_ entries: Entries) { left = entries.number("max_bytes") ?? 24_000 }

    /// Takes some bytes; false where they are not left.
    mutating func take(_ count: Int) -> Bool {
        guard count <= left else { return false }
        left -= count
        return true
    }
}
