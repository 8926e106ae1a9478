/// Rows in aligned columns, two spaces apart.
package struct Table {
    /// On which side a column is flush.
    package enum Alignment: Sendable { case left, right }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// A table with a column for each alignment.
    package init(_ alignments: Alignment...) { self.alignments = alignments }

    /// Adds a row. Cells beyond the last column are dropped; missing cells are empty.
    package mutating func row(_ cells: String...) {
        rows.append(alignments.indices.map { $0 < cells.count ? cells[$0] : "" })
    }

    /// The lines of the table, each after `indent` and without white space at its end.
    package func text(indent: String = "") -> String {
        let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - cell.count)
                line += (column == 0 ? "" : "  ") + (alignments[column] == .left ? cell + space : space + cell)
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
