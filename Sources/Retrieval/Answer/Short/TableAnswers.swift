import Memory

/// Finds the cell of a row, or the side of a "key: value" line, that a question asks for.
///
/// The question's words choose the row, so what they name in it is known; the head of the column, and what the cell holds, say
/// which of the other cells is asked for.
struct TableAnswers {
    let question: AskedQuestion
    let query: Query

    /// The range and, where the reader decided between cells, the logarithm of its probability; nil where nothing decides.
    func find(_ unit: EvidenceUnit, in source: EvidenceSource) -> (range: Range<Int>, span: Double?)? {
        if unit.kind == .pair { return side(of: unit, in: source.text).map { ($0, nil) } }
        guard unit.kind == .row, unit.cells.count > 1 else { return nil }
        let (cells, head) = TableAnswers.keyed(unit, in: source.text) ?? (unit.cells, unit.head)
        let table = Row(text: source.text, cells: cells, head: head)
        if let column = chosenColumn(table) { return (cells[column], nil) }
        if let day = dayOfColumn(table) { return (head[day], nil) }
        if isChosenByOther(table) { return (cells[0], nil) }
        let open = candidates(table)
        if open.count == 1 { return (cells[open[0]], nil) }
        let scores = open.map { (cell: $0, score: score($0, table)) }
        guard let best = scores.map(\.score).max() else { return nil }
        let first = scores.filter { $0.score == best }.map(\.cell)
        if first.count == 1, best > 0 { return (cells[first[0]], nil) }
        return question.isYesNo ? nil : read(first.map { cells[$0] }, in: source)
    }

    /// The cells of a row and those of the table's head.
    private struct Row {
        let text: [UInt8]
        let cells: [Range<Int>]
        let head: [Range<Int>]

        func words(_ range: Range<Int>) -> WordRow { WordRow(Array(text[range])) }
        func head(_ i: Int) -> WordRow? { head.indices.contains(i) ? words(head[i]) : nil }
    }

    /// The stems of the question's words that may name a column or a cell.
    private var asked: Set<[UInt8]> { question.content }

    // MARK: Pairs

    /// The value, or the key where the question chooses by words of the value: "Which error means that the disk is full?".
    private func side(of unit: EvidenceUnit, in text: [UInt8]) -> Range<Int>? {
        guard let value = unit.cells.first, let key = unit.head.first, !holdsAsked(text[key]) else {
            return unit.cells.first
        }
        if isAsked(whole: text[value]) { return key }
        guard let column = question.column, question.kind == .other, !question.row.words[0].elementsEqual("what".utf8),
            !WordRow(Array(text[value])).holds(column), holdsAsked(text[value])
        else { return value }
        return key
    }

    /// Whether the question holds all words of a value, so that the value tells nothing new: "Boatman: Ludger Haag" says what Ludger Haag
    /// is.
    private func isAsked(whole text: ArraySlice<UInt8>) -> Bool {
        let words = WordRow(Array(text))
        return !question.isYesNo && !words.words.isEmpty && words.words.contains { !$0[0].isDigit }
            && words.stems.allSatisfy(question.row.stems.contains)
    }

    private func holdsAsked(_ text: ArraySlice<UInt8>) -> Bool {
        let bag = WordBag(Array(text))
        return query.words.indices.contains { bag.frequency(of: $0, in: query) > 0 }
    }

    // MARK: Rows

    /// The column that "which" names.
    private func chosenColumn(_ row: Row) -> Int? {
        guard let column = question.column else { return nil }
        let named = row.cells.indices.filter { !row.cells[$0].isEmpty && row.head($0)?.holds(column) == true }
        return named.count == 1 ? named[0] : nil
    }

    /// The column headed by a day, for "on which day", whose cell alone the question names: "Swimming" under "Thursday".
    private func dayOfColumn(_ row: Row) -> Int? {
        guard question.kind == .time, let column = question.column, AnswerWords.timesByForm.contains(column) else {
            return nil
        }
        let named = row.cells.indices.filter { !row.cells[$0].isEmpty && isNamed(row.words(row.cells[$0])) }
        guard named.count == 1, let head = row.head(named[0]), TableAnswers.holdsTime(head) else { return nil }
        return named[0]
    }

