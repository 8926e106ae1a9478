/// The marks at the end of a sentence, in UTF-8: stops, and the quotation marks and brackets that close after them.
package enum SentenceMarks {
    /// The length of the stop at `i`: `.`, `!`, `?` or `…`; 0 where none stands there.
    package static func stopLength(_ text: Span<UInt8>, at i: Int) -> Int {
        guard i < text.count else { return 0 }
        if isASCIIStop(text[i]) { return 1 }
        return stands(ellipsis, in: text, at: i) ? ellipsis.count : 0
    }

    /// The length of the closing quotation mark or bracket at `i`; 0 where none stands there.
    package static func closingLength(_ text: Span<UInt8>, at i: Int) -> Int {
        closing.first { stands($0, in: text, at: i) }?.count ?? 0
    }

    /// Whether the bytes before `end` close a sentence: a stop, and closing marks after it.
    ///
    /// Stops of ideographic text count, and the `*` of Markdown's emphasis may stand among the closing marks.
    package static func closeSentence(_ text: Span<UInt8>, before end: Int) -> Bool {
        var i = end
        while i > 0, !text[i - 1].isAlphanumeric {
            if isASCIIStop(text[i - 1]) || stands(ellipsis, in: text, at: i - ellipsis.count) { return true }
            if isIdeographicStop(text, before: i) { return true }
            let mark = closing.first { stands($0, in: text, at: i - $0.count) }
            guard let length = text[i - 1] == UInt8(ascii: "*") ? 1 : mark?.count else { return false }
            i -= length
        }
        return false
    }

    /// Whether `。`, `！` or `？` ends at `end`. No space follows such a stop.
    package static func isIdeographicStop(_ text: Span<UInt8>, before end: Int) -> Bool {
        guard end >= 3, text[end - 3] >= 0xE3 else { return false }
        return ideographicStops.contains { stands($0, in: text, at: end - 3) }
    }

    private static func isASCIIStop(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
    }

    /// Whether a mark stands at `i`.
    private static func stands(_ mark: [UInt8], in text: Span<UInt8>, at i: Int) -> Bool {
        guard i >= 0, i + mark.count <= text.count else { return false }
        for k in mark.indices where text[i + k] != mark[k] { return false }
        return true
    }

    private static let ellipsis = Array("…".utf8)
    private static let ideographicStops = ["。", "！", "？"].map { Array($0.utf8) }
    private static let closing = ["\"", "'", ")", "]", "}", "”", "“", "’", "‘", "»", "«", "›", "‹"].map { Array($0.utf8) }
}
