import Bytes
import Glibc

/// Marks that browsers read otherwise than libxml2: conditions of Word, text that no markup ends, and sections of XML.
enum HTMLRawText {
    /// The page without conditions such as `<![if !mso]>`, and with escapes in `<xmp>` and in `<![CDATA[…]]>`.
    static func mended(_ page: [UInt8]) -> [UInt8] {
        var page = page
        if find(page, "<!>", from: 0) != nil || find(page, "<!-->", from: 0) != nil || find(page, "<!--->", from: 0) != nil {
            page = withoutEmptyComments(page)
        }
        page = HTMLBogusMarkup.removed(from: page)
        if find(page, "<![", from: 0) != nil { page = withoutConditions(page) }
        if find(page, section, from: 0) != nil { page = withoutSections(page) }
        if findTag(page, "<xmp", from: 0) != nil { page = withEscapes(page) }
        return page
    }

    /// The next tag whose name stands in lower or upper case.
    static func findTag(_ page: [UInt8], _ name: String, from start: Int) -> Int? {
        var i = start
        while let found = find(page, name, from: i) {
            i = found + name.utf8.count
            if endsName(page, i) { return found }
        }
        return nil
    }

    /// Whether the name of a tag ends at an index.
    static func endsName(_ page: [UInt8], _ i: Int) -> Bool {
        i < page.count && (page[i].isControlOrSpace || ">/".utf8.contains(page[i]))
    }

    /// The next place of a word in lower case, where the page may have upper case. Its first byte is no letter.
    static func find(_ page: [UInt8], _ word: String, from start: Int) -> Int? {
        let word = Array(word.utf8)
        return page.withUnsafeBytes { bytes in
            var i = start
            while i < bytes.count, let found = memchr(bytes.baseAddress! + i, Int32(word[0]), bytes.count - i) {
                i = UnsafeRawPointer(found) - bytes.baseAddress!
                if bytes[i...].starts(with: word, by: { $0.lowercasedASCII == $1 }) { return i }
                i += 1
            }
            return nil
        }
    }

    /// Whether a page has a word in lower case at an index, in whatever case.
    static func starts(_ page: [UInt8], at index: Int, _ word: String) -> Bool {
        page[index...].starts(with: word.utf8) { $0.lowercasedASCII == $1 }
    }

    /// `<!-->`, `<!--->` and `<!>` are whole comments. libxml2 looks for the end of the first two, and shows the last one.
    private static func withoutEmptyComments(_ page: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        var i = 0
        while let start = find(page, "<!", from: i) {
            i = start + 2
            let rest = page[i...]
            if let mark = [">", "-->", "--->"].first(where: { rest.starts(with: Array($0.utf8)) }) {
                out += page[copied..<start]
                copied = i + mark.utf8.count
                i = copied
            } else if rest.starts(with: Array("--".utf8)) {
                // No comment behind one that does not end is whole.
                guard let end = find(page, "-->", from: i + 2) else { break }
                i = end + 3
            }
        }
        return out + page[copied...]
    }

    /// Conditions outside comments are no text, whatever they say. What stands between them is shown.
    private static func withoutConditions(_ page: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        var i = 0
        while let start = find(page, "<![", from: i) {
            i = start + 3
            let word = page[i...].prefix(5).map(\.lowercasedASCII)
            guard word.starts(with: Array("if".utf8)) || word.elementsEqual("endif".utf8),
                let length = page[i...].prefix(200).firstIndex(of: UInt8(ascii: ">"))
            else { continue }
            // The end of a comment that holds the condition.
            if page[..<length].suffix(2).elementsEqual("--".utf8) { continue }
            out += page[copied..<start]
            copied = length + 1
            i = copied
        }
        return out + page[copied...]
    }

    private static let section = "<![cdata["

    /// The text of a section of XML is text, whatever it holds. Scripts stay as they are; styles lose the marks alone.
    private static func withoutSections(_ page: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        var i = 0
        var style = 0..<0
        /// The end of an element of raw text that starts here.
        func end(of name: String, at start: Int) -> Int? {
            guard starts(page, at: start, "<" + name) else { return nil }
            return findTag(page, "</\(name)", from: start) ?? page.count
        }
        while let start = find(page, "<", from: i) {
            i = start + 1
            if let end = end(of: "script", at: start) {
                i = max(i, end)
            } else if !style.contains(start), let end = end(of: "style", at: start) {
                style = start..<end
            } else if starts(page, at: start, section) {
                let text = start + section.utf8.count
                guard let end = find(page, "]]>", from: text) else { break }
                out += page[copied..<start]
                out += style.contains(start) ? page[text..<end] : escaped(page[text..<end])[...]
                copied = end + 3
                i = copied
            }
        }
        return out + page[copied...]
    }

    private static func escaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in text {
            switch byte {
            case UInt8(ascii: "<"): out += Array("&lt;".utf8)
            case UInt8(ascii: "&"): out += Array("&amp;".utf8)
            default: out.append(byte)
            }
        }
        return out
    }

    /// The text of `<xmp>` ends with its own end alone.
    private static func withEscapes(_ page: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        while let start = findTag(page, "<xmp", from: copied),
            let open = page[start...].firstIndex(of: UInt8(ascii: ">")),
            let end = findTag(page, "</xmp", from: open)
        {
            out += page[copied...open]
            out += escaped(page[(open + 1)..<end])
            copied = end
        }
        return out + page[copied...]
    }
}
