internal import Retrieval

/// Where a text stands, as a reader would find it.
public struct Place: Sendable, Hashable, Codable {
    /// The path of the document.
    public let path: String
    /// The title of the document, or the name of its file.
    public let title: String
    /// The page, from 1, where the format has pages.
    public let page: Int?
    /// The headings above the place, the outermost first.
    public let headings: [String]
    /// The bytes of the document's text in UTF-8.
    public let bytes: Range<Int>
}

extension Place {
    init(_ citation: Citation) {
        path = citation.path
        title = citation.title
        page = citation.page
        headings = citation.headings
        bytes = citation.start..<citation.end
    }
}
