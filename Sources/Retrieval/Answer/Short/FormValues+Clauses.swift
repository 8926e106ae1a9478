import Bytes
import Memory

/// Parts of a sentence that its conjunctions and prepositions mark.
extension FormValues {
    private static let conjunctions = Set.words("because weil wegen omdat parce porque")
    private static let froms = Set.words("from von")
    private static let tos = Set.words("to auf")
    private static let befores = Set.words("before until formerly vor bis vorher früher")
    private static let afters = Set.words("since after now seit ab nach jetzt")
    /// A longer clause is no short answer.
    private static let longest = 120

    /// The clause that tells a cause, with its conjunction: "weil es regnet". One before a comma ends there.
    func cause(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        let row = WordRow(Array(text[range]))
        guard let first = row.words.firstIndex(where: Self.conjunctions.contains), first + 1 < row.words.count else {
            return nil
        }
        let ends: [UInt8] = first == 0 ? [UInt8(ascii: ","), UInt8(ascii: ";")] : [UInt8(ascii: ";")]
        let rest = row.words.indices[(first + 1)...].dropLast()
        let last = rest.first { row.gap(after: $0).contains(where: ends.contains) }
        let end = row.places[last ?? row.words.count - 1].upperBound
        let start = row.places[first].lowerBound
        return end - start <= Self.longest ? range.lowerBound + start..<range.lowerBound + end : nil
    }

    /// Of an amount that changes "from 640 to 698 euros" the one that a question for the time since or before then asks for; nil where
    /// the question tells neither.
    func changedAmount(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        guard question.kind == .number, question.asksMoney else { return nil }
        let isBefore = question.row.words.contains(where: Self.befores.contains)
        guard isBefore != question.row.words.contains(where: Self.afters.contains) else { return nil }
        let row = WordRow(Array(text[range]))
        let from = row.words.indices.dropLast(3).first {
            Self.froms.contains(row.words[$0]) && row.words[$0 + 1][0].isDigit
        }
        guard let from else { return nil }
        let to = row.words.indices[(from + 2)...].dropLast().prefix(6).first {
            Self.tos.contains(row.words[$0]) && row.words[$0 + 1][0].isDigit
        }
        guard let to, !row.words[(from + 1)...(to + 1)].contains(where: Months.isMonth) else { return nil }
        // "From 6 to 12 years" is no change of a price.
        guard row.quantities.contains(where: { $0.words.contains(to + 1) && question.fits($0, in: row) }) else { return nil }
        let places = isBefore ? from + 1..<to : to + 1..<row.words.count
        // The number with the word behind it, where that is money.
        let digits = places.prefix { row.words[$0][0].isDigit }
        guard var last = digits.last else { return nil }
        if last + 1 < row.words.count, AnswerWords.money.contains(row.words[last + 1]) { last += 1 }
        return range.lowerBound + row.places[digits.lowerBound].lowerBound..<range.lowerBound + row.places[last].upperBound
    }
}
