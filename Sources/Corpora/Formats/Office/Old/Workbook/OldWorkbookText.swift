/// The sheets of an Excel workbook before 2007 ([MS-XLS]), and those of Excel 5 and 95, whose texts are bytes.
struct OldWorkbookText {
    private typealias Kind = OldWorkbookRecords.Kind

    let records: OldWorkbookRecords
    private(set) var styles = WorkbookStyles()
    private var sheets: [(name: String, start: Int, isHidden: Bool)] = []

    private var stream: [UInt8] { records.stream }

    /// Writes the sheets of the stream "Workbook", or "Book" of Excel 5 and 95.
    static func extract(_ stream: [UInt8], limit: Int) throws(Refusal) -> Extracted {
        let book = try OldWorkbookText(stream)
        var extracted = Extracted()
        extracted.isTitledByHeading = false
        var sheets: [OldWorkbookSheet] = []
        for sheet in book.sheets { sheets.append(try OldWorkbookSheet(book, at: sheet.start, limit: limit)) }
        // Charts hold copies of the cells that they show, and the only ones where no sheet has cells.
        let keepsCharts = !sheets.contains(where: \.hasCells)
        for (sheet, content) in zip(book.sheets, sheets) {
            extracted.remarks.add(content.remarks)
            let lines = try content.lines(keepsCharts: keepsCharts, limit: max(0, limit - extracted.text.count))
            extracted.append(sheet: sheet.name, isHidden: sheet.isHidden, lines: lines)
        }
        return extracted
    }

    private init(_ stream: [UInt8]) throws(Refusal) {
        records = OldWorkbookRecords(stream)
        var i = 0
        var starts: Set<Int> = []
        while let record = records[i] {
            i = record.end
            let data = record.start
            switch record.type {
            case Kind.password: throw .needsPassword
            case Kind.end: return
            case Kind.epoch: styles.epoch1904 = stream.number(data, 2) == 1
            case Kind.sheet:
                // Sheets, old sheets of macros, and charts that are sheets; the code of macros is none.
                guard [0, 1, 2].contains(stream.number(data + 5, 1)) else { continue }
                guard starts.insert(stream.number(data, 4)).inserted else { continue }
                let name = records.text(data + 6, until: record.end, lengthBytes: 1)
                sheets.append((name, stream.number(data, 4), stream.number(data + 4, 1) & 3 != 0))
            case Kind.format:
                let code = records.text(data + 2, until: record.end, lengthBytes: records.isOfBytes ? 1 : 2)
                styles.formats[stream.number(data, 2)] = NumberFormat(code: code)
            case Kind.font:
                // No font has the number 4.
                if styles.fonts.count == 4 { styles.fonts.append(WorkbookStyles.Font()) }
                styles.fonts.append(
                    WorkbookStyles.Font(flags: stream.number(data + 2, 2), position: stream.number(data + 8, 2)))
            case Kind.style:
                styles.cells.append((font: stream.number(data, 2), format: stream.number(data + 2, 2)))
            case Kind.strings: readStrings(record)
            default: break
            }
        }
    }

    /// Reads the texts that cells share. They go on in the records that follow.
    private mutating func readStrings(_ first: OldWorkbookRecords.Record) {
        var i = first.start + 8
        var end = first.end
        /// Goes to the next record where this one ends.
        func advance() -> Bool {
            guard i >= end else { return true }
            guard let next = records[end], next.type == Kind.continuation else { return false }
            i = next.start
            end = next.end
            return true
        }
        let count = stream.number(first.start + 4, 4)
        while styles.strings.count < count, advance(), i + 3 <= end {
            var left = stream.number(i, 2)
            var flags = stream.number(i + 2, 1)
            i += 3
            var extra = 0
            var runBytes = 0
            if flags & 8 != 0 {
                runBytes = 4 * stream.number(i, 2)
                extra += runBytes
                i += 2
            }
            if flags & 4 != 0 {
                extra += stream.number(i, 4)
                i += 4
            }
            var words = ""
            while left > 0 {
                if i >= end {
                    guard advance(), i < end else { break }
                    // A text that goes on says again how wide its characters are.
                    flags = flags & ~1 | stream.number(i, 1) & 1
                    i += 1
                }
                let width = flags & 1 == 1 ? 2 : 1
                let piece = min(left, (end - i) / width)
                if piece == 0 { i = end } else { words += records.characters(i, piece, isWide: width == 2) }
                i += piece * width
                left -= piece
            }
            var places: [UInt8] = []
            while extra > 0, advance() {
                let piece = min(extra, end - i)
                guard piece > 0 else { break }
                places += stream[i..<i + min(piece, runBytes - places.count)]
                i += piece
                extra -= piece
            }
            if !places.isEmpty {
                styles.runs[styles.strings.count] = stride(from: 0, to: places.count - 3, by: 4).map {
                    (places.number($0, 2), places.number($0 + 2, 2))
                }
            }
            styles.strings.append(words)
        }
    }
}
