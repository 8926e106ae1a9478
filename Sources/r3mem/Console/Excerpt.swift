import Pipelines

/// The part of a passage around the words that were asked for.
struct Excerpt {
    private let words: [(text: Substring, isMatch: Bool)]

    /// Starts a little before the stretch that holds most of the matched words.
    init(_ text: String, matched: [String], characters limit: Int) {
        let matched = matched.map { $0.lowercased() }
        let all = Printable.line(text).split(separator: " ").map { word in
            let plain = word.lowercased().filter { $0.isLetter || $0.isNumber }
            return (text: word, isMatch: matched.contains { plain == $0 || ($0.count > 3 && plain.hasPrefix($0)) })
        }
        var best = (start: 0, end: 0, matches: -1), start = 0, length = 0, matches = 0
        for end in all.indices {
            length += all[end].text.count + 1
            matches += all[end].isMatch ? 1 : 0
            while length > limit, start < end {
                length -= all[start].text.count + 1
                matches -= all[start].isMatch ? 1 : 0
                start += 1
            }
            if matches > best.matches { best = (start, end, matches) }
            // The first full stretch with these matches is better than a short one that ends at the match.
            if matches == best.matches, start == best.start { best.end = end }
        }
        guard !all.isEmpty else {
            words = []
            return
        }
        var cut = Array(all[best.start...best.end])
        if best.start > 0 { cut.insert(("…", false), at: 0) }
        if best.end < all.count - 1 { cut.append(("…", false)) }
        words = cut
    }

    /// Lines of at most `width` characters after `indent`; matched words stand out on a terminal.
    func text(width: Int, indent: String) -> String {
        var lines: [String] = [], line = "", length = 0
        for word in words {
            if length > 0, length + 1 + word.text.count > width - indent.count {
                lines.append(indent + line)
                (line, length) = ("", 0)
            }
            line += (length > 0 ? " " : "") + (word.isMatch ? Terminal.styled(String(word.text), .bold) : String(word.text))
            length += (length > 0 ? 1 : 0) + word.text.count
        }
        return (lines + (line.isEmpty ? [] : [indent + line])).joined(separator: "\n")
    }
}
