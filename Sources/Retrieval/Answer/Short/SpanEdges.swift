import Bytes
import Memory

/// Where the words that the reader found begin and end better: without words of the question at their start, with the unit of
/// a number, with the brackets and the clause that belong to them.
struct SpanEdges {
    let question: AskedQuestion
    let query: Query

    /// A span inside a unit, both as bytes of a text.
    func better(_ span: Range<Int>, in unit: Range<Int>, of text: [UInt8]) -> Range<Int> {
        let row = WordRow(Array(text[unit]))
        let inside = row.places.indices.filter {
            row.places[$0].lowerBound + unit.lowerBound >= span.lowerBound
                && row.places[$0].upperBound + unit.lowerBound <= span.upperBound
        }
        guard var first = inside.first, var last = inside.last else { return span }
        cutClause(row, first, &last)
        dropVerb(row, &first, last)
        dropQuestion(row, &first, last)
        addUnit(row, &last)
        addDate(row, &last)
        addDay(row, &first)
        addClause(row, first, &last)
        addFirstName(row, &first, last)
        guard first != inside.first || last != inside.last else { return withBrackets(span, in: unit, of: text) }
        let start = first == inside.first ? span.lowerBound : row.places[first].lowerBound + unit.lowerBound
        let end = last == inside.last ? span.upperBound : row.places[last].upperBound + unit.lowerBound
        return withBrackets(start..<max(start, end), in: unit, of: text)
    }

    // MARK: Less

    private static let joints = Set.words("and und")
    private static let verbs = Set.words("is are was were has had ist sind war waren hat hatte wird werden wurde wurden")

    /// "and" with a verb behind it begins another statement: "Chemie und wohnt seit 2021 hier".
    private func cutClause(_ row: WordRow, _ first: Int, _ last: inout Int) {
        guard last > first else { return }
        for i in first + 1..<last where Self.joints.contains(row.words[i]) {
            let rest = row.words[i + 1...last]
            let isVerb = Self.verbs.contains(rest[i + 1]) || question.isGerman && isGermanVerb(row, i + 1)
            guard isVerb else { continue }
            last = i - 1
            return
        }
    }

