import Bytes
import Memory

/// Line feeds that end a statement: "Waste oil is fetched on Mondays" above "Lift 2 is to be tested".
///
/// A program that wraps prose goes to the next line only where no word fits any more. A writer of short lines goes there earlier.
extension TextLines {
    /// Characters of the margin of wrapped prose; a longer line is not wrapped, and tells nothing of the paragraphs beside it.
    private static let margins = 40...120
    /// A longer word, such as an address, may stand behind the margin.
    private static let longestWord = 40
    /// Characters by which wrapped lines differ where people wrap them.
    private static let slack = 4

    /// Tells of each line of text, before another one, whether the first word of the next line had room in it.
    func ends(in text: [UInt8]) -> [Bool] {
        var areEnded = Array(repeating: false, count: ranges.count)
        let widths = ranges.map { TextLines.width(text[$0]) }
        let widest =
            widths.indices.filter { forms[$0] == .text }.map { widths[$0] }.filter(TextLines.margins.contains).max() ?? 0
        var first = 0
        while first < forms.count {
            guard forms[first] == .text else {
                first += 1
                continue
            }
            let end = forms.indices[first...].prefix { forms[$0] == .text }.endIndex
            var margin = widths[first..<end].max() ?? 0
            // Short lines beside wrapped prose have its margin.
            if 2 * margin < widest { margin = widest }
            for i in first..<end - 1 {
                areEnded[i] =
                    widths[i] > 0 && TextLines.isEnd(text[ranges[i]])
                    && TextLines.begins(text[ranges[i + 1]], behind: text[ranges[i]])
                    && widths[i] + 1 + TextLines.firstWord(text[ranges[i + 1]]) + TextLines.slack <= margin
            }
            first = end
        }
        return areEnded
    }

    /// The characters of a line, 0 for one with a long word.
    private static func width(_ line: ArraySlice<UInt8>) -> Int {
        let words = line.split(whereSeparator: \.isSpace).map(characters)
        return words.contains { $0 > longestWord } ? 0 : characters(line)
    }

    private static func firstWord(_ line: ArraySlice<UInt8>) -> Int {
        characters(line.drop(while: \.isSpace).prefix { !$0.isSpace })
    }

    private static func characters(_ text: ArraySlice<UInt8>) -> Int { text.count { $0 & 0xC0 != 0x80 } }

    /// Whether a statement may end with a line: not behind a comma, a hyphen, an open bracket or a word such as "from" and "costs".
    private static func isEnd(_ line: ArraySlice<UInt8>) -> Bool {
        guard let last = line.last(where: { !$0.isSpace }),
            last.isAlphanumeric || last >= 0x80 || ")]\"'%".utf8.contains(last),
            let word = WordRow(Array(line)).words.last
        else { return false }
        return !AnswerWords.isCommon(word) && !AnswerWords.telling.contains(word) && !ForeignWords.all.contains(word)
    }

    /// Whether a statement may begin with a line: with a capital letter, or behind a number with a number.
    private static func begins(_ line: ArraySlice<UInt8>, behind before: ArraySlice<UInt8>) -> Bool {
        let word = String(decoding: line.drop(while: \.isSpace).prefix { !$0.isSpace }, as: UTF8.self)
        return word.first.map { $0.isUppercase || $0.isNumber && before.contains(where: \.isDigit) } ?? false
    }
}
