/// One heading of a document.
struct Heading: Equatable {
    /// The byte offset in the text where the heading starts.
    let start: Int
    /// The level, from 1 for the outermost.
    let level: Int
    /// The heading's words, without markup.
    let text: String

    /// The span of each heading. Its path is the headings above and the heading itself.
    static func spans(_ headings: [Heading]) -> [SourceSpan] {
        var open: [Heading] = []
        return headings.map { heading in
            while let last = open.last, last.level >= heading.level { open.removeLast() }
            open.append(heading)
            return SourceSpan(start: heading.start, place: .heading(open.map(\.text)))
        }
    }
}
