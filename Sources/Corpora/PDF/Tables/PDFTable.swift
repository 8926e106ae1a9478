/// Writes the rows of a table as a grid: one line for each row, " | " between the cells, empty cells kept.
enum PDFTable {
    private typealias Row = PDFColumns.Row
    /// The most lines of a cell.
    private static let mostLines = 12

    /// A column of a table.
    private struct Column {
        var left: Double
        var right: Double
    }

    /// One line for each row. Rows of one piece between tables are lines of text.
    static func lines(_ rows: [PDFColumns.Row]) -> [PDFLine] {
        var lines: [PDFLine] = []
        var start = 0
        while start < rows.count {
            var end = start
            while end < rows.count, isRow(rows[end]) || end > start && (isInside(rows, end) || goesOn(rows[start...end])) {
                end += 1
            }
            if rows[start..<end].count(where: isRow) > 1 {
                lines += grid(rows[start..<end])
                start = end
            } else {
                // The rows of ruled tables are complete, whatever stands beside them.
                let pieces = rows[start].pieces
                lines += pieces.contains { $0.table != nil } ? pieces : [plain(rows[start])]
                start += 1
            }
        }
        return lines
    }

    /// Whether a row has several cells.
    private static func isRow(_ row: Row) -> Bool { row.pieces.count > 1 && row.pieces.allSatisfy { $0.table == nil } }

    /// Whether a row is an item of a list: a bullet and its text.
    private static func isItem(_ row: Row) -> Bool {
        row.pieces.count <= 2 && row.pieces[0].text.unicodeScalars.count <= 3 && row.pieces[0].startsList
    }

    /// Whether the last of some rows is a further line of a cell: one piece, close below, that starts in small letters.
    ///
    /// It stands below one piece of the last row with several, but not below the first one.
    private static func goesOn(_ rows: ArraySlice<Row>) -> Bool {
        guard let last = rows.last, let row = rows.dropLast().suffix(mostLines).last(where: isRow), last.pieces.count == 1,
            let piece = last.pieces.first, piece.table == nil, piece.startsSmall,
            last.top - rows[rows.endIndex - 2].bottom < 0.5 * piece.height, !isItem(row)
        else { return false }
        let over = row.pieces.indices.filter { row.pieces[$0].left < piece.right && row.pieces[$0].right > piece.left }
        guard over.count == 1 else { return false }
        // Below the first cell, text that is no wider than it may follow the table.
        return over[0] > 0
            || row.pieces.count > 2 && piece.right < row.pieces[1].left - piece.height
                && abs(piece.left - row.pieces[0].left) < 0.2 * piece.height && piece.height < 1.1 * row.pieces[0].height
                && last.top - rows[rows.endIndex - 2].bottom < 0.35 * piece.height
    }

    /// Whether a row of one piece belongs to the table around it: tables go on close below, and the piece is no wider than a cell.
    private static func isInside(_ rows: [Row], _ i: Int) -> Bool {
        guard i + 1 < rows.count, isRow(rows[i + 1]), isRow(rows[i - 1]) else { return false }
        let piece = rows[i].pieces[0]
        guard piece.table == nil else { return false }
        let before = rows[i - 1].pieces.count { $0.left < piece.right && $0.right > piece.left }
        let after = rows[i + 1].pieces.count { $0.left < piece.right && $0.right > piece.left }
        return before <= 1 && after <= 1 && rows[i].top - rows[i - 1].bottom < 1.5 * piece.height
            && rows[i + 1].top - rows[i].bottom < 1.5 * piece.height
    }

    /// The line of a row that is no part of a table.
    private static func plain(_ row: Row) -> PDFLine {
        let rightToLeft = row.pieces.filter(\.isRightToLeft).count * 2 > row.pieces.count
        let pieces = rightToLeft ? row.pieces.reversed() : row.pieces
        var line = pieces[0]
        for piece in pieces.dropFirst() {
            let isBullet = line.text.unicodeScalars.count <= 3
            line.append(piece, " " + piece.text)
            if isBullet { line.firstWord += piece.firstWord }
        }
        return line
    }

