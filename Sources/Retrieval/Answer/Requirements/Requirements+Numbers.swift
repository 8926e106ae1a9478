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
        let place = row.places[i]
        if ["€", "$", "£"].contains(where: { row.text[..<place.lowerBound].suffix($0.utf8.count).elementsEqual($0.utf8) }) {
            return true
        }
        let rest = row.text[place.upperBound...]
        if rest.first == UInt8(ascii: ":"), rest.dropFirst().first?.isDigit == true { return true }
        let next = rest.drop(while: \.isSpace)
        if ["%", "€", "£", "$", "°"].contains(where: { next.starts(with: $0.utf8) }) { return true }
        guard i + 1 < row.words.count, row.places[i + 1].lowerBound <= place.upperBound + 1 else { return false }
        return AnswerWords.money.contains(row.words[i + 1]) || Measure.isUnit(row.words[i + 1])
    }

    /// Whether a number is that of a day, beside a month.
    private static func isDay(_ row: WordRow, _ place: Int, count: Int) -> Bool {
        guard count == 1, let day = Numerals.value(of: row.words[place]), day <= 31 else { return false }
        return [place - 1, place + count].contains { i in
            row.words.indices.contains(i) && row.isCapitalised(i)
                && Months.number(of: String(decoding: row.words[i], as: UTF8.self)) != nil
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
