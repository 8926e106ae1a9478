import Indexes
import Memory

extension OpenIndex {
    /// A table in more passages is not compared.
    private static let mostPassages = 32
    /// How far the rows of a table may be behind the best unit and still be compared.
    private static let comparisonMargin = 1.0

    /// The most equal rows that are quoted.
    private static let mostTied = 3

    /// Where a question asks for the greatest or the least of something, puts the row first that all rows of its table tell.
    ///
    /// A sentence that has the word for what is compared says so itself. Rows of a table answer only if the table has a column for
    /// what is compared and its cells can be compared: else any of them would be a guess.
    func compareRows(_ finding: inout Finding) throws {
        guard let comparison = RowComparison(finding.question), let best = finding.best,
            best.unit.kind == .row || !saysItself(finding, best, comparison)
        else { return }
        let noun = comparison.noun
        // A unit that lacks the noun that is asked for is no measure of how good a row must be; neither is one with the longest
        // where the second longest is asked for.
        let isOfNoun = noun.map(WordRow(Array(finding.sources[best.source].text[best.unit.range])).holds) ?? true
        let isMeasure = isOfNoun && comparison.superlative.rank == 1
        let least = isMeasure ? best.score - OpenIndex.comparisonMargin : -.infinity
        var seen: Set<Int> = []
        for evidence in finding.evidence where evidence.mayAnswer && evidence.unit.kind == .row && evidence.score >= least {
            let source = finding.sources[evidence.source]
            let place = source.place(of: evidence.unit.range).lowerBound
            guard !seen.contains(place), let table = try wholeTable(of: evidence.unit, in: source) else { continue }
            seen.formUnion(table.rows.rows.map { table.start + $0.unit.range.lowerBound })
            // The cheapest kite is none of the rows of another table.
            guard noun.map(table.rows.speaks(of:)) ?? true else { continue }
            switch table.isWhole ? comparison.compare(table.rows) : .unclear {
            case .rows(let rows, let named):
                // The first of equal rows comes first.
                for row in rows.prefix(OpenIndex.mostTied).reversed() {
                    try lead(&finding, evidence, comparison, with: table, row: row, named: named, isOnly: rows.count == 1)
                }
                return
            case .noColumn, .unclear:
                guard !comparison.isDoubtful, saysNothing(finding, evidence, comparison) else { continue }
                refuse(&finding, table, comparison)
                return
            }
        }
    }

    /// Where a question counts what the rows of a table are, and the best unit is one of its rows or tells no number, tells how many
    /// rows there are.
    func countRows(_ finding: inout Finding) throws {
        guard let counter = RowCount(finding.question, finding.query), let best = finding.best else { return }
        let own = WordRow(Array(finding.sources[best.source].text[best.unit.range]))
        guard best.unit.kind == .row || best.unit.kind == .sentence && own.quantities.isEmpty,
            let at = finding.evidence.firstIndex(where: { $0.mayAnswer && $0.unit.kind == .row }),
            finding.evidence[at].score >= best.score - OpenIndex.comparisonMargin
        else { return }
        let evidence = finding.evidence[at]
        guard let table = try wholeTable(of: evidence.unit, in: finding.sources[evidence.source]), table.isWhole,
            let count = counter.count(table.rows)
        else { return }
        finding.evidence[at].ofTable = .count(count)
        finding.evidence[at].doubt -= EvidenceWeights().certainComparison
        lead(&finding, best, from: at)
    }

    /// Whether a unit has the word for what is compared, and the noun that is asked for, or else any other word of the question.
    private func saysItself(_ finding: Finding, _ evidence: Evidence, _ comparison: RowComparison) -> Bool {
        let row = WordRow(Array(finding.sources[evidence.source].text[evidence.unit.range]))
        guard row.words.contains(comparison.superlative.word), comparison.superlative.rank == 1 else { return false }
        if let noun = comparison.noun { return row.holds(noun) }
        let others = finding.query.words.filter { !comparison.superlative.says($0) }
        return others.isEmpty || others.contains(where: row.holds)
    }

    /// Whether neither a unit nor what stands above it has the word for what is compared.
    private func saysNothing(_ finding: Finding, _ evidence: Evidence, _ comparison: RowComparison) -> Bool {
        let close = UnitText(evidence.unit, in: finding.sources[evidence.source]).close
        return !close.words.contains(comparison.superlative.word)
    }

    /// Lets no row of a table answer.
    private func refuse(_ finding: inout Finding, _ table: Table, _ comparison: RowComparison) {
        for i in finding.evidence.indices {
            let source = finding.sources[finding.evidence[i].source]
            let place = table.start..<table.start + table.rows.text.count
            guard finding.evidence[i].unit.kind == .row, source.document.id == table.document.id,
                place.contains(source.place(of: finding.evidence[i].unit.range).lowerBound)
            else { continue }
            finding.evidence[i].missing.append(String(decoding: comparison.superlative.word, as: UTF8.self))
        }
    }

