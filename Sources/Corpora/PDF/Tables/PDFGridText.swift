import Algorithms

/// Writes the cells of a ruled table as lines: the text between two rules is one row.
struct PDFGridText {
    private(set) var lines: [PDFLine] = []

    private let grid: PDFGrid
    /// The lines of each cell, from top to bottom.
    private let texts: [[PDFLine]]
    /// The columns of the grid that are written.
    private let columns: [Int]
    /// The space between text and rule at the left and right of each column of the grid, in sum.
    private let padding: [Double]

    /// - Parameter number: the number of the table among those of the page.
    init(_ grid: PDFGrid, number: Int) {
        self.grid = grid
        let cells = grid.cells.map { PDFRow.rows($0.words) }
        let mirrors = PDFDirection.drawsShapes(
            cells.joined().map { $0.words.flatMap { $0.glyphs.lazy.flatMap(\.letters) } })
        texts = zip(grid.cells, cells).map { cell, rows in
            [cell.turned].compactMap(\.self) + rows.map { PDFLine($0.words, mirrors: mirrors) }
        }
        let full = zip(grid.cells, texts).filter { !$1.isEmpty }
        // Narrow cells, as between double rules, make no columns.
        var columns = Set(full.map(\.0.columns).filter { $0.count == 1 }.map(\.lowerBound))
        for (cell, _) in full where columns.isDisjoint(with: cell.columns) { columns.insert(cell.columns.lowerBound) }
        self.columns = columns.sorted()
        padding = Self.padding(grid, texts)
        let isRightToLeft = texts.joined().count(where: \.isRightToLeft) * 2 > texts.joined().count
        let bands = (0..<grid.rowCount).flatMap { rows(between: $0) }
        // The rows below a header have a cell for each column. Where few rows have, the rules are the boxes of a form.
        let isFull = bands.map { Set($0.cells).count == columns.count }
        let isRegular = isFull.count(where: \.self) * 5 >= bands.count * 2
        let header = isFull.firstIndex(of: true) ?? 0
        for (i, band) in bands.enumerated() {
            var cells = isRegular ? texts(of: band, isHeader: i <= header) : Self.box(band)
            if isRightToLeft { cells.reverse() }
            add(band, PDFTable.text(cells), number)
        }
    }

    private static func padding(_ grid: PDFGrid, _ texts: [[PDFLine]]) -> [Double] {
        var left = [Double](repeating: .infinity, count: grid.columnCount)
        var right = left
        for (cell, lines) in zip(grid.cells, texts) where cell.columns.count == 1 {
            let column = cell.columns.lowerBound
            for line in lines {
                left[column] = min(left[column], max(line.left - grid.xs[column], 0))
                right[column] = min(right[column], max(grid.xs[column + 1] - line.right, 0))
            }
        }
        // Rules stand as far from the text at the left as at the right.
        return zip(left, right).map { grid.drawsColumns ? 2 * min($0, $1) : $0 + $1 }
    }

    private mutating func add(_ band: Band, _ text: String, _ number: Int) {
        let own = band.pieces
        guard !text.isEmpty, var line = own.first else { return }
        for piece in own.dropFirst() { line.append(piece, "") }
        line.text = text
        line.top = max(line.top, grid.ys[band.row])
        line.bottom = min(line.bottom, grid.ys[band.row + 1])
        line.isTableRow = true
        line.table = number
        lines.append(line)
    }
}

extension PDFGridText {
    /// A row of the table: the cell at each column, and the text of each cell in this row.
    private struct Band {
        let row: Int
        var cells: [Int]
        var texts: [Int: String]
        /// The lines that stand in the row.
        var pieces: [PDFLine]
    }

    /// The rows between two rules: one, or several where the lines of its cells are rows without rules between.
    private func rows(between row: Int) -> [Band] {
        let cells = columns.map { grid.cell($0, row) }
        let all = Set(cells).sorted()
        let own = all.filter { !texts[$0].isEmpty && (grid.cells[$0].rows.count == 1 || isSpread($0)) }
        // A cell over several rows stands in each of them.
        var over: [Int: String] = [:]
        var starting: [PDFLine] = []
        for cell in all where !own.contains(cell) {
            let text = PDFTable.joined(texts[cell].map(\.text))
            let starts = grid.cells[cell].rows.lowerBound == row
            if starts { starting += texts[cell] }
            if starts || CellSpan.repeatsInRows(text.utf8.count) { over[cell] = text }
        }
        let names = names(own, in: row)
        let lines = PDFColumns.rows(own.filter { !names.contains($0) }.flatMap { self.lines(of: $0, in: row) })
        let labels = lines.indices.filter { isLabel(lines, at: $0, in: row) }
        let others = lines.indices.filter { !labels.contains($0) }.map { lines[$0] }
        var groups =
            names.isEmpty ? groups(others, isLabelled: !labels.isEmpty, in: row) : lines.map(\.pieces)
        if groups.count > 1 {
            // The label of a group stands at half height between its rows; it stands in each of them.
            if names.isEmpty {
                for piece in labels.flatMap({ lines[$0].pieces }) { over[cell(of: piece, row)] = piece.text }
            }
            // So does the name of a group, wherever it stands.
            for cell in names + heads(of: groups, own, in: row) {
                let text = PDFTable.joined(self.lines(of: cell, in: row).map(\.text))
                if CellSpan.repeatsInRows(text.utf8.count) { over[cell] = text }
            }
        } else {
            let pieces = lines.isEmpty ? starting : lines.flatMap(\.pieces)
            groups = pieces.isEmpty ? [] : [pieces]
        }
        return groups.map { pieces in
            var parts: [Int: [String]] = [:]
            if !lines.isEmpty { for piece in pieces { parts[cell(of: piece, row), default: []].append(piece.text) } }
            return Band(
                row: row, cells: cells, texts: parts.mapValues(PDFTable.joined).merging(over) { $1 }, pieces: pieces)
        }
    }