    /// Whether the question chooses a row by a cell under its head and asks what has it, as "Who reports to Lars Moe?".
    private func isChosenByOther(_ row: Row) -> Bool {
        guard [.person, .other].contains(question.kind), !question.isYesNo, let name = row.cells.first, !name.isEmpty,
            canHold(row.words(name))
        else { return false }
        let heads = row.cells.indices.map { row.head($0) }
        let told = row.cells.indices.filter { i in heads[i].map { question.tells($0, row.words(row.cells[i])) } ?? false }
        return !told.isEmpty && !told.contains(0)
            && heads.indices.dropFirst().allSatisfy {
                told.contains($0) || heads[$0].map { asked.isDisjoint(with: $0.stems) } ?? true
            }
    }

    /// The cells that the question does not name; of these, those that can hold what it asks for.
    private func candidates(_ row: Row) -> [Int] {
        let open = row.cells.indices.filter {
            !row.cells[$0].isEmpty && (!isNamed(row.words(row.cells[$0])) || isAsked($0, row) || sharesNumber($0, row))
                && !isNumberOfRow($0, row)
        }
        let fitting = open.filter { canHold(row.words(row.cells[$0])) && fit(row.head($0)) >= 0 }
        return fitting.isEmpty ? open : fitting
    }

    /// Whether the question has the head of a cell, and not all that it says: "40 EUR per ride" under "limit", where the limit of
    /// a ride is asked for, and "ada@hill.example" under "email", where that of Ada Hill is.
    private func isAsked(_ i: Int, _ row: Row) -> Bool {
        guard i > 0, let head = row.head(i), !asked.isDisjoint(with: head.stems) else { return false }
        let cell = row.words(row.cells[i])
        return cell.words.indices.contains { i in
            !AnswerWords.isCommon(cell.words[i]) && !question.row.stems.contains(cell.stems[i])
        }
    }

    /// Whether the question has no more of a date than its year: "2024-04-30", where that of invoice 2024-018 is asked for.
    private func sharesNumber(_ i: Int, _ row: Row) -> Bool {
        guard question.kind == .time, !question.namesMonth else { return false }
        let cell = row.words(row.cells[i])
        let isNew = cell.words.contains { !question.row.words.contains($0) }
        return isNew && ComparedColumn.writtenDate(cell) != nil
            && cell.words.allSatisfy { $0[0].isDigit || !question.row.words.contains($0) }
    }

    /// The first cell under "order" is the number of an order, and tells not how many orders there are.
    private func isNumberOfRow(_ i: Int, _ row: Row) -> Bool {
        guard i == 0, let counted = query.counted, let head = row.head(0) else { return false }
        return head.words.count == 1 && head.stems == [counted]
    }

    private func isNamed(_ cell: WordRow) -> Bool {
        if !asked.isDisjoint(with: cell.stems) { return true }
        // "fourth" names the row of number 4.
        guard cell.words.count == 1, let value = Numerals.value(of: cell.words[0]) else { return false }
        return question.row.words.contains { Numerals.value(of: $0) == value && !$0[0].isDigit }
    }

    private func canHold(_ cell: WordRow) -> Bool {
        guard let first = cell.words.first else { return false }
        switch question.kind {
        case .person: return !cell.text.contains(where: \.isDigit)
        case .place: return !first[0].isDigit && Weekdays.days(in: cell).isEmpty
        case .number where query.counted != nil: return TableAnswers.holdsNumber(cell)
        case .number, .time, .other: return true
        }
    }

    /// How many words of the question the head holds, and whether head and cell are of the kind that is asked for.
    private func score(_ cell: Int, _ row: Row) -> Double {
        let words = row.words(row.cells[cell])
        let head = row.head(cell)
        var score = head.map { Double(Set($0.stems).intersection(asked).count) } ?? 0
        if let counted = query.counted, let head, head.holds(counted) || !question.countHeads.isDisjoint(with: head.stems) {
            score += 1
        }
        if question.asksMoney, holdsMoney(head) || holdsMoney(words) || Quantity.hasMoneySign(words.text) { score += 1 }
        if question.asksPhone, let head,
            head.words.contains(where: { AnswerWords.phones.contains($0) || AnswerWords.phoneNumbers.contains($0) })
        {
            score += 1
        }
        if question.asksDuration, head?.words.contains(where: AnswerWords.durations.contains) == true { score += 1 }
        score += Double(fit(head))
        if question.kind == .place, head?.words.contains(where: AnswerWords.placeHeads.contains) == true { score += 1 }
        switch question.kind {
        case .person, .place: score += words.words.indices.allSatisfy(words.isCapitalised) ? 0.5 : 0
        case .number: score += TableAnswers.holdsNumber(words) ? 0.5 : 0
        case .time: score += TableAnswers.holdsTime(words) ? 0.5 : 0
        case .other: break
        }
        return score
    }

