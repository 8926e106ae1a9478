/// One sheet of an Excel workbook before 2007: its cells, and the texts that stand beside them.
struct OldWorkbookSheet {
    private typealias Kind = OldWorkbookRecords.Kind

    private let styles: WorkbookStyles
    private let records: OldWorkbookRecords
    private var stream: [UInt8] { records.stream }
    private(set) var remarks = Remarks()

    private var grid: SheetGrid
    private typealias Rows = [Int: [Int: String]]
    private var rows: Rows = [:]
    /// The cells of each chart, by their row and the number of their series.
    private var charts: [Rows] = []
    private var last = (row: 0, column: 0, style: 0)
    private var length = 0
    /// What the objects that are open describe, from the sheet to a chart in it ([MS-XLS], 2.4.21).
    private var kinds: [Int] = []
    /// The texts of objects that stand on the sheet, in their order.
    private var boxes: [(object: Int, text: String)] = []
    private var object = (kind: 0, number: 0, state: "")
    private var notes: [(row: Int, column: Int, object: Int, author: String)] = []

    /// What the next cells of the chart are: 1 for values, 2 for categories.
    private var role = 0

    /// Whether cells of the sheet hold something.
    var hasCells: Bool { rows.values.contains { $0.values.contains { !$0.isEmpty } } }

    /// Charts of Excel, and those of Microsoft Graph.
    private static let ofCharts: Set = [0x20, 0x80]
    private static let picture = 8
    /// The number of what is no object.
    private static let noObject = -1

    /// Reads the sheet that starts at an offset.
    init(_ book: OldWorkbookText, at start: Int, limit: Int) throws(Refusal) {
        styles = book.styles
        records = book.records
        grid = SheetGrid(limit: limit)
        var i = start
        while let record = records[i] {
            i = record.end
            read(record)
            if record.type == Kind.end, kinds.isEmpty { break }
            guard length <= limit else { throw .textTooLong(limit: limit) }
        }
        addBoxes()
    }

    private mutating func read(_ record: OldWorkbookRecords.Record) {
        switch record.type {
        case Kind.beginning:
            kinds.append(stream.number(record.start + 2, 2))
            if isInChart { charts.append([:]) }
        case Kind.end: _ = kinds.popLast()
        case Kind.chartText where isInChart: addChartText(record)
        case Kind.header, Kind.footer: addEdge(record)
        case Kind.object: readObject(record)
        case Kind.boxText: addBox(record)
        case _ where isInChart: addPoint(record)
        case Kind.note: addNote(record)
        case Kind.validation: addValidation(record)
        case Kind.merge: merge(record)
        default: readCell(record)
        }
    }

