/// The sheets of an Excel workbook before 2007 ([MS-XLS]).
struct OldWorkbookText {
    private let stream: [UInt8]
    private var strings: [String] = []
    /// Of each text with runs, where a run starts and the number of its font, by the number of the text.
    private var runs: [Int: [(start: Int, font: Int)]] = [:]
    /// Whether each font strikes its text.
    private var strikes: [Bool] = []
    /// How each font places its text: raised, lowered or on the line.
    private var positions: [HTMLTag?] = []
    private var formats: [Int: NumberFormat] = [:]
    /// The number of the format of each style of cells.
    private var styles: [Int] = []
    /// The number of the font of each style of cells.
    private var fonts: [Int] = []
    private var epoch1904 = false
    private var sheets: [(name: String, start: Int, isHidden: Bool)] = []

    /// Writes the sheets of the stream "Workbook".
    static func extract(_ stream: [UInt8], limit: Int) throws(Refusal) -> Extracted {
        let book = try OldWorkbookText(stream)
        var extracted = Extracted()
        extracted.isTitledByHeading = false
        for sheet in book.sheets {
            let lines = try book.lines(sheet.start, limit: max(0, limit - extracted.text.count))
            guard !lines.isEmpty else { continue }
            extracted.append(heading: sheet.name + (sheet.isHidden ? " (hidden)" : ""), level: 1)
            extracted.append(paragraph: String(lines.dropLast()))
        }
        return extracted
    }

    private init(_ stream: [UInt8]) throws(Refusal) {
        self.stream = stream
        var i = 0
        while let record = record(at: i) {
            i = record.end
            let data = record.start
            switch record.type {
            case 0x2F: throw .needsPassword
            case 0x0A: return
            case 0x22: epoch1904 = stream.number(data, 2) == 1
            case 0x85:
                let length = Int(stream[min(stream.count - 1, data + 6)])
                let name = text(data + 8, length, isWide: stream.number(data + 7, 1) & 1 == 1)
                if stream.number(data + 5, 1) == 0 {
                    sheets.append((name, stream.number(data, 4), stream.number(data + 4, 1) & 3 != 0))
                }
            case 0x41E:
                let isWide = stream.number(data + 4, 1) & 1 == 1
                formats[stream.number(data, 2)] = NumberFormat(
                    code: text(data + 5, stream.number(data + 2, 2), isWide: isWide))
            case 0x31:
                strikes.append(stream.number(data + 2, 2) & 8 != 0)
                positions.append([1: .sup, 2: .sub][stream.number(data + 8, 2)])
            case 0xE0:
                fonts.append(stream.number(data, 2))
                styles.append(stream.number(data + 2, 2))
            case 0xFC: readStrings(record)
            default: break
            }
        }
    }

    private struct Record {
        let type: Int
        let start: Int
        let end: Int
    }

    private func record(at offset: Int) -> Record? {
        guard offset >= 0, offset + 4 <= stream.count else { return nil }
        let end = offset + 4 + stream.number(offset + 2, 2)
        return end <= stream.count ? Record(type: stream.number(offset, 2), start: offset + 4, end: end) : nil
    }

    private func text(_ start: Int, _ count: Int, isWide: Bool) -> String {
        let end = min(stream.count, start + count * (isWide ? 2 : 1))
        guard start < end else { return "" }
        if !isWide { return String(decoding: stream[start..<end].map { UInt16($0) }, as: UTF16.self) }
        return String(decoding: stride(from: start, to: end - 1, by: 2).map { UInt16(stream.number($0, 2)) }, as: UTF16.self)
    }

