/// Tables: the definitions of cells, and rows in the grid that these make.
extension RichTextParser {
    /// What a row says of a cell before its text.
    struct CellDefinition {
        /// The right edge, in twentieths of a point.
        var right = 0
        /// Whether the cell is part of the cell at its left.
        var continuesLeft = false
        /// Whether the cell is part of the cell above.
        var continuesAbove = false
    }

    /// A cell with its text.
    struct Cell {
        var pieces: [Piece]
        /// Nil where the row says nothing of its cells.
        var definition: CellDefinition?

        fileprivate var isEmpty: Bool { pieces.allSatisfy(\.isBlank) }
    }

    /// A cell in the columns that it takes.
    private struct PlacedCell {
        let cell: Cell
        let column: Int
        var columns: Int
        var continuesAbove: Bool { cell.definition?.continuesAbove ?? false && cell.isEmpty }
    }

    /// Obeys a word that defines a cell. Returns false for another word.
    mutating func define(_ word: String, _ number: Int?) -> Bool {
        // The words of a table inside a cell say nothing of the table around it.
        if group.destination == .nestedRow { return ["trowd", "clmrg", "clvmrg", "cellx"].contains(word) }
        switch word {
        case "trowd":
            definitions = []
            definition = CellDefinition()
        case "clmrg": definition.continuesLeft = true
        case "clvmrg": definition.continuesAbove = true
        case "cellx":
            definition.right = number ?? 0
            if definitions.count < CellSpan.mostColumns { definitions.append(definition) }
            definition = CellDefinition()
        default: return false
        }
        return true
    }

    mutating func endCell() {
        trimEnd()
        cells.append(Cell(pieces: paragraph))
        paragraph = []
        isNested = false
    }

    /// Starts the text of a table inside a cell, which becomes part of the text of the cell.
    mutating func startNested() {
        if !isNested { separate(by: "; ") }
        isNested = true
    }

    mutating func endNestedRow() {
        separate(by: "; ")
        isNested = false
    }

    /// Adds a separator after the text of the cell so far, in place of one that stands there already.
    mutating func separate(by separator: String) {
        trimEnd()
        if !paragraph.isEmpty { paragraph.append(Piece(text: separator, isSeparator: true)) }
    }

    /// Takes away separators and spaces at the end of the text of the cell.
    private mutating func trimEnd() {
        while let last = paragraph.last, last.isSeparator || last.isBlank { paragraph.removeLast() }
    }

    mutating func endRow() {
        if definitions.count == cells.count {
            for i in cells.indices { cells[i].definition = definitions[i] }
        }
        if !cells.isEmpty { rows.append(cells) }
        cells = []
    }

    mutating func endTable() {
        if !cells.isEmpty { endRow() }
        guard !rows.isEmpty else { return }
        let table = placed(rows)
        rows = []
        definitions = []
        markup.closeLists()
        let depth = markup.depth
        markup.start(.table)
        let columns = table.map { Set($0.lazy.map(\.column)) }
        let continued = table.map { Set($0.lazy.filter(\.continuesAbove).map(\.column)) }
        for (number, row) in table.enumerated() {
            markup.start(.tr)
            for placed in row {
                if number > 0, placed.continuesAbove, columns[number - 1].contains(placed.column) { continue }
                let depth = markup.depth
                let below = continued[(number + 1)...].prefix { $0.contains(placed.column) }
                markup.startCell(isHeader: number == 0, columns: placed.columns, rows: 1 + below.count)
                write(placed.cell.pieces)
                markup.end(downTo: depth)
            }
            markup.end()
        }
        markup.end(downTo: depth)
    }

    /// The cells in columns. A cell may be merged by the words for it, or be as wide as several cells of other rows.
    private func placed(_ rows: [[Cell]]) -> [[PlacedCell]] {
        let hasEdges = rows.allSatisfy { $0.allSatisfy { $0.definition != nil } }
        let edges = TableEdges(hasEdges ? rows.joined().compactMap { $0.definition?.right } : [])
        return rows.map { row in
            var placed: [PlacedCell] = []
            var column = 0
            for cell in row {
                var end = column + 1
                if hasEdges, let right = cell.definition?.right {
                    end = max(end, edges.index(of: right) + 1)
                }
                if cell.definition?.continuesLeft ?? false, cell.isEmpty, let last = placed.indices.last {
                    placed[last].columns += end - column
                } else {
                    placed.append(PlacedCell(cell: cell, column: column, columns: end - column))
                }
                column = end
            }
            return placed
        }
    }
}
