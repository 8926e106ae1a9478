/// Lists of properties of Word documents before 2007 ([MS-DOC], 2.2.5): a number and an operand, one after the other.
enum OldWordProperties {
    /// Calls `body` with the number of each property in a range of bytes, and the place of its operand.
    static func each(_ bytes: [UInt8], _ range: Range<Int>, _ body: (_ number: Int, _ operand: Int) -> Void) {
        let end = min(range.upperBound, bytes.count)
        var i = max(0, range.lowerBound)
        while i + 2 < end {
            let number = bytes.number(i, 2)
            i += 2
            body(number, i)
            switch number >> 13 {
            case 0, 1: i += 1
            case 2, 4, 5: i += 2
            case 3: i += 4
            case 7: i += 3
            default: i += length(number, bytes, i)
            }
        }
    }

    /// The length of an operand that states it.
    private static func length(_ number: Int, _ bytes: [UInt8], _ i: Int) -> Int {
        if number == 0xD608 { return bytes.number(i, 2) + 1 }
        let length = bytes.number(i, 1)
        guard number == 0xC615, length == 255 else { return length + 1 }
        let deleted = bytes.number(i + 1, 1)
        return 3 + 4 * deleted + 3 * bytes.number(i + 2 + 4 * deleted, 1)
    }

    /// A list that stands in another stream: its length, then its properties.
    static func range(_ bytes: [UInt8], at place: Int) -> Range<Int> {
        place < bytes.count ? place + 2..<place + 2 + bytes.number(place, 2) : 0..<0
    }
}

/// What a list of properties says about characters.
struct OldWordCharacters {
    /// A switch that a style may turn.
    enum Switch: Int {
        case off = 0, on, asStyle = 0x80, otherThanStyle

        func isOn(_ style: Bool) -> Bool {
            switch self {
            case .off: false
            case .on: true
            case .asStyle: style
            case .otherThanStyle: !style
            }
        }
    }

    /// The style of the characters.
    var style: Int?
    /// The switches for one line and for two, by the numbers of their properties.
    private var strikes: [Int: Switch] = [:]
    private var vanishes: Switch?
    /// Whether a change that is recorded deletes the characters.
    private(set) var isDeleted = false
    private var script: WordStyles.Position?
    private var shift: WordStyles.Position?
    /// The number of the font.
    private(set) var font: Int?
    /// The character of a font of symbols that stands in place of "(".
    private(set) var symbol: Int?
    /// Whether the characters are marks, such as that of a note.
    private(set) var isSpecial = false
    /// The place of data about the character.
    private(set) var data: Int?

    var position: WordStyles.Position? { script ?? shift }

    /// Whether the characters are struck through, where their style is or is not. Nil when the properties do not say.
    func isStruck(_ style: Bool) -> Bool? { strikes.isEmpty ? nil : strikes.values.contains { $0.isOn(style) } }
    func isHidden(_ style: Bool) -> Bool? { vanishes?.isOn(style) }

    init() {}

    init(_ bytes: [UInt8], _ range: Range<Int>) { apply(bytes, range) }

    mutating func apply(_ bytes: [UInt8], _ range: Range<Int>) {
        var new = self
        OldWordProperties.each(bytes, range) { number, operand in
            let value = bytes.number(operand, 1)
            switch number {
            case 0x0800: new.isDeleted = value != 0
            case 0x0837, 0x2A53: if let state = Switch(rawValue: value) { new.strikes[number] = state }
            case 0x083C: new.vanishes = Switch(rawValue: value)
            case 0x0855: new.isSpecial = value != 0
            case 0x2A48: new.script = value == 1 ? .raised : value == 2 ? .lowered : .onLine
            case 0x4845:
                // Half points. Less than two points are for looks.
                let points = Int(Int16(truncatingIfNeeded: bytes.number(operand, 2)))
                new.shift = points >= 4 ? .raised : points <= -4 ? .lowered : .onLine
            case 0x4A30: new.style = bytes.number(operand, 2)
            case 0x4A4F, 0x4A51: new.font = bytes.number(operand, 2)
            case 0x6A03: new.data = bytes.number(operand, 4)
            case 0x6A09:
                new.font = bytes.number(operand, 2)
                new.symbol = bytes.number(operand + 2, 2)
            default: break
            }
        }
        self = new
    }
}

/// What a list of properties says about a paragraph.
struct OldWordParagraph {
    var style = 0
    /// The list, and the level in it, counted from 0.
    private(set) var list: Int?
    private(set) var level: Int?
    /// The level of the outline, counted from 0; 9 for text.
    private(set) var outline: Int?
    /// How many tables the paragraph stands in.
    var tables: Int { max(depth, isInTable || endsRow ? 1 : 0) }
    private var isInTable = false
    private var depth = 0
    private(set) var endsRow = false
    private(set) var endsInnerCell = false
    private(set) var endsInnerRow = false
    /// What the end of a row says of its cells.
    private(set) var row: OldWordRow?
    /// The place of a long list of properties in the stream "Data".
    private(set) var more: Int?

    init() {}

    mutating func apply(_ bytes: [UInt8], _ range: Range<Int>) {
        var new = self
        new.more = nil
        OldWordProperties.each(bytes, range) { number, operand in
            let value = bytes.number(operand, 1)
            switch number {
            case 0x2416: new.isInTable = value != 0
            case 0x2417: new.endsRow = value != 0
            case 0x244B: new.endsInnerCell = value != 0
            case 0x244C: new.endsInnerRow = value != 0
            case 0x260A: new.level = value
            case 0x2640: new.outline = value
            case 0x4600: new.style = bytes.number(operand, 2)
            case 0x460B: new.list = bytes.number(operand, 2)
            case 0x6649: new.depth = min(20, bytes.number(operand, 4))
            case 0x6646, 0x646B: new.more = bytes.number(operand, 4)
            case 0xD608: new.row = OldWordRow(bytes, operand)
            case 0xD62B: new.row?.merge(cell: bytes.number(operand + 1, 1), down: bytes.number(operand + 2, 1))
            case 0x5624: new.row?.merge(cells: value, bytes.number(operand + 1, 1))
            default: break
            }
        }
        self = new
    }
}

/// What the end of a row says of its cells.
struct OldWordRow {
    /// The edges of the cells, in twentieths of a point.
    private(set) var edges: [Int]
    /// Which cells are part of the cell at the left, and which of the cell above.
    private(set) var continuesLeft: [Bool]
    private(set) var continuesAbove: [Bool]

    var cells: Int { continuesLeft.count }

    init(_ bytes: [UInt8], _ operand: Int) {
        let count = min(CellSpan.mostColumns, bytes.number(operand + 2, 1))
        edges = (0...count).map { Int(Int16(truncatingIfNeeded: bytes.number(operand + 3 + 2 * $0, 2))) }
        let end = operand + 1 + bytes.number(operand, 2)
        let flags = (0..<count).map { index in
            let place = operand + 3 + 2 * (count + 1) + 20 * index
            return place + 2 <= end ? bytes.number(place, 2) : 0
        }
        continuesLeft = flags.map { $0 & 2 != 0 }
        continuesAbove = flags.map { $0 >> 5 & 3 == 1 }
    }

    mutating func merge(cell: Int, down flags: Int) {
        if continuesAbove.indices.contains(cell) { continuesAbove[cell] = flags & 3 == 1 }
    }

    mutating func merge(cells first: Int, _ end: Int) {
        for cell in first + 1..<max(first + 1, min(end, cells)) { continuesLeft[cell] = true }
    }
}
