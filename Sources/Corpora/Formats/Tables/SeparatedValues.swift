/// The rows of text in which a delimiter separates the cells of a row, as CSV and TSV have them. They are read one by one.
struct SeparatedValues: Sequence, IteratorProtocol {
    /// The delimiter that was given or found.
    let delimiter: UInt8
    private let text: [UInt8]
    private var position = 0
    /// Whether every quoted cell so far ends. A quotation mark that nothing closes is a letter like any other.
    private var isClosed = true

    private static let quote = UInt8(ascii: "\"")

    /// The rows of a text. Without a delimiter, the one that cuts the first rows most evenly is taken.
    init(_ text: [UInt8], delimiter: UInt8? = nil) {
        let found = delimiter.map { (byte: $0, declared: false) } ?? Self.delimiter(of: text)
        self.delimiter = found.byte
        self.text = text
        if found.declared { _ = next() }
    }

    /// The cells of the next row. Nil after the last one.
    mutating func next() -> [[UInt8]]? {
        guard position < text.count else { return nil }
        var row: [[UInt8]] = []
        while true {
            row.append(cell())
            guard position < text.count else { return row }
            if text[position] == delimiter {
                position += 1
                if position < text.count { continue }
                return row + [[]]
            }
            let isPair = text[position] == 13 && position + 1 < text.count && text[position + 1] == 10
            position += isPair ? 2 : 1
            return row
        }
    }

    /// The cell at the position, up to a delimiter, a line end or the end of the text.
    private mutating func cell() -> [UInt8] {
        var cell: [UInt8] = []
        if isClosed, text[position] == Self.quote {
            var i = position + 1
            while true {
                guard let end = text[i...].firstIndex(of: Self.quote) else {
                    isClosed = false
                    cell = []
                    i = position
                    break
                }
                cell += text[i..<end]
                i = end + 1
                guard i < text.count, text[i] == Self.quote else { break }
                cell.append(Self.quote)
                i += 1
            }
            position = i
        }
        // What stands after a closing quotation mark belongs to the cell.
        let end = text[position...].firstIndex { $0 == delimiter || $0 == 10 || $0 == 13 } ?? text.count
        cell += text[position..<end]
        position = end
        return cell
    }

    private static func delimiter(of text: [UInt8]) -> (byte: UInt8, declared: Bool) {
        // Excel reads the delimiter from such a first line.
        let head = text.prefix(6)
        if head.starts(with: Array("sep=".utf8)), head.count >= 5, head.count == 5 || head.last == 10 {
            return (head[head.startIndex + 4], true)
        }
        var best: (byte: UInt8, score: Double) = (UInt8(ascii: ","), 0)
        for byte in ",;\t|".utf8 {
            var table = SeparatedValues(text, delimiter: byte)
            let rows = (0..<100).compactMap { _ in table.next() }
            guard table.isClosed else { continue }
            let widths = rows.filter { $0.count > 1 || !($0.first?.isEmpty ?? true) }.map(\.count)
            let groups = Dictionary(grouping: widths) { $0 }.map { (rows: $0.value.count, width: $0.key) }
            guard let common = groups.max(by: { $0 < $1 }), common.width > 1 else { continue }
            let score = Double(common.rows) / Double(widths.count) + 0.001 * Double(Swift.min(50, common.width))
            if score > best.score { best = (byte, score) }
        }
        return (best.byte, false)
    }
}
