/// Text of documents made safe to print: no escape sequence, no control character, no reordering of what is read.
enum Printable {
    /// Without control characters but line feeds and tabs.
    static func text(_ text: String) -> String { clean(text) }

    /// On one line: runs of white space become one space.
    static func line(_ text: String) -> String {
        clean(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// At most `width` characters on one line, with an ellipsis where something is left out.
    static func line(_ text: String, atMost width: Int) -> String {
        let text = line(text)
        return text.count <= width ? text : text.prefix(max(1, width - 1)).trimmingSuffix(" ") + "…"
    }

    private static func clean(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x09: scalars.append(scalar)
            case 0x00...0x1F, 0x7F...0x9F: continue
            // Marks that turn the direction of what follows.
            case 0x202A...0x202E, 0x2066...0x2069: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Lines of at most `width` characters, broken at spaces, each after `indent`.
    static func wrapped(_ text: String, width: Int, indent: String) -> String {
        var lines: [String] = [], current = ""
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
}

extension Substring {
    fileprivate func trimmingSuffix(_ character: Character) -> Substring {
        var rest = self
        while rest.last == character { rest.removeLast() }
        return rest
    }
}