    /// Reads the texts that cells share. They go on in the records that follow.
    private mutating func readStrings(_ first: Record) {
        var i = first.start + 8
        var end = first.end
        /// Goes to the next record where this one ends.
        func advance() -> Bool {
            guard i >= end else { return true }
            guard let next = record(at: end), next.type == 0x3C else { return false }
            i = next.start
            end = next.end
            return true
        }
        let count = stream.number(first.start + 4, 4)
        while strings.count < count, advance(), i + 3 <= end {
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
                if piece == 0 { i = end } else { words += text(i, piece, isWide: width == 2) }
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
                runs[strings.count] = stride(from: 0, to: places.count - 3, by: 4).map {
                    (places.number($0, 2), places.number($0 + 2, 2))
                }
            }
            strings.append(words)
        }
    }

    /// The index of a font. No font has the number 4.
    private static func index(font: Int) -> Int { font > 4 ? font - 1 : font }

    private func isStruck(font: Int) -> Bool {
        let index = Self.index(font: font)
        return index < strikes.count && strikes[index]
    }

    private func position(font: Int) -> HTMLTag? {
        let index = Self.index(font: font)
        return index < positions.count ? positions[index] : nil
    }

    private func isStruck(style: Int) -> Bool { style < fonts.count && isStruck(font: fonts[style]) }

    /// A text that cells share, in a cell of a style.
    private func shared(_ number: Int, style: Int) -> String {
        guard number < strings.count else { return "" }
        guard let places = runs[number], strikes.contains(true) || positions.contains(where: { $0 != nil }) else {
            return strings[number]
        }
        let units = Array(strings[number].utf16)
        var text = RunText()
        var start = 0
        var struck: Bool?
        var position: HTMLTag?
        for (next, font) in places + [(units.count, 0)] where next >= start && next <= units.count {
            if next > start { text.add(String(decoding: units[start..<next], as: UTF16.self), position, isStruck: struck) }
            (start, struck, position) = (next, isStruck(font: font), self.position(font: font))
        }
        return text.text(isStruck: isStruck(style: style))
    }

    /// The rows of the sheet that starts at an offset.
    private func lines(_ start: Int, limit: Int) throws(Refusal) -> String {
        var rows: [Int: [Int: String]] = [:]
        var i = start
        var last = (row: 0, column: 0)
        var depth = 0
        var length = 0
        var grid = SheetGrid(limit: limit)
        func put(_ data: Int, _ value: String) {
            last = (stream.number(data, 2), stream.number(data + 2, 2))
            let isStruck = isStruck(style: stream.number(data + 4, 2)) && !value.trimmed.isEmpty && !value.contains("~~")
            rows[last.row, default: [:]][last.column] = isStruck ? "~~\(value.trimmed)~~" : value
            length += value.utf8.count + 3
        }
        while let record = record(at: i) {
            i = record.end
            let data = record.start
            switch record.type {
            case 0x809: depth += 1
            case 0x0A:
                depth -= 1
                if depth <= 0 { i = -1 }
            case 0xFD:
                let index = stream.number(data + 6, 4)
                put(data, shared(index, style: stream.number(data + 4, 2)))
            case 0x204: put(data, text(data + 9, stream.number(data + 6, 2), isWide: stream.number(data + 8, 1) & 1 == 1))
            case 0x203: put(data, shown(double(data + 6), style: stream.number(data + 4, 2)))
            case 0x27E: put(data, shown(Self.compact(stream.number(data + 6, 4)), style: stream.number(data + 4, 2)))
            case 0xBD:
                let row = stream.number(data, 2)
                for (index, place) in stride(from: data + 4, to: record.end - 7, by: 6).enumerated() {
                    let value = shown(Self.compact(stream.number(place + 2, 4)), style: stream.number(place, 2))
                    rows[row, default: [:]][stream.number(data + 2, 2) + index] = value
                    length += value.utf8.count + 3
                }
            case 0x205: if stream.number(data + 7, 1) == 0 { put(data, stream.number(data + 6, 1) == 1 ? "TRUE" : "FALSE") }
            case 0x06:
                // The text of a formula stands in the next record.
                if stream.number(data + 12, 2) == 0xFFFF {
                    put(data, stream.number(data + 6, 1) == 1 ? (stream.number(data + 8, 1) == 1 ? "TRUE" : "FALSE") : "")
                } else {
                    put(data, shown(double(data + 6), style: stream.number(data + 4, 2)))
                }
            case 0x207:
                rows[last.row, default: [:]][last.column] = text(
                    data + 3, stream.number(data, 2), isWide: stream.number(data + 2, 1) & 1 == 1)
            case 0xE5:
                for place in stride(from: data + 2, to: record.end - 7, by: 8) {
                    let (top, left) = (stream.number(place, 2), stream.number(place + 4, 2))
                    grid.merge(
                        row: top, column: left, rows: stream.number(place + 2, 2) - top + 1,
                        columns: stream.number(place + 6, 2) - left + 1)
                }
            default: break
            }
            guard length <= limit else { throw .textTooLong(limit: limit) }
        }
        for (number, cells) in rows.sorted(by: { $0.key < $1.key }) {
            let width = (cells.keys.max() ?? -1) + 1
            try grid.add(row: number, (0..<min(width, 256)).map { cells[$0] ?? "" })
        }
        return grid.lines
    }

    private func double(_ offset: Int) -> Double {
        Double(bitPattern: UInt64(stream.number(offset, 4)) | UInt64(stream.number(offset + 4, 4)) << 32)
    }

    /// A number in 30 bits.
    private static func compact(_ value: Int) -> Double {
        let number =
            value & 2 != 0 ? Double(Int32(truncatingIfNeeded: value) >> 2) : Double(bitPattern: UInt64(value & ~3) << 32)
        return value & 1 != 0 ? number / 100 : number
    }

    private func shown(_ value: Double, style: Int) -> String {
        guard value.isFinite else { return "" }
        let number = style < styles.count ? styles[style] : 0
        let format = formats[number] ?? NumberFormat(builtIn: number)
        return format.text(NumberFormat.shortest(value, nil), epoch1904: epoch1904)
    }
}
