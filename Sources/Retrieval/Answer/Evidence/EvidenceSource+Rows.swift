import Memory

extension EvidenceSource {
    /// The rows of tables of which the question names other rows by all words of their first cells, or by a head with the words of
    /// a cell below it behind: "reports to Lars Moe".
    func otherRows(than question: AskedQuestion) -> Set<Range<Int>> {
        let rows = units.filter { $0.kind == .row }
        guard rows.count > 1 else { return [] }
        var others: Set<Range<Int>> = []
        for table in Dictionary(grouping: rows, by: \.head).values {
            let parts = table.map { row in
                let keyed = TableAnswers.keyed(row, in: text)
                func words(_ ranges: [Range<Int>]) -> [[[UInt8]]] { ranges.map { WordRow(Array(text[$0])).words } }
                return (heads: words(keyed?.head ?? row.head), cells: words(keyed?.cells ?? row.cells))
            }
            let told = parts.indices.filter { EvidenceSource.tells(question.row, parts[$0].heads, parts[$0].cells) }
            if !told.isEmpty {
                others.formUnion(table.indices.filter { !told.contains($0) }.map { table[$0].range })
                continue
            }
            let cells = parts.map(\.cells)
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

    /// Whether a question has the words of a head, and right behind them those of the cell below it.
    private static func tells(_ question: WordRow, _ heads: [[[UInt8]]], _ cells: [[[UInt8]]]) -> Bool {
        zip(heads, cells).contains { head, cell in
            !head.isEmpty && !cell.isEmpty && !question.placesOfRun(head + cell).isEmpty
        }
    }
}
