import Bytes

/// The rows of text in which a delimiter separates the cells of a row, as CSV and TSV have them. They are read one by one.
struct SeparatedValues {
    /// The delimiter that was given or found.
    let delimiter: UInt8
    /// The length of the text in bytes.
    var length: Int { text.count }
    private let text: [UInt8]
    private var position = 0
    /// Whether every quoted cell so far ends. A quotation mark that nothing closes is a letter like any other.
    private var isClosed = true
    /// Whether a backslash before a quotation mark makes it a letter, as some programs write it.
    private var hasBackslashes = false

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// The rows of a text. Without a delimiter, the one that cuts the first rows most evenly is taken.
    init(_ text: [UInt8], delimiter: UInt8? = nil) {
        let found = delimiter.map { (byte: $0, declared: false) } ?? Self.delimiter(of: text)
        self.delimiter = found.byte
        self.text = text
        if found.declared {
            var first = TableRow()
            _ = next(into: &first)
        }
    }

    /// Reads the cells of the next row. False after the last one.
    mutating func next(into row: inout TableRow) -> Bool {
        row.removeAll()
        guard position < text.count else { return false }
        while true {
            cell(&row)
            guard position < text.count else { return true }
            if text[position] == delimiter {
                position += 1
                if position < text.count { continue }
                row.endCell()
                return true
            }
            let isPair = text[position] == 13 && position + 1 < text.count && text[position + 1] == 10
            position += isPair ? 2 : 1
            return true
        }
    }

    /// Reads the cell at the position, up to a delimiter, a line end or the end of the text.
    private mutating func cell(_ row: inout TableRow) {
        // Some programs write a space between a delimiter and a quotation mark.
        let start = text.span.firstIndex(from: position) { $0 != 32 }
        if isClosed, start < text.count, text[start] == Self.quote, start == position || row.count > 0 {
            quoted(&row, from: start)
        }
        // What stands after a closing quotation mark belongs to the cell.
        let end = text.span.firstIndex(from: position) { $0 == delimiter || $0 == 10 || $0 == 13 }
        row.append(text[position..<end])
        position = end
        row.endCell()
    }

    /// Reads what stands between a quotation mark and the one that closes it. Nothing where none does.
    ///
    /// A mark after which the cell goes on does not close one that stands in another cell.
    private mutating func quoted(_ row: inout TableRow, from start: Int) {
        let first = position
        var i = start + 1
        while true {
            var end = text.span.firstIndex(from: i) { $0 == Self.quote }
            // In files where a backslash and a mark stand before a letter or a digit, such a mark is text.
            while end < text.count, isEscaped(end, from: i) {
                row.append(text[i..<end - 1])
                row.append(text[end...end])
                i = end + 1
                end = text.span.firstIndex(from: i) { $0 == Self.quote }
            }
            guard end < text.count else {
                isClosed = false
                position = first
                return row.dropCell()
            }
            row.append(text[i..<end])
            position = end + 1
            guard position < text.count, text[position] == Self.quote else {
                if !endsCell(at: position), text[start..<end].contains(where: { $0 == delimiter || $0 == 10 || $0 == 13 }) {
                    position = first
                    row.dropCell()
                }
                return
            }
            row.append(text[end...end])
            i = position + 1
        }
    }

    /// Whether a cell ends at an index, or after spaces.
    private func endsCell(at index: Int) -> Bool {
        let end = text.span.firstIndex(from: index) { $0 != 32 }
        return end == text.count || text[end] == delimiter || text[end] == 10 || text[end] == 13
    }

    /// Whether a backslash makes the quotation mark at an index a letter.
    private mutating func isEscaped(_ mark: Int, from start: Int) -> Bool {
        guard mark > start, text[mark - 1] == Self.backslash, mark - 1 == start || text[mark - 2] != Self.backslash else {
            return false
        }
        if mark + 1 < text.count, text[mark + 1].isAlphanumeric { hasBackslashes = true }
        return hasBackslashes
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
            var row = TableRow()
            var widths: [Int] = []
            for _ in 0..<100 where table.next(into: &row) {
                if row.count > 1 || !row.isEmpty { widths.append(row.count) }
            }
            let groups = Dictionary(grouping: widths) { $0 }.map { (rows: $0.value.count, width: $0.key) }
            guard let common = groups.max(by: { $0 < $1 }), common.width > 1 else { continue }
            let evenness = Double(common.rows) / Double(widths.count) + 0.001 * Double(Swift.min(50, common.width))
            // A mark that nothing closes tells of a wrong delimiter where another one closes it.
            let score = table.isClosed ? evenness : evenness / 2
            if score > best.score { best = (byte, score) }
        }
        return (best.byte, false)
    }
}

extension Span<UInt8> {
    /// The index of the first byte from `start` on for which `isEnd` holds; `count` where there is none.
    @inline(__always)
    fileprivate func firstIndex(from start: Int, where isEnd: (UInt8) -> Bool) -> Int {
        var i = start
        while i < count, !isEnd(self[i]) { i += 1 }
        return i
    }
}
