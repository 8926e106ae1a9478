/// A workbook of Excel whose parts are records in place of XML ([MS-XLSB]).
struct BinaryWorkbook {
    /// Whether a part of a package is read here: those of printers, macros and embedded files are not.
    static func isPart(_ name: String) -> Bool {
        guard name.hasPrefix("xl/"), name.hasSuffix(".bin") else { return false }
        return !["printerSettings", "vbaProject", "/embeddings/", "/activeX/", "/media/"].contains { name.contains($0) }
    }

    static func read(_ package: OfficePackage, limits: ExtractionLimits) throws(Refusal) -> Document {
        var package = package
        guard let book = package.bytes(package.main) else { throw .containerDamaged(package.main) }
        var styles = WorkbookStyles()
        var sheets: [(name: String, relationship: String, isHidden: Bool)] = []
        for record in BinaryRecords(book) {
            switch record.type {
            case 153: styles.epoch1904 = record.number(0, 4) & 1 == 1
            case 156:
                let (relationship, next) = record.text(8)
                sheets.append((record.text(next).text, relationship, record.number(0, 4) != 0))
            default: break
            }
        }
        if let part = package.target("styles", of: package.main).flatMap({ package.bytes($0) }) { styles.read(part) }
        if let part = package.target("sharedStrings", of: package.main).flatMap({ package.bytes($0) }) {
            styles.readStrings(part)
        }
        var extracted = Extracted()
        let relationships = package.relationships(of: package.main)
        var read: Set<String> = []
        for sheet in sheets where read.insert(sheet.relationship).inserted {
            guard let target = relationships[sheet.relationship]?.target else { continue }
            let limit = max(0, limits.textBytes - extracted.text.count)
            let lines = try lines(target, styles, &package, limit: limit)
            extracted.append(sheet: sheet.name, isHidden: sheet.isHidden, lines: lines)
        }
        extracted.title = package.title()
        extracted.isTitledByHeading = false
        extracted.remarks.add(package.remarks)
        return try extracted.document(.workbook)
    }

    /// The rows of a sheet as lines, with its comments and the texts of its drawings.
    private static func lines(
        _ path: String, _ styles: WorkbookStyles, _ package: inout OfficePackage, limit: Int
    ) throws(Refusal) -> String {
        var grid = SheetGrid(limit: limit)
        let people = Workbook.people(&package)
        if let bytes = package.bytes(path) { try rows(BinaryRecords(bytes), styles, &grid) }
        var boxes: [String: (state: String, name: String)] = [:]
        let relationships = package.relationships(of: path).values.sorted { $0.target < $1.target }
        for relationship in relationships where !relationship.isOutside {
            switch relationship.kind {
            case "comments": if let part = package.bytes(relationship.target) { comments(BinaryRecords(part), &grid) }
            case "threadedComment": if let part = package.xml(relationship.target) { Workbook.threads(part, people, &grid) }
            case "drawing": Workbook.drawing(relationship.target, &boxes, &package, &grid)
            default: break
            }
        }
        return grid.lines
    }

    private static func rows(
        _ records: BinaryRecords, _ styles: WorkbookStyles, _ grid: inout SheetGrid
    ) throws(Refusal) {
        var row = -1
        var column = -1
        var cells: [String] = []
        for record in records {
            switch record.type {
            case 0:
                if !cells.isEmpty { try grid.add(row: row, cells) }
                row = record.number(0, 4)
                column = -1
                cells = []
            // Cells from 12 on stand right of the cell before, and have no number of a column.
            case 1...18, 62:
                let isShort = (12...18).contains(record.type)
                column = isShort ? column + 1 : record.number(0, 4)
                guard (0..<SheetGrid.mostColumns).contains(column) else { continue }
                let shown = text(record, isShort ? record.type - 11 : record.type, isShort ? 0 : 4, styles)
                guard !shown.isEmpty else { continue }
                while cells.count < column { cells.append("") }
                if cells.count == column { cells.append(shown) } else { cells[column] = shown }
            case 176:
                let (top, left) = (record.number(0, 4), record.number(8, 4))
                grid.merge(
                    row: top, column: left, rows: record.number(4, 4) - top + 1, columns: record.number(12, 4) - left + 1)
            case 479:
                var place = 2
                for _ in 0..<6 {
                    let (text, next) = record.text(place)
                    grid.addEdge(text)
                    place = next
                }
            case 64: addValidation(record, &grid)
            default: break
            }
        }
        if !cells.isEmpty { try grid.add(row: row, cells) }
    }

