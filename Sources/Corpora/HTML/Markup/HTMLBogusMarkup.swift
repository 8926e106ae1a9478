import Bytes

/// Markup that browsers take for comments, and libxml2 for text: `<?…>`, `<!…>`, `</ …>`, `</>`; and what a document type declares.
enum HTMLBogusMarkup {
    /// The elements whose text ends with their own end alone.
    private static let raw = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"]

    /// The page without such markup.
    static func removed(from page: [UInt8]) -> [UInt8] {
        guard mayHave(page) else { return page }
        var out: [UInt8] = []
        var copied = 0
        var i = 0
        // What does not end is no comment.
        let last = page.lastIndex(of: UInt8(ascii: ">")) ?? 0
        while let start = HTMLRawText.find(page, "<", from: i), start < last {
            i = start + 1
            if let bogus = bogus(page, start) {
                out += page[copied..<bogus.lowerBound]
                (copied, i) = (bogus.upperBound, bogus.upperBound)
            } else if page[i...].starts(with: "!--".utf8) {
                guard let end = HTMLRawText.find(page, "-->", from: i + 3) else { break }
                i = end + 3
            } else if HTMLRawText.starts(page, at: start, "<![cdata[") {
                guard let end = HTMLRawText.find(page, "]]>", from: i) else { break }
                i = end + 3
            } else if page[i].isLetter {
                i = end(ofTag: page, i)
                if let name = raw.first(where: { isTag(page, start, $0) }) {
                    i = HTMLRawText.findTag(page, "</" + name, from: i) ?? page.count
                }
            }
        }
        return out + page[copied...]
    }

    private static func isTag(_ page: [UInt8], _ start: Int, _ name: String) -> Bool {
        HTMLRawText.starts(page, at: start, "<" + name) && HTMLRawText.endsName(page, start + 1 + name.utf8.count)
    }

    private static func mayHave(_ page: [UInt8]) -> Bool {
        for i in page.indices.dropLast(2) where page[i] == UInt8(ascii: "<") {
            switch page[i + 1] {
            case UInt8(ascii: "?"): return true
            case UInt8(ascii: "!"): if !page[(i + 2)...].starts(with: "--".utf8) { return true }
            case UInt8(ascii: "/"): if !page[i + 2].isLetter { return true }
            default: break
            }
        }
        return false
    }

    /// The range of such markup that starts at an index. Nil where it does not end, and for other markup.
    private static func bogus(_ page: [UInt8], _ start: Int) -> Range<Int>? {
        let next = start + 2 < page.count ? page[start + 2] : 0
        switch page[start + 1] {
        case UInt8(ascii: "?"): break
        case UInt8(ascii: "/"): if next.isLetter { return nil }
        case UInt8(ascii: "!"):
            if next == UInt8(ascii: "[") || page[(start + 2)...].starts(with: "--".utf8) { return nil }
            if HTMLRawText.starts(page, at: start, "<!doctype") { return subset(page, start) }
        default: return nil
        }
        return page[start...].firstIndex(of: UInt8(ascii: ">")).map { start..<$0 + 1 }
    }

    /// Bytes in which the declarations of a document type end.
    private static let longestSubset = 65_536

    /// What a document type declares between brackets.
    private static func subset(_ page: [UInt8], _ start: Int) -> Range<Int>? {
        guard let open = page[start...].firstIndex(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: ">") }),
            page[open] == UInt8(ascii: "[")
        else { return nil }
        // A document type stands before the page.
        guard start < longestSubset / 8 else { return nil }
        let part = Array(page[open..<min(page.count, open + longestSubset)])
        var i = 0
        while let end = HTMLRawText.find(part, "]", from: i + 1) {
            i = end
            if part[(end + 1)...].first(where: { !$0.isControlOrSpace }) == UInt8(ascii: ">") {
                return open..<open + end + 1
            }
        }
        return nil
    }

    /// The index behind a tag. Values between quotation marks may hold the sign that ends it.
    private static func end(ofTag page: [UInt8], _ start: Int) -> Int {
        var i = start
        var isValue = false
        while i < page.count, page[i] != UInt8(ascii: ">") {
            let byte = page[i]
            i += 1
            if isValue, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                guard let end = page[i...].firstIndex(of: byte) else { return i }
                i = end + 1
            }
            isValue = byte == UInt8(ascii: "=") || isValue && byte.isControlOrSpace
        }
        return i
    }
}
