import Retrieval

extension Tool {
    static let search = Tool(
        name: "search", title: "Search the documents",
        about: """
            Finds the passages of the user's documents that fit a query best, by words and by meaning. Each result quotes the \
            document exactly, with path, page or headings and byte range. Use read to see more of a passage, and ask for a \
            question.
            """,
        form: Form(
            [
                .init(
                    "query", .text(1...longestText),
                    "The words to look for. \"Words in quotation marks\" must follow one another, -word must not occur.",
                    isRequired: true),
                .init("limit", .number(1...FoundQuotes.last), "The number of results on a page; 8 if it is not given."),
            ] + Filters.fields(until: "until") + [
                .init("cursor", .token(100), "The nextCursor of the page before, with the same query and conditions."),
                ByteBudget.field, indexField, indexesField,
            ]),
        output: Schema.object([
            "query": Schema.text(),
            "results": Schema.list(of: FoundQuote.schema, "the best first"),
            "corrections": Schema.list(
                of: FoundPassages.correction, "words that the documents lack, and those looked for instead"),
            "suggestions": Schema.list(of: FoundPassages.correction, "where nothing matches: words spelled alike"),
            "nextCursor": Schema.optional(Schema.text("gives the next page")),
        ])
    ) { entries, server in try FoundQuotes(entries, server.shelf) }
}

/// Results of a search with snippets.
private struct FoundQuotes: Encodable, Sendable {
    let query: String
    let results: [FoundQuote]
    let corrections: [Correction]
    let suggestions: [Correction]
    let nextCursor: String?

    /// The results of all pages.
    static let last = 40
    /// The first results stand as a search for so many gives them. Where a page needs more, those of a larger search follow: so
    /// the order does not change from page to page.
    private static let first = 10

    init(_ entries: Entries, _ shelf: Shelf) throws {
        let limit = entries.number("limit") ?? 8
        var request = try SearchRequest(entries)
        let key = FoundQuotes.key(of: entries)
        let start = try entries.text("cursor").map { try FoundQuotes.start($0, key) } ?? 0
        let index = try shelf.current(shelf.indexes(request.indexes))
        // The limit of a page changes nothing: of each page the first results are those of the same search.
        request.options = SearchOptions(filter: request.options.filter)
        request.options.take(top: FoundQuotes.first)
        let found = try request.results(in: index)
        var ranked = found.results
        if ranked.count <= start + limit {
            request.options.take(top: FoundQuotes.last)
            // The reader has read the first ones.
            request.options.read = 0
            let more = try request.results(in: index).results.filter { result in
                !ranked.contains { $0.citation == result.citation }
            }
            ranked = (ranked + more).withoutCopies { Array($0.text.utf8) }
        }
        var budget = ByteBudget(entries)
        var results: [FoundQuote] = []
        for (rank, result) in ranked.enumerated().dropFirst(start).prefix(limit) {
            let quote = try FoundQuote(result, rank: rank + 1)
            guard budget.take(try JSON.bytes(of: quote).count) || results.isEmpty else { break }
            results.append(quote)
        }
        query = found.query
        self.results = results
        corrections = found.corrections
        suggestions = found.suggestions
        let next = start + results.count
        nextCursor = next < ranked.count ? Cursor.of("\(next):\(key)", kind: "s") : nil
    }

    /// Tells searches apart: the query, the conditions and the index.
    private static func key(of entries: Entries) -> String {
        let search = entries.members.filter { !["cursor", "limit", "max_bytes"].contains($0.key) }
        return String(TextHash.of(JSON.object(search).line).prefix(16))
    }

    private static func start(_ cursor: String, _ key: String) throws -> Int {
        let text = try Cursor.text(cursor, kind: "s")
        guard let colon = text.firstIndex(of: ":"), let start = Int(text[..<colon]), (0...last).contains(start),
            text[text.index(after: colon)...] == key
        else { throw RequestError(.badRequest, "cursor: belongs to another query; start without it", field: "cursor") }
        return start
    }
}

/// A result of a search with a snippet of its passage.
private struct FoundQuote: Encodable, Sendable {
    private let quote: Quote
    private let result: SearchResult
    private let rank: Int

    /// The bytes of a snippet at most.
    private static let longest = 600

    init(_ result: SearchResult, rank: Int) throws {
        self.result = result
        self.rank = rank
        let snippet = Snippet(result.text, around: MatchedWords(result.matched), longest: FoundQuote.longest)
        let start = result.citation.start
        quote = Quote(
            snippet.text, at: result.citation, start: start + snippet.range.lowerBound, end: start + snippet.range.upperBound
        )
    }

    private enum Key: String, CodingKey { case rank, score, passage, line, matched }

    func encode(to encoder: any Encoder) throws {
        try quote.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(rank, forKey: .rank)
        try container.encode(result.score, forKey: .score)
        try container.encode(result.passage, forKey: .passage)
        try container.encodeIfPresent(result.line, forKey: .line)
        try container.encode(result.matched, forKey: .matched)
    }

    static let schema = Schema.merged(
        Quote.schema,
        Schema.object([
            "rank": Schema.integer("place in the list, from 1"), "score": Schema.number("higher is better"),
            "passage": Schema.integer("number of the passage in its document, for read"),
            "line": Schema.optional(Schema.integer("in text files the line, from 1")),
            "matched": Schema.list(of: Schema.text(), "words of the query that were found"),
        ]))
}
