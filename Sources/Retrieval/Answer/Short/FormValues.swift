import Bytes
import Memory

/// Finds numbers, dates and names of a text by their form.
struct FormValues {
    let question: AskedQuestion
    let query: Query

    /// The first name of a range that the question does not hold.
    func name(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        name(in: WordRow(Array(text[range]))).map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
    }

    /// The first name of at least two words of a range.
    func fullName(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        var start = range.lowerBound
        while let found = name(in: start..<range.upperBound, of: text) {
            if WordRow(Array(text[found])).words.count > 1 { return found }
            start = found.upperBound
        }
        return nil
    }

    /// The number, date or name of a range that the question asks for by its kind.
    func value(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        let row = WordRow(Array(text[range]))
        let found: Range<Int>? =
            switch question.kind {
            case .number: number(in: row)
            case .time: date(in: row) ?? number(in: row)
            case .person: holder(in: row) ?? name(in: row)
            case .place: name(in: row)
            case .other: question.asksMoney ? number(in: row) : nil
            }
        return found.map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
    }

    /// The name right behind the office that the question asks for: "Kassiererin Beate Grünwald", "treasurer is Mary Holm".
    private func holder(in row: WordRow) -> Range<Int>? {
        guard let i = row.stems.indices.first(where: { question.isOffice(row, at: $0) }) else { return nil }
        let first = i + 1 < row.words.count && AnswerWords.copulas.contains(row.words[i + 1]) ? i + 2 : i + 1
        guard first + 1 < row.words.count, row.gap(after: first - 1).allSatisfy({ " :,(".utf8.contains($0) }) else {
            return nil
        }
        let end = row.words.indices[first...].prefix { j in
            row.isCapitalised(j) && !AnswerWords.isCommon(row.words[j]) && (j == first || row.isBesideNext(j - 1))
        }.endIndex
        return end > first + 1 ? row.places[first].lowerBound..<row.places[end - 1].upperBound : nil
    }

    func holder(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        guard question.kind == .person else { return nil }
        return holder(in: WordRow(Array(text[range]))).map {
            $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound
        }
    }

    /// The name that a preposition ties to a word of the question: "Rollag" of "bailiff of Rollag".
    func tiedName(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        let row = WordRow(Array(text[range]))
        let tied = row.words.indices.dropLast(2).first { i in
            question.content.contains(row.stems[i]) && AnswerWords.ties.contains(row.words[i + 1])
                && row.isCapitalised(i + 2)
                && !question.row.stems.contains(row.stems[i + 2]) && !AnswerWords.isCommon(row.words[i + 2])
        }
        guard let tied else { return nil }
        let end = row.words.indices[(tied + 2)...].prefix { j in
            row.isCapitalised(j) && (j == tied + 2 || row.isBesideNext(j - 1))
        }.endIndex
        return range.lowerBound + row.places[tied + 2].lowerBound..<range.lowerBound + row.places[end - 1].upperBound
    }

    /// Whether a text names the holder of the office that the question asks for.
    func namesHolder(_ row: WordRow) -> Bool { question.kind == .person && holder(in: row) != nil }

    /// The date of a range.
    func date(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        date(in: WordRow(Array(text[range]))).map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
    }

    private func isNew(_ word: [UInt8]) -> Bool { !question.row.words.contains(word) }

    /// The first number that the question does not hold, with its unit; before another one the number of what is counted.
    private func number(in row: WordRow) -> Range<Int>? {
        let new = row.quantities.filter { $0.words.contains { Numerals.isNumber(row.words[$0]) && isNew(row.words[$0]) } }
        let fitting = question.asksUnit ? new.filter { question.fits($0, in: row) } : []
        let undated = new.filter { !Requirements.isDay(row, $0.words.lowerBound, count: 1) }
        let numbers = fitting.isEmpty ? undated.isEmpty ? new : undated : fitting
        let counted = numbers.first { number in
            query.counted.map { row.stems[number.words.upperBound...].prefix(2).contains($0) } ?? false
        }
        guard let number = counted ?? numbers.first else { return nil }
        guard let unit = number.unit, !number.isCompound, isUnit(row, unit, hasSign: number.hasSign) else {
            return number.range
        }
        return number.range.lowerBound..<row.places[unit].upperBound
    }

    /// Whether a word behind a number belongs to an answer: a unit, or what the question counts and no other noun follows. Where
    /// it counts nothing, any noun may be a unit.
    private func isUnit(_ row: WordRow, _ i: Int, hasSign: Bool) -> Bool {
        let word = row.words[i]
        if Measure.isUnit(word) || AnswerWords.money.contains(word) { return true }
        guard query.counted != nil else { return !hasSign && !AnswerWords.isCommon(word) }
        return AskedQuestion.isNoun(word) && question.content.contains(row.stems[i])
            && !(i + 1 < row.words.count && question.content.contains(row.stems[i + 1]))
    }

    /// A month with the day and the year beside it, a time of day, or a year.
    private func date(in row: WordRow) -> Range<Int>? {
        let isMonth = row.words.map(Months.isMonth)
        if let month = isMonth.indices.first(where: { isMonth[$0] && row.isCapitalised($0) && isNew(row.words[$0]) }) {
            var first = month
            var last = month
            if first > 0, row.words[first - 1][0].isDigit, row.words[first - 1].count <= 2 { first -= 1 }
            while row.words.indices.contains(last + 1), row.words[last + 1][0].isDigit,
                row.places[last + 1].lowerBound <= row.places[last].upperBound + 2
            { last += 1 }
            return row.places[first].lowerBound..<row.places[last].upperBound
        }
        if let day = row.words.indices.first(where: { AnswerWords.weekdays.contains(row.words[$0]) && isNew(row.words[$0]) })
        {
            return row.places[day]
        }
        let year = row.words.indices.first { i in
            row.words[i].count == 4
                && Int(String(decoding: row.words[i], as: UTF8.self)).map { (1000...2999).contains($0) } == true
                && isNew(row.words[i])
        }
        return year.map { row.places[$0] }
    }

    /// The first words in a row with capital letters that the question does not hold, not counting the word that begins the unit
    /// where it stands alone.
    private func name(in row: WordRow) -> Range<Int>? {
        let asked = Set(question.row.stems)
        func isPart(_ i: Int) -> Bool {
            row.isCapitalised(i) && !asked.contains(row.stems[i]) && !AnswerWords.isCommon(row.words[i])
                && !AnswerWords.closed.contains(row.words[i])
        }
        var i = 0
        var atStart: Range<Int>?
        while i < row.words.count {
            guard isPart(i) else {
                i += 1
                continue
            }
            var last = i
            while row.words.indices.contains(last + 1), isPart(last + 1),
                joins(row, last)
            { last += 1 }
            let place = row.places[i].lowerBound..<row.places[last].upperBound
            if i > 0 || last > i { return place }
            atStart = place
            i = last + 1
        }
        return atStart
    }

    /// Whether two words with capital letters are of one name: a comma stands between two persons, and inside a place.
    private func joins(_ row: WordRow, _ i: Int) -> Bool {
        let gap = row.gap(after: i)
        return gap.count <= 2 && (question.kind == .place || !gap.contains(UInt8(ascii: ",")))
    }
}
