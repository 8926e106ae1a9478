import Bytes
import Memory

/// Words in quotation marks, or a word after "-": what must, or must not, stand in a text.
package struct QuotedWords: Sendable, Equatable {
    /// Folded words that follow one another.
    package let words: [[UInt8]]

    /// The words of a text.
    init(_ text: Substring) {
        let written = Array(text.utf8)
        words = QuotedWords.words(of: UsualForms.of(written) ?? written).map { Words.fold($0) }
    }

    /// The words of a text in order, whole: 12345678 and 3.1.4 are one word each, and so are C++ and C#. The rules of words cut
    /// numbers into pieces of four digits, and leave signs out.
    static func words(of text: [UInt8]) -> [[UInt8]] {
        var places: [Range<Int>] = []
        for range in Words.forms(in: text.span) {
            let isDigit = text[range.lowerBound].isDigit
            if isDigit, let last = places.last, text[last.upperBound - 1].isDigit,
                isGap(text[last.upperBound..<range.lowerBound])
            {
                places[places.count - 1] = last.lowerBound..<range.upperBound
            } else {
                places.append(range.lowerBound..<(isDigit ? range.upperBound : endOfSigns(text, after: range.upperBound)))
            }
        }
        return places.map { Array(text[$0]) }
    }

    /// Whether digits on both sides of some bytes are one number.
    private static func isGap(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.isEmpty || bytes.elementsEqual([UInt8(ascii: ".")])
    }

    /// The end of the signs that belong to a word: + and #, where no letter follows them, as in C++ and C++17.
    private static func endOfSigns(_ text: [UInt8], after word: Int) -> Int {
        let end = text[word...].firstIndex { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "#") } ?? text.count
        return end < text.count && (text[end].isLetter || text[end] >= 0x80) ? word : end
    }
}
