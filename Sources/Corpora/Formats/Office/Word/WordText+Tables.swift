/// Tables of Word.
extension WordText {
    mutating func table(_ table: XMLElement) {
        markup.closeLists()
        let depth = markup.depth
        markup.start(.table)
        let grid = rows(of: table).map { row in (row, cells(of: row)) }
        for (number, (row, cells)) in grid.enumerated() {
            let rowDepth = markup.depth
            markup.start(.tr)
            let properties = row.first("trPr")
            let isStruck = properties?.first("del") != nil
            let start = page
            var end = page
            if let first = cells.first?.column, first > 0 {
                markup.startCell(isHeader: number == 0, columns: first)
                markup.end()
            }
            for cell in cells where !cell.continues {
                let cellDepth = markup.depth
                let below = grid[(number + 1)...].prefix { row in
                    row.1.contains { $0.continues && $0.column == cell.column }
                }
                markup.startCell(isHeader: number == 0, columns: cell.columns, rows: 1 + below.count)
                if isStruck { markup.start(.del) }
                // All cells of a row start on one page, and each says where it goes on on the next one.
                page = start
                apart { $0.blocks(cell.element) }
                if let last = page { end = max(last, end ?? last) }
                markup.end(downTo: cellDepth)
            }
            page = end
            markup.end(downTo: rowDepth)
        }
        markup.end(downTo: depth)
    }

    /// A cell of a table, with its place in the grid.
    private struct Cell {
        let element: XMLElement
        let column: Int
        var columns: Int
        /// Whether the cell is the lower part of the cell above.
        let continues: Bool
    }

    private static func count(_ properties: XMLElement?, _ name: String) -> Int? {
        properties?.first(name)?["val"].flatMap { Int($0) }
    }

    private func rows(of table: XMLElement) -> [XMLElement] { unwrapped(table, "tr") }

    private func cells(of row: XMLElement) -> [Cell] {
        var column = max(0, min(CellSpan.mostColumns, Self.count(row.first("trPr"), "gridBefore") ?? 0))
        var cells: [Cell] = []
        for cell in unwrapped(row, "tc") {
            let properties = cell.first("tcPr")
            let isEmpty = cell.descendants("t").allSatisfy(\.text.isEmpty)
            let columns = CellSpan.columns(Self.count(properties, "gridSpan"))
            defer { column += columns }
            // Old programs merge cells of a row by a mark, as they do with those of a column.
            if isEmpty, let across = properties?.first("hMerge"), across["val"] != "restart", let last = cells.indices.last {
                cells[last].columns += columns
                continue
            }
            let merge = properties?.first("vMerge")
            let continues = merge != nil && merge?["val"] != "restart" && isEmpty
            cells.append(Cell(element: cell, column: column, columns: columns, continues: continues))
        }
        return cells
    }

    /// The children of a name, also those inside content controls and marks of changes.
    private func unwrapped(_ element: XMLElement, _ name: String) -> [XMLElement] {
        element.elements.flatMap { child -> [XMLElement] in
            if child.name == name { return [child] }
            return ["sdt", "sdtContent", "customXml", "ins", "smartTag"].contains(child.name) ? unwrapped(child, name) : []
        }
    }
}
