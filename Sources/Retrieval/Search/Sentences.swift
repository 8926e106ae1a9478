/// Sentences of a text, as byte ranges without the white space around them.
enum Sentences {
    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "st", "prof", "no", "nos", "vol", "pp", "p", "fig", "eq", "e.g", "i.e", "etc", "vs", "inc", "ltd", "co", "jr", "sr",
        "cf",
        "approx", "dept", "est", "gen", "rev", "sec", "art", "abs", "nr", "bzw", "z.b", "d.h", "u.a", "ca", "usw", "str", "tel", "jan", "feb", "mar",
        "apr", "aug",
        "sept", "oct", "nov", "dec", "a.m", "p.m", "u.s",
    ]

    /// Splits at ends of sentences, at blank lines and before list items, headings and table rows.
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var out: [Range<Int>] = [], start = 0, i = 0
        func close(_ end: Int) {
            var from = start, to = end
            while from < to, isSpace(text[from]) { from += 1 }
            while to > from, isSpace(text[to - 1]) { to -= 1 }
            if from < to { out.append(from..<to) }
            start = end
        }
        while i < text.count {
            let byte = text[i]
            if byte == UInt8(ascii: "\n") {
                let next = i + 1 < text.count ? text[i + 1] : 10
                if next == 10 || "-*#|>".utf8.contains(next) || startsItem(text, i + 1) || isHeading(text, start)
                    || text[lineStart(text, i)] == UInt8(ascii: "|")
                {
                    close(i + 1)
                }
            } else if ".!?".utf8.contains(byte), endsSentence(text, i, from: start) {
                var end = i + 1
                while end < text.count, "\"')]".utf8.contains(text[end]) { end += 1 }
                close(end)
                i = max(i, end - 1)
            }
            i += 1
        }
        close(text.count)
        return out
    }

    private static func isSpace(_ b: UInt8) -> Bool { b == 32 || (b >= 9 && b <= 13) }

    private static func lineStart(_ text: [UInt8], _ i: Int) -> Int {
        var at = i
        while at > 0, text[at - 1] != 10 { at -= 1 }
        return at
    }

    private static func isHeading(_ text: [UInt8], _ start: Int) -> Bool {
        var at = start
        while at < text.count, isSpace(text[at]) { at += 1 }
        return at < text.count && text[at] == UInt8(ascii: "#")
    }

    /// "1. " or "12) " at a line's start.
    private static func startsItem(_ text: [UInt8], _ start: Int) -> Bool {
        var at = start
        while at < text.count, at < start + 3, text[at] >= 48, text[at] <= 57 { at += 1 }
        return at > start && at + 1 < text.count && (text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: ")")) && text[at + 1] == 32
    }

    private static func endsSentence(_ text: [UInt8], _ i: Int, from start: Int) -> Bool {
        var after = i + 1
        while after < text.count, "\"')]".utf8.contains(text[after]) { after += 1 }
        guard after == text.count || isSpace(text[after]) else { return false }
        var next = after
        while next < text.count, isSpace(text[next]) { next += 1 }
        guard next < text.count else { return true }
        if text[next] >= 97, text[next] <= 122 { return false }
        guard text[i] == UInt8(ascii: ".") else { return true }
        var from = i
        while from > start, !isSpace(text[from - 1]), text[from - 1] != UInt8(ascii: "(") { from -= 1 }
        let word = String(decoding: text[from..<i], as: UTF8.self).lowercased()
        if abbreviations.contains(word) { return false }
        // An initial ("J. Smith") and a German ordinal before a month ("3. Mai") end nothing.
        if word.count == 1, word.first!.isLetter { return false }
        if word.count <= 2, word.allSatisfy(\.isNumber), text[next] >= 65 { return false }
        return true
    }
}
