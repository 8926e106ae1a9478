import Foundation
import Interface
import Retrieval

extension Server {
    /// The page of people.
    var pageRoutes: [Site.Route] {
        [
            .init("GET", "/") { [self] request, _ in await page(request) },
            .init("GET", "/document/*/**") { [self] request, place in
                await shown { try await document(index: place[0], path: place[1], request) }
            },
            .init("GET", "/browse/*") { [self] request, name in
                await shown { try await browse(index: name[0], request) }
            },
            .asset("/page.css", "text/css; charset=utf-8", Assets.style),
            .asset("/page.js", "text/javascript; charset=utf-8", Assets.script),
            .asset("/icon.svg", "image/svg+xml", Assets.icon),
        ]
    }

    /// A page with the state of an error where there is one.
    private func shown(_ body: () async throws -> HTML) async -> Outgoing {
        do {
            return .html(try await body())
        } catch {
            let (state, html) = problem(error)
            return .html(
                Page.frame(
                    title: "r3mem", "<main id=\"results\" tabindex=\"-1\">\(html)<p><a href=\"/\">Back</a></p></main>"),
                status: state)
        }
    }

    private func page(_ request: Incoming) async -> Outgoing {
        let names = shelf.indexes.map(\.name)
        do {
            let query = PageQuery(try request.entries(PageQuery.form))
            var status = 200
            var isBusy = false
            var results: HTML
            do {
                results = try await self.results(query)
            } catch {
                isBusy = RequestError(error).code == .busy
                (status, results) = problem(error)
            }
            let refreshed = shelf.indexes.map(\.name).filter { jobs.isRunning($0) }
            if !refreshed.isEmpty {
                results =
                    """
                    \(Page.notice("Being refreshed", "\(refreshed.joined(separator: ", ")): answers come from the state before, until it is done."))
                    \(results)
                    """
            }
            var answer = Outgoing.html(
                query.isPart ? results : Page.start(query, indexes: names, results: results), status: status)
            if isBusy { answer.headers["retry-after"] = "1" }
            return answer
        } catch {
            let (status, html) = problem(error)
            return .html(
                Page.frame(title: "r3mem", "<main id=\"results\">\(html)<p><a href=\"/\">Back</a></p></main>"),
                status: status)
        }
    }

    private func results(_ query: PageQuery) async throws -> HTML {
        guard !query.text.isEmpty else {
            return Page.welcome(shelf.indexes.map { ($0.name, $0.lastView?.snapshot.documents.count) })
        }
        // A page chooses the first index where none is chosen.
        let name = query.index ?? shelf.indexes[0].name
        let asked = name == PageQuery.all ? shelf.indexes : [try shelf.index(named: name)]
        switch query.mode {
        case .ask:
            let ask = try AskRequest(query.entries(AskRequest.form, as: "question"))
            let generator = options.generator
            let answer = try await gate.run { [shelf] in
                try ask.answer(from: shelf.current(asked), generator: generator)
            }
            return Page.answer(answer, index: name, query)
        case .search:
            let search = try SearchRequest(query.entries(SearchRequest.form, as: "query"), limit: 10)
            let found = try await gate.run { [shelf] in try search.results(in: shelf.current(asked)) }
            return Page.results(found, index: name, query)
        }
    }

    /// The fields of a document's page.
    private static let documentForm = Form(
        PageQuery.fields + [
            .init("start", .number(0...1_000_000_000), "The first byte of the quotation."),
            .init("end", .number(0...1_000_000_000), "The byte after it."),
            .init("all", .flag, "Whether the whole document is shown."),
        ])

    /// A document of more passages is shown around the quotation.
    private static let mostPassages = 60

    private func document(index name: String, path: String, _ request: Incoming) async throws -> HTML {
        let entries = try request.entries(Server.documentForm)
        let (index, document) = try shelf.place(of: path, name == PageQuery.all ? nil : name)
        let query = PageQuery(entries)
        let start = entries.number("start") ?? 0
        let end = entries.number("end") ?? 0
        let quote = start < end ? start..<end : nil
        return try await gate.run {
            let open = try shelf.current([index])
            let listed = try open.passages(around: 0, neighbours: 0, ofDocumentNamed: document)
            let isWhole = entries.flag("all") || listed.count <= Server.mostPassages
            let shown =
                if let quote, !isWhole {
                    try open.passages(holding: quote, neighbours: Server.mostPassages / 4, ofDocumentNamed: document)
                } else if isWhole {
                    try open.passages(holding: nil, neighbours: 0, ofDocumentNamed: document)
                } else {
                    try open.passages(around: 0, neighbours: Server.mostPassages, ofDocumentNamed: document)
                }
            let marks = query.text.isEmpty ? MatchedWords() : try MatchedWords(ofQuery: query.text, in: open)
            return Page.document(
                shown, index: index.name, asked: name, quote: quote, query, marks, isWhole: isWhole)
        }
    }

    private func browse(index name: String, _ request: Incoming) async throws -> HTML {
        let fields = request.query.filter { !$0.value.isEmpty }
        let entries = try DocumentsRequest.form.read(query: fields)
        let list = try DocumentsRequest(entries)
        let index = try shelf.index(named: name)
        let page = try await gate.run { try list.list(of: shelf.current([index])) }
        return Page.list(page, index: name, glob: entries.text("glob") ?? "")
    }

    /// An error as a reader is told it, and the status of its page.
    private func problem(_ error: any Error) -> (status: Int, HTML) {
        report(error)
        let told = RequestError(error)
        switch told.code {
        case .busy, .cancelled:
            return (503, Page.notice("Busy", "Many questions wait already. Try again in a moment.", kind: "problem"))
        case .unavailable: return (503, Page.notice("The documents cannot be read", told.message, kind: "problem"))
        case .notFound: return (404, Page.notice("Not there", told.message, kind: "problem"))
        default: return (400, Page.notice("This makes no sense", told.message, kind: "problem"))
        }
    }
}

extension Outgoing {
    fileprivate static func html(_ html: HTML, status: Int = 200) -> Outgoing {
        Outgoing(status: status, type: "text/html; charset=utf-8", Data(html.source.utf8))
    }
}

extension Site.Route {
    /// A file of the program, which needs no token.
    fileprivate static func asset(_ path: String, _ type: String, _ text: String) -> Site.Route {
        Site.Route("GET", path, isOpen: true) { _, _ in
            Outgoing(type: type, Data(text.utf8), headers: ["cache-control": "max-age=3600"])
        }
    }
}