    /// A word in small letters with the ending of a verb, after a noun.
    private func isGermanVerb(_ row: WordRow, _ i: Int) -> Bool {
        row.isCapitalised(i - 2) && !row.isCapitalised(i) && row.words[i].count > 3
            && ["t", "te", "ten"].contains { row.words[i].suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    /// What the question says itself is no answer to it: of "paid from the fund are beer and wine", "beer and wine".
    private func dropQuestion(_ row: WordRow, _ first: inout Int, _ last: Int) {
        var end = first
        for i in first..<last {
            guard query.stems.contains(row.stems[i]) || AnswerWords.isCommon(row.words[i]) else { break }
            end = i + 1
        }
        // Function words and one word of the question may begin an answer: "the long pier".
        guard (first..<end).count(where: { query.stems.contains(row.stems[$0]) }) > 1 else { return }
        // Neither does it begin in the middle of a name: "the Old Sluice committee".
        guard question.isGerman || !(first..<end).contains(where: row.isCapitalised) else { return }
        first = end
    }

    /// The verb before a number tells nothing of it: "beträgt 100 Euro". Nor does the auxiliary before a German subject that stands
    /// behind it: "Gezahlt werden Bier und Wein".
    private func dropVerb(_ row: WordRow, _ first: inout Int, _ last: Int) {
        guard first < last else { return }
        let tellsNumber = question.kind == .number && AnswerWords.telling.contains(row.words[first])
        let isBeforeSubject =
            question.isGerman && Self.verbs.contains(row.words[first])
            && (row.isCapitalised(first + 1) || AnswerWords.articles.contains(row.words[first + 1]))
        if tellsNumber || isBeforeSubject { first += 1 }
    }

    // MARK: More

    /// "48" is "48 hours", and "fourth" is "fourth day" where the question asks for a day.
    private func addUnit(_ row: WordRow, _ last: inout Int) {
        let next = last + 1
        guard next < row.words.count, row.isBesideNext(last),
            row.words[last][0].isDigit || Numerals.value(of: row.words[last]) != nil
        else { return }
        let isUnit =
            Measure.isUnit(row.words[next]) || AnswerWords.money.contains(row.words[next])
            || question.column.map { Stem.of($0) == row.stems[next] } ?? false || query.counted == row.stems[next]
        if isUnit { last = next }
    }

    /// "Saturday" is "Saturday, 8 June 2024", and "Samstag" is "Samstag, den 8. Juni".
    private func addDate(_ row: WordRow, _ last: inout Int) {
        guard question.kind == .time, AnswerWords.weekdays.contains(row.words[last]), last + 1 < row.words.count,
            row.gap(after: last).allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") })
        else { return }
        var next = last + 1
        if next < row.words.count, AnswerWords.articles.contains(row.words[next]) { next += 1 }
        var end = next
        while end < row.words.count, isOfDate(row, end) { end += 1 }
        let date = row.words[next..<end]
        guard date.count > 1, date.contains(where: Months.isMonth) || isNumericDate(row, next..<end) else { return }
        last = end - 1
    }

    /// "8.6." and "8.6.2024", but no hours such as "9.30".
    private func isNumericDate(_ row: WordRow, _ words: Range<Int>) -> Bool {
        let numbers = words.compactMap { Int(String(decoding: row.words[$0], as: UTF8.self)) }
        guard numbers.count == words.count, numbers.count > 1, 1...31 ~= numbers[0], 1...12 ~= numbers[1] else {
            return false
        }
        return numbers.count > 2 || row.gap(after: words.upperBound - 1).first == UInt8(ascii: ".")
    }

    /// "3 pm" is "Saturday, 8 June, at 3 pm", where it is asked when something is.
    private func addDay(_ row: WordRow, _ first: inout Int) {
        guard question.asksWhen, row.words[first][0].isDigit, !question.namesMonth,
            row.quantities.contains(where: { $0.isHour && $0.words.contains(first) })
        else { return }
        var end = first
        while end > 0, Self.beforeHours.contains(row.words[end - 1]) { end -= 1 }
        var start = end
        while start > 0, row.words[start - 1][0].isDigit || Months.isMonth(row.words[start - 1]),
            start == end || isOfDate(row, start)
        { start -= 1 }
        guard end - start > 1, row.words[start..<end].contains(where: Months.isMonth) else { return }
        if start > 0, AnswerWords.weekdays.contains(row.words[start - 1]) { start -= 1 }
        first = start
    }

    private static let beforeHours = Set.words("at um from ab")

    /// Whether a word is a day, a month or a year, with nothing but a stop, a comma or a stroke before it.
    private func isOfDate(_ row: WordRow, _ i: Int) -> Bool {
        let gap = row.gap(after: i - 1)
        return gap.count < 3 && gap.allSatisfy { " .,/".utf8.contains($0) }
            && (row.words[i][0].isDigit || Months.isMonth(row.words[i]))
    }

    /// "Members who joined before 2005", up to the verb of the question.
    private func addClause(_ row: WordRow, _ first: Int, _ last: inout Int) {
        let next = last + 1
        guard question.kind == .person, next < row.words.count, last - first < 3, !row.isCapitalised(last) || last == 0,
            row.words[next].elementsEqual("who".utf8) || row.words[next].elementsEqual("that".utf8)
        else { return }
        let asked = question.row.words.dropFirst().first { !AnswerWords.isCommon($0) && !AnswerWords.closed.contains($0) }
        guard let stem = asked.map(Stem.of),
            let verb = row.stems.indices.dropFirst(next + 1).first(where: { row.stems[$0] == stem })
        else { return }
        // The verb may be denied or have an auxiliary.
        var end = verb - 1
        while end > next, AnswerWords.auxiliaries.contains(row.words[end]) { end -= 1 }
        if end > next { last = end }
    }

    /// "Ulla Brehm" where the reader found "Brehm": a German noun before a name has an article, or stands in the question.
    private func addFirstName(_ row: WordRow, _ first: inout Int, _ last: Int) {
        guard question.isGerman, question.kind == .person, first == last, first > 1, row.isCapitalised(first),
            row.isCapitalised(first - 1), row.isBesideNext(first - 1), !AnswerWords.isCommon(row.words[first - 1]),
            !query.stems.contains(row.stems[first - 1]), !AnswerWords.determiners.contains(row.words[first - 2])
        else { return }
        first -= 1
    }

    /// A span with the bracket that it cuts, and with the code or the quoted name right behind it.
    private func withBrackets(_ span: Range<Int>, in unit: Range<Int>, of text: [UInt8]) -> Range<Int> {
        var (start, end) = (span.lowerBound, span.upperBound)
        // The end of brackets that open before the span.
        if text[start..<end].contains(UInt8(ascii: ")")), !text[start..<end].contains(UInt8(ascii: "(")) {
            if let open = text[unit.lowerBound..<start].lastIndex(of: UInt8(ascii: "(")) { start = open }
        } else if text[start..<end].contains(UInt8(ascii: "(")), !text[start..<end].contains(UInt8(ascii: ")")) {
            if let close = text[end..<unit.upperBound].firstIndex(of: UInt8(ascii: ")")) { end = close + 1 }
        }
        // Letters in brackets belong to the words that they stand for.
        if start < end, text[start] == UInt8(ascii: "("), text[end - 1] == UInt8(ascii: ")"),
            let meaning = Abbreviations.meaning(
                of: String(decoding: text[start + 1..<end - 1], as: UTF8.self), in: text[unit.lowerBound..<end]),
            meaning.upperBound < start
        {
            start = meaning.lowerBound
        }
        let tick = UInt8(ascii: "`")
        let rest = text[end..<unit.upperBound].drop { $0 == 32 }
        if rest.first == tick, let close = rest.dropFirst().firstIndex(of: tick) {
            end = close + 1
        } else if text[start..<end].count(where: { $0 == tick }) % 2 == 1 {
            if let close = text[end..<unit.upperBound].firstIndex(of: tick) { end = close + 1 }
        }
        return start..<end
    }
}
