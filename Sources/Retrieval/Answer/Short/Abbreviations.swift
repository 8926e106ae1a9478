import Bytes
import Memory

/// Letters beside the words that they stand for: "single sign-on (SSO)", "SSO (single sign-on)", "single sign-on, SSO for short",
/// "SSO means single sign-on".
package enum Abbreviations {
    /// The most words between letters and the words that they stand for.
    private static let reach = 3

    /// The bytes of the words that letters stand for; nil where a text does not say.
    package static func meaning(of letters: String, in text: ArraySlice<UInt8>) -> Range<Int>? {
        let row = WordRow(Array(text))
        let wanted = Array(letters.lowercased().utf8)
        for i in row.words.indices where row.words[i] == wanted {
            for skipped in 0...reach {
                let found =
                    run(row, wanted, endingBefore: i - skipped) ?? run(row, wanted, startingAt: i + 1 + skipped)
                if let found { return found.lowerBound + text.startIndex..<found.upperBound + text.startIndex }
            }
        }
        return nil
    }

    /// The words whose initials are the letters; function words between them may have none.
    private static func run(_ row: WordRow, _ letters: [UInt8], startingAt start: Int) -> Range<Int>? {
        guard start < row.words.count, row.words[start][0] == letters[0] else { return nil }
        var i = start
        for letter in letters {
            while i < row.words.count, row.words[i][0] != letter, i > start, AnswerWords.isCommon(row.words[i]) { i += 1 }
            guard i < row.words.count, row.words[i][0] == letter, row.words[i].count > 1 else { return nil }
            i += 1
        }
        return row.places[start].lowerBound..<row.places[i - 1].upperBound
    }

    private static func run(_ row: WordRow, _ letters: [UInt8], endingBefore end: Int) -> Range<Int>? {
        guard end > 0 else { return nil }
        return (max(0, end - 2 * letters.count)..<end).reversed().lazy.compactMap { start in
            run(row, letters, startingAt: start).flatMap { $0.upperBound == row.places[end - 1].upperBound ? $0 : nil }
        }.first
    }
}
