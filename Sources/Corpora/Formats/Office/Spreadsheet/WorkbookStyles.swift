/// What the sheets of a binary workbook share: texts, fonts and formats of cells, and the first day.
struct WorkbookStyles {
    struct Font {
        var isStruck = false
        /// How the font places its text: raised, lowered or on the line.
        var position: HTMLTag?

        init() {}

        /// - Parameters:
        ///   - flags: the bits of a record of a font.
        ///   - position: 1 for raised text, 2 for lowered one.
        init(flags: Int, position: Int) {
            isStruck = flags & 8 != 0
            self.position = [1: .sup, 2: .sub][position]
        }
    }

    /// The texts that cells share.
    var strings: [String] = []
    /// Of each text with runs, where a run starts in UTF-16 and the number of its font, by the number of the text.
    var runs: [Int: [(start: Int, font: Int)]] = [:]
    var fonts: [Font] = [] {
        didSet { if let font = fonts.last, font.isStruck || font.position != nil { marksText = true } }
    }
    /// Whether some font strikes or moves its text.
    private var marksText = false
    /// The formats of the workbook's own, by their numbers.
    var formats: [Int: NumberFormat] = [:]
    /// The numbers of the font and of the format of each style of cells.
    var cells: [(font: Int, format: Int)] = []
    var epoch1904 = false

    private func font(_ number: Int) -> Font { fonts.indices.contains(number) ? fonts[number] : Font() }

    /// Whether a style of cells strikes its text.
    func isStruck(style: Int) -> Bool { cells.indices.contains(style) && font(cells[style].font).isStruck }

    /// A text that cells share, in a cell of a style.
    func shared(_ number: Int, style: Int) -> String {
        guard strings.indices.contains(number) else { return "" }
        guard marksText, let places = runs[number] else {
            return strings[number]
        }
        let units = Array(strings[number].utf16)
        var text = RunText()
        var start = 0
        var struck: Bool?
        var position: HTMLTag?
        for (next, number) in places + [(units.count, 0)] where next >= start && next <= units.count {
            if next > start { text.add(String(decoding: units[start..<next], as: UTF16.self), position, isStruck: struck) }
            let font = font(number)
            (start, struck, position) = (next, font.isStruck, font.position)
        }
        return text.text(isStruck: isStruck(style: style))
    }

    /// A number as a cell of a style shows it.
    func shown(_ value: Double, style: Int) -> String {
        guard value.isFinite else { return "" }
        let number = cells.indices.contains(style) ? cells[style].format : 0
        let format = formats[number] ?? NumberFormat(builtIn: number)
        return format.text(NumberFormat.shortest(value, nil), epoch1904: epoch1904)
    }

    /// A text of a cell, struck where the style of the cell says so.
    func marked(_ text: String, style: Int) -> String {
        isStruck(style: style) && !text.trimmed.isEmpty && !text.contains("~~") ? "~~\(text.trimmed)~~" : text
    }

    /// The number in 30 bits that stands at a place.
    static func compact(_ bytes: [UInt8], _ place: Int) -> Double {
        let value = bytes.number(place, 4)
        let number =
            value & 2 != 0 ? Double(Int32(truncatingIfNeeded: value) >> 2) : Double(bitPattern: UInt64(value & ~3) << 32)
        return value & 1 != 0 ? number / 100 : number
    }

    /// The number in 64 bits that stands at a place.
    static func double(_ bytes: [UInt8], _ place: Int) -> Double {
        Double(bitPattern: UInt64(bytes.number(place, 4)) | UInt64(bytes.number(place + 4, 4)) << 32)
    }
}
