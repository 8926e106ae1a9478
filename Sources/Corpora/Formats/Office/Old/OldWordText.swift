import Algorithms

/// The text of a Word document before 2007 ([MS-DOC]).
enum OldWordText {
    /// Writes the text of the stream "WordDocument".
    static func extract(_ stream: [UInt8], _ file: CompoundFile) throws(Refusal) -> Extracted {
        guard stream.number(0, 2) == 0xA5EC else { throw .containerDamaged("the text") }
        let flags = stream.number(10, 2)
        if flags & 0x100 != 0 { throw .needsPassword }
        guard let table = file[flags & 0x200 != 0 ? "1Table" : "0Table"] else {
            throw .containerDamaged("the table of pieces")
        }
        let pieces = OldWordPieces(stream, table)
        guard !pieces.isEmpty else { throw .containerDamaged("the table of pieces") }
        let paragraphs = OldWordParagraphs(stream, table)
        var writer = Writer()
        // The main text, then footnotes, headers, comments, endnotes and boxes.
        let lengths = [76, 80, 84, 92, 96, 100, 104].map { stream.number($0, 4) }
        var start = 0
        for (kind, length) in lengths.enumerated() {
            let end = min(pieces.count, start + max(0, length))
            if start < end { writer.story(pieces.characters(start..<end), paragraphs, isMain: kind == 0) }
            start = end
        }
        return Extracted(writer.finished())
    }

    /// Writes characters as paragraphs and tables.
    private struct Writer {
        private var markup = MarkupBuilder()
        private var text = ""
        private var cells: [String] = []
        private var rows: [[String]] = []
        /// The fields that are open: whether each one shows its result.
        private var fields: [Bool] = []
        private var noteMarks = 0

        mutating func finished() -> MarkupBuilder {
            endTable()
            return markup
        }

        mutating func story(_ characters: [(unit: UInt16, place: Int)], _ paragraphs: OldWordParagraphs, isMain: Bool) {
            var units: [UInt16] = []
            func flush(_ text: inout String) {
                text += String(decoding: units, as: UTF16.self)
                units = []
            }
            for (unit, place) in characters {
                switch unit {
                case 0x13:
                    flush(&text)
                    fields.append(false)
                case 0x14: if let last = fields.indices.last { fields[last] = true }
                case 0x15: _ = fields.popLast()
                case _ where fields.contains(false): break
                case 13, 12:
                    flush(&text)
                    paragraph(paragraphs.style(at: place), isInTable: paragraphs.isInTable(at: place))
                case 7:
                    flush(&text)
                    if paragraphs.endsRow(at: place) { endRow() } else { endCell() }
                case 11: units.append(10)
                case 9, 0xA0: units.append(32)
                case 0x1E: units.append(0x2D)
                case 2:
                    guard isMain else { continue }
                    noteMarks += 1
                    units += Array("[\(noteMarks)]".utf16)
                case 1, 8: markup.remarks.add(.picture)
                case 0..<32: break
                default: units.append(unit)
                }
            }
            flush(&text)
            paragraph(0, isInTable: false)
            endTable()
        }

        private mutating func paragraph(_ style: Int, isInTable: Bool) {
            if isInTable {
                text += " "
                return
            }
            endTable()
            let words = text
            text = ""
            guard words.contains(where: { !$0.isWhitespace }) else { return }
            // The styles 1 to 9 are the headings of nine levels in every document.
            markup.element((1...9).contains(style) ? MarkupBuilder.heading(style) : .p) { this in
                for (index, line) in words.split(separator: "\n").enumerated() {
                    if index > 0 { this.element(.br) { _ in } }
                    this.text(String(line))
                }
            }
        }

        private mutating func endCell() {
            cells.append(text)
            text = ""
        }

        private mutating func endRow() {
            if !cells.isEmpty { rows.append(cells) }
            cells = []
            text = ""
        }

        private mutating func endTable() {
            if !cells.isEmpty { rows.append(cells) }
            cells = []
            guard !rows.isEmpty else { return }
            let table = rows
            rows = []
            markup.element(.table) { this in
                for (number, row) in table.enumerated() {
                    this.element(.tr) { this in for cell in row { this.element(number == 0 ? .th : .td, cell) } }
                }
            }
        }
    }
}

/// The pieces of the stream in which the text of a Word document stands.
struct OldWordPieces {
    private struct Piece {
        let characters: Range<Int>
        let place: Int
        let isWide: Bool
    }

    private let stream: [UInt8]
    private var pieces: [Piece] = []

    var isEmpty: Bool { pieces.isEmpty }
    /// The number of characters.
    var count: Int { pieces.last?.characters.upperBound ?? 0 }

