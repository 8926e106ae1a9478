import Memory

extension EvidenceSource {
    /// How a row of a table, or a line of a key and its value, differs from what a question says.
    enum OtherRow {
        /// The question names another row by all words of its first cell, or another line by its key.
        case otherName
        /// The question tells a cell of another row with its head, as "reports to Lars Moe".
        case otherCell
    }

    /// The rows and the lines of keys instead of which the question means others.
    func otherRows(than question: AskedQuestion) -> [Range<Int>: OtherRow] {
        let rows = units.filter { $0.kind == .row }
        var others = otherKeys(than: question)
        guard rows.count > 1 else { return others }
        for table in Dictionary(grouping: rows, by: \.head).values {
            let parts = table.map { row in
                let keyed = TableAnswers.keyed(row, in: text)
                func words(_ ranges: [Range<Int>]) -> [WordRow] { ranges.map { WordRow(Array(text[$0])) } }
                return (heads: words(keyed?.head ?? row.head), cells: words(keyed?.cells ?? row.cells))
            }
            let told = parts.indices.filter { i in zip(parts[i].heads, parts[i].cells).contains(where: question.tells) }
            if !told.isEmpty {
                for i in table.indices where !told.contains(i) { others[table[i].range] = .otherCell }
                continue
            }
            let cells = parts.map { $0.cells.map(\.words) }
            // A number alone names no row.
            let names = cells.map { cells in cells.first.flatMap { $0.contains { !$0[0].isDigit } ? $0 : nil } ?? [] }
            let named = TableRows.named(names, in: question.row)
            // "Who reports to Lars Moe?" asks for a row with that name in another cell.
            let wanted = Set(named.map { names[$0] })
            guard !wanted.isEmpty else { continue }
            for (row, cells) in zip(table, cells) where cells.allSatisfy({ !wanted.contains($0) }) {
                others[row.range] = .otherName
            }
        }
        return others
    }

    /// The pairs with a part of a key that the question has whole, or with more words than it: "Rare" and "Very rare".
    private func otherKeys(than question: AskedQuestion) -> [Range<Int>: OtherRow] {
        let pairs = units.filter { $0.kind == .pair && $0.head.count == 1 }
        let keys = pairs.map { WordRow(Array(text[$0.head[0]])).words }
        var others: [Range<Int>: OtherRow] = [:]
        let held = keys.indices.filter { !keys[$0].isEmpty && question.row.holdsRun(keys[$0]) }
        for i in keys.indices {
            let isOther = held.contains { j in
                keys[j] != keys[i] && keys[j].last == keys[i].last
                    && (!held.contains(i) || keys[j].count > keys[i].count)
            }
            if isOther { others[pairs[i].range] = .otherName }
        }
        return others
    }
}
