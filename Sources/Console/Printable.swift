/// Makes text of documents safe to print: no escape sequence, no control character, no mark that reorders letters.
package enum Printable {
    /// The text without control characters; line feeds and tabs stay.
    package static func text(_ text: String) -> String { clean(text) }

    /// The text on one line: each run of white space becomes one space.
    package static func line(_ text: String) -> String {
        clean(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The text on one line of at most `width` characters; an ellipsis stands for a part that is left out.
    package static func line(_ text: String, atMost width: Int) -> String {
        let text = line(text)
        guard text.count > width else { return text }
        var start = text.prefix(max(1, width - 1))
        while start.last == " " { start.removeLast() }
        return start + "…"
    }

    /// Lines of at most `width` characters, broken at spaces. Each line begins with `indent`; a longer word gets a line
    /// alone.
    package static func wrapped(_ text: String, width: Int, indent: String) -> String {
        var lines: [String] = []
        var current = ""
        for word in line(text).split(separator: " ") {
            if !current.isEmpty, current.count + 1 + word.count > width - indent.count {
                lines.append(indent + current)
                current = ""
            }
            current += current.isEmpty ? String(word) : " " + word
        }
        if !current.isEmpty { lines.append(indent + current) }
        return lines.joined(separator: "\n")
    }

    private static func clean(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x09: scalars.append(scalar)
            case 0x00...0x1F, 0x7F...0x9F: continue
            // Marks that change the direction of the text after them.
            case 0x202A...0x202E, 0x2066...0x2069: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
