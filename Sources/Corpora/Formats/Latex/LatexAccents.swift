import CGMime

/// Letters that LaTeX writes as commands, such as `\'e` and `\ss`.
enum LatexAccents {
    private static let combining: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "'"): "\u{301}", UInt8(ascii: "`"): "\u{300}", UInt8(ascii: "^"): "\u{302}",
        UInt8(ascii: "\""): "\u{308}",
        UInt8(ascii: "~"): "\u{303}", UInt8(ascii: "="): "\u{304}", UInt8(ascii: "."): "\u{307}",
        UInt8(ascii: "u"): "\u{306}",
        UInt8(ascii: "v"): "\u{30C}", UInt8(ascii: "H"): "\u{30B}", UInt8(ascii: "c"): "\u{327}",
        UInt8(ascii: "k"): "\u{328}",
        UInt8(ascii: "r"): "\u{30A}", UInt8(ascii: "d"): "\u{323}",
    ]
    private static let letters = [
        "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
        "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    ]

    /// The edits that put letters in place of their commands.
    static func edits(_ text: [UInt8]) -> [TextEdit] {
        var edits: [TextEdit] = []
        var i = 0
        while let start = text[i...].firstIndex(of: 0x5C), start + 1 < text.count {
            if let end = codeEnd(text, start) {
                i = end
            } else if let edit = accent(text, start) ?? letter(text, start) {
                edits.append(edit)
                i = edit.range.upperBound
            } else {
                i = start + 2
            }
            if i >= text.count { break }
        }
        return edits
    }

    /// The end of the program code that starts at an offset. Nil where none does.
    private static func codeEnd(_ text: [UInt8], _ start: Int) -> Int? {
        for name in ["verbatim", "Verbatim", "lstlisting", "minted", "alltt"] {
            guard text[start...].starts(with: Array("\\begin{\(name)".utf8)) else { continue }
            let end = Array("\\end{\(name)".utf8)
            var i = start + 1
            while let next = text[i...].firstIndex(of: 0x5C) {
                if text[next...].starts(with: end) { return next + end.count }
                i = next + 1
            }
            return text.count
        }
        return inlineCodeEnd(text, start)
    }

    /// Longer code or a longer address inside a line is taken for text.
    private static let longestCode = 4096

    /// The end of code or an address inside a line: between two equal signs or in braces.
    private static func inlineCodeEnd(_ text: [UInt8], _ start: Int) -> Int? {
        let name = text[(start + 1)...].prefix { isASCIILetter($0) }
        let word = String(decoding: name, as: UTF8.self)
        guard ["verb", "lstinline", "mintinline", "url", "path", "href", "nolinkurl"].contains(word) else { return nil }
        let line = text[name.endIndex...].prefix(longestCode).prefix { $0 != 10 }
        var i = line.startIndex
        if word == "verb", i < line.endIndex, line[i] == UInt8(ascii: "*") { i += 1 }
        func skip(_ open: Character, _ close: Character) {
            guard i < line.endIndex, line[i] == open.asciiValue else { return }
            i = line[i...].firstIndex(of: close.asciiValue!).map { $0 + 1 } ?? i
        }
        if word != "verb" { skip("[", "]") }
        if word == "mintinline" { skip("{", "}") }
        guard i < line.endIndex, !isASCIILetter(line[i]), line[i] != 32 else { return nil }
        let end = line[i] == UInt8(ascii: "{") && word != "verb" ? UInt8(ascii: "}") : line[i]
        return line[(i + 1)...].firstIndex(of: end).map { $0 + 1 }
    }

    private static func accent(_ text: [UInt8], _ start: Int) -> TextEdit? {
        let mark = text[start + 1]
        guard let combining = combining[mark] else { return nil }
        let isLetter = isASCIILetter(mark)
        var i = start + 2
        let spaced = i
        while i < text.count, text[i] == 32, i - spaced < 2 { i += 1 }
        // A command of letters such as \c needs a brace or a space before its letter.
        let isBraced = i < text.count && text[i] == UInt8(ascii: "{")
        if isLetter, !isBraced, i == spaced { return nil }
        if isBraced { i += 1 }
        let base: Unicode.Scalar
        if i + 1 < text.count, text[i] == 0x5C, text[i + 1] == UInt8(ascii: "i") || text[i + 1] == UInt8(ascii: "j"),
            i + 2 == text.count || !isASCIILetter(text[i + 2])
        {
            base = Unicode.Scalar(text[i + 1])
            i += 2
            // The space ends the name of the command.
            if !isBraced, i < text.count, text[i] == 32 { i += 1 }
        } else if i < text.count, isASCIILetter(text[i]) {
            base = Unicode.Scalar(text[i])
            i += 1
        } else {
            return nil
        }
        if isBraced {
            guard i < text.count, text[i] == UInt8(ascii: "}") else { return nil }
            i += 1
        }
        let range = withBraces(start..<i, text)
        var composed = String.UnicodeScalarView()
        composed.append(base)
        composed.append(combining)
        guard let letter = g_utf8_normalize(String(composed), -1, G_NORMALIZE_DEFAULT_COMPOSE) else { return nil }
        defer { g_free(letter) }
        return TextEdit(range: range, replacement: Array(String(cString: letter).utf8))
    }

    private static func letter(_ text: [UInt8], _ start: Int) -> TextEdit? {
        let name = text[(start + 1)...].prefix { isASCIILetter($0) }
        guard let letter = letters[String(decoding: name, as: UTF8.self)] else { return nil }
        var end = name.endIndex
        // The empty group or the space after the command ends its name and is not shown.
        if end + 1 < text.count, text[end] == UInt8(ascii: "{"), text[end + 1] == UInt8(ascii: "}") {
            end += 2
        } else if end < text.count, text[end] == 32 {
            end += 1
        }
        return TextEdit(range: withBraces(start..<end, text), replacement: Array(letter.utf8))
    }

    /// The range with braces around it: {\'e} is one letter, unless the braces hold the argument of a command.
    private static func withBraces(_ range: Range<Int>, _ text: [UInt8]) -> Range<Int> {
        let (start, end) = (range.lowerBound, range.upperBound)
        guard start > 0, text[start - 1] == UInt8(ascii: "{"), end < text.count, text[end] == UInt8(ascii: "}") else {
            return range
        }
        let name = text[..<(start - 1)].reversed().prefix { isASCIILetter($0) }.count
        let before = start - 2 - name
        return before >= 0 && text[before] == 0x5C ? range : start - 1..<end + 1
    }

    private static func isASCIILetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
}
