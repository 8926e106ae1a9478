import Bytes

/// A run of stops in a text, with the closing quotation marks and brackets after it, and whether a sentence ends there.
struct SentenceEnd {
    /// Where the run and its closing marks end.
    let end: Int
    let isEnd: Bool

    /// nil where no stop stands at `i`.
    ///
    /// - Parameter start: the start of the sentence that the stop may end.
    init?(in text: [UInt8], at i: Int, from start: Int) {
        guard var end = SentenceEnd.stopEnd(text, i) else { return nil }
        // "?!", "...", and stops with spaces between them are one run.
        var isPeriod = text[i] == UInt8(ascii: ".")
        while let next = SentenceEnd.nextStop(text, after: end) {
            isPeriod = false
            end = next
        }
        while let closing = SentenceEnd.closingMarkEnd(text, end) { end = closing }
        // "**May I come in?** Yes." has a question in bold letters, and its answer.
        if text[i] == UInt8(ascii: "?") {
            while end < text.count, text[end] == UInt8(ascii: "*") || text[end] == UInt8(ascii: "_") { end += 1 }
        }
        self.end = end
        isEnd = SentenceEnd.ends(text, stop: i, isPeriod: isPeriod, end: end, from: start)
    }

    /// The end of the text before `end` without the white space at its end; at least `start`.
    static func withoutSpace(_ text: [UInt8], before end: Int, from start: Int) -> Int {
        var to = end
        while to > start {
            guard let length = (1...3).first(where: { to - $0 >= start && text.spaceLength(at: to - $0) == $0 }) else {
                break
            }
            to -= length
        }
        return to
    }

    private static func ends(_ text: [UInt8], stop: Int, isPeriod: Bool, end: Int, from start: Int) -> Bool {
        guard end == text.count || text.spaceLength(at: end) > 0 else { return false }
        // Without a word before it, a stop is the ellipsis that begins a sentence.
        guard text[start..<stop].contains(where: { $0.isAlphanumeric || $0 >= 0x80 }) else { return false }
        var next = end
        while next < text.count, case let length = text.spaceLength(at: next), length > 0 { next += length }
        guard next < text.count else { return true }
        if startsLowercase(text, next) { return false }
        guard isPeriod else { return !isLeader(text, stop..<end) }
        let word = wordBefore(text, stop, from: start)
        if abbreviations.contains(String(word)) { return false }
        // An initial ("J. Smith") and a German ordinal before a month ("3. Mai") end no sentence.
        if word.count == 1, word.allSatisfy(\.isLetter) { return false }
        return !isOrdinal(word) || text[next] < UInt8(ascii: "A")
    }

    /// "3", or the days of a span: "15.–28".
    private static func isOrdinal(_ word: Substring) -> Bool {
        let days = word.split { $0 == "–" || $0 == "-" }
        return (1...2).contains(days.count)
            && days.allSatisfy { day in
                let digits = day.last == "." ? day.dropLast() : day
                return (1...2).contains(digits.count) && digits.allSatisfy(\.isNumber)
            }
    }

    /// Whether a run of dots leads to what stands behind it on the same line: "Cook ........ Manuel".
    private static func isLeader(_ text: [UInt8], _ run: Range<Int>) -> Bool {
        text[run].count { $0 == UInt8(ascii: ".") } > 4 && run.upperBound < text.count
            && text[run.upperBound] != UInt8(ascii: "\n")
    }

    /// The word that ends at a stop, in lower case, without the marks that open it. Empty where white space or a closing
    /// mark stands between the word and the stop: then the stop belongs to no abbreviation.
    private static func wordBefore(_ text: [UInt8], _ stop: Int, from start: Int) -> Substring {
        var from = stop
        while from > start, !text[from - 1].isSpace { from -= 1 }
        let run = String(decoding: text[from..<stop], as: UTF8.self).lowercased()
        let last = run.split(omittingEmptySubsequences: false) { $0.isWhitespace || $0 == "(" }.last ?? ""
        let word = last.drop(while: openingMarks.contains)
        return word.last.map { $0.isLetter || $0.isNumber } == true ? word : ""
    }

    private static func startsLowercase(_ text: [UInt8], _ i: Int) -> Bool {
        if text[i] < 0x80 { return text[i].isLowercase }
        return String(decoding: text[i..<min(text.count, i + 4)], as: UTF8.self).unicodeScalars.first?.properties.isLowercase
            == true
    }

    /// The end of the stop at `i`: `.`, `!`, `?` or `…`; nil where none stands there.
    private static func stopEnd(_ text: [UInt8], _ i: Int) -> Int? {
        let length = SentenceMarks.stopLength(text.span, at: i)
        return length > 0 ? i + length : nil
    }

    /// The end of the next stop of a run; nil where the run ends. Spaces may stand before the next stop. A stop that a word
    /// follows at once belongs to the word, as in `. .NET`.
    private static func nextStop(_ text: [UInt8], after end: Int) -> Int? {
        if let next = stopEnd(text, end) { return next }
        var start = end
        while start < text.count, text[start] == UInt8(ascii: " ") { start += 1 }
        guard start > end, let next = stopEnd(text, start) else { return nil }
        guard
            next == text.count || text.spaceLength(at: next) > 0 || stopEnd(text, next) != nil
                || closingMarkEnd(text, next) != nil
        else {
            return nil
        }
        return next
    }

    private static func closingMarkEnd(_ text: [UInt8], _ i: Int) -> Int? {
        let length = SentenceMarks.closingLength(text.span, at: i)
        return length > 0 ? i + length : nil
    }

    private static let openingMarks: Set<Character> = [
        "(", "[", "{", "\"", "'", "“", "„", "‘", "‚", "»", "«", "›", "‹", "–", "—",
    ]

    private static let abbreviations: Set<String> = Set(
        """
        mr mrs ms messrs dr st prof no nos vol pp p fig eq e.g i.e etc vs inc ltd co jr sr cf approx dept est gen rev sec art a.m \
        p.m u.s abs nr bzw z.b d.h u.a ca usw str tel jan feb mar apr aug sept oct nov dec
        """.split(separator: " ").map(String.init))
}
