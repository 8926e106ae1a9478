import Retrieval

/// The results of a search as other programs read them.
package struct FoundPassages: Encodable, Sendable {
    /// The query as it was typed.
    package let query: String
    /// The best passages, the best first.
    package let results: [SearchResult]
    /// Words that the index lacks, with those that were looked for instead.
    package let corrections: [Correction]
    /// Words that no passage holds, with words of the index that are spelled alike.
    package let suggestions: [Correction]

    /// A correction as JSON Schema.
    package static let correction = Schema.object(["word": Schema.text(), "used": Schema.list(of: Schema.text())])

    /// Searches an index.
    ///
    /// - Parameters:
    ///   - typed: the query as it was typed; `syntax` is what it means.
    ///   - options: with a filter that holds the conditions of `syntax`.
    package init(of typed: String, _ syntax: QuerySyntax, in index: OpenIndex, _ options: SearchOptions) throws {
        query = typed
        let asked = try index.query(syntax.text)
        results = try index.search(asked, options)
        corrections = asked.corrections
        let isMatched = results.contains { !$0.matched.isEmpty }
        suggestions = isMatched ? [] : try index.suggestions(for: asked)
    }
}
