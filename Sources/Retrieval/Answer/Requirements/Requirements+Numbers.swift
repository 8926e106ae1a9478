import Bytes
import Memory

/// Numbers of a question in a text.
extension Requirements {
    /// Whether a text holds a number, in digits or letters, and not only as the day of a date where it may be none, nor as a
    /// quantity where it stands behind a noun.
    static func holdsNumber(_ row: WordRow, _ required: AskedQuestion.Required, isDay mayBeDay: Bool) -> Bool {
        let number = required.words
        func stands(_ place: Int) -> Bool { !required.isLabel || !isQuantity(row, place) }
        if row.placesOfRun(number).contains(where: { (mayBeDay || !isDay(row, $0, count: number.count)) && stands($0) }) {
            return true
        }
        guard number.count == 1, let value = Numerals.value(of: number[0]) else { return false }
        return row.words.indices.contains { i in
            !row.words[i][0].isDigit && Numerals.value(of: row.words[i]) == value && stands(i)
        }
    }

    /// Whether a number is a time, money, a share, or has a unit behind it.
    private static func isQuantity(_ row: WordRow, _ i: Int) -> Bool {
        guard let number = row.quantities.first(where: { $0.words.contains(i) }) else { return false }
        if number.hasSign || row.text[number.range].contains(UInt8(ascii: ":")) { return true }
        return number.unit.map { AnswerWords.money.contains(row.words[$0]) || Measure.isUnit(row.words[$0]) } ?? false
    }

    /// Whether a number is that of a day, beside a month.
    private static func isDay(_ row: WordRow, _ place: Int, count: Int) -> Bool {
        guard count == 1, let day = Numerals.value(of: row.words[place]), day <= 31 else { return false }
        return [place - 1, place + count].contains { i in
            row.words.indices.contains(i) && row.isCapitalised(i) && Months.isMonth(row.words[i])
        }
    }

    static func isYear(_ required: AskedQuestion.Required) -> Bool { year(required) != nil }

    static func year(_ required: AskedQuestion.Required) -> Int? {
        guard required.kind == .number, let year = Int(required.written), (1900...2100).contains(year) else { return nil }
        return year
    }

    /// Whether a unit speaks of a time that the year of the question lies in.
    func holdsInSpan(_ row: WordRow, _ required: AskedQuestion.Required) -> Bool {
        guard let year = Requirements.year(required) else { return false }
        return YearSpans.spans(in: row).contains { $0.contains(year) }
    }
}
