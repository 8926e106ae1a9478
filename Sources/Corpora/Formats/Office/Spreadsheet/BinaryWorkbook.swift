/// The kinds of records that are read ([MS-XLSB], 2.3.2).
private enum Kind {
    static let row = 0
    static let cells = 1...11
    static let compactNumber = 2
    static let truth = 4
    static let number = 5
    static let text = 6
    static let sharedText = 7
    static let textOfFormula = 8
    static let numberOfFormula = 9
    static let truthOfFormula = 10
    /// Those of `cells` from 1 to 7 again, in the same order.
    static let shortCells = 12...18
    static let richCell = 62
    static let string = 19
    static let font = 43
    static let format = 44
    static let style = 47
    static let validation = 64
    static let properties = 153
    static let sheet = 156
    static let merge = 176
    static let edges = 479
    static let styles = 617
    static let endOfStyles = 618
    static let author = 632
    static let comment = 635
    static let commentText = 637
}

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
            case Kind.properties: styles.epoch1904 = record.number(0, 4) & 1 == 1
            case Kind.sheet:
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
            case Kind.row:
                if !cells.isEmpty { try grid.add(row: row, cells) }
                row = record.number(0, 4)
                column = -1
                cells = []
            case Kind.cells, Kind.shortCells, Kind.richCell:
                // Short cells stand right of the cell before, and have no number of a column.
                let isShort = Kind.shortCells ~= record.type
                column = isShort ? column + 1 : record.number(0, 4)
                guard (0..<SheetGrid.mostColumns).contains(column) else { continue }
                let kind = isShort ? record.type - Kind.shortCells.lowerBound + Kind.cells.lowerBound : record.type
                let shown = text(record, kind, isShort ? 0 : 4, styles)
                guard !shown.isEmpty else { continue }
                while cells.count < column { cells.append("") }
                if cells.count == column { cells.append(shown) } else { cells[column] = shown }
            case Kind.merge:
                let (top, left) = (record.number(0, 4), record.number(8, 4))
                grid.merge(
                    row: top, column: left, rows: record.number(4, 4) - top + 1, columns: record.number(12, 4) - left + 1)
            case Kind.edges:
                var place = 2
                for _ in 0..<6 {
                    let (text, next) = record.text(place)
                    grid.addEdge(text)
                    place = next
                }
            case Kind.validation: addValidation(record, &grid)
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
            case Kind.compactNumber: styles.shown(WorkbookStyles.compact(record.bytes, record.start + value), style: style)
            case Kind.truth, Kind.truthOfFormula: record.number(value, 1) == 1 ? "TRUE" : "FALSE"
            case Kind.number, Kind.numberOfFormula:
                styles.shown(WorkbookStyles.double(record.bytes, record.start + value), style: style)
            case Kind.text, Kind.textOfFormula: record.text(value).text
            case Kind.sharedText: styles.shared(record.number(value, 4), style: style)
            case Kind.richCell: record.text(value + 1).text
            // Blank cells, and those with an error.
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
            case Kind.author: authors.append(record.text(0).text)
            case Kind.comment:
                let number = record.number(0, 4)
                author = authors.indices.contains(number) ? authors[number] : ""
                reference = SheetCell.reference(row: record.number(4, 4), column: record.number(12, 4))
            // The comment of a thread says only that Excel is too old.
            case Kind.commentText where !author.hasPrefix("tc="):
                grid.comment(on: reference, by: author, record.text(1).text)
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
            case Kind.font: fonts.append(Font(flags: record.number(2, 2), position: record.number(6, 2)))
            case Kind.format: formats[record.number(0, 2)] = NumberFormat(code: record.text(2).text)
            case Kind.styles, Kind.endOfStyles: isCell = record.type == Kind.styles
            case Kind.style where isCell: cells.append((font: record.number(4, 2), format: record.number(2, 2)))
            default: break
            }
        }
    }

    fileprivate mutating func readStrings(_ part: [UInt8]) {
        for record in BinaryRecords(part) where record.type == Kind.string {
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
