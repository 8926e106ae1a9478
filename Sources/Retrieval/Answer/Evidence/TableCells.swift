import Bytes

/// The cells of a row of a table, as byte ranges without the white space around them.
enum TableCells {
    static func ranges(in text: [UInt8], row: Range<Int>, separator: UInt8) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = row.lowerBound
        var isQuoted = false
        for i in row {
            if text[i] == UInt8(ascii: "\""), separator != UInt8(ascii: "|") { isQuoted.toggle() }
            let isEscaped = separator == UInt8(ascii: "|") && i > row.lowerBound && text[i - 1] == UInt8(ascii: "\\")
            guard text[i] == separator, !isQuoted, !isEscaped else { continue }
            cells.append(trimmed(text, start..<i))
            start = i + 1
        }
        cells.append(trimmed(text, start..<row.upperBound))
        // The bars at both ends of a Markdown row.
        if separator == UInt8(ascii: "|") {
            if cells.first?.isEmpty == true, text[row.lowerBound] == separator { cells.removeFirst() }
            if cells.last?.isEmpty == true, cells.count > 1 { cells.removeLast() }
        }
        return cells
    }

    /// The head of a table whose first row may be one, and whether it is one for certain.
    ///
    /// Without a rule under it, the first row is the head where it holds no number and another row does.
    static func isHead(_ first: [Range<Int>], of rows: [[Range<Int>]], hasRule: Bool, in text: [UInt8]) -> Bool {
        guard !hasRule else { return true }
        func hasDigit(_ cell: Range<Int>) -> Bool { text[cell].contains(where: \.isDigit) }
        guard let below = rows.dropFirst().first, below.count > 1 else { return false }
        // The name of a column may hold a number, as in "price 2025"; a number alone is no name.
        guard !first.contains(where: { isNumber(text[$0]) || $0.isEmpty && first.count < 3 }) else { return false }
        return first.indices.contains { column in
            guard !hasDigit(first[column]) else { return false }
            let cells = rows.dropFirst().compactMap { $0.indices.contains(column) ? $0[column] : nil }
            return 2 * cells.count(where: hasDigit) > cells.count
        }
    }

    private static func isNumber(_ cell: ArraySlice<UInt8>) -> Bool {
        cell.contains(where: \.isDigit) && !cell.contains { ($0 | 0x20).isLowercase || $0 >= 0x80 }
    }

    private static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, text[start].isSpace || text[start] == UInt8(ascii: "\"") { start += 1 }
        while end > start, text[end - 1].isSpace || text[end - 1] == UInt8(ascii: "\"") { end -= 1 }
        return start..<end
    }
}