    /// The lines of a cell that stand between two rules.
    private func lines(of cell: Int, in row: Int) -> [PDFLine] {
        texts[cell].filter { grid.cells[cell].rows.count == 1 || self.row(of: $0) == row }
    }

    /// The first cells that hold the name of a group of rows. The other cells, of which there are several, have a line in
    /// each row.
    ///
    /// Two lines with a header each, as "Date of" and "birth", are no rows. So there must be three, or numbers in half of
    /// the cells.
    private func names(_ own: [Int], in row: Int) -> [Int] {
        let cells = own.map { (cell: $0, lines: self.lines(of: $0, in: row)) }.filter { !$0.lines.isEmpty }
        let count = cells.map(\.lines.count).max() ?? 0
        let names = cells.prefix { $0.lines.count < count && isName($0.lines, in: $0.cell) }
        let others = cells.dropFirst(names.count)
        guard !names.isEmpty, others.count > 1, others.allSatisfy({ $0.lines.count == count }) else { return [] }
        let lines = PDFColumns.rows(others.flatMap(\.lines))
        let numbers = others.count { $0.lines.allSatisfy(\.isNumber) }
        let isCertain = numbers > 0 && numbers * 2 >= others.count || count > 2 && row > 0
        return lines.count == count && isCertain && isEven(lines, in: row) ? names.map(\.cell) : []
    }

    /// Whether some lines of a cell are one text, as far as its lines are long.
    private func isName(_ lines: [PDFLine], in cell: Int) -> Bool {
        zip(lines, lines.dropFirst()).allSatisfy { $1.startsSmall || !isEnded($0, $1, in: cell) }
    }

    /// The first cells that have text in the first of several rows alone: what they name is a group of rows.
    private func heads(of groups: [[PDFLine]], _ own: [Int], in row: Int) -> [Int] {
        let taken = groups.map { Set($0.map { cell(of: $0, row) }) }
        let inner = own.prefix { cell in
            taken[0].contains(cell) && taken.dropFirst().allSatisfy { !$0.contains(cell) }
        }
        return inner.count < taken[0].count ? Array(inner) : []
    }

    /// The lines of each row, from top to bottom.
    ///
    /// - Parameter isLabelled: whether the label of a group stands between the lines.
    private func groups(_ lines: [PDFColumns.Row], isLabelled: Bool, in row: Int) -> [[PDFLine]] {
        let isEven = lines.count > 2 && isEven(lines, in: row)
        let first = lines.flatMap(\.pieces).map { cell(of: $0, row) }.min()
        var groups: [[PDFLine]] = []
        var last: [Int: PDFLine] = [:]
        for (i, line) in lines.enumerated() {
            if i == 0 || isEven
                || startsRow(line, below: lines[i - 1], last, first: first, isLabelled: isLabelled, in: row)
            {
                groups.append([])
                last = [:]
            }
            groups[groups.count - 1] += line.pieces
            for piece in line.pieces { last[cell(of: piece, row)] = piece }
        }
        return groups
    }

    /// Whether the lines at one height are the label of a group of rows: alone in their cells, and between two other lines.
    private func isLabel(_ lines: [PDFColumns.Row], at i: Int, in row: Int) -> Bool {
        guard i > 0, i + 1 < lines.count else { return false }
        let near = 0.8 * lines[i].height
        return lines[i].middle - lines[i - 1].middle < near && lines[i + 1].middle - lines[i].middle < near
            && lines[i].pieces.allSatisfy { texts[cell(of: $0, row)].count == 1 }
    }

    /// Whether each line is a row: several lines have text in each of the cells, and few go on with the line above.
    private func isEven(_ lines: [PDFColumns.Row], in row: Int) -> Bool {
        let cells = Set(lines.flatMap(\.pieces).map { cell(of: $0, row) })
        guard cells.count > 1, lines.allSatisfy({ $0.pieces.count == cells.count }) else { return false }
        var (starting, continuing) = (0, 0)
        for cell in cells {
            for (line, next) in zip(texts[cell], texts[cell].dropFirst()) {
                let isWord = !line.text.utf8.contains(32) && !next.text.utf8.contains(32)
                let startsDigit = next.text.unicodeScalars.first?.properties.numericType != nil
                if isEnded(line, next, in: cell) || startsDigit || isWord && !next.startsSmall {
                    starting += 1
                } else if next.startsSmall, !isWord {
                    continuing += 1
                }
            }
        }
        return continuing * 2 <= starting
    }

