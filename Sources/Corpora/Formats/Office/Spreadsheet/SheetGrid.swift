import Bytes

/// The cells of a sheet, and what stands beside them.
struct SheetGrid {
    /// The rows that hold something, with their numbers from 0. A cell that is empty is an empty text.
    private(set) var rows: [(number: Int, cells: [String])] = []
    /// Comments and other texts, each for a row.
    private(set) var notes: [(row: Int, text: String)] = []
    private var length = 0
    private let limit: Int

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

    /// Adds a text that is written after a row.
    mutating func note(row: Int, _ text: String) { notes.append((row, text)) }

    private static func oneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0.isControlOrSpace && $0 != 32 }) else { return text }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The rows as lines, with " | " between cells, and a blank line where rows are empty.
    ///
    /// Columns at the left that are empty in all rows are left out.
    var lines: String {
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
        return text + due(upTo: .max)
    }
}
