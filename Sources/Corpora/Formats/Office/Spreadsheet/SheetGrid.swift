import Algorithms
import Bytes

/// The cells of a sheet, and what stands beside them.
struct SheetGrid {
    /// The rows that hold something, with their numbers from 0. A cell that is empty is an empty text.
    private(set) var rows: [(number: Int, cells: [String])] = []
    /// Comments and other texts, each for a row.
    private(set) var notes: [(row: Int, text: String)] = []
    private var merges: [Merge] = []
    /// The headers and footers of pages.
    private var edges: [String] = []
    private static let mostEdges = 100
    private var length = 0
    /// The longest text of the sheet in bytes.
    var limit: Int

    /// A cell that spans others. Numbers count from 0.
    private struct Merge {
        let row: Int
        let column: Int
        let rows: Int
        let columns: Int
    }

    /// The most columns of a sheet.
    static let mostColumns = 16_384

    init(limit: Int) { self.limit = limit }

    /// Adds the cells of a row. Rows come in order.
    mutating func add(row number: Int, _ cells: [String]) throws(Refusal) {
        let end = (cells.lastIndex { !$0.isEmpty } ?? -1) + 1
        guard end > 0 else { return }
        length += cells[..<end].reduce(3 * end) { $0 + $1.utf8.count }
        guard length <= limit else { throw .textTooLong(limit: limit) }
        rows.append((number, cells[..<end].map(Self.oneLine)))
    }

    /// Says that the cell at a row and column spans others.
    mutating func merge(row: Int, column: Int, rows: Int, columns: Int) {
        guard row >= 0, column >= 0, rows > 1 || columns > 1 else { return }
        merges.append(Merge(row: row, column: column, rows: CellSpan.rows(rows), columns: CellSpan.columns(columns)))
    }

    /// Adds a text that is written after a row.
    mutating func note(row: Int, _ text: String) { notes.append((row, text)) }

    /// Adds the comment on a cell, such as "B2", after its row.
    mutating func comment(on reference: String?, by author: String?, _ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty, let reference else { return }
        let name = author.map { $0.isEmpty ? "" : ", " + $0 } ?? ""
        note(row: SheetCell.row(reference), "[Comment on \(reference)\(name): \(words)]")
    }

    /// Adds what is shown beside cells such as "B2" or "B2:C5" that are being filled in, after their first row.
    mutating func addPrompt(on cells: String, _ title: String, _ text: String) {
        let words = [title, text].map(\.trimmed).filter { !$0.isEmpty }.joined(separator: ": ")
        guard !words.isEmpty else { return }
        note(row: SheetCell.row(String(cells.prefix { $0 != " " && $0 != ":" })), "[Note on \(cells): \(words)]")
    }

    /// Adds a text that stands on the sheet in no cell, after all rows.
    mutating func addDrawn(_ text: String) { note(row: .max - 1, text) }

    /// Adds a header or footer of pages, after everything else and once. The marks for its thirds, fonts and fields are left out.
    mutating func addEdge(_ code: String) {
        let marked = code.replacing(#/&&|&"[^"]*"|&\d+|&K[0-9A-Fa-f]{6}|&[A-Za-z]/#) { $0.output == "&&" ? "&" : " " }
        let edge = marked.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !edge.isEmpty, edges.count < Self.mostEdges, !edges.contains(edge) else { return }
        edges.append(edge)
    }

    private static func oneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0.isControlOrSpace && $0 != 32 }) else { return text }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The rows as lines, with " | " between cells, and a blank line where rows are empty.
    ///
    /// Columns at the left that are empty in all rows are left out.
    var lines: String {
        let rows = spread()
        let left = rows.map { $0.cells.firstIndex { !$0.isEmpty } ?? 0 }.min() ?? 0
        var text = ""
        var rest = notes.sorted { $0.row < $1.row }[...]
        var before = rows.first?.number ?? 0
        func due(upTo row: Int) -> String {
            var lines = ""
            while let next = rest.first, next.row <= row {
                lines += next.text + "\n"
                rest.removeFirst()
            }
            return lines
        }
        for row in rows {
            text += due(upTo: row.number - 1)
            if row.number > before + 1 { text += "\n" }
            before = row.number
            text += row.cells.dropFirst(left).joined(separator: " | ") + "\n"
        }
        return text + due(upTo: .max) + edges.map { $0 + "\n" }.joined()
    }
}

extension SheetGrid {
    /// The rows with the text of each merged cell in the other cells that it spans, as `CellSpan` says.
    ///
    /// A row that holds nothing else is not made. Cells with a text of their own keep it.
    private func spread() -> [(number: Int, cells: [String])] {
        guard !merges.isEmpty else { return rows }
        var rows = rows
        let width = rows.map(\.cells.count).max() ?? 0
        // A column in which no row has a text of its own is there for the layout alone.
        var hasText = [Bool](repeating: false, count: width)
        for row in rows { for (column, cell) in row.cells.enumerated() where !cell.isEmpty { hasText[column] = true } }
        // The first row with several texts names the columns.
        let header = rows.first { row in row.cells.count { !$0.isEmpty } > 1 }?.number
        var left = limit - length
        for merge in merges {
            guard let first = index(of: merge.row), rows[first].number == merge.row,
                merge.column < self.rows[first].cells.count
            else { continue }
            let cells = self.rows[first].cells
            let text = cells[merge.column]
            // A text that stands alone in its row is a title over the sheet.
            guard !text.isEmpty, cells.contains(where: { !$0.isEmpty && $0 != text }) || merge.rows > 1 else { continue }
            let isFirst = cells.firstIndex { !$0.isEmpty } == merge.column
            let repeats = CellSpan.repeatsInColumns(
                text.utf8.count, isHeader: merge.row == header, isFirst: isFirst)
            let columns = merge.column..<max(merge.column + 1, repeats ? min(merge.column + merge.columns, width) : 0)
            for row in first..<rows.count {
                guard rows[row].number < merge.row + merge.rows, row == first || CellSpan.repeatsInRows(text.utf8.count)
                else {
                    break
                }
                for column in columns where column == merge.column || hasText[column] {
                    left -= text.utf8.count + 3
                    guard left >= 0 else { return rows }
                    while rows[row].cells.count <= column { rows[row].cells.append("") }
                    if rows[row].cells[column].isEmpty { rows[row].cells[column] = text }
                }
            }
        }
        return rows
    }

    /// The index of the first row whose number is not smaller.
    private func index(of number: Int) -> Int? {
        let i = rows.partitioningIndex { $0.number >= number }
        return i < rows.count ? i : nil
    }
}
