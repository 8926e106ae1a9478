import Memory

/// A sentence that says nearly the same as another one with other numbers or names.
package enum Restatement {
    /// The fewest words that both have in common, and the least share of all words but numbers and names.
    private static let fewest = 3
    private static let share = 0.8

    /// Whether two sentences share four of five words, numbers, months and names not counted: "The fee is 12 euros", "The fee is 15
    /// euros".
    package static func isOne(_ first: WordRow, of second: WordRow) -> Bool {
        let (a, b) = (plain(first), plain(second))
        let common = a.intersection(b).count
        return common >= fewest && Double(common) >= share * Double(max(a.count, b.count))
    }

    /// The stems of the words that are no number, no month and no name. A German noun alone is no name.
    static func plain(_ row: WordRow) -> Set<[UInt8]> {
        let isGerman = QuestionLanguage.isGerman(row)
        return Set(
            row.words.indices.filter { i in
                guard !Numerals.isNumber(row.words[i]), !Months.isMonth(row.words[i]) else { return false }
                guard row.isCapitalised(i), !AnswerWords.isCommon(row.words[i]) else { return true }
                let isBesideName =
                    i > 0 && row.isCapitalised(i - 1) && !AnswerWords.isCommon(row.words[i - 1])
                    || i + 1 < row.words.count && row.isCapitalised(i + 1)
                return isGerman ? !isBesideName : false
            }.map { row.stems[$0] })
    }
}