    init(_ stream: [UInt8], _ table: [UInt8]) {
        self.stream = stream
        var i = stream.number(418, 4)
        let end = min(table.count, i + stream.number(422, 4))
        while i < end, table[i] == 1 { i += 3 + table.number(i + 1, 2) }
        guard i < end, table[i] == 2 else { return }
        let length = min(table.number(i + 1, 4), end - i - 5)
        let count = (length - 4) / 12
        guard count > 0 else { return }
        let starts = i + 5
        for index in 0..<count {
            let first = table.number(starts + 4 * index, 4)
            let last = table.number(starts + 4 * index + 4, 4)
            let value = table.number(starts + 4 * (count + 1) + 8 * index + 2, 4)
            let isWide = value & 0x4000_0000 == 0
            let place = isWide ? value & 0x3FFF_FFFF : (value & 0x3FFF_FFFF) / 2
            guard first == pieces.last?.characters.upperBound ?? 0, last >= first, last - first <= stream.count else {
                return
            }
            pieces.append(Piece(characters: first..<last, place: place, isWide: isWide))
        }
    }

    /// The characters of a range in UTF-16, each with its place in the stream.
    func characters(_ range: Range<Int>) -> [(unit: UInt16, place: Int)] {
        var found: [(unit: UInt16, place: Int)] = []
        for piece in pieces where piece.characters.overlaps(range) {
            for character in piece.characters.clamped(to: range) {
                let offset = character - piece.characters.lowerBound
                let place = piece.place + (piece.isWide ? 2 * offset : offset)
                guard place + (piece.isWide ? 1 : 0) < stream.count else { break }
                let unit = piece.isWide ? UInt16(stream.number(place, 2)) : Self.unit(stream[place])
                found.append((unit, place))
            }
        }
        return found
    }

    /// The character of a byte in windows-1252.
    private static func unit(_ byte: UInt8) -> UInt16 {
        guard (0x80...0x9F).contains(byte) else { return UInt16(byte) }
        return upper[Int(byte) - 0x80]
    }

    private static let upper: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
        0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E,
        0x0178,
    ]
}

/// The styles of the paragraphs of a Word document.
struct OldWordParagraphs {
    private struct Paragraph {
        let end: Int
        let style: Int
        let isInTable: Bool
        let endsRow: Bool
    }

    /// The paragraphs by the places of their ends in the stream.
    private var paragraphs: [Paragraph] = []

    init(_ stream: [UInt8], _ table: [UInt8]) {
        let start = stream.number(258, 4)
        let length = stream.number(262, 4)
        guard length > 8, start + length <= table.count else { return }
        let count = (length - 4) / 8
        for index in 0..<count {
            let page = table.number(start + 4 * (count + 1) + 4 * index, 4) & 0x3F_FFFF
            let base = page * 512
            guard base + 512 <= stream.count else { continue }
            let runs = min(29, Int(stream[base + 511]))
            for run in 0..<runs {
                let end = stream.number(base + 4 * (run + 1), 4)
                let offset = Int(stream[base + 4 * (runs + 1) + 13 * run]) * 2
                paragraphs.append(Self.paragraph(Array(stream[base..<(base + 512)]), offset, end))
            }
        }
        paragraphs.sort { $0.end < $1.end }
    }

    private static func paragraph(_ page: [UInt8], _ offset: Int, _ end: Int) -> Paragraph {
        guard offset > 0, offset + 4 < 512 else { return Paragraph(end: end, style: 0, isInTable: false, endsRow: false) }
        var i = offset
        var length = Int(page[i]) * 2 - 1
        if page[i] == 0 {
            i += 1
            length = Int(page[i]) * 2
        }
        i += 1
        let last = min(512, i + max(0, length))
        let style = page.number(i, 2)
        i += 2
        var isInTable = false
        var endsRow = false
        while i + 2 < last {
            let word = page.number(i, 2)
            let operand = i + 2
            if word == 0x2416 { isInTable = page[operand] != 0 }
            if word == 0x2417 { endsRow = page[operand] != 0 }
            switch word >> 13 {
            case 0, 1: i = operand + 1
            case 2, 4, 5: i = operand + 2
            case 3: i = operand + 4
            case 7: i = operand + 3
            default: i = operand + (word == 0xD608 ? page.number(operand, 2) + 1 : Int(page[operand]) + 1)
            }
        }
        return Paragraph(end: end, style: style, isInTable: isInTable, endsRow: endsRow)
    }

    private func paragraph(at place: Int) -> Paragraph? {
        let i = paragraphs.partitioningIndex { $0.end > place }
        return i < paragraphs.count ? paragraphs[i] : nil
    }

    /// The number of the style of the paragraph at a place in the stream.
    func style(at place: Int) -> Int { paragraph(at: place)?.style ?? 0 }
    func isInTable(at place: Int) -> Bool { paragraph(at: place)?.isInTable ?? false }
    func endsRow(at place: Int) -> Bool { paragraph(at: place)?.endsRow ?? false }
}
