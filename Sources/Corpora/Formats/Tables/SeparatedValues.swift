/// The rows of text in which a delimiter separates the cells of a row, as CSV and TSV have them.
struct SeparatedValues {
    /// The delimiter that was given or found.
    let delimiter: UInt8
    private(set) var rows: [[[UInt8]]] = []

    private static let quote = UInt8(ascii: "\"")

    /// Reads the rows. Without a delimiter, the one that cuts the first rows most evenly is taken.
    init(_ text: [UInt8], delimiter: UInt8? = nil) {
        let found = delimiter.map { (byte: $0, declared: false) } ?? Self.delimiter(of: text)
        self.delimiter = found.byte
        rows = Self.rows(text, found.byte, limit: .max).rows
        if found.declared, !rows.isEmpty { rows.removeFirst() }
    }

    private static func delimiter(of text: [UInt8]) -> (byte: UInt8, declared: Bool) {
        // Excel reads the delimiter from such a first line.
        let head = text.prefix(6)
        if head.starts(with: Array("sep=".utf8)), head.count >= 5, head.count == 5 || head.last == 10 {
            return (head[head.startIndex + 4], true)
        }
        var best: (byte: UInt8, score: Double) = (UInt8(ascii: ","), 0)
        for byte in ",;\t|".utf8 {
            let (rows, isClosed) = rows(text, byte, limit: 100)
            guard isClosed else { continue }
            let widths = rows.filter { $0.count > 1 || !($0.first?.isEmpty ?? true) }.map(\.count)
            let groups = Dictionary(grouping: widths) { $0 }.map { (rows: $0.value.count, width: $0.key) }
            guard let common = groups.max(by: { $0 < $1 }), common.width > 1 else { continue }
            let score = Double(common.rows) / Double(widths.count) + 0.001 * Double(min(50, common.width))
            if score > best.score { best = (byte, score) }
        }
        return (best.byte, false)
    }

    /// The first `limit` rows, and whether every quoted cell ends.
    ///
    /// A quotation mark that nothing closes is a letter like any other.
    private static func rows(_ text: [UInt8], _ delimiter: UInt8, limit: Int) -> (rows: [[[UInt8]]], isClosed: Bool) {
        var isClosed = true
        var rows: [[[UInt8]]] = []
        var row: [[UInt8]] = []
        var i = 0
        while i < text.count, rows.count < limit {
            var cell: [UInt8] = []
            let start = i
            if isClosed, text[i] == quote {
                i += 1
                while true {
                    guard let end = text[i...].firstIndex(of: quote) else {
                        isClosed = false
                        cell = []
                        i = start
                        break
                    }
                    cell += text[i..<end]
                    i = end + 1
                    guard i < text.count, text[i] == quote else { break }
                    cell.append(quote)
                    i += 1
                }
            }
            // What stands after a closing quotation mark belongs to the cell.
            let end = text[i...].firstIndex { $0 == delimiter || $0 == 10 || $0 == 13 } ?? text.count
            cell += text[i..<end]
            row.append(cell)
            i = end
            if i < text.count, text[i] == delimiter {
                i += 1
                if i == text.count { row.append([]) }
                continue
            }
            if i < text.count { i += text[i] == 13 && i + 1 < text.count && text[i + 1] == 10 ? 2 : 1 }
            rows.append(row)
            row = []
        }
        if !row.isEmpty { rows.append(row) }
        return (rows, isClosed)
    }
}