    /// Puts a row of a table first. Where it stands in none of the sources, its passage becomes one.
    private func lead(
        _ finding: inout Finding, _ evidence: Evidence, _ comparison: RowComparison, with table: Table, row: Int,
        named: Int?, isOnly: Bool
    ) throws {
        let chosen = table.rows.rows[row]
        let place = table.start + chosen.unit.range.lowerBound..<table.start + chosen.unit.range.upperBound
        func isChosen(_ evidence: Evidence, _ sources: [EvidenceSource]) -> Bool {
            let source = sources[evidence.source]
            return source.document.id == table.document.id && source.place(of: evidence.unit.range) == place
        }
        if !finding.evidence.contains(where: { isChosen($0, finding.sources) }) {
            try add(passageOf: place, of: table, to: &finding, like: evidence)
        }
        guard let at = finding.evidence.firstIndex(where: { isChosen($0, finding.sources) }) else { return }
        var leading = finding.evidence.remove(at: at)
        // From the text of the table to that of the source.
        let shift = table.start - finding.sources[leading.source].start
        // "What is the highest salary?" asks for the number, "Who has the highest salary?" for the row.
        let asksNumber = ["what", "was"].contains { finding.question.row.words.first?.elementsEqual($0.utf8) == true }
        let number = asksNumber && finding.question.column == nil ? named.map { chosen.cells[$0] } : nil
        let name = (number ?? nameCell(chosen, of: table.rows, finding.question)).map {
            $0.lowerBound + shift..<$0.upperBound + shift
        }
        leading.ofTable = isOnly ? .row(name: name) : .tied
        leading.missing = []
        leading.doubt = min(leading.doubt, evidence.doubt) - EvidenceWeights().certainComparison
        // No row says "second" or "cheapest".
        let isDoubted = !leading.doubtful.isEmpty
        leading.doubtful.removeAll { comparison.superlative.says(Array($0.utf8)) }
        if isDoubted, leading.doubtful.isEmpty { leading.doubt -= EvidenceWeights().doubtOfAbsent }
        leading.score = max(leading.score, finding.evidence.first?.score ?? 0, evidence.score)
        finding.evidence.insert(leading, at: 0)
    }

    /// The cell that names a row: that of the column that "which" names, else the first one.
    private func nameCell(_ row: TableRows.Row, of table: TableRows, _ question: AskedQuestion) -> Range<Int>? {
        let named = question.column.flatMap { column in table.heads.firstIndex { $0.holds(column) } }
        return [named, 0].lazy.compactMap { $0 }.filter { row.cells.indices.contains($0) && !table.isOfYes($0) }
            .map { row.cells[$0] }.first { !$0.isEmpty }
    }

    /// Makes the passage that holds a place of a table one of the sources.
    private func add(passageOf place: Range<Int>, of table: Table, to finding: inout Finding, like evidence: Evidence) throws
    {
        guard let (id, text) = table.passage(at: place.upperBound - 1) else { return }
        let known = finding.ranked.first { $0.id == id }
        let explanation = finding.sources[evidence.source].result.explanation
        let passage = known ?? ScoredPassage(id: id, text: text, matched: [], explanation: explanation)
        let results = try results([passage], query: finding.query, top: 1)
        guard let result = results.first?.moved(to: finding.results.count + 1),
            let source = try evidenceSources([result], [passage]).first,
            let unit = source.units.first(where: { source.place(of: $0.range) == place })
        else { return }
        finding.results.append(result)
        if known == nil { finding.ranked.append(passage) }
        finding.sources.append(source)
        finding.evidence.append(
            Evidence(
                source: finding.sources.count - 1, unit: unit, parts: evidence.parts, score: evidence.score,
                coverage: evidence.coverage, doubt: evidence.doubt, missing: [], doubtful: evidence.doubtful, emptyCell: nil,
                span: nil))
    }
}

// MARK: Whole tables

/// A table with the passages that it stands in.
private struct Table {
    let document: StoredDocument
    let rows: TableRows
    /// The place in the document where the text of `rows` begins.
    let start: Int
    let passages: [(id: PassageID, text: [UInt8])]
    /// False where there may be more rows.
    let isWhole: Bool

    /// The passage that holds a place of the document, with its text.
    func passage(at place: Int) -> (id: PassageID, text: [UInt8])? {
        var end = start
        for passage in passages {
            end += passage.text.count
            if place < end { return passage }
        }
        return nil
    }
}

extension OpenIndex {
    /// The table of a row from its first row to its last one, as far as `mostPassages` go; nil for a table without heads.
    private func wholeTable(of unit: EvidenceUnit, in source: EvidenceSource) throws -> Table? {
        let document = source.document
        let own = document.passages.lowerBound + source.result.passage
        var passages = [try passage(own, of: document)]
        var start = source.result.citation.start
        while let first = passages.first, first.id.index > document.passages.lowerBound, OpenIndex.beginsInside(first.text),
            passages.count < OpenIndex.mostPassages
        {
            passages.insert(try passage(first.id.index - 1, of: document), at: 0)
            start -= passages[0].text.count
        }
        while let last = passages.last, last.id.index + 1 < document.passages.upperBound, OpenIndex.endsInside(last.text),
            passages.count < OpenIndex.mostPassages
        {
            passages.append(try passage(last.id.index + 1, of: document))
        }
        let whole = Array(passages.map(\.text).joined())
        let units = EvidenceUnits(whole, headings: [document.title]).units
        let place = source.place(of: unit.range).lowerBound - start
        guard let row = units.first(where: { $0.kind == .row && $0.range.lowerBound == place }) else { return nil }
        let rows = units.filter { $0.kind == .row && $0.head == row.head && $0.headings == row.headings }
        guard let table = TableRows(rows, in: whole, above: source.headings(of: unit) + source.name) else { return nil }
        return Table(
            document: document, rows: table, start: start, passages: passages,
            isWhole: passages.count < OpenIndex.mostPassages)
    }

    private func passage(_ index: Int, of document: StoredDocument) throws -> (id: PassageID, text: [UInt8]) {
        let id = PassageID(segment: document.id.segment, index: index)
        return (id, try reconstruction.texts(of: [id])[0])
    }

    /// Whether a text ends inside a table.
    private static func endsInside(_ text: [UInt8]) -> Bool {
        if case .row = TextLines(Array(text.suffix(1000))).forms.last(where: { $0 != .blank }) { true } else { false }
    }
}
