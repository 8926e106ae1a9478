/// The headings of Markdown source.
package enum MarkdownHeadings {
    /// The spans of the headings. A span starts at its heading.
    package static func spans(in text: [UInt8]) -> [SourceSpan] {
        Heading.spans(headings(in: text))
    }

    /// The headings of the text, in order. A line in a code fence is no heading.
    static func headings(in text: [UInt8]) -> [Heading] {
        var found: [Heading] = []
        var fence: (byte: UInt8, length: Int)?
        // The paragraph just above the line: its first line, and whether it has more lines. A line of "=" or "-" makes a
        // heading of a paragraph of one line only.
        var paragraph: (first: Range<Int>, isLong: Bool)?
        var start = FrontMatter(text).end
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            defer { start = end + 1 }
            var first = start
            while first < end, text[first] == 32 { first += 1 }
            let line = text[first..<end]
            let indent = first - start
            if let mark = Self.fence(line), indent < 4 {
                if let open = fence {
                    let closes = mark.byte == open.byte && mark.length >= open.length && mark.isBare
                    if closes { fence = nil }
                } else {
                    fence = (mark.byte, mark.length)
                }
                paragraph = nil
                continue
            }
            if fence != nil { continue }
            if indent >= 4 || line.first == 9 {
                // The line is indented code, or continues a paragraph.
                continue
            }
            if let (level, content) = atx(line) {
                if let title = clean(content) { found.append(Heading(start: start, level: level, text: title)) }
                paragraph = nil
            } else if let level = underline(line), let above = paragraph, !above.isLong {
                if let title = clean(text[above.first]) {
                    found.append(Heading(start: above.first.lowerBound, level: level, text: title))
                }
                paragraph = nil
            } else {
                paragraph = startsParagraph(line) ? (paragraph?.first ?? start..<end, paragraph != nil) : nil
            }
        }
        return found
    }

    /// The mark that opens or closes a code fence: three or more ` or ~.
    private static func fence(_ line: ArraySlice<UInt8>) -> (byte: UInt8, length: Int, isBare: Bool)? {
        guard let byte = line.first, byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") else { return nil }
        let length = line.prefix { $0 == byte }.count
        guard length >= 3 else { return nil }
        let rest = line.dropFirst(length)
        if byte == UInt8(ascii: "`"), rest.contains(byte) { return nil }
        return (byte, length, rest.allSatisfy { $0.isControlOrSpace })
    }

    /// The level and text of "## heading ##".
    private static func atx(_ line: ArraySlice<UInt8>) -> (Int, ArraySlice<UInt8>)? {
        let level = line.prefix { $0 == UInt8(ascii: "#") }.count
        guard level >= 1, level <= 6 else { return nil }
        var content = line.dropFirst(level)
        guard content.isEmpty || content.first!.isControlOrSpace else { return nil }
        while let last = content.last, last.isControlOrSpace { content.removeLast() }
        let closing = content.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        if closing > 0, closing == content.count || content.dropLast(closing).last!.isControlOrSpace {
            content.removeLast(closing)
        }
        return (level, content)
    }

    /// The heading level that an underline gives: 1 for a line of "=", 2 for a line of "-". Nil for every other line.
    private static func underline(_ line: ArraySlice<UInt8>) -> Int? {
        guard let byte = line.first, byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") else { return nil }
        guard line.drop(while: { $0 == byte }).allSatisfy({ $0.isControlOrSpace }) else { return nil }
        return byte == UInt8(ascii: "=") ? 1 : 2
    }

    /// Whether the line is ordinary text: no list item, quotation, table row or comment.
    private static func startsParagraph(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = line.first, !first.isControlOrSpace else { return false }
        if first == UInt8(ascii: ">") || first == UInt8(ascii: "|") || first == UInt8(ascii: "<") { return false }
        let isBullet = first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "+")
        return !(isBullet && (line.count == 1 || line.dropFirst().first!.isControlOrSpace))
    }

    /// The heading's words without markup for emphasis, code and links.
    private static func clean(_ bytes: ArraySlice<UInt8>) -> String? {
        var words: [UInt8] = []
        var i = bytes.startIndex
        while i < bytes.endIndex {
            let byte = bytes[i]
            if byte == UInt8(ascii: "\\"), i + 1 < bytes.endIndex {
                words.append(bytes[i + 1])
                i += 2
            } else if byte == UInt8(ascii: "]"), i + 1 < bytes.endIndex, bytes[i + 1] == UInt8(ascii: "("),
                let end = bytes[i...].firstIndex(of: UInt8(ascii: ")"))
            {
                i = end + 1
            } else if byte == UInt8(ascii: "{"), i + 1 < bytes.endIndex, bytes[i + 1] == UInt8(ascii: "#"),
                bytes.last == UInt8(ascii: "}")
            {
                break
            } else {
                if !"*`[]".utf8.contains(byte) { words.append(byte) }
                i += 1
            }
        }
        return DocumentTitle.clean(words)
    }
}