    /// Whether the lines of a cell over several rows belong to the rows one by one: numbers between which a rule is left out.
    private func isSpread(_ cell: Int) -> Bool {
        let rows = texts[cell].map { self.row(of: $0) }
        guard rows.count > 1, Set(rows).count == rows.count, rows.allSatisfy(grid.cells[cell].rows.contains) else {
            return false
        }
        return texts[cell].allSatisfy(\.isNumber)
    }

    private func row(of line: PDFLine) -> Int { grid.ys.partitioningIndex { $0 >= line.middle } - 1 }

    private func cell(of piece: PDFLine, _ row: Int) -> Int {
        let middle = (piece.left + piece.right) / 2
        return grid.cell(min(max(grid.xs.partitioningIndex { $0 >= middle } - 1, 0), grid.columnCount - 1), row)
    }

    /// Whether the lines at one height start a row, though no rule parts them from the lines above.
    ///
    /// Most cells with text in both hold numbers alone, or could have held the next word, so that they were ended on purpose. The
    /// first cell, which names the row, must be among those cells, unless numbers decide.
    ///
    /// - Parameters:
    ///   - last: the last line of each cell in the row above, which may stand at another height than its neighbours.
    ///   - first: the first cell with a line between the rules.
    ///   - isLabelled: whether the label of a group stands between the lines. Then numbers in half of the cells are enough.
    private func startsRow(
        _ line: PDFColumns.Row, below above: PDFColumns.Row, _ last: [Int: PDFLine], first: Int?, isLabelled: Bool,
        in row: Int
    ) -> Bool {
        var (shared, numbers, beside, ended) = (0, 0, 0, 0)
        var isNamed = false
        for next in line.pieces {
            let cell = cell(of: next, row)
            guard let before = last[cell] else { continue }
            shared += 1
            if before.isNumber, next.isNumber { numbers += 1 }
            guard above.pieces.contains(where: { self.cell(of: $0, row) == cell }) else { continue }
            beside += 1
            if isEnded(before, next, in: cell) { ended += 1 }
            if cell == first { isNamed = true }
        }
        return shared > 1 && numbers * 2 >= shared + (isLabelled ? 0 : 1) || isNamed && beside > 1 && ended * 2 > beside
    }

    /// Whether a line of a cell was ended before the next one on purpose. Prose, which goes on in small letters, may be ragged.
    private func isEnded(_ line: PDFLine, _ next: PDFLine, in cell: Int) -> Bool {
        if line.isNumber, next.isNumber { return true }
        let room = room(line, cell)
        let isRagged = next.startsSmall && room < 0.4 * (line.right - line.left + room)
        return !isRagged && room > next.firstWord + 0.3 * line.size
    }

    /// The space that a line leaves in its cell.
    private func room(_ line: PDFLine, _ cell: Int) -> Double {
        let columns = grid.cells[cell].columns
        let width = grid.xs[columns.upperBound] - grid.xs[columns.lowerBound]
        let edges = (padding[columns.lowerBound] + padding[columns.upperBound - 1]) / 2
        return width - (line.right - line.left) - (edges.isFinite ? edges : 0)
    }

    /// The text at each column. A cell over several columns stands in each of them.
    private func texts(of band: Band, isHeader: Bool) -> [String] {
        let cells = Set(band.cells)
        return columns.indices.map { i in
            let cell = band.cells[i]
            guard let text = band.texts[cell] else { return "" }
            guard i > 0, band.cells[i - 1] == cell else { return text }
            let isFirst = band.cells[0] == cell
            return cells.count > 1
                && CellSpan.repeatsInColumns(text.utf8.count, isHeader: isHeader && !isFirst, isFirst: isFirst) ? text : ""
        }
    }

    /// The texts of the cells of a form, from left to right.
    private static func box(_ band: Band) -> [String] {
        band.cells.indices.filter { $0 == 0 || band.cells[$0] != band.cells[$0 - 1] }.compactMap {
            band.texts[band.cells[$0]]
        }
    }
}

extension PDFLine {
    fileprivate var middle: Double { (top + bottom) / 2 }

    /// Whether the line is digits, with signs and at most the letters of a unit.
    fileprivate var isNumber: Bool {
        let scalars = text.unicodeScalars
        return scalars.contains { $0.properties.numericType != nil } && scalars.count { $0.value.isLetter } <= 2
    }
}

extension PDFColumns.Row {
    fileprivate var middle: Double { (top + bottom) / 2 }
    fileprivate var height: Double { bottom - top }
}
