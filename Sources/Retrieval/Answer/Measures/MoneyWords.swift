/// Words and signs of money in texts.
enum MoneyWords {
    /// Whether a row or a pair may tell a price: by a sum, or by a name of one in its head.
    static func mayStand(in row: WordRow) -> Bool {
        stand(in: row) || row.words.contains { AnswerWords.sumsByForm.contains($0) || AnswerWords.amounts.contains($0) }
    }

    /// Whether a text tells money: by its sign, or by a word for it or for a price.
    ///
    /// - Parameter words: words that say nothing of a price, such as "cost" of the question.
    static func stand(in row: WordRow, notCounting words: [[UInt8]] = []) -> Bool {
        Quantity.hasMoneySign(row.text)
            || row.words.contains {
                AnswerWords.money.contains($0) || AnswerWords.isCost($0) && !words.contains($0)
            }
    }
}