    /// Adds the comments and the other texts of objects to the grid.
    private mutating func addBoxes() {
        var texts: [Int: String] = [:]
        for box in boxes where box.object != Self.noObject { texts[box.object, default: ""] += box.text + " " }
        for note in notes {
            let reference = SheetCell.reference(row: note.row, column: note.column)
            grid.comment(on: reference, by: note.author, texts.removeValue(forKey: note.object) ?? "")
        }
        let noted = Set(notes.map(\.object))
        for box in boxes where !noted.contains(box.object) {
            for line in box.text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
                grid.addDrawn(String(line).trimmed)
            }
        }
    }

    /// The rows of the sheet, with the texts that stand beside them.
    ///
    /// - Parameter keepsCharts: whether the cells of its charts stand below its own, a row for each point.
    func lines(keepsCharts: Bool, limit: Int) throws(Refusal) -> String {
        var grid = grid
        grid.limit = limit
        var next = 0
        for rows in [rows] + (keepsCharts ? charts : []) {
            let first = next
            for (number, cells) in rows.sorted(by: { $0.key < $1.key }) {
                let width = (cells.keys.max() ?? -1) + 1
                try grid.add(row: first + number, (0..<min(width, 256)).map { cells[$0] ?? "" })
                next = first + number + 1
            }
        }
        return grid.lines
    }

    // MARK: Cells

    private mutating func readCell(_ record: OldWorkbookRecords.Record) {
        let data = record.start
        let style = stream.number(data + 4, 2)
        switch record.type {
        case Kind.sharedText: put(data, styles.shared(stream.number(data + 6, 4), style: style))
        case Kind.label, Kind.richLabel: put(data, records.text(data + 6, until: record.end, lengthBytes: 2))
        case Kind.number: put(data, styles.shown(WorkbookStyles.double(stream, data + 6), style: style))
        case Kind.compactNumber: put(data, styles.shown(WorkbookStyles.compact(stream, data + 6), style: style))
        case Kind.compactNumbers:
            for (index, place) in stride(from: data + 4, to: record.end - 7, by: 6).enumerated() {
                let value = styles.shown(WorkbookStyles.compact(stream, place + 2), style: stream.number(place, 2))
                put(stream.number(data, 2), stream.number(data + 2, 2) + index, value, style: stream.number(place, 2))
            }
        case Kind.truth: if stream.number(data + 7, 1) == 0 { put(data, truth(data + 6)) }
        case Kind.formula:
            // The text of a formula stands in the next record.
            if stream.number(data + 12, 2) == 0xFFFF {
                put(data, stream.number(data + 6, 1) == 1 ? truth(data + 8) : "")
            } else {
                put(data, styles.shown(WorkbookStyles.double(stream, data + 6), style: style))
            }
        case Kind.textOfFormula: put(last.row, last.column, records.longText(record), style: last.style)
        default: break
        }
    }

    private func truth(_ place: Int) -> String { stream.number(place, 1) == 1 ? "TRUE" : "FALSE" }

    private mutating func put(_ data: Int, _ value: String) {
        put(stream.number(data, 2), stream.number(data + 2, 2), value, style: stream.number(data + 4, 2))
    }

    private mutating func put(_ row: Int, _ column: Int, _ value: String, style: Int) {
        last = (row, column, style)
        rows[row, default: [:]][column] = styles.marked(value, style: style)
        length += value.utf8.count + 3
    }

    private mutating func merge(_ record: OldWorkbookRecords.Record) {
        for place in stride(from: record.start + 2, to: record.end - 7, by: 8) {
            let (top, left) = (stream.number(place, 2), stream.number(place + 4, 2))
            grid.merge(
                row: top, column: left, rows: stream.number(place + 2, 2) - top + 1,
                columns: stream.number(place + 6, 2) - left + 1)
        }
    }

    // MARK: Charts

    private var isInChart: Bool { kinds.last.map { Self.ofCharts.contains($0) } ?? false }

    /// Reads a cell of a chart: a point of a series, or the category of a point ([MS-XLS], 2.4.255).
    private mutating func addPoint(_ record: OldWorkbookRecords.Record) {
        let data = record.start
        let value: String
        switch record.type {
        case Kind.chartRole:
            role = stream.number(data, 2)
            return
        case Kind.number: value = NumberFormat.shortest(WorkbookStyles.double(stream, data + 6), nil)
        case Kind.label: value = records.text(data + 6, until: record.end, lengthBytes: 2)
        default: return
        }
        let (row, series) = (stream.number(data, 2), stream.number(data + 2, 2))
        // The series share their categories.
        let column = role == 1 ? series + 1 : 0
        guard role == 1 || role == 2, let chart = charts.indices.last, charts[chart][row]?[column] == nil else { return }
        charts[chart][row, default: [:]][column] = value
        length += value.utf8.count + 3
    }

    // MARK: Texts beside the cells

    private mutating func addChartText(_ record: OldWorkbookRecords.Record) {
        let words = records.text(record.start + 2, until: record.end, lengthBytes: 1).trimmed
        length += words.utf8.count
        if !words.isEmpty { boxes.append((Self.noObject, words)) }
    }

    private mutating func addEdge(_ record: OldWorkbookRecords.Record) {
        guard record.end > record.start else { return }
        grid.addEdge(records.text(record.start, until: record.end, lengthBytes: records.isOfBytes ? 1 : 2))
    }

    /// Reads what kind of object the next text belongs to, and the state of a box.
    private mutating func readObject(_ record: OldWorkbookRecords.Record) {
        object = (0, Self.noObject, "")
        if records.isOfBytes {
            // The text of a box stands in the record of the object, which is not read.
            if stream.number(record.start + 4, 2) == 6 { remarks.add(.object("text boxes")) }
            return
        }
        var i = record.start
        while i + 4 <= record.end {
            switch stream.number(i, 2) {
            // What all objects have.
            case 0x15:
                object = (stream.number(i + 4, 2), stream.number(i + 6, 2), "")
                if object.kind == Self.picture { remarks.add(.picture) }
            // The state of a box to tick, or of one of several to choose.
            case 0x12 where [0x0B, 0x0C].contains(object.kind):
                object.state = stream.number(i + 4, 2) == 1 ? "[x] " : "[ ] "
            case 0x00: return
            default: break
            }
            i += 4 + stream.number(i + 2, 2)
        }
    }

    /// Reads the text of an object, which stands in the records that follow.
    private mutating func addBox(_ record: OldWorkbookRecords.Record) {
        let text = records.characters(continuedAt: record.end, count: stream.number(record.start + 10, 2))
        length += text.utf8.count
        if !text.trimmed.isEmpty { boxes.append((object.number, object.state + text.trimmed)) }
    }

    private mutating func addNote(_ record: OldWorkbookRecords.Record) {
        let data = record.start
        let (row, column) = (stream.number(data, 2), stream.number(data + 2, 2))
        if !records.isOfBytes {
            let author = records.text(data + 8, until: record.end, lengthBytes: 2)
            return notes.append((row, column, stream.number(data + 6, 2), author))
        }
        // The text itself, which goes on in notes without a row.
        let text = records.text(data + 4, until: record.end, lengthBytes: 2)
        length += text.utf8.count
        if row == 0xFFFF, let before = boxes.indices.last {
            boxes[before].text += text
        } else {
            notes.append((row, column, -2 - notes.count, ""))
            boxes.append((-1 - notes.count, text))
        }
    }

    /// Reads what Excel shows beside cells that are being filled in.
    private mutating func addValidation(_ record: OldWorkbookRecords.Record) {
        var place = record.start + 4
        var texts: [String] = []
        for _ in 0..<4 {
            let (text, end) = records.textAndEnd(place, until: record.end, 2)
            // A character of zero stands for no text.
            texts.append(text == "\0" ? "" : text)
            place = end
        }
        // Two formulas, and then the ranges of cells.
        for _ in 0..<2 { place += 4 + stream.number(place, 2) }
        guard place + 10 <= record.end else { return }
        let reference = SheetCell.reference(row: stream.number(place + 2, 2), column: stream.number(place + 6, 2))
        length += texts[0].utf8.count + texts[2].utf8.count
        grid.addPrompt(on: reference, texts[0], texts[2])
    }
}
