/// Cuts a tokenised text into passages at the ends of paragraphs, lines and sentences.
///
/// A cut depends on the text around it, and on earlier passages only through the limit. After an edit, later cuts soon fall
/// where they fell before.
public enum PassageCutter {
    /// How good it is to cut at a place
    private enum Boundary: Int, Comparable {
        case none, scalar, space, sentence, line, paragraph
        static func < (a: Boundary, b: Boundary) -> Bool { a.rawValue < b.rawValue }
    }

    /// Ranges of token indices, in order and without gaps, each of at most `limit` tokens.
    ///
    /// A passage ends at the best boundary in the second half of its room, the last one where several are equally good. The
    /// last two passages share what is left evenly. Cost: each byte near a token's end is looked at a few times.
    ///
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - tokenEnds: the byte offset after each token, ascending; the last is the length of the text.
    ///   - limit: the most tokens of a passage, at least 1.
    public static func cut(text: Span<UInt8>, tokenEnds: Span<Int>, limit: Int) -> [Range<Int>] {
        precondition(limit > 0, "a passage holds at least one token")
        precondition(tokenEnds.isEmpty || tokenEnds[tokenEnds.count - 1] == text.count, "the tokens must span the text")
        var passages: [Range<Int>] = []
        var start = 0
        while start < tokenEnds.count {
            let left = tokenEnds.count - start
            let end: Int
            if left <= limit {
                end = tokenEnds.count
            } else if left < limit + limit / 2 {
                end = balanced(text, tokenEnds, start, limit)
            } else {
                end = last(text, tokenEnds, (start + limit / 2 + 1)...(start + limit))
            }
            passages.append(start..<end)
            start = end
        }
        return passages
    }

    /// Ranges of token indices, for text and tokens in arrays.
    public static func cut(text: [UInt8], tokenEnds: [Int], limit: Int) -> [Range<Int>] {
        cut(text: text.span, tokenEnds: tokenEnds.span, limit: limit)
    }

    /// The last of the best boundaries among token counts in a window.
    private static func last(_ text: Span<UInt8>, _ tokenEnds: Span<Int>, _ window: ClosedRange<Int>) -> Int {
        var best = (end: window.upperBound, boundary: Boundary.none)
        for end in window.reversed() {
            let boundary = boundary(text, tokenEnds[end - 1])
            if boundary > best.boundary { best = (end, boundary) }
            if boundary == .paragraph { break }
        }
        return best.end
    }

    /// The best boundary near the middle of the remaining text, the nearest one where several are equally good.
    private static func balanced(_ text: Span<UInt8>, _ tokenEnds: Span<Int>, _ start: Int, _ limit: Int) -> Int {
        let left = tokenEnds.count - start
        let middle = start + left / 2
        let low = max(start + max(1, left / 4), tokenEnds.count - limit)
        let high = min(start + limit, start + max(1, left - left / 4))
        var best = (end: min(max(middle, low), high), boundary: Boundary.none)
        for end in low...max(low, high) {
            let boundary = boundary(text, tokenEnds[end - 1])
            if boundary > best.boundary || boundary == best.boundary && abs(end - middle) < abs(best.end - middle) {
                best = (end, boundary)
            }
        }
        return best.end
    }

    /// How good it is to cut before the byte at `offset`, whether white space lies before the cut or after it.
    private static func boundary(_ text: Span<UInt8>, _ offset: Int) -> Boundary {
        guard offset > 0, offset < text.count else { return .paragraph }
        let after = text[offset]
        if after & 0xC0 == 0x80 { return .none }
        // The white space that the cut touches, and how many line ends are in it
        var start = offset
        var lines = 0
        while start > 0, text[start - 1].isSpace {
            start -= 1
            if text[start] == 10 { lines += 1 }
        }
        var end = offset
        while end < text.count, text[end].isSpace {
            if text[end] == 10 { lines += 1 }
            end += 1
        }
        // Not between the line ends of one gap, unless the gap lies wholly on one side.
        let isWhole = start == offset || end == offset
        if start == end { return endsIdeograph(text, offset) ? .sentence : .scalar }
        if !isWhole { return .space }
        if lines > 1 { return .paragraph }
        if lines == 1 { return .line }
        return endsSentence(text, start) ? .sentence : .space
    }

    /// Whether the bytes before `end` close a sentence: a full stop, then perhaps quotation marks or brackets.
    private static func endsSentence(_ text: Span<UInt8>, _ end: Int) -> Bool {
        var i = end
        while i > 0 {
            switch text[i - 1] {
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return true
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "*"): i -= 1
            // ’ and ” (E2 80 99, E2 80 9D), » (C2 BB), … (E2 80 A6)
            case 0x99, 0x9D:
                guard i >= 3, text[i - 2] == 0x80, text[i - 3] == 0xE2 else { return false }
                i -= 3
            case 0xBB:
                guard i >= 2, text[i - 2] == 0xC2 else { return false }
                i -= 2
            case 0xA6: return i >= 3 && text[i - 2] == 0x80 && text[i - 3] == 0xE2
            default: return endsIdeograph(text, i)
            }
        }
        return false
    }

    /// Whether 。, ！ or ？ ends at `end`: sentences that no space follows.
    private static func endsIdeograph(_ text: Span<UInt8>, _ end: Int) -> Bool {
        guard end >= 3 else { return false }
        switch (text[end - 3], text[end - 2], text[end - 1]) {
        case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): return true
        default: return false
        }
    }
}
