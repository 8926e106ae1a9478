import Bytes
import Memory

/// Numbers of a question in a text.
extension Requirements {
    /// Whether a text holds a number, in digits or letters, and not only as the day of a date where it may be none, nor as a
    /// quantity where it stands behind a noun.
    ///
    /// - Parameter isNumbered: whether a number stands behind the noun of the question somewhere in the text, so that this one
    ///   must, too: "Room 12" and "12 people" are no answers to "Form 12" beside "Form 7".
    static func holdsNumber(
        _ row: WordRow, _ required: AskedQuestion.Required, isDay mayBeDay: Bool, isNumbered: Bool
    ) -> Bool {
        let number = required.words
        func stands(_ place: Int) -> Bool {
            guard let noun = required.numberedNoun else { return true }
            return !isQuantity(row, place) && (!isNumbered || isBehind(Stem.of(noun), row, place))
        }
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

    /// Whether a number stands behind a noun, or in a row of numbers behind it: "Forms 7 and 12".
    private static func isBehind(_ noun: [UInt8], _ row: WordRow, _ place: Int) -> Bool {
        let before = row.words[..<place].lastIndex { !$0[0].isDigit && !inRows.contains($0) }
        return before.map { row.stems[$0] == noun } ?? false
    }

    private static let inRows = Set.words("and or to und oder bis")

    /// The places of the numbers behind a noun.
    static func numbers(of noun: [UInt8], in row: WordRow) -> [Int] {
        row.words.indices.dropFirst().filter {
            row.words[$0][0].isDigit && row.stems[$0 - 1] == noun && row.isBesideNext($0 - 1)
        }
    }

    /// Whether a text speaks of another thing of the same name: "Form 12B is for refunds" says nothing of "Form 7".
    static func namesOther(_ row: WordRow, than required: AskedQuestion.Required) -> Bool {
        guard let noun = required.numberedNoun.map(Stem.of) else { return false }
        let places = numbers(of: noun, in: row)
        return !places.isEmpty && places.allSatisfy { place in !row.placesOfRun(required.words).contains(place) }
    }

    /// Whether a number is that of a day, beside a month.
    static func isDay(_ row: WordRow, _ place: Int, count: Int) -> Bool {
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

    /// Whether a unit names other years than that of the question, which another unit of the passage names: "The fee of 2023 was
    /// 40 euros. The fee of 2024 is 45 euros."
    func namesOtherYear(_ text: UnitText, than required: AskedQuestion.Required) -> Bool {
        let year = required.words
        func hasYear(_ row: WordRow) -> Bool { !row.placesOfRun(year).isEmpty || holdsInSpan(row, required) }
        guard text.unit.kind != .list, text.quantities.contains(where: \.isYear),
            !hasYear(text.near), !hasYear(text.previous), !hasYear(WordRow(text.headings))
        else { return false }
        return text.passage.units.contains { unit in
            unit.kind == text.unit.kind && unit.range != text.unit.range
                && hasYear(WordRow(Array(text.passage.text[unit.range])))
        }
    }

    /// Whether a unit speaks of a time that the year of the question lies in.
    func holdsInSpan(_ row: WordRow, _ required: AskedQuestion.Required) -> Bool {
        guard let year = Requirements.year(required) else { return false }
        return YearSpans.spans(in: row).contains { $0.contains(year) }
    }
}
