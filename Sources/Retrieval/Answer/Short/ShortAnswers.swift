import Algorithms
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
        /// The answer where it does not stand in the text: yes, no, a count.
        var written: String?
    }

    /// A longer answer to a question in the text is no short answer.
    private static let longest = 90

    let question: AskedQuestion
    let query: Query

    private var values: FormValues { FormValues(question: question, query: query) }

    /// The words of a unit that answer; nil where none do, and where what was found cannot be what is asked for.
    func find(_ evidence: Evidence, in source: EvidenceSource) -> Found? {
        guard let found = words(of: evidence, in: source),
            found.written != nil || source.text[found.range].contains(where: { $0.isLetter || $0.isDigit || $0 >= 0x80 })
        else { return nil }
        guard found.written == nil, found.kind != .text, evidence.ofTable == nil,
            isOfOtherKind(WordRow(Array(source.text[found.range])))
        else {
            return found
        }
        guard question.kind == .person,
            let name = values.agent(in: evidence.unit.range, of: source.text)
                ?? values.fullName(in: evidence.unit.range, of: source.text)
        else { return nil }
        return Found(kind: .value, range: name)
    }

    /// Whether words only repeat the question, or tell an hour or a number where a person, a place or a reason is asked for.
    private func isOfOtherKind(_ found: WordRow) -> Bool {
        guard let first = found.words.first(where: { !AnswerWords.isCommon($0) }) ?? found.words.first else { return false }
        let asked = question.row
        let repeats = found.stems.allSatisfy { asked.stems.contains($0) || AnswerWords.isCommon($0) }
        if repeats, !first[0].isDigit, !asked.words.contains(where: { ["or", "oder"].map { Array($0.utf8) }.contains($0) }) {
            return true
        }
        if question.asksAmount, !tellsAmount(found.text[...]) || question.asksMoney && isDate(found) { return true }
        // "She" is nobody.
        if found.words.allSatisfy(AnswerWords.pronouns.contains) { return true }
        if question.asksWhen, !TimeWords.stand(in: found) || found.words.count == 1 && TimeWords.compares(found.words[0]) {
            return true
        }
        let telling = found.words.indices.filter { !AnswerWords.isCommon(found.words[$0]) }
        // A German noun has a capital letter.
        if question.kind == .person, question.isGerman,
            !found.words.indices.contains(where: { found.isCapitalised($0) || AnswerWords.persons.contains(found.words[$0]) }
            )
        {
            return true
        }
        if question.kind == .person, 2 * telling.count(where: { isNumberOrTime(found.words[$0]) }) >= telling.count {
            return true
        }
        if question.kind == .place, telling.allSatisfy({ isNumberOrTime(found.words[$0]) }), !telling.isEmpty { return true }
        guard first[0].isDigit, !found.words.indices.contains(where: found.isCapitalised) else { return false }
        if question.kind == .place { return found.words.allSatisfy { $0[0].isDigit || AnswerWords.isCommon($0) } }
        return question.asksWhy
    }

    /// The item of a list that says most of the question, by the names in it and else by all words; nil where no single one does.
    private func named(in list: EvidenceUnit, of source: EvidenceSource) -> EvidenceUnit? {
        let names = question.required.filter { $0.kind == .name }
        let items = source.units.filter { $0.kind != .list && list.range.contains($0.range.lowerBound) }
        let counts = items.map { item in
            let row = WordRow(Array(source.text[item.range]))
            let bag = WordBag(row)
            return (
                names: names.count { Requirements.holds(row, name: $0) },
                words: query.words.indices.count { bag.frequency(of: $0, in: query) > 0 }
            )
        }
        guard let most = counts.max(by: { ($0.names, $0.words) < ($1.names, $1.words) }), most.words > 0 else { return nil }
        let first = counts.indices.filter { counts[$0] == most }
        // Two sentences of one item say it together.
        if first.count == 2, items[first[1]].previous?.overlaps(items[first[0]].range) == true {
            var both = items[first[0]]
            both.range = both.range.lowerBound..<items[first[1]].range.upperBound
            return both
        }
        return first.count == 1 ? items[first[0]] : nil
    }

    /// Whether words have a month and no money.
    private func isDate(_ found: WordRow) -> Bool {
        found.words.indices.contains { Months.isMonth(found.words[$0]) && found.isCapitalised($0) } && !fits(found.text[...])
    }

    /// Whether an item of a list says more words of the question than what stands above the list.
    private func says(_ item: EvidenceUnit, more list: EvidenceUnit, in source: EvidenceSource) -> Bool {
        let above = WordBag(source.context(of: list) + [32] + source.headings(of: list))
        let own = WordBag(Array(source.text[item.range]))
        func count(_ bag: WordBag) -> Int { query.words.indices.count { bag.frequency(of: $0, in: query) > 0 } }
        return count(own) > count(above)
    }

    private func isNumberOrTime(_ word: [UInt8]) -> Bool {
        word[0].isDigit || AnswerWords.weekdays.contains(word) || Months.isMonth(word) || AnswerWords.money.contains(word)
    }

    private func words(of evidence: Evidence, in source: EvidenceSource) -> Found? {
        let unit = evidence.unit
        let text = source.text
        switch evidence.ofTable {
        case .tied: return nil
        case .count(let count): return Found(kind: .count, range: unit.range, written: String(count))
        case .cells where question.kind == .number: return nil
        case .cells(let cells, let first):
            let distinct = Array(cells.uniqued())
            guard distinct.count > 1 else { return Found(kind: .cell, range: first) }
            return Found(kind: .cells, range: first, written: distinct.joined(separator: ", "))
        case .row(let name?) where asksRow && !question.isYesNo: return Found(kind: .cell, range: name)
        case .row, nil: break
        }
        if question.isYesNo, let kind = YesNo(question: question, query: query).answer(evidence, in: source) {
            return Found(kind: kind, range: unit.range, written: kind.rawValue)
        }
        if let name = Antecedent(question, query)?.find(unit, in: source) { return name }
        if let letters = question.abbreviation, let found = Abbreviations.meaning(of: letters, in: text[unit.range]) {
            return Found(kind: .span, range: found)
        }
        if unit.kind == .list {
            guard !question.isYesNo else { return nil }
            // One number, time or name is asked for, and one of the items tells it.
            let item = named(in: unit, of: source)
            if question.kind != .other, let found = read(item ?? unit, in: source) { return found }
            // What one item says and nothing above the list does is not told by the list as a whole.
            if let item, !asksWay, unit.range.count > ShortAnswers.longest, says(item, more: unit, in: source) {
                return read(item, in: source)
            }
            return Found(kind: .text, range: unit.range)
        }
        let table = TableAnswers(question: question, query: query)
        if table.lacksColumn(unit, in: text) { return nil }
        if let cell = table.find(unit, in: source), !question.isYesNo || UndoingWords.saysYesOrNo(text[cell.range]) {
            // A sentence behind a colon says who did it.
            if question.kind == .person, text[cell.range].count(where: { $0 == 32 }) > 2,
                let name = values.value(in: cell.range, of: text)
            {
                return Found(kind: .span, range: name, span: cell.span)
            }
            return Found(kind: .cell, range: withoutStop(cell.range, text), span: cell.span)
        }
        // The steps under "How do I …?" are an answer as a whole.
        if asksWay, unit.kind == .answer, unit.range.count <= ShortAnswers.longest {
            return Found(kind: .text, range: unit.range)
        }
        if unit.kind != .row, let holder = values.holder(in: unit.range, of: text) {
            return Found(kind: .value, range: holder)
        }
        if unit.kind != .row, !question.isYesNo, let found = read(unit, in: source) { return found }
        if !question.isYesNo, let value = values.value(in: unit.range, of: text) { return Found(kind: .value, range: value) }
        return unit.kind == .answer && unit.range.count <= ShortAnswers.longest ? Found(kind: .text, range: unit.range) : nil
    }

    /// Whether a row is asked for by what is compared, and not another cell of it: "How much does the cheapest pump cost?".
    private var asksRow: Bool {
        let asksPrice = question.asksMoney && !question.measured.isEmpty
        return question.kind != .number && question.kind != .time && !asksPrice
    }

    /// "How do I …?", and not "how many".
    private var asksWay: Bool {
        guard question.kind == .other, question.measures.isEmpty, let first = question.row.words.first else { return false }
        return AnswerWords.hows.contains(first) && (!question.isGerman || !question.asksName)
    }

    private func withoutStop(_ range: Range<Int>, _ text: [UInt8]) -> Range<Int> {
        // The stop of "31." and "31.12." belongs to a date.
        let isStop = text[range].last == UInt8(ascii: ".") && text[range].dropLast().last.map { !$0.isDigit } ?? false
        return range.lowerBound..<range.upperBound - (isStop ? 1 : 0)
    }

    /// The words that the reader finds in a unit.
    private func read(_ unit: EvidenceUnit, in source: EvidenceSource) -> Found? {
        guard let reading = source.reading else { return nil }
        let text = source.text
        var range = unit.range
        guard let best = source.tokens(in: range).flatMap({ reading.answer(in: $0) }), !best.bytes.isEmpty else {
            return nil
        }
        if let changed = values.changedAmount(in: unit.range, of: text) {
            return Found(kind: .span, range: changed, span: Double(best.score))
        }
        // A question for a number or a time has one of several as its answer.
        var (read, span) = (best.bytes.shifted(by: source.offset), best.score)
        if [.number, .time].contains(question.kind) || QuantityParts.areSeveral(in: text[read]),
            let part = QuantityParts(question: question, query: query).part(of: text[range], found: read),
            let (inside, score) = source.tokens(in: part).flatMap({ reading.answer(in: $0) }), !inside.isEmpty
        {
            (read, span, range) = (inside.shifted(by: source.offset), score, part)
        }
        if question.asksWhy, let cause = values.cause(in: unit.range, of: text), !cause.overlaps(read) {
            return Found(kind: .span, range: cause, span: Double(span))
        }
        if question.kind == .person, let person = values.person(in: unit, beside: read, in: source) {
            return Found(kind: .span, range: person, span: Double(span))
        }
        if let chosen = chosenKey(of: unit, in: text) { return Found(kind: .span, range: chosen, span: Double(span)) }
        let value = values.value(in: range, of: text)
        let edges = SpanEdges(question: question, query: query)
        if let value {
            // The reader may find a number without its unit, and other words than a number where one is asked for.
            if value.lowerBound <= read.lowerBound && value.upperBound >= read.upperBound
                || question.kind == .number && !tellsAmount(text[read]) && (!question.asksUnit || fits(text[value]))
            {
                let whole = question.kind == .person ? edges.better(value, in: range, of: text) : value
                return Found(kind: .span, range: whole, span: Double(span))
            }
        }
        if question.kind == .number, question.asksUnit, let value, !fits(text[read]), fits(text[value]) {
            return Found(kind: .span, range: value, span: Double(span))
        }
        if question.kind == .number, let value, let cut = cut(read, to: value, text) {
            return Found(kind: .span, range: cut, span: Double(span))
        }
        if question.kind == .time, !TimeWords.stand(in: WordRow(Array(text[read]))),
            let date = values.date(in: range, of: text) ?? value.flatMap({ fits(text[$0]) ? $0 : nil })
        {
            return Found(kind: .span, range: date, span: Double(span))
        }
        if question.asksWhen, value == nil, !TimeWords.stand(in: WordRow(Array(text[unit.range]))) { return nil }
        return Found(kind: .span, range: edges.better(read, in: range, of: text), span: Double(span))
    }

    /// What a sentence says before its colon, where "which" asks for such a thing by words behind the colon: "Left eye" of "Left eye:
    /// early cataract".
    private func chosenKey(of unit: EvidenceUnit, in text: [UInt8]) -> Range<Int>? {
        guard question.kind == .other, let column = question.column, let colon = TextLines.keyEnd(text[unit.range]) else {
            return nil
        }
        let key = WordRow(Array(text[unit.range.lowerBound..<colon]))
        let value = WordRow(Array(text[colon..<unit.range.upperBound]))
        guard key.words.count > 1, key.holds(column), !value.holds(column),
            question.content.contains(where: { $0 != Stem.of(column) && value.stems.contains($0) })
        else { return nil }
        return unit.range.lowerBound..<colon
    }

    /// A span without words of the question or other numbers behind its number, and without other numbers before it: "25 m" of
    /// "25 m long".
    private func cut(_ span: Range<Int>, to number: Range<Int>, _ text: [UInt8]) -> Range<Int>? {
        guard span.lowerBound <= number.lowerBound, number.upperBound <= span.upperBound else { return nil }
        let before = WordRow(Array(text[span.lowerBound..<number.lowerBound]))
        let after = WordRow(Array(text[number.upperBound..<span.upperBound]))
        let hasOther = !before.quantities.isEmpty
        // "14 g. 1 oz = 28 g": what follows is another statement, and not the month of "8. Juni".
        let isEnded =
            [". ", "; "].contains { after.text.starts(with: $0.utf8) } && !(after.words.first.map(Months.isMonth) ?? false)
        let isOfQuestion = after.stems.first.map(question.row.stems.contains) ?? false
        // Of "2 to 3 kg and cost 9 crowns" only the weight is asked for.
        let goesOn =
            question.asksUnit && !after.quantities.isEmpty && fits(text[number])
            && !after.quantities.contains { question.fits($0, in: after) }
        guard hasOther || isOfQuestion || goesOn || isEnded else { return nil }
        return (hasOther ? number.lowerBound : span.lowerBound)..<number.upperBound
    }

    private func fits(_ text: ArraySlice<UInt8>) -> Bool {
        let row = WordRow(Array(text))
        return row.quantities.contains { question.fits($0, in: row) }
    }

    private func tellsAmount(_ text: ArraySlice<UInt8>) -> Bool {
        WordRow(Array(text)).words.contains {
            Numerals.isNumber($0) || Numerals.value(of: $0) != nil || AnswerWords.amounts.contains($0)
        }
    }
}

extension Range<Int> {
    fileprivate func shifted(by offset: Int) -> Range<Int> { lowerBound + offset..<upperBound + offset }
}
