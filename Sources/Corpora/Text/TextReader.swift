/// Reads plain text and Markdown in whatever encoding it comes.
enum TextReader {
    /// The text of a file's bytes, or why they are none.
    enum Outcome {
        case text(TextDecoding)
        case skipped(String)
    }

    /// Finds the encoding in which `bytes` are text and from whose text exactly `bytes` can be regained.
    static func decode(_ bytes: [UInt8]) -> Outcome {
        let counts = ByteCounts(bytes.span)
        let guesses = EncodingDetector(bytes, counts: counts).guesses()
        let isWide = guesses.first.map { $0.encoding.unit > 1 } ?? false
        if !isWide {
            if counts[0] > 0 { return .skipped("binary data (it holds zero bytes)") }
            // One stray control character in a thousand bytes is an accident; more are a format of some kind.
            if counts.odd > 2 + counts.total / 1000 { return .skipped("binary data (it holds control characters)") }
        }
        for guess in guesses {
            if let decoding = TextDecoding(
                bytes, as: guess.encoding, hasByteOrderMark: guess.hasByteOrderMark, maxRepairs: guess.maxRepairs)
            {
                if decoding.hasControls { return .skipped("binary data (it holds control characters)") }
                return .text(decoding)
            }
        }
        return .skipped("text in no encoding that is known here; convert it to UTF-8")
    }

    /// The document of a text or Markdown file.
    static func read(_ bytes: [UInt8], path: String, mediaType: MediaType) -> Extraction {
        switch decode(bytes) {
        case .skipped(let reason): return .skipped(reason)
        case .text(let decoding):
            let text = decoding.text
            guard text.contains(where: { $0 > 32 }) else { return .skipped("empty: it holds white space only") }
            let isMarkdown = mediaType == .markdown
            let headings = isMarkdown ? MarkdownHeadings.headings(in: text) : []
            let title =
                isMarkdown
                ? MarkdownHeadings.frontMatterTitle(text) ?? headings.first?.text : DocumentTitle.firstLine(of: text)
            return .document(
                Document(
                    path: path, title: title ?? "", mediaType: mediaType, text: text,
                    spans: MarkdownHeadings.paths(headings), original: .encoded(decoding.form)))
        }
    }
}

extension TextDecoding {
    /// Whether a wide encoding decoded to what no text holds.
    fileprivate var hasControls: Bool {
        guard form.encoding.unit > 1 else { return false }
        let counts = ByteCounts(text.span)
        return counts[0] > 0 || counts.odd > 2 + counts.total / 1000
    }
}
