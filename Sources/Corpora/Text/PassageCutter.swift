import Bytes

/// Cuts a tokenised text into passages at the ends of paragraphs, lines and sentences.
///
/// Each cut depends on the text around it, and on the place of the cut before. After an edit, the later cuts soon fall at
/// the same places as before the edit.
package enum PassageCutter {
    /// The kind of place between two tokens. A higher value is a better place to cut.
    private enum Boundary: Int, Comparable {
        case none, scalar, space, sentence, line, paragraph
        static func < (a: Boundary, b: Boundary) -> Bool { a.rawValue < b.rawValue }
    }

    /// Ranges of token indices, in order and without gaps, each of at most `limit` tokens.
    ///
    /// A passage ends at the best boundary in the second half of its limit, and at the last one of equal boundaries. The
    /// last two passages are of about equal length. The function reads each byte near the end of a token a few times.
    ///
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - tokenEnds: the byte offset after each token, ascending. The last offset is the length of the text, unless more
    ///     tokens follow.
    ///   - limit: the most tokens of a passage, at least 1.
    ///   - isEnd: whether no more tokens follow. Where more follow, the last tokens are in no range: the next call takes
    ///     them.
    package static func cut(text: Span<UInt8>, tokenEnds: Span<Int>, limit: Int, isEnd: Bool = true) -> [Range<Int>] {
        precondition(limit > 0, "a passage holds at least one token")
        precondition(
            !isEnd || tokenEnds.isEmpty || tokenEnds[tokenEnds.count - 1] == text.count, "the tokens must span the text")
        var passages: [Range<Int>] = []
        var start = 0
        while start < tokenEnds.count {
            let left = tokenEnds.count - start
            if !isEnd, left < limit + limit / 2 { break }
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

    /// Cuts a text as the function for spans does. Text and token ends are in arrays.
    package static func cut(text: [UInt8], tokenEnds: [Int], limit: Int) -> [Range<Int>] {
        cut(text: text.span, tokenEnds: tokenEnds.span, limit: limit)
    }

    /// The token index of the best boundary in a window; the last one of equal boundaries.
    private static func last(_ text: Span<UInt8>, _ tokenEnds: Span<Int>, _ window: ClosedRange<Int>) -> Int {
        var best = (end: window.upperBound, boundary: Boundary.none)
        for end in window.reversed() {
            let boundary = boundary(text, tokenEnds[end - 1])
            if boundary > best.boundary { best = (end, boundary) }
            if boundary == .paragraph { break }
        }
        return best.end
    }

    /// The token index of the best boundary near the middle of the remaining tokens; the nearest one of equal boundaries.
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

    /// The boundary before the byte at `offset`. White space may lie before or after it.
    private static func boundary(_ text: Span<UInt8>, _ offset: Int) -> Boundary {
        guard offset > 0, offset < text.count else { return .paragraph }
        let after = text[offset]
        if after & 0xC0 == 0x80 { return .none }
        // The white space around the cut, and the number of line ends in it.
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
        // A cut within the white space is a poor one, even between two line ends.
        let isWhole = start == offset || end == offset
        if start == end { return SentenceMarks.isIdeographicStop(text, before: offset) ? .sentence : .scalar }
        if !isWhole { return .space }
        if lines > 1 { return .paragraph }
        if lines == 1 { return .line }
        return SentenceMarks.closeSentence(text, before: start) ? .sentence : .space
    }
}
