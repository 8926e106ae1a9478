import Bytes
import Memory

/// Letters in brackets behind the words that they stand for, "single sign-on (SSO)", or before them in brackets.
package enum Abbreviations {
    /// The bytes of the words that letters stand for; nil where a text does not say.
    package static func meaning(of letters: String, in text: ArraySlice<UInt8>) -> Range<Int>? {
        let row = WordRow(Array(text))
        let wanted = Array(letters.lowercased().utf8)
        for i in row.words.indices where row.words[i] == wanted {
            let place = row.places[i]
            if place.lowerBound > 0, row.text[place.lowerBound - 1] == UInt8(ascii: "("),
                let found = run(row, wanted, in: max(0, i - wanted.count)..<i)
            {
                return shifted(found, text.startIndex)
            }
            if i + 1 < row.words.count,
                row.text[place.upperBound..<row.places[i + 1].lowerBound].contains(UInt8(ascii: "(")),
                let found = run(row, wanted, in: i + 1..<min(row.words.count, i + 1 + wanted.count))
            {
                return shifted(found, text.startIndex)
            }
        }
        return nil
    }

    private static func shifted(_ range: Range<Int>, _ start: Int) -> Range<Int> {
        range.lowerBound + start..<range.upperBound + start
    }

    /// The words whose initials are the letters.
    private static func run(_ row: WordRow, _ letters: [UInt8], in words: Range<Int>) -> Range<Int>? {
        guard words.count == letters.count, words.allSatisfy({ row.words[$0][0] == letters[$0 - words.lowerBound] }) else {
            return nil
        }
        return row.places[words.lowerBound].lowerBound..<row.places[words.upperBound - 1].upperBound
    }
}
