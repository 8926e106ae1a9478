import Retrieval

/// The fields of a request that say which documents are looked at.
enum Filters {
    /// The fields, as `--path`, `--type`, `--title`, `--since` and `--before` of the command line.
    ///
    /// - Parameter until: the name of the field for `--before`.
    static func fields(until: String = "before") -> [Form.Field] {
        [
            .init(
                "path", .texts(1...400),
                "Only documents whose path fits: a glob such as rules/*.md, or a part of the path."),
            .init("type", .texts(1...80), "Only this format or file extension, such as pdf, markdown or csv."),
            .init("title", .texts(1...400), "Only documents with these words in the title."),
            .init(
                "since", .text(1...40),
                "Only documents of this date or later: 2024-05-17, 2024-05, 2024, or 30d for the last 30 days."),
            .init(until, .text(1...40), "Only documents from before this date."),
        ]
    }

    /// The conditions of a request.
    static func filter(_ entries: Entries) throws -> SearchFilter {
        var filter = SearchFilter()
        for (name, field) in fields {
            for value in entries.texts(name) {
                do {
                    try filter.add(field, value)
                } catch let error as RetrievalError {
                    let told = RetrievalError(
                        error.code, subject: name, fact: "\(RequestError.quoted(value)) \(error.fact)")
                    throw RequestError(.badRequest, Remedies.line(told), field: name)
                }
            }
        }
        return filter
    }

    /// The conditions by the names of their fields.
    private static let fields: [(name: String, field: SearchFilter.Field)] = [
        ("path", .path), ("type", .type), ("title", .title), ("since", .since), ("before", .before), ("until", .before),
    ]
}
