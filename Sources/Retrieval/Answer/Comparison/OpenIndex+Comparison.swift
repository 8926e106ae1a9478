import Indexes
import Memory

extension OpenIndex {
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
        var seen: [DocumentID: Set<Int>] = [:]
        for evidence in finding.evidence where evidence.mayAnswer && evidence.unit.kind == .row && evidence.score >= least {
            let source = finding.sources[evidence.source]
            let place = source.place(of: evidence.unit.range).lowerBound
            guard seen[source.document.id]?.contains(place) != true,
                let table = try wholeTable(of: evidence.unit, in: source)
            else { continue }
            seen[source.document.id, default: []].formUnion(table.rows.rows.map { table.start + $0.unit.range.lowerBound })
            // The cheapest kite is none of the rows of another table.
            guard noun.map(table.rows.speaks(of:)) ?? true else { continue }
            switch table.isWhole ? comparison.compare(table.rows) : .unclear {
            case .rows(let rows, let named):
                // The first of equal rows comes first.
                for row in rows.prefix(OpenIndex.mostTied).reversed() {
                    try lead(&finding, evidence, comparison, with: table, row: row, named: named, isOnly: rows.count == 1)
                }
                if (2...OpenIndex.mostTied).contains(rows.count) { nameAll(rows, &finding, table) }
                return
            case .noColumn, .unclear:
                guard !comparison.isDoubtful, saysNothing(finding, evidence, comparison) else { continue }
                refuse(&finding, table, comparison)
                return
            }
        }
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
    private func refuse(_ finding: inout Finding, _ table: WholeTable, _ comparison: RowComparison) {
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
        _ finding: inout Finding, _ evidence: Evidence, _ comparison: RowComparison, with table: WholeTable, row: Int,
        named: Int?, isOnly: Bool
    ) throws {
        let chosen = table.rows.rows[row]
        guard let at = try place(of: row, of: table, in: &finding, like: evidence) else { return }
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
        // No row has the words of "Who has been here the longest?" or says "cheapest".
        let words = finding.query.words
        let said =
            !speaksOfAll(table.rows, comparison)
            ? 0 : words.count { comparison.superlative.says($0) && !chosen.all.holds($0) }
        leading.coverage = min(1, leading.coverage + Double(said) / Double(max(1, words.count)))
        leading.doubt = min(leading.doubt, evidence.doubt) - EvidenceWeights().certainComparison
        // No row says "second" or "cheapest".
        let isDoubted = !leading.doubtful.isEmpty
        leading.doubtful.removeAll { comparison.superlative.says(Array($0.utf8)) }
        if isDoubted, leading.doubtful.isEmpty { leading.doubt -= EvidenceWeights().doubtOfAbsent }
        leading.score = max(leading.score, finding.evidence.first?.score ?? 0, evidence.score)
        finding.evidence.insert(leading, at: 0)
    }

    /// Whether what is above a table, all its rows, or a whole cell says what its rows are: "hotel" in two of five names does not.
    private func speaksOfAll(_ table: TableRows, _ comparison: RowComparison) -> Bool {
        guard let noun = comparison.noun else { return true }
        return table.above.holds(noun) || table.heads.contains { $0.holds(noun) }
            || table.rows.allSatisfy { $0.all.holds(noun) }
            || table.rows.contains { $0.words.contains { $0.words == [noun] } }
    }

    /// Lets the first of equal rows answer with the names of all.
    private func nameAll(_ rows: [Int], _ finding: inout Finding, _ table: WholeTable) {
        let names = rows.compactMap { nameCell(table.rows.rows[$0], of: table.rows, finding.question) }
        guard names.count == rows.count, let first = finding.evidence.first,
            position(of: first, in: table, finding) == rows[0]
        else { return }
        let shift = table.start - finding.sources[first.source].start
        finding.evidence[0].ofTable = .cells(
            names.map { String(decoding: table.rows.text[$0], as: UTF8.self) },
            first: names[0].lowerBound + shift..<names[0].upperBound + shift)
    }

    /// The cell that names a row: that of the column that the question names; else the first one that is no date and no number, and
    /// where a person is asked for holds no digit; where no column is such, the first one.
    private func nameCell(_ row: TableRows.Row, of table: TableRows, _ question: AskedQuestion) -> Range<Int>? {
        let noun = RowComparison(question)?.noun ?? question.column
        let named = noun.flatMap { column in table.heads.firstIndex { $0.holds(column) } }
        let names = table.heads.indices.filter { table.mayName($0, person: question.kind == .person) }
        // What several rows have in common names none of them.
        let own = names.first(where: table.tellsRowsApart)
        return [named, own, names.first, 0].lazy.compactMap { $0 }
            .filter { row.cells.indices.contains($0) && !table.isOfYes($0) }
            .map { row.cells[$0] }.first { !$0.isEmpty }
    }
}