    private static func grid(_ rows: ArraySlice<Row>) -> [PDFLine] {
        // The rows of a list are no table: a bullet and its text.
        if rows.allSatisfy(isItem) { return rows.map(plain) }
        let columns = columns(of: rows)
        let pieces = rows.flatMap(\.pieces)
        let rightToLeft = pieces.filter(\.isRightToLeft).count * 2 > pieces.count
        var lines: [PDFLine] = []
        var above: [String] = []
        let isTight = zip(tightRows(rows, columns, rightToLeft: rightToLeft), wrappedRows(rows)).map { $0 || $1 }
        for (row, isTight) in zip(rows, isTight) {
            var cells = [String](repeating: "", count: columns.count)
            for piece in row.pieces {
                for at in lines.isEmpty ? header(piece, of: rows, columns) : [column(of: piece, columns)] {
                    cells[at] += (cells[at].isEmpty ? "" : " ") + piece.text
                }
            }
            if rightToLeft { cells.reverse() }
            if !lines.isEmpty, isTight || continues(above, cells) {
                above = zip(above, cells).map(joined)
                for piece in row.pieces { lines[lines.count - 1].append(piece, "") }
                lines[lines.count - 1].text = text(above)
                continue
            }
            var line = row.pieces[0]
            for piece in row.pieces.dropFirst() { line.append(piece, "") }
            line.text = text(cells)
            line.isTableRow = true
            lines.append(line)
            above = cells
        }
        return lines
    }

    /// Which rows are further lines of the row above: their first cells are empty, and they stand closer to the row above than rows
    /// with a first cell do.
    private static func tightRows(_ rows: ArraySlice<Row>, _ columns: [Column], rightToLeft: Bool) -> [Bool] {
        let first = rightToLeft ? columns.count - 1 : 0
        let isHead = rows.map { row in row.pieces.contains { column(of: $0, columns) == first } }
        let steps = [0] + zip(rows, rows.dropFirst()).map { $1.top - $0.top }
        let heads = zip(isHead, steps).dropFirst().filter(\.0).map(\.1).sorted()
        let others = zip(isHead, steps).dropFirst().filter { !$0.0 }.map(\.1).sorted()
        guard heads.count >= 2, !others.isEmpty else { return isHead.map { _ in false } }
        let limit = 0.88 * heads[heads.count / 2]
        guard others[others.count / 2] < limit else { return isHead.map { _ in false } }
        return zip(isHead, steps).map { !$0 && $1 < limit }
    }

    /// Which rows are further lines of the cells above, although their first cells have words, too: rows of the table stand
    /// further apart than lines of a cell.
    ///
    /// The lines go on in small letters, hold no numbers alone, and not every cell has as many lines.
    private static func wrappedRows(_ rows: ArraySlice<Row>) -> [Bool] {
        let rows = Array(rows)
        let none = rows.map { _ in false }
        let steps = zip(rows, rows.dropFirst()).map { $1.top - $0.top }
        guard let least = steps.filter({ $0 > 0 }).min() else { return none }
        let isWrapped = [false] + steps.map { $0 < 1.15 * least }
        let others = steps.filter { $0 >= 1.15 * least }
        guard others.count > 1, others.allSatisfy({ $0 > 1.25 * least }), isWrapped.contains(true) else { return none }
        var (small, all) = (0, 0)
        var isUneven = false
        var first = 0
        for (index, row) in rows.enumerated() {
            guard isWrapped[index] else {
                first = index
                continue
            }
            if row.pieces.count < rows[first].pieces.count { isUneven = true }
            for piece in row.pieces {
                let isNumber = piece.text.contains(where: \.isNumber) && !piece.text.contains(where: \.isLetter)
                // A line of a cell stands below the line above it.
                let over = rows[index - 1].pieces.count { $0.left < piece.right && $0.right > piece.left }
                let overFirst = rows[first].pieces.count { $0.left < piece.right && $0.right > piece.left }
                if isNumber || over > 1 || overFirst > 1 { return none }
                all += 1
                if piece.startsSmall { small += 1 }
            }
        }
        return isUneven && small * 3 >= all * 2 ? isWrapped : none
    }

    /// The cells of a row as a line.
    static func text(_ cells: [String]) -> String {
        var text = ""
        for (i, cell) in cells.enumerated() {
            // A label that ends in a colon belongs to its value.
            if i > 0 { text += cells[i - 1].hasSuffix(":") && !cell.isEmpty ? " " : " | " }
            text += cell
        }
        while text.hasSuffix(" ") || text.hasSuffix(" |") { text.removeLast() }
        while text.hasPrefix(" ") { text.removeFirst() }
        return text
    }

