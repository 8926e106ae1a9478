import Indexes
import Memory

/// Questions that several rows of a table answer together, by their number or by their cells.
extension OpenIndex {
    /// How far a row may be behind the best unit, where no number of the question says which rows are meant.
    private static let rowMargin = 1.0
    /// The most tables that are read for one question.
    private static let mostTables = 3
    /// The most rows that are quoted.
    private static let mostQuoted = 3

    /// Where a question counts what the rows of a table are, tells how many there are; where several rows answer it alike, gives the
    /// cells of all.
    func answerByRows(_ finding: inout Finding) throws {
        if let counter = RowCount(finding.question, finding.query) {
            let condition = counter.choice.condition
            guard !tellsNumber(finding, condition) else { return }
            try eachTable(&finding, condition) { finding, evidence, table in
                guard let rows = counter.rows(of: table.rows) else { return false }
                return try lead(&finding, evidence, table, Array(rows.prefix(1)), .count(rows.count))
            }
        } else if let list = RowList(finding.question, finding.query) {
            let condition = list.choice.condition
            try eachTable(&finding, condition) { finding, evidence, table in
                guard let cells = list.cells(of: table.rows) else { return false }
                let best = finding.best.map { position(of: $0, in: table, finding) }
                // A sentence that says it, or the one row that was found anyway.
                guard condition != nil || best.map({ $0 != nil }) ?? true else { return false }
                if cells.count == 1, let best, best == cells[0].row, !list.namesColumn { return false }
                let texts = cells.map { String(decoding: table.rows.text[$0.cell], as: UTF8.self) }
                return try lead(&finding, evidence, table, cells.map(\.row), .cells(texts, first: cells[0].cell))
            }
        }
    }

    /// Whether the best unit is a sentence with a number that the question does not have.
    private func tellsNumber(_ finding: Finding, _ condition: NumberCondition?) -> Bool {
        guard let best = finding.best, best.unit.kind != .row else { return false }
        let row = WordRow(Array(finding.sources[best.source].text[best.unit.range]))
        guard let condition else { return best.unit.kind != .sentence || !row.quantities.isEmpty }
        let asked = finding.question.row.words[condition.words]
        return row.quantities.contains { number in !row.words[number.words].contains(where: asked.contains) }
            && finding.query.counted.map(row.stems.contains) ?? false
    }

    /// Reads the tables that the best rows stand in, until one of them answers.
    private func eachTable(
        _ finding: inout Finding, _ condition: NumberCondition?,
        _ answer: (inout Finding, Evidence, WholeTable) throws -> Bool
    ) throws {
        let least = (finding.best ?? finding.evidence.first)?.score ?? 0
        var seen: [DocumentID: Set<Int>] = [:]
        var tables = 0
        for evidence in finding.evidence where evidence.unit.kind == .row {
            guard condition != nil || evidence.mayAnswer && evidence.score >= least - OpenIndex.rowMargin else { continue }
            let source = finding.sources[evidence.source]
            let place = source.place(of: evidence.unit.range).lowerBound
            guard seen[source.document.id]?.contains(place) != true, tables < OpenIndex.mostTables,
                let table = try wholeTable(of: evidence.unit, in: source)
            else { continue }
            tables += 1
            seen[source.document.id, default: []].formUnion(table.rows.rows.map { table.start + $0.unit.range.lowerBound })
            if table.isWhole, try answer(&finding, evidence, table) { return }
        }
    }

    /// The number of a unit among the rows of a table; nil where it is none of them.
    func position(of evidence: Evidence, in table: WholeTable, _ finding: Finding) -> Int? {
        let source = finding.sources[evidence.source]
        guard evidence.unit.kind == .row, source.document.id == table.document.id else { return nil }
        let place = source.place(of: evidence.unit.range).lowerBound - table.start
        return table.rows.rows.firstIndex { $0.unit.range.lowerBound == place }
    }

    /// What rows tell together, with cells as bytes of the table's text.
    private enum Told {
        case count(Int)
        case cells([String], first: Range<Int>)
    }

    /// Puts rows of a table first, the first of them with what they tell together. They say all of the question.
    private func lead(
        _ finding: inout Finding, _ evidence: Evidence, _ table: WholeTable, _ rows: [Int], _ told: Told
    ) throws -> Bool {
        // A count of none is shown at the row that was found.
        let own = position(of: evidence, in: table, finding).map { [$0] } ?? []
        let shown = rows.isEmpty ? own : Array(rows.prefix(OpenIndex.mostQuoted))
        guard let first = shown.first else { return false }
        var changed = finding
        for row in shown.reversed() {
            guard let at = try place(of: row, of: table, in: &changed, like: evidence) else { return false }
            var leading = changed.evidence.remove(at: at)
            leading.missing = []
            leading.doubtful = []
            leading.coverage = 1
            leading.doubt = min(0, leading.doubt) - EvidenceWeights().certainComparison
            leading.score = max(leading.score, changed.evidence.first?.score ?? 0)
            leading.ofTable = .tied
            if row == first {
                let shift = table.start - changed.sources[leading.source].start
                switch told {
                case .count(let count): leading.ofTable = .count(count)
                case .cells(let cells, let place):
                    leading.ofTable = .cells(cells, first: place.lowerBound + shift..<place.upperBound + shift)
                }
            }
            changed.evidence.insert(leading, at: 0)
        }
        finding = changed
        return true
    }
}
