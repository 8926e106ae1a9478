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

    private var values: FormValues { FormValues(question: question, query: query) }

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
        if let value = values.value(in: unit.range, of: text) { return Found(kind: .value, range: value) }
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
        var range = unit.range
        guard let best = source.tokens(in: range).flatMap({ reading.answer(in: $0) }), !best.bytes.isEmpty else {
            return nil
        }
        // A question for a number has one of several as its answer.
        var (read, span) = (best.bytes.shifted(by: source.offset), best.score)
        if question.kind == .number || QuantityParts.areSeveral(in: text[read]),
            let part = QuantityParts(question: question, query: query).part(of: text[range], found: read),
            let (inside, score) = source.tokens(in: part).flatMap({ reading.answer(in: $0) }), !inside.isEmpty
        {
            (read, span, range) = (inside.shifted(by: source.offset), score, part)
        }
        let value = values.value(in: range, of: text)
        let edges = SpanEdges(question: question, query: query)
        if let value {
            // The reader may find a number without its unit, and other words than a number where one is asked for.
            if value.lowerBound <= read.lowerBound && value.upperBound >= read.upperBound
                || question.kind == .number && !tellsAmount(text[read]) && isOfMeasure(text[value])
            {
                let whole = question.kind == .person ? edges.better(value, in: range, of: text) : value
                return Found(kind: .span, range: whole, span: Double(span))
            }
        }
        if question.asksWhen, value == nil, !TimeWords.stand(in: WordRow(Array(text[unit.range]))) { return nil }
        return Found(kind: .span, range: edges.better(read, in: range, of: text), span: Double(span))
    }

    private func tellsAmount(_ text: ArraySlice<UInt8>) -> Bool {
        WordRow(Array(text)).words.contains {
            Numerals.isNumber($0) || Numerals.value(of: $0) != nil || AnswerWords.amounts.contains($0)
        }
    }

    /// Whether a number tells a measure that is asked for, where one is: no year answers "how long".
    private func isOfMeasure(_ number: ArraySlice<UInt8>) -> Bool {
        question.measures.isEmpty || !Measure.told(in: WordRow(Array(number))).isDisjoint(with: question.measures)
    }
}

extension Range<Int> {
    fileprivate func shifted(by offset: Int) -> Range<Int> { lowerBound + offset..<upperBound + offset }
}
