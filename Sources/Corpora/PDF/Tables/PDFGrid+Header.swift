extension PDFGrid {
    /// The grid with a rule between two lines of its first row: an upper one that heads several columns, and a lower one
    /// with a header for each of them.
    func withPartedHeader() -> PDFGrid {
        let first = (0..<rowCount).first { row in columns(of: row).contains { !cells[$0].isEmpty } }
        guard let row = first else { return self }
        var place: Double?
        var parted: Set<Int> = []
        for index in columns(of: row) {
            guard cells[index].rows.count == 1, let (above, below) = headers(cells[index]) else { continue }
            // The cells of a row are parted at one height.
            if let place, above >= place || below <= place { continue }
            place = place ?? (above + below) / 2
            parted.insert(index)
        }
        guard let place else { return self }
        var new: [Cell] = []
        for (index, cell) in cells.enumerated() {
            guard parted.contains(index) else {
                let start = cell.rows.lowerBound > row ? 1 : 0
                let end = cell.rows.upperBound > row ? 1 : 0
                var moved = cell
                moved.rows = cell.rows.lowerBound + start..<cell.rows.upperBound + end
                new.append(moved)
                continue
            }
            // Indices and exponents go with their word.
            let hosts = cell.words.map { word in word.host.map { cell.words[$0] } ?? word }
            let above = hosts.indices.filter { hosts[$0].middle < place }
            new.append(Cell(columns: cell.columns, rows: cell.rows, words: cell.words.selecting(above)))
            for column in cell.columns {
                let below = hosts.indices.filter { hosts[$0].middle >= place && self.column(of: hosts[$0]) == column }
                new.append(
                    Cell(columns: column..<column + 1, rows: row + 1..<row + 2, words: cell.words.selecting(below)))
            }
        }
        return PDFGrid(self, ys: ys[...row] + [place] + ys[(row + 1)...], cells: new)
    }

    /// The cells of a row, from left to right.
    private func columns(of row: Int) -> [Int] { Set((0..<columnCount).map { cell($0, row) }).sorted() }

    /// The heights of the line that heads all columns of a cell, and of the line below that heads each of them. Nil without
    /// such lines.
    private func headers(_ cell: Cell) -> (above: Double, below: Double)? {
        guard cell.columns.count > 1 else { return nil }
        let lines = PDFRow.rows(cell.words).map(\.words)
        guard let first = lines.indices.dropFirst().first(where: { isParted(lines[$0], cell.columns) }),
            lines[..<first].allSatisfy({ isOne($0) }), lines[first...].allSatisfy({ !crosses($0, cell.columns) })
        else { return nil }
        return (lines[first - 1].map(\.middle).max()!, lines[first].map(\.middle).min()!)
    }

    /// Whether the words of a line stand in several columns, with a gap wherever columns meet.
    private func isParted(_ line: [PDFWord], _ columns: Range<Int>) -> Bool {
        guard !crosses(line, columns), Set(line.map { column(of: $0) }).count > 1 else { return false }
        return zip(line, line.dropFirst()).allSatisfy { column(of: $0) == column(of: $1) || isApart($0, $1) }
    }

    /// Whether a word of a line reaches over a place where columns of its cell meet.
    private func crosses(_ line: [PDFWord], _ columns: Range<Int>) -> Bool {
        line.contains { word in xs[columns].dropFirst().contains { word.left < $0 && word.right > $0 } }
    }

    /// Whether the words of a line are one text.
    private func isOne(_ line: [PDFWord]) -> Bool { zip(line, line.dropFirst()).allSatisfy { !isApart($0, $1) } }

    /// Whether more than a space stands between two words.
    private func isApart(_ word: PDFWord, _ next: PDFWord) -> Bool {
        next.left - word.right > 0.7 * max(word.size, next.size)
    }

    private func column(of word: PDFWord) -> Int { xs.lastIndex { $0 < (word.left + word.right) / 2 } ?? 0 }
}
