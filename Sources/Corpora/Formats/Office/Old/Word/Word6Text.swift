import Bytes

/// The text of a document of Word 6 or 95, whose characters are bytes in an encoding.
///
/// The paragraphs and the cells of tables are read, and notes, headers and boxes after them; the properties of characters and
/// paragraphs are not.
enum Word6Text {
    /// Writes the text of the stream "WordDocument".
    static func extract(_ stream: [UInt8]) throws(Refusal) -> Extracted {
        let flags = stream.number(10, 2)
        if flags & 0x100 != 0 { throw .needsPassword }
        let bytes = flags & 4 != 0 ? pieces(stream) : Array(stream.slice(stream.number(24, 4), until: stream.number(28, 4)))
        guard !bytes.isEmpty else { throw .containerDamaged("the text") }
        // A document in another language than that of its program has the letters of that language.
        let stated = stream.number(20, 2) == 256 ? .macRoman : encoding(language: stream.number(6, 2))
        let encoding = stated.believed(of: bytes)
        let decoding = TextDecoding(bytes.map { $0 == 0 ? 32 : $0 }, as: encoding, maxRepairs: bytes.count)
        guard let decoding else { throw .containerDamaged("the text") }
        var writer = Writer()
        if flags & 4 != 0, bytes.count < stream.number(52, 4) {
            writer.markup.remarks.add(.damaged("the table of pieces"))
        }
        writer.write(String(decoding: decoding.text, as: UTF8.self))
        writer.markup.closeLists()
        return Extracted(writer.markup)
    }

    /// The text of a document that was saved quickly: a table says where its pieces stand.
    private static func pieces(_ stream: [UInt8]) -> [UInt8] {
        var i = stream.number(352, 4)
        let end = min(stream.count, i + stream.number(356, 4))
        while i < end, stream[i] == 1 { i += 3 + stream.number(i + 1, 2) }
        guard i < end, stream[i] == 2 else { return [] }
        let count = (min(stream.number(i + 1, 4), end - i - 5) - 4) / 12
        var text: [UInt8] = []
        for index in 0..<max(0, count) {
            let length = stream.number(i + 9 + 4 * index, 4) - stream.number(i + 5 + 4 * index, 4)
            let place = stream.number(i + 5 + 4 * (count + 1) + 8 * index + 2, 4)
            guard length >= 0, text.count + length <= stream.count else { return text }
            text += stream.slice(place, until: place + length)
        }
        return text
    }

    /// The encoding of the language in which the program ran.
    private static func encoding(language: Int) -> TextEncoding {
        if language == 0xC1A { return .windows1251 }
        return switch language & 0x3FF {
        case 0x02, 0x19, 0x22, 0x23, 0x2F: .windows1251
        case 0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x1C, 0x24: .windows1250
        case 0x08: .windows1253
        case 0x1F: .windows1254
        case 0x0D: .windows1255
        case 0x01, 0x20, 0x29: .windows1256
        case 0x25, 0x26, 0x27: .windows1257
        case 0x11: .shiftJIS
        case 0x12: .korean
        case 0x04: [0x404, 0xC04, 0x1404].contains(language) ? .big5HongKong : .gb18030
        case 0x1E: .thai
        case 0x2A: .windows1258
        default: .windows1252
        }
    }

    /// Writes paragraphs and tables as markup.
    private struct Writer {
        var markup = MarkupBuilder()
        private var paragraph = ""
        /// The cells of a table so far, each with its paragraphs.
        private var cells: [[String]] = []
        private var cell: [String] = []
        /// The number of fields that are open, and which of them has an instruction: what stands before the result of the field, with
        /// all fields inside it.
        private var fields = 0
        private var instruction: Int?
        /// A longer table is written as several ones.
        private static let mostCells = 2000

        mutating func write(_ text: String) {
            for scalar in text.unicodeScalars {
                switch scalar.value {
                case 0x13:
                    fields += 1
                    instruction = instruction ?? fields
                case 0x14: if instruction == fields { instruction = nil }
                case 0x15:
                    if instruction == fields { instruction = nil }
                    fields = max(0, fields - 1)
                // Ends of lines that are all alike are decoded as line feeds.
                case 10, 12, 13, 14: endParagraph()
                case 7: endCell()
                case _ where instruction != nil: break
                case 9, 11: paragraph += scalar.value == 9 ? "\t" : "\n"
                case 0x1E: paragraph += "-"
                case 0x1F: break
                case 0..<32: break
                default: paragraph.unicodeScalars.append(scalar)
                }
            }
            endParagraph()
            endTable()
        }

        /// An instruction ends with its paragraph or cell.
        private mutating func endFields() { (fields, instruction) = (0, nil) }

        private mutating func endParagraph() {
            endFields()
            defer { paragraph = "" }
            // A paragraph right behind cells may be the first one of the next cell.
            guard cells.isEmpty else {
                cell.append(paragraph)
                return
            }
            add(paragraph)
        }

        private mutating func endCell() {
            endFields()
            // Paragraphs between whole rows stand between two tables.
            if !cell.isEmpty || cells.count >= Self.mostCells, width != nil { endTable() }
            if cells.count >= 2 * Self.mostCells { endTable() }
            cells.append(cell + [paragraph])
            (cell, paragraph) = ([], "")
        }

        private mutating func add(_ text: String) {
            guard !text.allSatisfy(\.isWhitespace) else { return }
            let depth = markup.depth
            markup.start(.p)
            markup.lines(text)
            markup.end(downTo: depth)
        }

        /// Writes the cells so far and the paragraphs behind them.
        private mutating func endTable() {
            let rest = cell
            defer { (cells, cell) = ([], []) }
            if let width {
                let depth = markup.depth
                markup.start(.table)
                for first in stride(from: 0, to: cells.count, by: width + 1) {
                    markup.start(.tr)
                    for cell in cells[first..<first + width] {
                        let depth = markup.depth
                        markup.startCell(isHeader: first == 0)
                        for text in cell { add(text) }
                        markup.end(downTo: depth)
                    }
                    markup.end()
                }
                markup.end(downTo: depth)
            } else {
                for text in cells.joined() { add(text) }
            }
            for text in rest { add(text) }
        }

        /// The number of columns. A mark of its own, which stands behind no text, ends each row. Nil where no number fits.
        private var width: Int? {
            guard cells.last?.allSatisfy(\.isEmpty) == true else { return nil }
            let isEmpty = cells.map { $0.allSatisfy(\.isEmpty) }
            return (1..<min(64, isEmpty.count)).first { width in
                isEmpty.count % (width + 1) == 0
                    && stride(from: width, to: isEmpty.count, by: width + 1).allSatisfy { isEmpty[$0] }
            }
        }
    }
}

extension [UInt8] {
    /// The bytes from a place to another one, those that there are.
    fileprivate func slice(_ start: Int, until end: Int) -> ArraySlice<UInt8> {
        start < end ? self[(start..<end).clamped(to: 0..<count)] : []
    }
}
