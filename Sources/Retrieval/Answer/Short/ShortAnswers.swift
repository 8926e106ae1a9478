import Bytes
import Foundation
import Memory

/// Finds the words of a unit that answer a question.
struct ShortAnswers {
    /// Words of a unit that answer.
    struct Found {
        let kind: Answer.Short.Kind
        /// Bytes of the source's text.
        let range: Range<Int>
        /// The logarithm of the reader's probability, where the reader found the words.
        var span: Double?
    }

    /// A longer answer to a question in the text is no short answer.
    private static let longest = 90

    let question: AskedQuestion
    let query: Query

    func find(_ evidence: Evidence, in source: EvidenceSource) -> Found? {
        let unit = evidence.unit
        let text = source.text
        if question.isYesNo, let kind = YesNo(question: question, query: query).answer(evidence, in: source) {
            return Found(kind: kind, range: unit.range)
        }
        if let letters = question.abbreviation, let found = Abbreviations.meaning(of: letters, in: text[unit.range]) {
            return Found(kind: .span, range: found)
        }
        if unit.kind == .list { return Found(kind: .text, range: unit.range) }
        if let cell = TableAnswers(question: question, query: query).find(unit, in: source) {
            return Found(kind: .cell, range: cell.range, span: cell.span)
        }
        // The steps under "How do I …?" are an answer as a whole.
        if asksWay, unit.kind == .answer, unit.range.count <= ShortAnswers.longest {
            return Found(kind: .text, range: unit.range)
        }
        if unit.kind != .row, !question.isYesNo, let found = read(unit, in: source) { return found }
        if let value = value(in: unit.range, of: text) { return Found(kind: .value, range: value) }
        return unit.kind == .answer && unit.range.count <= ShortAnswers.longest ? Found(kind: .text, range: unit.range) : nil
    }

    /// "How do I …?", and not "how many".
    private var asksWay: Bool {
        guard question.kind == .other, question.measures.isEmpty, let first = question.row.words.first else { return false }
        return first.elementsEqual("how".utf8) || first.elementsEqual("wie".utf8) && !question.asksName
    }

    /// The words that the reader finds in a unit.
    private func read(_ unit: EvidenceUnit, in source: EvidenceSource) -> Found? {
        guard let reading = source.reading else { return nil }
        let text = source.text
        let quantities = Quantities(question: question, query: query)
        var range = unit.range
        guard var (bytes, span) = source.tokens(in: range).flatMap({ reading.answer(in: $0) }), !bytes.isEmpty else {
            return nil
        }
        // A question for a number has one of several as its answer.
        if question.kind == .number || Quantities.holdsSeveral(text[bytes.shifted(by: source.offset)]),
            let part = quantities.part(of: text[range]),
            let (inside, score) = source.tokens(in: part).flatMap({ reading.answer(in: $0) }), !inside.isEmpty
        {
            (bytes, span, range) = (inside, score, part)
        }
        let read = bytes.shifted(by: source.offset)
        let value = value(in: range, of: text)
        let edges = SpanEdges(question: question, query: query)
        if let value {
            // The reader may find a number without its unit, and other words than a number where one is asked for.
            if value.lowerBound <= read.lowerBound && value.upperBound >= read.upperBound
                || question.kind == .number && !holdsNumber(text[read])
            {
                let whole = question.kind == .person ? edges.better(value, in: range, of: text) : value
                return Found(kind: .span, range: whole, span: Double(span))
            }
        }
        if question.asksWhen, value == nil, !TimeWords.stand(in: WordRow(Array(text[unit.range]))) { return nil }
        return Found(kind: .span, range: edges.better(read, in: range, of: text), span: Double(span))
    }

    private func holdsNumber(_ text: ArraySlice<UInt8>) -> Bool {
        WordRow(Array(text)).words.contains {
            $0[0].isDigit || QuestionWords.numbers.contains($0) || Numerals.value(of: $0) != nil
                || AnswerWords.amounts.contains($0)
        }
    }

    // MARK: Numbers, dates, names

    /// The first name of a range that the question does not hold.
    func name(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        name(in: WordRow(Array(text[range]))).map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
    }

    private func value(in range: Range<Int>, of text: [UInt8]) -> Range<Int>? {
        let row = WordRow(Array(text[range]))
        let found: Range<Int>? =
            switch question.kind {
            case .number: number(in: row)
            case .time: date(in: row) ?? number(in: row)
            case .person, .place: name(in: row)
            case .other: question.asksMoney ? number(in: row) : nil
            }
        return found.map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
    }

    private func isNew(_ word: [UInt8]) -> Bool { !question.row.words.contains(word) }

    /// The first number that the question does not hold, with its unit; before another one the number of what is counted.
    private func number(in row: WordRow) -> Range<Int>? {
        let places = row.words.indices.filter { i in
            (row.words[i][0].isDigit || QuestionWords.numbers.contains(row.words[i])) && isNew(row.words[i])
        }
        let counted = places.first { i in
            query.counted.map { unit in row.stems.dropFirst(i + 1).prefix(2).contains(unit) } ?? false
        }
        guard let first = counted ?? places.first else { return nil }
        var last = first
        // 1,140 and 2.5 are one number.
        while places.contains(last + 1) || row.words.indices.contains(last + 1) && row.words[last + 1][0].isDigit {
            let gap = row.text[row.places[last].upperBound..<row.places[last + 1].lowerBound]
            guard gap.count <= 1, gap.allSatisfy({ ".,:- ".utf8.contains($0) }) else { break }
            last += 1
        }
        // The unit: the next word, after a space.
        if row.words.indices.contains(last + 1), !AnswerWords.isCommon(row.words[last + 1]),
            row.text[row.places[last].upperBound..<row.places[last + 1].lowerBound].elementsEqual([32])
                || row.text[row.places[last].upperBound..<row.places[last + 1].lowerBound].isEmpty
        {
            last += 1
        }
        var start = row.places[first].lowerBound
        for sign in ["€", "$", "£"]
        where start >= sign.utf8.count && row.text[(start - sign.utf8.count)..<start].elementsEqual(sign.utf8) {
            start -= sign.utf8.count
        }
        var end = row.places[last].upperBound
        if end < row.text.count, row.text[end] == UInt8(ascii: "%") { end += 1 }
        return start..<end
    }

    /// A month with the day and the year beside it, a time of day, or a year.
    private func date(in row: WordRow) -> Range<Int>? {
        let isMonth = row.words.map { Months.number(of: String(decoding: $0, as: UTF8.self)) != nil }
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
                row.places[last + 1].lowerBound <= row.places[last].upperBound + 2
            { last += 1 }
            let place = row.places[i].lowerBound..<row.places[last].upperBound
            if i > 0 || last > i { return place }
            atStart = place
            i = last + 1
        }
        return atStart
    }
}

extension Range<Int> {
    fileprivate func shifted(by offset: Int) -> Range<Int> { lowerBound + offset..<upperBound + offset }
}