    /// 1 where a head names what the question asks to measure, −1 where it names something else that is measured or paid, 0 where it
    /// tells neither.
    private func fit(_ head: WordRow?) -> Int {
        guard let head, asksMeasure else { return 0 }
        if question.asksAge { return head.words.contains(where: AnswerWords.ageHeads.contains) ? 1 : 0 }
        for word in head.words {
            if let direction = Measure.direction(of: word), let asked = question.asksDirection, direction != .size,
                asked != .size
            {
                return direction == asked ? 1 : -1
            }
            let measures = Measure.asked(by: word)
            if !measures.isEmpty { return measures.isDisjoint(with: question.measures) ? -1 : 1 }
            if AnswerWords.isCost(word) { return -1 }
        }
        return 0
    }

    private var asksMeasure: Bool { !question.measures.isEmpty || question.asksDirection != nil || question.asksAge }

    /// Whether a row has heads, and none for what the question asks to measure or to count: "How many people work in Research?" has
    /// no answer in the numbers of offices.
    func lacksColumn(_ unit: EvidenceUnit, in text: [UInt8]) -> Bool {
        guard unit.kind == .row, unit.cells.count > 1 else { return false }
        let (cells, head) = TableAnswers.keyed(unit, in: text) ?? (unit.cells, unit.head)
        if asksMeasure {
            let fits = head.map { fit(WordRow(Array(text[$0]))) }
            return fits.contains(-1) && !fits.contains(1)
        }
        guard query.counted != nil, !head.isEmpty else { return false }
        let row = Row(text: text, cells: cells, head: head)
        return candidates(row).allSatisfy { score($0, row) < 1 }
    }

    private func holdsMoney(_ words: WordRow?) -> Bool {
        words?.words.contains { AnswerWords.isCost($0) || AnswerWords.money.contains($0) } ?? false
    }

    private static func holdsNumber(_ cell: WordRow) -> Bool {
        cell.words.prefix(2).contains(where: Numerals.isNumber)
    }

    /// A date, a day of the week, or a time of day.
    private static func holdsTime(_ cell: WordRow) -> Bool {
        if cell.words.contains(where: {
            AnswerWords.weekdays.contains($0) || Months.isMonth($0)
        }) {
            return true
        }
        let text = String(decoding: cell.text, as: UTF8.self)
        return text.contains(/[0-9]:[0-9]{2}|[0-9]{4}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.|[0-9] Uhr|\b[0-9]{4}\b/)
    }

    /// The words that the reader finds in one of some cells.
    private func read(_ cells: [Range<Int>], in source: EvidenceSource) -> (range: Range<Int>, span: Double?)? {
        guard let reading = source.reading else { return nil }
        let found = cells.compactMap { cell -> (cell: Range<Int>, score: Double)? in
            guard let tokens = source.tokens(in: cell), let (_, score) = reading.answer(in: tokens) else { return nil }
            return (cell, Double(score))
        }
        return found.max { $0.score < $1.score }.map { ($0.cell, $0.score) }
    }

    /// The values and the keys of a row whose cells all are "key: value"; nil for another row.
    static func keyed(_ unit: EvidenceUnit, in text: [UInt8]) -> (cells: [Range<Int>], head: [Range<Int>])? {
        var cells: [Range<Int>] = []
        var head: [Range<Int>] = []
        for cell in unit.cells {
            guard let colon = text[cell].firstIndex(of: UInt8(ascii: ":")), colon + 1 < cell.upperBound,
                text[colon + 1] == 32
            else { return nil }
            head.append(cell.lowerBound..<colon)
            cells.append(colon + 2..<cell.upperBound)
        }
        return (cells, head)
    }
}
