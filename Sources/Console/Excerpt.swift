/// The part of a passage around the words of a query.
package struct Excerpt {
    private struct Word {
        let text: Substring
        let isMatch: Bool
    }

    private let words: [Word]

    /// Takes the stretch of at most `limit` characters with the most matched words. Of several with equally many, the first
    /// one is taken.
    ///
    /// - Parameter isMatch: whether a word, which may have marks before and after it, is one of those that were looked for.
    package init(_ text: String, characters limit: Int, isMatch: (Substring) -> Bool) {
        let all = Printable.line(text).split(separator: " ").map { Word(text: $0, isMatch: isMatch($0)) }
        guard !all.isEmpty else {
            words = []
            return
        }
        let best = Excerpt.best(of: all, characters: limit)
        var cut = Array(all[best])
        if best.lowerBound > 0 { cut.insert(Word(text: "…", isMatch: false), at: 0) }
        if best.upperBound < all.count - 1 { cut.append(Word(text: "…", isMatch: false)) }
        words = cut
    }

    private static func best(of all: [Word], characters limit: Int) -> ClosedRange<Int> {
        var best = (start: 0, end: 0, matches: -1)
        var start = 0
        var length = 0
        var matches = 0
        for end in all.indices {
            length += all[end].text.count + 1
            matches += all[end].isMatch ? 1 : 0
            while length > limit, start < end {
                length -= all[start].text.count + 1
                matches -= all[start].isMatch ? 1 : 0
                start += 1
            }
            if matches > best.matches { best = (start, end, matches) }
            // A full stretch is better than a short one that ends at its last match.
            if matches == best.matches, start == best.start { best.end = end }
        }
        return best.start...best.end
    }

    /// Lines of at most `width` characters, each after `indent`; `emphasis` is applied to matched words.
    package func text(width: Int, indent: String, emphasis: (String) -> String = { $0 }) -> String {
        var lines: [String] = []
        var line = ""
        var length = 0
        for word in words {
            if length > 0, length + 1 + word.text.count > width - indent.count {
                lines.append(indent + line)
                line = ""
                length = 0
            }
            line += (length > 0 ? " " : "") + (word.isMatch ? emphasis(String(word.text)) : String(word.text))
            length += (length > 0 ? 1 : 0) + word.text.count
        }
        return (lines + (line.isEmpty ? [] : [indent + line])).joined(separator: "\n")
    }
}
