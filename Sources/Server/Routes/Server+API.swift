import Interface
import Retrieval

extension Server {
    /// The API of programs.
    var apiRoutes: [Site.Route] {
        var routes: [Site.Route] = [
            .init("GET", "/health", isOpen: true) { [self] request, _ in
                _ = try request.entries(Form([]))
                return try .json(health)
            },
            .init("GET", "/openapi.json") { [self] request, _ in
                _ = try request.entries(Form([]))
                return try .json(OpenAPI.document(options))
            },
            .init("GET", "/v1/indexes") { [self] request, _ in
                _ = try request.entries(Form([]))
                return try .json(["indexes": shelf.indexes.map(summary)])
            },
            .init("POST", "/v1/search") { [self] request, _ in
                let search = try SearchRequest(await request.json(SearchRequest.form, gate))
                let asked = try shelf.indexes(search.indexes)
                let (found, timing) = try await gate.timed { [shelf] in try search.results(in: shelf.current(asked)) }
                return try .json(found).timed(timing)
            },
            .init("POST", "/v1/ask") { [self] request, _ in try await ask(request) },
            .init("GET", "/v1/documents") { [self] request, _ in
                let list = try DocumentsRequest(request.entries(DocumentsRequest.form))
                let index = try shelf.index(named: list.index)
                return try .json(await gate.run { try list.list(of: shelf.current([index])) })
            },
            .init("GET", "/v1/documents/**") { [self] request, path in
                let entries = try request.entries(DocumentRequest.form)
                let (index, name) = try shelf.place(of: path[0], entries.text("index"))
                let document = try DocumentRequest(path: name, entries)
                let bytes = try await gate.run { try JSON.bytes(of: document.answer(from: shelf.current([index]))) }
                return Outgoing(type: "application/json", bytes)
            },
            .init("GET", "/v1/passages/**") { [self] request, path in
                let entries = try request.entries(PassagesRequest.form)
                let (index, name) = try shelf.place(of: path[0], entries.text("index"))
                let passages = PassagesRequest(path: name, entries)
                return try .json(await gate.run { try passages.answer(from: shelf.current([index])) })
            },
        ]
        if options.allowsRefresh {
            routes += [
                .init("POST", "/v1/refresh") { [self] request, _ in
                    let entries = try await request.json(Server.refreshForm, gate)
                    let index = try shelf.index(named: entries.text("index"))
                    let job = jobs.refresh(index, allowEmpty: entries.flag("allowEmpty"))
                    return try .json(job, status: 202, headers: ["location": "/v1/jobs/\(job.id)"])
                },
                .init("GET", "/v1/jobs/*") { [self] request, id in
                    _ = try request.entries(Form([]))
                    guard let job = jobs[id[0]] else { throw RequestError(.notFound, "there is no such job") }
                    return try .json(job)
                },
            ]
        }
        return routes
    }

    /// The fields of a refresh.
    static let refreshForm = Form([
        .init("index", .text(1...255), "The name of the index; needed where several are served."),
        .init("allowEmpty", .flag, "Accept that all files of a root are gone, and remove their documents."),
    ])

    private struct Health: Encodable {
        let status = "ok"
        let version: String
        let isModelLoaded: Bool
        let running: Int
        let waiting: Int
    }

    private var health: Health {
        let load = gate.load
        return Health(
            version: options.version, isModelLoaded: shelf.model.isLoaded, running: load.running, waiting: load.waiting)
    }

    private struct IndexSummary: Encodable {
        let name: String
        let isOpen: Bool
        let isRefreshing: Bool
        let documents: Int?
        let passages: Int?
        let lastVerification: Verification?
    }

    private func summary(_ index: ServedIndex) -> IndexSummary {
        let view = index.lastView
        // Of the commits after the view's nothing can be said here. Where it is not known whether there are some, neither.
        let isNewest = view.flatMap { try? $0.isCurrent() } ?? false
        return IndexSummary(
            name: index.name, isOpen: view != nil, isRefreshing: jobs.isRunning(index.name),
            documents: view?.snapshot.documents.count, passages: view?.snapshot.passageCount,
            lastVerification: isNewest ? view?.lastVerification : nil)
    }

    /// An answer, or events: what the index says, then what the generator writes, piece by piece.
    private func ask(_ request: Incoming) async throws -> Outgoing {
        let ask = try AskRequest(await request.json(AskRequest.form, gate))
        let asked = try shelf.indexes(ask.indexes)
        let generator = options.generator
        guard ask.isStreamed else {
            let (answer, timing) = try await gate.timed { [shelf] in
                try ask.answer(from: shelf.current(asked), generator: generator)
            }
            return try .json(answer).timed(timing)
        }
        // A failure before the quotations has its own status.
        let quoted = try await gate.run { [shelf] in try ask.answer(from: shelf.current(asked), generator: nil) }
        return .events { [self] send in
            do {
                send(Event.named("answer", quoted))
                guard let generator, quoted.isFound else { return send(Event.named("done", quoted)) }
                let written = try await gate.run {
                    try quoted.written(by: generator) { send(Event.named("piece", ["text": $0])) }
                }
                send(Event.named("done", written))
            } catch {
                report(error)
                send(Event.named("error", ["message": RequestError(error).message]))
            }
        }
    }
}
