import Interface

extension Server {
    /// The protocols of agents and of clients of the OpenAI API.
    var protocolRoutes: [Site.Route] {
        let agents = MCPServer(
            shelf, gate: gate, generator: options.generator, version: options.version, report: report)
        return [
            .init("POST", "/mcp") { request, _ in
                try request.checkIsJSON()
                let reply = await agents.answer(
                    request.body,
                    headers: .init(
                        version: request["mcp-protocol-version"], method: request["mcp-method"], name: request["mcp-name"]))
                guard let json = reply.json else { return .empty(status: reply.status) }
                return try .json(json, status: reply.status, headers: reply.status == 503 ? ["retry-after": "1"] : [:])
            },
            .init("GET", "/v1/models") { [self] request, _ in
                _ = try request.entries(Form([]))
                return try .json(Models(shelf.indexes.map { Model(id: $0.name) }))
            },
            .init("GET", "/v1/models/*") { [self] request, name in
                _ = try request.entries(Form([]))
                return try .json(Model(id: try shelf.index(named: name[0]).name))
            },
            .init("POST", "/v1/chat/completions") { [self] request, _ in try await chat(request) },
            .init("POST", "/v1/embeddings") { [self] request, _ in
                let embeddings = try EmbeddingsRequest(await request.json(gate))
                let index = try shelf.index(named: embeddings.model, field: "model")
                let bytes = try await gate.run { try embeddings.answer(from: shelf.current([index])) }
                return Outgoing(type: "application/json", bytes)
            },
        ]
    }

    private struct Models: Encodable {
        let object = "list"
        let data: [Model]
        init(_ data: [Model]) { self.data = data }
    }

    private struct Model: Encodable {
        let id: String
        let object = "model"
        let created = 0
        let owned_by = "r3mem"
    }

    private func chat(_ request: Incoming) async throws -> Outgoing {
        let chat = try ChatRequest(await request.json(gate))
        let index = try shelf.index(named: chat.model, field: "model")
        let generator = options.generator
        guard chat.isStreamed else {
            let answer = try await gate.run { try chat.answer(from: shelf.current([index]), generator: generator) }
            return try .json(answer.completion)
        }
        // A failure before the quotations has its own status.
        let quoted = try await gate.run { try chat.quotations(from: shelf.current([index])) }
        let stream = ChatStream(chat)
        return .events { [self] send in
            do {
                send(Event.data(stream.opening))
                var answer = quoted
                if let generator {
                    answer = try await gate.run {
                        try quoted.written(by: generator) { send(Event.data(stream.piece($0))) }
                    }
                }
                for chunk in stream.rest(of: answer) { send(Event.data(chunk)) }
                send("data: [DONE]\n\n")
            } catch {
                report(error)
                send(Event.data(Outgoing.body(of: error)))
            }
        }
    }
}
