import Retrieval

extension Tool {
    static let documents = Tool(
        name: "documents", title: "List the documents",
        about: "Lists the user's documents in the order of their paths: path, title, format and size.",
        form: DocumentsRequest.form,
        output: Schema.object([
            "documents": Schema.list(
                of: Schema.object([
                    "path": Schema.text(), "alsoAt": Schema.list(of: Schema.text(), "other paths with the same text"),
                    "title": Schema.text(), "mediaType": Schema.text("the format that the file was read as"),
                    "textBytes": Schema.integer(), "passages": Schema.integer(),
                    "sha256": Schema.text("SHA-256 of the text, in hexadecimal"),
                ])), "nextCursor": Schema.optional(Schema.text("gives the next page")),
        ])
    ) { entries, shelf, _ in
        let request = try DocumentsRequest(entries)
        return try request.list(of: shelf.index(named: request.index).current())
    }

    static let status = Tool(
        name: "status", title: "State of the index",
        about: """
            Says what the indexes hold, which files are not in them and why, and whether the files have changed since they \
            were read.
            """,
        form: Form([indexField]), output: Schema.object(["indexes": Schema.list(of: IndexStatus.schema)])
    ) { entries, shelf, _ in
        let asked = try entries.text("index").map { [try shelf.index(named: $0)] } ?? shelf.indexes
        return ["indexes": try asked.map { try IndexStatus($0) }]
    }
}
