import Bytes

/// Sentences of a text, as byte ranges without the white space around them.
package enum Sentences {
    /// Splits at the ends of sentences, at blank lines, behind lines that end before the margin, and before list items, headings and
    /// table rows. A row of a table and a line of a key and a value are one sentence each.
    package static func ranges(in text: [UInt8]) -> [Range<Int>] { ranges(in: text, TextLines(text)) }

    static func ranges(in text: [UInt8], _ lines: TextLines) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        func close(_ end: Int) {
            var from = start
            while from < end, case let length = text.spaceLength(at: from), length > 0 { from += length }
            let to = SentenceEnd.withoutSpace(text, before: end, from: from)
            if from < to { ranges.append(from..<to) }
            start = end
        }
        var i = 0
        var line = 0
        while i < text.count {
            while line + 1 < lines.ranges.count, lines.ranges[line + 1].lowerBound <= i { line += 1 }
            if standsAlone(lines.forms[line]), i < lines.ranges[line].upperBound {
                close(lines.ranges[line].lowerBound)
                i = lines.ranges[line].upperBound
                close(i)
            } else if text[i] == UInt8(ascii: "\n") {
                let startsItem = line + 1 < lines.forms.count && lines.forms[line + 1] == .item
                if startsItem || lines.areEnded[line] || breaksBlock(text, at: i, from: start) { close(i + 1) }
                i += 1
            } else if let stop = SentenceEnd(in: text, at: i, from: start) {
                if stop.isEnd { close(stop.end) }
                i = stop.end
            } else {
                i += 1
            }
        }
        close(text.count)
        return ranges
    }

    private static func standsAlone(_ form: LineForm) -> Bool {
        switch form {
        case .row, .rule, .pair: true
        case .blank, .heading, .item, .text: false
        }
    }

    /// Whether a line feed ends a paragraph, a heading, a list item or a table row.
    private static func breaksBlock(_ text: [UInt8], at i: Int, from start: Int) -> Bool {
        guard i + 1 < text.count else { return true }
        let next = text[i + 1]
        return next == UInt8(ascii: "\n") || "-*#|>".utf8.contains(next) || startsItem(text, i + 1) || isHeading(text, start)
            || text[lineStart(text, i)] == UInt8(ascii: "|")
    }

    private static func lineStart(_ text: [UInt8], _ i: Int) -> Int {
        var at = i
        while at > 0, text[at - 1] != UInt8(ascii: "\n") { at -= 1 }
        return at
    }

    private static func isHeading(_ text: [UInt8], _ start: Int) -> Bool {
        text[start...].first { !$0.isSpace } == UInt8(ascii: "#")
    }

    /// "1. " or "12) " at the start of a line.
    private static func startsItem(_ text: [UInt8], _ start: Int) -> Bool {
        let at = start + text[start...].prefix(3).prefix(while: \.isDigit).count
        guard at > start, at + 1 < text.count else { return false }
        return ".)".utf8.contains(text[at]) && text[at + 1] == UInt8(ascii: " ")
    }
}
