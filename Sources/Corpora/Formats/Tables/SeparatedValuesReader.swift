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
        let rows = SeparatedValues(try TextReader.decode(bytes).text).lazy.map { $0.map { TableText.cell($0) } }.filter {
            row in !row.allSatisfy(\.isEmpty)
        }
        var extracted = Extracted()
        extracted.text = try TableText.lines(rows, limits)
        return try extracted.document(.table)
    }
}

/// Tables as lines of text.
enum TableText {
    private static let separator = Array(" | ".utf8)

    /// A cell on one line, without outer white space.
    static func cell(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0.isControlOrSpace }) else { return bytes }
        return Array(bytes.split { $0.isControlOrSpace }.joined(separator: [32]))
    }

    /// The rows that decide whether the first one names the columns.
    private static let headRows = 51

    /// The names of the columns in the first rows of a table: the first row, when its cells are distinct words. Nil when it is
    /// a row like the others.
    private static func header(_ rows: [[[UInt8]]]) -> [[UInt8]]? {
        guard rows.count > 1, let first = rows.first else { return nil }
        let names = first.filter { !$0.isEmpty }
        let areNames = names.allSatisfy { name in
            name.count <= 200 && !name.allSatisfy { $0.isDigit || " .,:;+-/%$'".utf8.contains($0) }
        }
        guard areNames, Set(names).count == names.count, names.count * 2 > first.count else { return nil }
        // In a table without header the first row has the words of other rows.
        let others = rows.dropFirst()
        let repeated = first.indices.filter { column in
            !first[column].isEmpty && others.contains { column < $0.count && $0[column] == first[column] }
        }
        return repeated.count * 2 > names.count ? nil : first
    }

    /// The most empty cells that are written one after the other. A lone cell can stand thousands of columns away.
    private static let longestGap = 20

    /// A row of cells with " | " between them. The cells at the end that are empty are left out.
    static func line(_ cells: [[UInt8]]) -> [UInt8] {
        let end = (cells.lastIndex { !$0.isEmpty } ?? -1) + 1
        var gap = 0
        let written = cells[..<end].filter { cell in
            gap = cell.isEmpty ? gap + 1 : 0
            return gap <= longestGap
        }
        return Array(written.joined(separator: separator))
    }

    /// One line for each row. With a header, the name of the column stands before each cell that is not empty.
    static func lines(_ rows: some Sequence<[[UInt8]]>, _ limits: ExtractionLimits) throws(Refusal) -> [UInt8] {
        let header = header(Array(rows.prefix(headRows)))
        let names = header?.map { $0.isEmpty ? [] : $0 + Array(": ".utf8) }
        var text: [UInt8] = []
        for (number, row) in rows.enumerated() {
            if let names, number > 0 {
                append(row, names, to: &text)
            } else {
                text += line(row)
            }
            text.append(10)
            guard text.count <= limits.textBytes else { throw .textTooLong(limit: limits.textBytes) }
        }
        return text
    }

    private static func append(_ row: [[UInt8]], _ names: [[UInt8]], to text: inout [UInt8]) {
        var isFirst = true
        for (column, cell) in row.enumerated() where !cell.isEmpty {
            if !isFirst { text += separator }
            isFirst = false
            if column < names.count { text += names[column] }
            text += cell
        }
    }
}
