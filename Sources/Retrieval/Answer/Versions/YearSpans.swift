import Bytes

/// Times that a text names by years: "from 1951 to 1968", "1951-1968", "since 2015".
package enum YearSpans {
    private static let since = Set.words("since seit")
    private static let to = Set.words("to until till and bis und through")

    /// The times of a text, from the first year to the last one; what goes on ends in the largest number.
    package static func spans(in row: WordRow) -> [ClosedRange<Int>] {
        row.words.indices.compactMap { i in
            guard let first = year(row.words[i]) else { return nil }
            if i > 0, since.contains(row.words[i - 1]) { return first...Int.max }
            guard i + 1 < row.words.count else { return nil }
            let last = to.contains(row.words[i + 1]) ? i + 2 : i + 1
            guard last < row.words.count, let end = year(row.words[last]), first <= end else { return nil }
            let gap = row.text[row.places[i].upperBound..<row.places[last].lowerBound].filter { $0 != 32 }
            let isSpan = last == i + 2 || ["-", "–", "—"].contains { gap.elementsEqual($0.utf8) }
            return isSpan ? first...end : nil
        }
    }

    private static func year(_ word: [UInt8]) -> Int? {
        guard word.count == 4, word.allSatisfy(\.isDigit) else { return nil }
        return Int(String(decoding: word, as: UTF8.self)).flatMap { (1000...2999).contains($0) ? $0 : nil }
    }
}
