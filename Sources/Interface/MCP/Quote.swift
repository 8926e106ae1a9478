import Retrieval

/// Exact text of a document with its place, as an agent gets it.
struct Quote: Encodable, Sendable {
    let path: String
    let title: String
    let page: Int?
    let headings: [String]
    /// The bytes in the document's text.
    let start: Int
    let end: Int
    /// The text as it stands there.
    let text: String
    /// The text is the document's own, byte for byte.
    let exact = true
    /// The SHA-256 of the text, in hexadecimal.
    let sha256: String

    init(_ text: String, at citation: Citation, start: Int, end: Int) {
        path = citation.path
        title = citation.title
        page = citation.page
        headings = citation.headings
        self.start = start
        self.end = end
        self.text = text
        sha256 = TextHash.of(text)
    }

    /// A quotation of an answer.
    init(_ sentence: Answer.Sentence) {
        let place = sentence.citation
        self.init(sentence.text, at: place, start: place.start, end: place.end)
    }

    static let schema = Schema.object([
        "path": Schema.text("path of the document"), "title": Schema.text("title of the document"),
        "page": Schema.optional(Schema.integer("page, from 1, where the format has pages")),
        "headings": Schema.list(of: Schema.text(), "headings above the place, the outermost first"),
        "start": Schema.integer("first byte in the document's text"),
        "end": Schema.integer("the byte after the last one"),
        "text": Schema.text("the text as it stands in the document"),
        "exact": ["const": true, "description": "the text is the document's own, byte for byte"],
        "sha256": Schema.text("SHA-256 of the text, in hexadecimal"),
    ])
}
