import Retrieval

/// The longest query or question in characters.
let longestText = 4096

/// The name of the index that a request is for.
let indexField = Form.Field("index", .text(1...255), "The name of the index; needed where several are served.")

/// The names of several indexes that a request is for.
let indexesField = Form.Field(
    "indexes", .texts(1...255),
    "Names of indexes that are asked as one, or \"*\" for all; "
        + "where these are several, paths of results begin with the name of their index.")

/// The indexes that a request is for: one by `index`, or several by `indexes`, of which "*" stands for all.
package struct IndexChoice: Sendable {
    let one: String?
    let several: [String]

    init(_ entries: Entries) throws {
        one = entries.text("index")
        several = entries.texts("indexes")
        guard one == nil || several.isEmpty else {
            throw RequestError(.badRequest, "index, indexes: name one of them, not both", field: "indexes")
        }
    }
}

/// A search for passages.
package struct SearchRequest: Sendable {
    /// The fields of the request.
    package static let form = Form(
        [
            .init(
                "query", .text(1...longestText),
                "The words to look for. \"Words in quotation marks\" must follow one another, -word must not occur.",
                isRequired: true),
            indexField, indexesField,
            .init("limit", .number(1...100), "The number of passages to return; 5 if it is not given."),
            .init(
                "reader", .flag, "false ranks by words and vectors alone: faster, and less often right; true if not given."),
        ] + Filters.fields())

    package let indexes: IndexChoice
    let typed: String
    let syntax: QuerySyntax
    var options: SearchOptions

    /// - Throws: `RequestError` or `RetrievalError` for a request that makes no sense.
    package init(_ entries: Entries, limit: Int = 5) throws {
        indexes = try IndexChoice(entries)
        typed = entries.text("query") ?? ""
        syntax = try QuerySyntax(typed)
        guard !syntax.text.allSatisfy(\.isWhitespace) else {
            throw RequestError(
                .badRequest, "query: says only what to leave out or where to look; add a word to look for", field: "query")
        }
        options = SearchOptions()
        options.take(top: entries.number("limit") ?? limit)
        if entries.members["reader"] == .boolean(false) { options.read = 0 }
        options.filter = syntax.filter.and(try Filters.filter(entries))
    }

    /// Searches an index.
    package func results(in index: OpenIndex) throws -> FoundPassages {
        try FoundPassages(of: typed, syntax, in: index, options)
    }
}

/// A question.
package struct AskRequest: Sendable {
    /// The fields of the request.
    package static let form = Form(
        [
            .init("question", .text(1...longestText), "The question, as a person would ask it.", isRequired: true),
            indexField, indexesField,
            .init(
                "limit", .number(1...50),
                "The number of passages to read and return, beside those that are quoted; 5 if it is not given."),
            .init("stream", .flag, "true answers with server-sent events."),
        ] + Filters.fields())

    package let indexes: IndexChoice
    package let question: String
    package let isStreamed: Bool
    private let options: SearchOptions

    /// - Throws: `RequestError` or `RetrievalError` for a request that makes no sense.
    package init(_ entries: Entries) throws {
        let syntax = try QuerySyntax(entries.text("question") ?? "", .fields)
        guard !syntax.text.allSatisfy(\.isWhitespace) else {
            throw RequestError(
                .badRequest, "question: says only where to look; add what you want to know", field: "question")
        }
        indexes = try IndexChoice(entries)
        question = syntax.text
        isStreamed = entries.flag("stream")
        var options = SearchOptions()
        options.take(top: entries.number("limit") ?? options.top)
        options.filter = syntax.filter.and(try Filters.filter(entries))
        self.options = options
    }

    /// A question without conditions.
    package init(_ question: String) throws {
        try self.init(AskRequest.form.read(.object(["question": .text(question)])))
    }

    /// The answer of an index.
    package func answer(from index: OpenIndex, generator: (any AnswerGenerator)?) throws -> Answer {
        try Answering(index, generator: generator).answer(question, options)
    }
}
