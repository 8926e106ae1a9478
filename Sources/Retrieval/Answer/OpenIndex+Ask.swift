import Algorithms
import Foundation
import Indexes

extension OpenIndex {
    /// A question for a described thing is answered in one step where a unit covers at least this share of it.
    private static let oneStep = 0.9

    /// Answers with the best one to three units of the best passages, each with its place.
    ///
    /// - Parameter today: the day that decides which version of a document is in force.
    package func ask(_ question: String, _ options: SearchOptions = SearchOptions(), today: Date = Date()) throws -> Answer {
        // Conditions may be all that somebody typed.
        guard !question.allSatisfy(\.isWhitespace) else {
            return Answer(
                question: question, isFound: false, confidence: 0, shortAnswer: nil, otherAnswers: [], missing: [],
                corrections: [], sentences: [], sources: [], generated: nil)
        }
        let direct = try find(question, options, today: today)
        // One row may tell the person and what is asked of them.
        let isOfRows = if case .cells = direct.best?.ofTable { true } else { false }
        // A unit with all words of "Where is the yard that built the ferry?" may tell no more than which yard that is.
        if !isOfRows, let clause = RelativeClause(question),
            !direct.isFound || clause.asksOnlyThing || direct.best.map({ $0.coverage < OpenIndex.oneStep }) ?? true,
            let answer = try ask(question, describing: clause, options, today: today)
        {
            return answer
        }
        if let answer = try ask(further: direct, options, today: today) { return answer }
        return try answer(direct, options)
    }

    /// Where the best unit names a smaller place than the question asks for, asks where that place lies: "In which province was
    /// she born?", and the text says in which town.
    private func ask(further first: Finding, _ options: SearchOptions, today: Date) throws -> Answer? {
        guard first.isFound, let best = first.best, let column = first.question.column, AnswerWords.regions.contains(column)
        else { return nil }
        let source = first.sources[best.source]
        let row = WordRow(Array(source.text[best.unit.range]) + [32] + source.context(of: best.unit))
        guard best.unit.kind == .sentence || best.unit.kind == .item, !row.holds(column),
            let name = FormValues(question: first.question, query: first.query).name(in: best.unit.range, of: source.text),
            let end = first.question.row.words.firstIndex(of: column)
        else { return nil }
        let named = String(decoding: source.text[name], as: UTF8.self)
        let asked = String(decoding: first.question.row.text[..<first.question.row.places[end].upperBound], as: UTF8.self)
        let second = try find(asked + (first.question.isGerman ? " liegt " : " is ") + named + "?", options, today: today)
        guard second.isFound, let found = second.best else { return nil }
        let text = WordRow(Array(second.sources[found.source].text[found.unit.range]))
        guard text.holds(column), WordRow(named).words.allSatisfy(text.holds), text.text != row.text else { return nil }
        return try joined(first, best, second, question: first.asked, options)
    }

    private func answer(_ finding: Finding, _ options: SearchOptions) throws -> Answer {
        let quoted = finding.isFound ? try Quotations(finding, in: self) : nil
        // All passages that were asked for, and all that are quoted.
        let given = finding.results.prefix(max(options.top, quoted?.sentences.map(\.source).max() ?? 0))
        return Answer(
            question: finding.asked, isFound: finding.isFound, confidence: finding.probability,
            shortAnswer: quoted?.short, otherAnswers: quoted?.others ?? [], missing: finding.missing,
            corrections: finding.corrections, sentences: quoted?.sentences ?? [], sources: Array(given), generated: nil)
    }

    /// Finds the name of what a question describes, and asks with the name.
    private func ask(
        _ question: String, describing clause: RelativeClause, _ options: SearchOptions, today: Date
    ) throws -> Answer? {
        let first = try find(clause.inner, options, today: today)
        guard first.isFound, let found = first.best else { return nil }
        let source = first.sources[found.source]
        let names = FormValues(question: AskedQuestion(question + " " + clause.inner), query: first.query)
        let short = ShortAnswers(question: first.question, query: first.query).find(found, in: source)
        let answered = short.flatMap { names.name(in: $0.range, of: source.text) }
        let tied = names.tiedName(in: found.unit.range, of: source.text)
        guard let name = tied ?? answered ?? names.name(in: found.unit.range, of: source.text) else { return nil }
        let named = String(decoding: source.text[name], as: UTF8.self)
        let second = try find(clause.naming(named), options, today: today)
        guard second.isFound else { return nil }
        return try joined(first, found, second, question: question, options)
    }

    /// The answer of a second step, with the sentence of the first one that names the thing behind its first sentence.
    private func joined(
        _ first: Finding, _ found: Evidence, _ second: Finding, question: String, _ options: SearchOptions
    ) throws -> Answer {
        let answer = try answer(second, options)
        let step = try Quotations(first, in: self, most: 1)
        let sources = answer.sources + [first.results[found.source].moved(to: answer.sources.count + 1)]
        let steps = step.sentences.filter { $0.text != answer.sentences.first?.text }.map { $0.moved(to: sources.count) }
        return Answer(
            question: question, isFound: true, confidence: min(first.probability, second.probability),
            shortAnswer: answer.shortAnswer,
            otherAnswers: answer.otherAnswers.map { $0.sentence > 1 ? $0.moved(by: steps.count) : $0 }, missing: [],
            corrections: Array((first.corrections + second.corrections).uniqued(on: \.word)),
            sentences: answer.sentences.prefix(1) + steps + answer.sentences.dropFirst(), sources: sources, generated: nil)
    }
}

extension SearchResult {
    func moved(to rank: Int) -> SearchResult {
        SearchResult(
            rank: rank, score: score, citation: citation, passage: passage, text: text, line: line, matched: matched,
            explanation: explanation)
    }
}

extension Answer.Short {
    fileprivate func moved(by count: Int) -> Answer.Short {
        Answer.Short(
            kind: kind, text: text, sentence: sentence + count, start: start, end: end, confidence: confidence)
    }
}

extension Answer.Sentence {
    fileprivate func moved(to source: Int) -> Answer.Sentence {
        Answer.Sentence(
            text: text, source: source, citation: citation, context: context, version: version, isSuperseded: isSuperseded)
    }
}