    /// The columns: the places of the narrow pieces, where some row has pieces in both of two neighbours.
    private static func columns(of rows: ArraySlice<Row>) -> [Column] {
        var columns: [Column] = []
        for piece in rows.flatMap(\.pieces).sorted(by: { $0.right - $0.left < $1.right - $1.left }) {
            let over = columns.indices.filter { columns[$0].left < piece.right && columns[$0].right > piece.left }
            if over.isEmpty {
                columns.append(Column(left: piece.left, right: piece.right))
            } else if over.count == 1 {
                let grown = Column(
                    left: min(columns[over[0]].left, piece.left), right: max(columns[over[0]].right, piece.right))
                let others = columns.indices.filter { $0 != over[0] }
                if !others.contains(where: { columns[$0].left < grown.right && columns[$0].right > grown.left }) {
                    columns[over[0]] = grown
                }
            }
        }
        columns.sort { $0.left < $1.left }
        var i = 0
        while i + 1 < columns.count {
            let isParted = rows.contains { row in
                var sides = (false, false)
                for piece in row.pieces {
                    let at = column(of: piece, columns)
                    sides = (sides.0 || at == i, sides.1 || at == i + 1)
                }
                return sides.0 && sides.1
            }
            if isParted {
                i += 1
            } else {
                columns[i].right = max(columns[i].right, columns[i + 1].right)
                columns.remove(at: i + 1)
            }
        }
        return columns
    }

    /// The column that holds most of a piece; the first one for a piece over several.
    private static func column(of piece: PDFLine, _ columns: [Column]) -> Int {
        let middle = (piece.left + piece.right) / 2
        let over = columns.indices.filter { columns[$0].left < piece.right && columns[$0].right > piece.left }
        if let first = over.first { return first }
        return columns.indices.min {
            abs(columns[$0].left + columns[$0].right - 2 * middle) < abs(columns[$1].left + columns[$1].right - 2 * middle)
        }
            ?? 0
    }

    /// The columns that a piece of the first row is the header of: those that it stands over, if it has them for itself.
    private static func header(_ piece: PDFLine, of rows: ArraySlice<Row>, _ columns: [Column]) -> [Int] {
        let row = rows[rows.startIndex]
        if let between = between(piece, rows, columns) { return between }
        let over = columns.indices.filter { columns[$0].left < piece.right && columns[$0].right > piece.left }
        let isAlone = over.allSatisfy { at in
            row.pieces.count { columns[at].left < $0.right && columns[at].right > $0.left } == 1
        }
        return over.count > 1 && over.count < columns.count && isAlone ? over : [column(of: piece, columns)]
    }

    /// The two columns that a short piece of the first row heads: it stands in the middle over them, and the second row has
    /// a header for each.
    private static func between(_ piece: PDFLine, _ rows: ArraySlice<Row>, _ columns: [Column]) -> [Int]? {
        guard let next = rows.dropFirst().first?.pieces, next.count > 2 else { return nil }
        for (left, right) in zip(next, next.dropFirst()) {
            let edges = (piece.left - left.left, right.right - piece.right)
            let at = [column(of: left, columns), column(of: right, columns)]
            guard edges.0 > 0, edges.1 > 0, abs(edges.0 - edges.1) < piece.height, at[0] + 1 == at[1] else { continue }
            let others = rows[rows.startIndex].pieces.filter { $0.left != piece.left }
            let isAlone = others.allSatisfy { $0.right < left.left || $0.left > right.right }
            return isAlone && piece.right > left.right && piece.left < right.left ? at : nil
        }
        return nil
    }

    /// Whether a row holds further lines of the cells above: its first cell is empty, and each text goes on in small letters.
    private static func continues(_ above: [String], _ cells: [String]) -> Bool {
        guard cells.count > 1, cells[0].isEmpty, cells.contains(where: { !$0.isEmpty }) else { return false }
        return zip(above, cells).allSatisfy { above, cell in
            guard let first = cell.unicodeScalars.first else { return true }
            guard let last = above.unicodeScalars.last else { return false }
            return first.properties.isLowercase || last == "-" || last == "," || last == "\u{AD}"
        }
    }

    /// The text of a cell whose lines are these.
    static func joined(_ lines: [String]) -> String { lines.reduce("", joined) }

    /// A cell with its next line.
    private static func joined(_ above: String, _ cell: String) -> String {
        if cell.isEmpty || above.isEmpty { return above + cell }
        return PDFHyphens().joined(above, cell)
    }
}

extension PDFLine {
    /// Whether the piece is a bullet or the number of a list item.
    fileprivate var startsList: Bool {
        guard let last = text.unicodeScalars.last, let first = text.unicodeScalars.first else { return false }
        return last == "." || last == ")"
            || text.unicodeScalars.count == 1 && !first.properties.isAlphabetic && first.properties.numericType == nil
    }
}
