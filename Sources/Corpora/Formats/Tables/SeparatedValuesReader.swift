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

    /// Whether a text is a table whose rows have the same cells, whatever its name.
    static func isTable(_ bytes: [UInt8]) -> Bool {
        // Bytes that are no text are no table.
        guard let text = try? TextReader.decode(bytes).text else { return false }
        var table = SeparatedValues(text)
        var row = TableRow()
        var widths: [Int] = []
        for _ in 0..<100 where table.next(into: &row) { if !row.isEmpty { widths.append(row.count) } }
        guard widths.count > 1, let width = widths.max(), width > 1 else { return false }
        return widths.count { $0 == width } * 10 >= widths.count * 9
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
        let others = rows.dropFirst()
        let numbers = first.indices.filter { !first[$0].isEmpty && isFigure(first[$0]) }
        let areNames =
            names.allSatisfy { $0.count <= 200 } && (numbers.isEmpty || TableTimes.name(numbers, of: first, others))
        guard areNames, names.count * 2 > first.count else { return nil }
        // In a table without header the first row has the words of other rows.
        let repeated = first.indices.filter { column in
            !first[column].isEmpty && others.contains { column < $0.count && $0[column] == first[column] }
        }
        guard repeated.count * 2 <= names.count, nameColumns(first, others) else { return nil }
        return distinct(first)
    }

    /// Whether a cell has digits and signs alone.
    private static func isFigure(_ cell: [UInt8]) -> Bool {
        cell.allSatisfy { $0.isDigit || " .,:;+-/%$'".utf8.contains($0) }
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

    /// The names of the columns in two rows: groups of columns, and the columns of each group; or names and units.
    ///
    /// The second row is no row of values: it lacks the name that each of them has, or has words over columns of numbers.
    private static func doubleHeader(_ rows: [[[UInt8]]]) -> [[UInt8]]? {
        guard rows.count > 3, var above = rows.first else { return nil }
        let below = rows[1]
        let values = rows.dropFirst(2)
        guard above.count > 1, below.count <= above.count, above.allSatisfy(isName), below.contains(where: { !$0.isEmpty })
        else { return nil }
        func cells(_ column: Int) -> [[UInt8]] {
            values.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
        }
        func isNumeric(_ column: Int) -> Bool {
            let cells = cells(column)
            return cells.count * 2 > values.count && cells.allSatisfy(isNumber)
        }
        let second = above.indices.map { $0 < below.count ? below[$0] : [] }
        let lacksName = second[0].isEmpty && !above[0].isEmpty && cells(0).count == values.count
        // A group is named once, or over each of its columns.
        let isGroup = above.indices.map { column in
            column > 0 && !second[column].isEmpty && (above[column].isEmpty || above[column] == above[column - 1])
        }
        let inGroups = above.indices.filter { isGroup[$0] || $0 + 1 < above.count && isGroup[$0 + 1] }
        let words = second.indices.filter { !second[$0].isEmpty && isName(second[$0]) && !isYear(second[$0]) }
        let isOverNumbers = words.contains { isNumeric($0) }
        let areUnits = lacksName && isOverNumbers && second.allSatisfy { $0.isEmpty || isName($0) && $0.count <= 20 }
        let areColumns =
            !inGroups.isEmpty && inGroups.allSatisfy { !second[$0].isEmpty }
            && above.indices.allSatisfy { inGroups.contains($0) || above[$0].isEmpty || second[$0].isEmpty }
            && (lacksName || isOverNumbers && words.count == second.count { !$0.isEmpty })
        guard areUnits || areColumns else { return nil }
        for column in above.indices.dropFirst() where above[column].isEmpty && isGroup[column] {
            above[column] = above[column - 1]
        }
        return distinct(zip(above, second).map { $0.isEmpty || $1.isEmpty ? $0 + $1 : $0 + [32] + $1 })
    }

    private static func isName(_ cell: [UInt8]) -> Bool {
        cell.count <= 200 && (cell.isEmpty || !isNumber(cell) || isYear(cell))
    }

    private static func isYear(_ cell: [UInt8]) -> Bool {
        cell.count == 4 && cell.allSatisfy(\.isDigit) && (cell.starts(with: "19".utf8) || cell.starts(with: "20".utf8))
    }

    private static func isNumber(_ cell: [UInt8]) -> Bool {
        cell.contains(where: \.isDigit) && cell.allSatisfy { $0.isDigit || " .,:;+-/%$'()".utf8.contains($0) || $0 >= 0x80 }
    }

    /// What stands before the cells of each column.
    private static func labels(_ names: [[UInt8]]) -> [[UInt8]] {
        names.map { $0.isEmpty ? [] : $0 + Array(": ".utf8) }
    }

    /// Which columns of a table have held numbers in each row so far, and how many rows it has.
    private struct Columns {
        var rows = 0
        var areNumbers: [Bool] = []

        mutating func add(_ row: TableRow) {
            for column in 0..<row.count where !row.isEmpty(column) {
                let isNumber = row[column].contains(where: \.isDigit)
                while areNumbers.count <= column { areNumbers.append(rows == 0) }
                areNumbers[column] = areNumbers[column] && isNumber
            }
            rows += 1
        }
    }

    /// Whether the rows after a blank line belong to another table: all have another number of cells, or words alone where each
    /// row before has a number. One row may be a remark.
    private static func startsTable(_ row: TableRow, before rows: SeparatedValues, _ columns: Columns, width: Int) -> Bool {
        guard columns.rows > 0, width > 1, row.count > 1 else { return false }
        var rows = rows
        var next = TableRow()
        var all = [row]
        while all.count <= nextRows, rows.next(into: &next), !next.isEmpty { all.append(next) }
        guard all.count > 1, all.allSatisfy({ $0.count == row.count }) else { return false }
        if row.count > width { return true }
        return columns.areNumbers.indices.contains { column in
            columns.areNumbers[column]
                && all.allSatisfy { column < $0.count && !$0.isEmpty(column) && !$0[column].contains(where: \.isDigit) }
        }
    }

    /// One line for each row with text. With a header, the name of the column stands before each cell that is not empty.
    static func lines(_ table: SeparatedValues, _ limits: ExtractionLimits) throws(Refusal) -> [UInt8] {
        var table = table
        var row = TableRow()
        var head: [TableRow] = []
        var ahead = table
        while head.count < headRows, ahead.next(into: &row) { if !row.isEmpty { head.append(row) } }
        var first = titles(head)
        let rows = head[first...].map { row in (0..<row.count).map { Array(row[$0]) } }
        let double = doubleHeader(rows)
        var names = (double ?? header(rows)).map(labels)
        first += double != nil ? 2 : 1
        var columns = Columns()
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
            if isAfterBlank, number >= first, isRemark(row, width: names?.count ?? 0) {
                append(row, to: &text)
                text.append(10)
                number += 1
                continue
            }
            if isAfterBlank, number >= first, let other = header(row, before: table, width: names?.count ?? 0) {
                names = labels(other)
                columns = Columns()
                append(row, to: &text)
            } else if isAfterBlank, number >= first, names != nil,
                startsTable(row, before: table, columns, width: names?.count ?? 0)
            {
                names = namesColumns(row) ? labels(distinct((0..<row.count).map { Array(row[$0]) })) : nil
                columns = Columns()
                append(row, to: &text)
            } else if let names, number >= first {
                columns.add(row)
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

    /// Whether a row after a blank line is a title or a remark: one cell at the left of a table with more columns.
    private static func isRemark(_ row: TableRow, width: Int) -> Bool {
        guard width > 1, !row.isEmpty(0), (1..<row.count).allSatisfy(row.isEmpty) else { return false }
        return row.count == 1 || width > 2
    }

    /// Whether the first row of another table names its columns: words, each one once.
    private static func namesColumns(_ row: TableRow) -> Bool {
        let cells = (0..<row.count).map { Array(row[$0]) }
        return cells.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isDigit) } && Set(cells).count == cells.count
    }
}
