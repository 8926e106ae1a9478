import Bytes

extension MediaType {
    /// A table in text, such as CSV.
    package static let table = MediaType(rawValue: "csv")
}

/// Reads tables in text. Each row becomes one line, in which the header stands before each cell.
///
/// So a row says what it is about, wherever the text is cut. "name,year" and "Kestrel,1931" give "name: Kestrel | year: 1931".
struct SeparatedValuesReader: Reader {
    let format = Format(.table, extensions: ["csv", "tsv", "tab", "psv"])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.longTextBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        var extracted = Extracted()
        extracted.text = try TableText.lines(SeparatedValues(try TextReader.decode(bytes).text), limits)
        return try extracted.document(.table)
    }
}

/// Tables as lines of text.
enum TableText {
    private static let separator = Array(" | ".utf8)

    /// The rows that decide whether the first one names the columns.
    private static let headRows = 51

    /// The names of the columns in the first rows of a table: the first row, when its cells are words. Nil when it is a row like
    /// the others.
    ///
    /// Of several columns with an equal name the second one has the name with " (2)", and so on.
    private static func header(_ rows: [[[UInt8]]]) -> [[UInt8]]? {
        guard rows.count > 1, let first = rows.first else { return nil }
        let names = first.filter { !$0.isEmpty }
        let areNames = names.allSatisfy { name in
            name.count <= 200 && !name.allSatisfy { $0.isDigit || " .,:;+-/%$'".utf8.contains($0) }
        }
        guard areNames, names.count * 2 > first.count else { return nil }
        // In a table without header the first row has the words of other rows.
        let others = rows.dropFirst()
        let repeated = first.indices.filter { column in
            !first[column].isEmpty && others.contains { column < $0.count && $0[column] == first[column] }
        }
        guard repeated.count * 2 <= names.count, nameColumns(first, others) else { return nil }
        return distinct(first)
    }

    /// Whether the equal words of a first row are names of columns.
    ///
    /// No other row holds such a word, and the columns under it hold other cells than one another.
    private static func nameColumns(_ first: [[UInt8]], _ others: ArraySlice<[[UInt8]]>) -> Bool {
        let columns = Dictionary(grouping: first.indices.filter { !first[$0].isEmpty }) { first[$0] }
        return columns.filter { $0.value.count > 1 }.allSatisfy { name, columns in
            !others.contains { $0.contains(name) }
                && others.contains { row in
                    Set(columns.map { $0 < row.count ? row[$0] : [] }).count > 1
                }
        }
    }

    /// The names, with a number after each that stands before it already.
    private static func distinct(_ names: [[UInt8]]) -> [[UInt8]] {
        var used = Set(names)
        var last: [[UInt8]: Int] = [:]
        return names.map { name in
            guard !name.isEmpty, let number = last.updateValue((last[name] ?? 0) + 1, forKey: name) else { return name }
            var next = number + 1
            func numbered() -> [UInt8] { name + Array(" (\(next))".utf8) }
            while !used.insert(numbered()).inserted { next += 1 }
            last[name] = next
            return numbered()
        }
    }

    /// The most empty cells that are written one after the other. A lone cell can stand thousands of columns away.
    private static let longestGap = 20

    /// Appends a row of cells with " | " between them. The cells at the end that are empty are left out.
    private static func append(_ row: TableRow, to text: inout [UInt8]) {
        var gap = 0
        var isFirst = true
        for column in 0..<((0..<row.count).last { !row.isEmpty($0) } ?? -1) + 1 {
            gap = row.isEmpty(column) ? gap + 1 : 0
            if gap > longestGap { continue }
            if !isFirst { text += separator }
            isFirst = false
            text += row[column]
        }
    }

    /// Appends the cells of a row that are not empty, each after the name of its column.
    private static func append(_ row: TableRow, _ names: [[UInt8]], to text: inout [UInt8]) {
        var isFirst = true
        for column in 0..<row.count where !row.isEmpty(column) {
            if !isFirst { text += separator }
            isFirst = false
            if column < names.count { text += names[column] }
            text += row[column]
        }
    }

    /// The number of rows over the table: titles, which have one cell, and remarks.
    private static func titles(_ rows: [TableRow]) -> Int {
        func cells(_ row: TableRow) -> Int { (0..<row.count).count { !row.isEmpty($0) } }
        guard rows.contains(where: { cells($0) > 1 }) else { return 0 }
        let titles = rows.prefix { cells($0) < 2 || $0[0].starts(with: "# ".utf8) }.count
        return titles < rows.count ? titles : 0
    }

    /// The most rows that decide whether a row after a blank line names the columns of another table.
    private static let nextRows = 10

    /// The header that starts another table after a blank line: names without digits over a column of numbers. Nil where
    /// the row goes on with the table before, which has as many columns as `width` says.
    private static func header(_ row: TableRow, before rows: SeparatedValues, width: Int) -> [[UInt8]]? {
        func cells(_ row: TableRow) -> [[UInt8]] { (0..<row.count).map { Array(row[$0]) } }
        let first = cells(row)
        guard first.count > 1, first.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isDigit) }) else { return nil }
        var rows = rows
        var next = TableRow()
        var others: [[[UInt8]]] = []
        while others.count < nextRows, rows.next(into: &next), !next.isEmpty { others.append(cells(next)) }
        // One row below words is too little to tell a header from a row of a table with as many columns.
        guard others.count > (first.count == width ? 1 : 0) else { return nil }
        let hasNumbers = first.indices.contains { column in
            others.allSatisfy { column < $0.count && $0[column].contains(where: \.isDigit) }
        }
        return hasNumbers ? header([first] + others) : nil
    }

    /// What stands before the cells of each column.
    private static func labels(_ names: [[UInt8]]) -> [[UInt8]] {
        names.map { $0.isEmpty ? [] : $0 + Array(": ".utf8) }
    }

    /// One line for each row with text. With a header, the name of the column stands before each cell that is not empty.
    static func lines(_ table: SeparatedValues, _ limits: ExtractionLimits) throws(Refusal) -> [UInt8] {
        var table = table
        var row = TableRow()
        var head: [TableRow] = []
        var ahead = table
        while head.count < headRows, ahead.next(into: &row) { if !row.isEmpty { head.append(row) } }
        let titles = titles(head)
        var names = header(head[titles...].map { row in (0..<row.count).map { Array(row[$0]) } }).map(labels)
        var text: [UInt8] = []
        // Room for most headers: a long text that grew would be copied.
        text.reserveCapacity(min(limits.textBytes, 2 * table.length))
        var number = 0
        var isAfterBlank = false
        while table.next(into: &row) {
            if row.isEmpty {
                isAfterBlank = true
                continue
            }
            if isAfterBlank, number > titles, let other = header(row, before: table, width: names?.count ?? 0) {
                names = labels(other)
                append(row, to: &text)
            } else if let names, number > titles {
                append(row, names, to: &text)
            } else {
                append(row, to: &text)
            }
            text.append(10)
            number += 1
            isAfterBlank = false
            guard text.count <= limits.textBytes else { throw .textTooLong(limit: limits.textBytes) }
        }
        return text
    }
}
