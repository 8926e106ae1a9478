/// Where a passage or a sentence stands, as a reader would find it.
package struct Citation: Sendable, Codable, Equatable {
    /// The path of the file relative to the corpus root.
    package let path: String
    /// The paths of other files with the same text.
    package let alsoAt: [String]
    /// The title of the document; empty where it has none.
    package let title: String
    /// The page, from 1, where the format has pages.
    package let page: Int?
    /// The headings above the place, the outermost first.
    package let headings: [String]
    /// Where the place starts in the document's text, in bytes of UTF-8.
    package let start: Int
    /// Where the place ends.
    package let end: Int

    /// A citation of all its parts.
    package init(
        path: String, alsoAt: [String] = [], title: String = "", page: Int? = nil, headings: [String] = [], start: Int,
        end: Int
    ) {
        self.path = path
        self.alsoAt = alsoAt
        self.title = title
        self.page = page
        self.headings = headings
        self.start = start
        self.end = end
    }

    /// A part of this place.
    ///
    /// - Parameter range: bytes from the start of this place.
    func part(_ range: Range<Int>) -> Citation {
        Citation(
            path: path, alsoAt: alsoAt, title: title, page: page, headings: headings, start: start + range.lowerBound,
            end: start + range.upperBound)
    }
}