    /// The text of a cell of a kind, whose style stands at a place.
    private static func text(
        _ record: BinaryRecords.Record, _ kind: Int, _ place: Int, _ styles: WorkbookStyles
    ) -> String {
        let style = record.number(place, 3)
        let value = place + 4
        let text =
            switch kind {
            case 2: styles.shown(WorkbookStyles.compact(record.bytes, record.start + value), style: style)
            case 4, 10: record.number(value, 1) == 1 ? "TRUE" : "FALSE"
            case 5, 9: styles.shown(WorkbookStyles.double(record.bytes, record.start + value), style: style)
            case 6, 8: record.text(value).text
            case 7: styles.shared(record.number(value, 4), style: style)
            case 62: record.text(value + 1).text
            default: ""
            }
        return styles.marked(text, style: style)
    }

    /// Adds what Excel shows beside cells that are being filled in.
    private static func addValidation(_ record: BinaryRecords.Record, _ grid: inout SheetGrid) {
        var place = 8 + 16 * min(record.number(4, 4), (record.end - record.start) / 16)
        var texts: [String] = []
        for _ in 0..<4 {
            let (text, next) = record.text(place)
            texts.append(text)
            place = next
        }
        // The texts of an error stand before those of the prompt.
        grid.addPrompt(on: SheetCell.reference(row: record.number(8, 4), column: record.number(16, 4)), texts[2], texts[3])
    }

    private static func comments(_ records: BinaryRecords, _ grid: inout SheetGrid) {
        var authors: [String] = []
        var author = ""
        var reference = ""
        for record in records {
            switch record.type {
            case 632: authors.append(record.text(0).text)
            case 635:
                let number = record.number(0, 4)
                author = authors.indices.contains(number) ? authors[number] : ""
                reference = SheetCell.reference(row: record.number(4, 4), column: record.number(12, 4))
            // The comment of a thread says only that Excel is too old.
            case 637 where !author.hasPrefix("tc="): grid.comment(on: reference, by: author, record.text(1).text)
            default: break
            }
        }
    }
}

extension WorkbookStyles {
    /// Reads the fonts and formats of cells.
    fileprivate mutating func read(_ part: [UInt8]) {
        var isCell = false
        for record in BinaryRecords(part) {
            switch record.type {
            case 43: fonts.append(Font(flags: record.number(2, 2), position: record.number(6, 2)))
            case 44: formats[record.number(0, 2)] = NumberFormat(code: record.text(2).text)
            case 617, 618: isCell = record.type == 617
            case 47 where isCell: cells.append((font: record.number(4, 2), format: record.number(2, 2)))
            default: break
            }
        }
    }

    fileprivate mutating func readStrings(_ part: [UInt8]) {
        for record in BinaryRecords(part) where record.type == 19 {
            let (text, next) = record.text(1)
            if record.number(0, 1) & 1 == 1 {
                runs[strings.count] = (0..<min(record.number(next, 4), (record.end - record.start) / 4)).map {
                    (record.number(next + 4 + 4 * $0, 2), record.number(next + 6 + 4 * $0, 2))
                }
            }
            strings.append(text)
        }
    }
}

/// The records of a part of a binary workbook.
struct BinaryRecords: Sequence {
    struct Record {
        let type: Int
        let bytes: [UInt8]
        let start: Int
        let end: Int

        /// The number of `count` bytes at a place in the record. 0 beyond the end.
        func number(_ place: Int, _ count: Int) -> Int {
            start + place + count <= end ? bytes.number(start + place, count) : 0
        }

        /// The text that states its length at a place in the record, and the place after it.
        func text(_ place: Int) -> (text: String, next: Int) {
            let count = number(place, 4)
            // This length stands for no text.
            guard count > 0, count != 0xFFFF_FFFF else { return ("", place + 4) }
            let first = start + place + 4
            return (bytes.utf16(first, until: Swift.min(end, first + 2 * count)), place + 4 + 2 * count)
        }
    }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func makeIterator() -> AnyIterator<Record> {
        var place = 0
        /// The number at the place in seven bits a byte, of at most `longest` bytes. Nil beyond the end.
        func number(_ longest: Int) -> Int? {
            var value = 0
            for index in 0..<longest {
                guard place < bytes.count else { return nil }
                let byte = Int(bytes[place])
                place += 1
                value |= (byte & 0x7F) << (7 * index)
                if byte & 0x80 == 0 { break }
            }
            return value
        }
        return AnyIterator {
            guard let type = number(2), let length = number(4), place + length <= bytes.count else { return nil }
            defer { place += length }
            return Record(type: type, bytes: bytes, start: place, end: place + length)
        }
    }
}
