extension MediaType {
    /// A web page.
    package static let html = MediaType(rawValue: "html")
}

/// Reads web pages: all text that a browser shows.
struct HTMLReader: Reader {
    let format = Format(
        .html, extensions: ["html", "htm", "xhtml", "shtml"], signatures: [.opening("<!doctype html"), .opening("<html")])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        guard let tree = HTMLTree(try Self.decode(bytes)) else { throw .markupUnreadable }
        let rendered = HTMLRenderer(tree)
        guard validPrefix(rendered.text.span) == rendered.text.count else { throw .invalidUTF8 }
        guard !rendered.text.isEmpty else { throw .pageWithoutText }
        return Document(
            title: Self.title(tree, rendered), mediaType: .html, text: rendered.text,
            spans: Heading.spans(rendered.headings), original: .extracted)
    }

    /// The page in UTF-8.
    ///
    /// The byte order mark decides the encoding. Without one, the declared charset decides, then a guess from the bytes.
    private static func decode(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
        let hasMark = [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian].contains {
            bytes.starts(with: $0.byteOrderMark)
        }
        // Valid UTF-8 is never read in the declared encoding: text in another encoding is hardly ever valid UTF-8.
        let isUTF8 = validPrefix(bytes.span) == bytes.count
        if !hasMark, !isUTF8, let encoding = declaredEncoding(bytes),
            let decoding = TextDecoding(bytes, as: encoding, maxRepairs: 16 + bytes.count / 1000)
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
        switch String(decoding: name, as: UTF8.self) {
        case "utf-8", "utf8": return .utf8
        // Browsers read Latin-1 as windows-1252, its superset.
        case "iso-8859-1", "latin1", "windows-1252", "us-ascii", "cp1252": return .windows1252
        case "iso-8859-2": return .latin2
        case "iso-8859-5": return .isoCyrillic
        case "iso-8859-7": return .isoGreek
        case "iso-8859-9", "windows-1254": return .windows1254
        case "iso-8859-15": return .latin9
        case "windows-1250": return .windows1250
        case "windows-1251": return .windows1251
        case "windows-1253": return .windows1253
        case "windows-1255": return .windows1255
        case "windows-1256": return .windows1256
        case "windows-1257": return .windows1257
        case "koi8-r": return .koi8r
        case "koi8-u": return .koi8u
        case "gb2312", "gbk", "gb18030": return .gb18030
        case "big5": return .big5HongKong
        case "shift_jis", "shift-jis", "x-sjis": return .shiftJIS
        case "euc-jp": return .eucJapanese
        case "iso-2022-jp": return .iso2022Japanese
        case "euc-kr", "ks_c_5601-1987": return .korean
        default: return nil
        }
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
