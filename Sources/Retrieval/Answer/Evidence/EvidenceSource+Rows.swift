import Memory

extension EvidenceSource {
    /// The rows of tables of which the question names other rows by all words of their first cells.
    func otherRows(than question: AskedQuestion) -> Set<Range<Int>> {
        let rows = units.filter { $0.kind == .row }
        guard rows.count > 1 else { return [] }
        var others: Set<Range<Int>> = []
        for table in Dictionary(grouping: rows, by: \.head).values {
            let names = table.map { row -> [[UInt8]] in
                let cell = (TableAnswers.keyed(row, in: text)?.cells ?? row.cells).first
                let words = cell.map { WordRow(Array(text[$0])).words } ?? []
                // A number alone names no row.
                return words.contains { !$0[0].isDigit } ? words : []
            }
            let named = TableRows.named(names, in: question.row)
            guard !named.isEmpty else { continue }
            // "Who reports to Lars Moe?" asks for a row with that name in another cell.
            let wanted = Set(named.map { names[$0] })
            others.formUnion(
                table.indices.filter { i in
                    !named.contains(i)
                        && !(TableAnswers.keyed(table[i], in: text)?.cells ?? table[i].cells).contains { cell in
                            wanted.contains(WordRow(Array(text[cell])).words)
                        }
                }.map { table[$0].range })
        }
        return others
    }
}
