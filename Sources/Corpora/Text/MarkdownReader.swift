extension MediaType {
    /// Markdown source.
    package static let markdown = MediaType(rawValue: "markdown")
}

/// Reads Markdown. The text of the document is the source with its markup, and the spans are the paths of its headings.
struct MarkdownReader: Reader {
    let format = Format(.markdown, extensions: ["md", "markdown", "mdown", "mkd", "mdx"])
    let findsSpansInText = true

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let decoding = try TextReader.decode(bytes)
        let headings = MarkdownHeadings.headings(in: decoding.text)
        let matter = FrontMatter(decoding.text)
        return Document(
            title: matter.title ?? headings.first?.text, mediaType: .markdown, text: decoding.text,
            spans: Heading.spans(headings), original: .encoded(decoding.form), date: matter.date)
    }
}
