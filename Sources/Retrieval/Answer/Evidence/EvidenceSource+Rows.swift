import Memory

extension EvidenceSource {
    /// The rows of tables of which the question names other rows by all words of their first cells.
    func otherRows(than question: AskedQuestion) -> Set<Range<Int>> {
        let rows = units.filter { $0.kind == .row }
        guard rows.count > 1 else { return [] }
        var others: Set<Range<Int>> = []
        for table in Dictionary(grouping: rows, by: \.head).values {
            let cells = table.map { row in
                (TableAnswers.keyed(row, in: text)?.cells ?? row.cells).map { WordRow(Array(text[$0])).words }
            }
            // A number alone names no row.
            let names = cells.map { cells in cells.first.flatMap { $0.contains { !$0[0].isDigit } ? $0 : nil } ?? [] }
            let named = TableRows.named(names, in: question.row)
            // "Who reports to Lars Moe?" asks for a row with that name in another cell.
            let wanted = Set(named.map { names[$0] })
            guard !wanted.isEmpty else { continue }
            others.formUnion(zip(table, cells).filter { $1.allSatisfy { !wanted.contains($0) } }.map(\.0.range))
        }
        return others
    }
}
