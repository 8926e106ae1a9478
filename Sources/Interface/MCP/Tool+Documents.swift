extension Tool {
    static let documents = Tool(
        name: "documents", title: "List the documents",
        about: "Lists the user's documents in the order of their paths: path, title, format and size.",
        form: Form(DocumentsRequest.form.fields + [ByteBudget.field]), output: DocumentList.schema
    ) { entries, server in
        let request = try DocumentsRequest(entries)
        let index = try server.shelf.current([server.shelf.index(named: request.index)])
        return try request.list(of: index).within(ByteBudget(entries))
    }

    static let status = Tool(
        name: "status", title: "State of the index",
        about: """
            Says what the indexes hold, which files are not in them and why, and whether the files have changed since they \
            were read.
            """,
        form: Form([indexField]), output: Schema.object(["indexes": Schema.list(of: IndexStatus.schema)])
    ) { entries, server in
        let asked = try entries.text("index").map { [try server.shelf.index(named: $0)] } ?? server.shelf.indexes
        return ["indexes": try asked.map { try IndexStatus($0, in: server.shelf, explain: server.told) }]
    }
}
