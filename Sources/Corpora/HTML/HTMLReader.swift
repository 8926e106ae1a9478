extension MediaType {
    /// A web page.
    package static let html = MediaType(rawValue: "html")
}

/// Reads web pages: all text that a browser shows.
struct HTMLReader: Reader {
    let format = Format(
        .html, extensions: ["html", "htm", "xhtml", "shtml"], signatures: [.opening("<!doctype html"), .opening("<html")])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let page = try Self.extract(bytes)
        guard !page.text.isEmpty else { throw .pageWithoutText }
        return try page.document(.html)
    }

    /// The text of a page. Its charset is declared in the page, or by `charset`.
    ///
    /// - Parameter sheet: the style sheets that the page takes from elsewhere.
    static func extract(
        _ bytes: [UInt8], charset: TextEncoding? = nil, sheet: HTMLStyleSheet = HTMLStyleSheet()
    ) throws(Refusal) -> Extracted {
        guard let tree = HTMLTree(try decode(bytes, charset), sheet: sheet) else { throw .markupUnreadable }
        let rendered = HTMLRenderer(tree)
        guard validPrefix(rendered.text.span) == rendered.text.count else { throw .invalidUTF8 }
        var page = Extracted()
        page.text = rendered.text
        page.headings = rendered.headings
        page.title = title(tree, rendered)
        if tree.hiddenPieces > 0 { page.remarks.add(.hiddenText, times: tree.hiddenPieces) }
        // The only time of a page that states no date is most likely its own.
        page.date = DocumentDate.latest(
            tree.statedDates.isEmpty && Set(tree.times).count == 1 ? tree.times : tree.statedDates)
        return page
    }

    /// The page in UTF-8.
    ///
    /// The byte order mark decides the encoding. Without one, the declared charset decides, then a guess from the bytes.
    private static func decode(_ bytes: [UInt8], _ charset: TextEncoding?) throws(Refusal) -> [UInt8] {
        let hasMark = [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian].contains {
            bytes.starts(with: $0.byteOrderMark)
        }
        // Valid UTF-8 is never read in the declared encoding: text in another encoding is hardly ever valid UTF-8. Bytes that are
        // not UTF-8 although the page says so are guessed.
        let isUTF8 = validPrefix(bytes.span) == bytes.count
        if !hasMark, !isUTF8, let encoding = charset ?? declaredEncoding(bytes), encoding != .utf8,
            let decoding = TextDecoding(bytes, as: encoding.believed(of: bytes), maxRepairs: 16 + bytes.count / 1000)
        {
            return decoding.text
        }
        return try TextReader.decode(bytes).text
    }

    /// The encoding in the first `charset=` of the page. Nil without one, or when its name is not known.
    private static func declaredEncoding(_ bytes: [UInt8]) -> TextEncoding? {
        let head = bytes.prefix(4096).map(\.lowercasedASCII)
        let key = Array("charset=".utf8)
        guard let start = (0..<max(0, head.count - key.count)).first(where: { head[$0...].starts(with: key) }) else {
            return nil
        }
        let name = head[(start + key.count)...].drop { $0 == 34 || $0 == 39 || $0 == 32 }
            .prefix { $0 != 34 && $0 != 39 && $0 > 32 && $0 != 62 && $0 != 59 && $0 != 47 }
        return TextEncoding(label: String(decoding: name, as: UTF8.self))
    }

    /// The title of the page.
    ///
    /// When `<title>` starts with `og:title` or with the first heading, this start is the title, because the rest is the
    /// name of the site. Without `<title>`, the title is `og:title` or the first heading.
    private static func title(_ tree: HTMLTree, _ rendered: HTMLRenderer) -> String? {
        var title: String?
        if let index = tree.first(.title) {
            let bytes = tree.nodes[index..<tree.nodes[index].end].flatMap { Array(tree.bytes[$0.text]) }
            title = DocumentTitle.clean(bytes)
        }
        guard let title else { return tree.metaTitle ?? rendered.headings.first?.text }
        for other in [tree.metaTitle, rendered.headings.first?.text] {
            if let other, other.utf8.count >= 10, title.hasPrefix(other) { return other }
        }
        return title
    }
}
