import Bytes

/// Turns the groups and control words of rich text into markup.
struct RichTextParser {
    var markup = MarkupBuilder()
    var title: String?

    private let bytes: [UInt8]
    var i = 0
    var group = Group()
    var outer: [Group] = []
    /// The encodings of fonts, by their numbers.
    var fonts: [Int: TextEncoding] = [:]
    /// The font of text that names none.
    var usualFont: Int?
    /// The names of fonts of symbols, by their numbers.
    var symbolFonts: [Int: String] = [:]
    /// The levels of headings, by the numbers of styles.
    var levels: [Int: Int] = [:]
    var codePage = TextEncoding.windows1252
    /// Bytes in the encoding of the font that still have to be decoded.
    var pending: [UInt8] = []
    var pendingEncoding = TextEncoding.windows1252
    /// The pieces of the paragraph.
    var paragraph: [Piece] = []
    var level: Int?
    var style = 0
    var listLabel: String?
    /// The lists of the document, and the one of the paragraph; 0 for none.
    var lists = RichTextLists()
    var list = 0
    /// Whether the document has had the label of a list as text so far.
    var hasLabels = false
    var listLevel = 0
    var isInTable = false
    /// What the row says of its cells, and of the cell that it defines now.
    var definitions: [CellDefinition] = []
    var definition = CellDefinition()
    var cells: [Cell] = []
    var rows: [[Cell]] = []
    /// Notes and comments that follow the paragraph.
    var notes: [[Piece]] = []
    /// The pieces of the note or comment that is open.
    var note: [Piece] = []
    /// The state of a box of a form, 25 where it has its usual one.
    var box = (state: 25, usual: 0)
    /// The length of the text of paragraphs so far, which tells whether a field has a result.
    var length = 0
    var noteNumber = 0
    var author = ""
    /// The number of characters to skip after the number of a character.
    var skips = 0
    /// The first half of a character beyond 16 bits.
    var highSurrogate: UInt16?
    /// Whether the text stands in a table inside a cell.
    var isNested = false
    /// The name of the property of a shape that is read, and the words of the shape so far.
    var property = ""
    var shapeWords: [String] = []

    /// Where the text of a group goes.
    enum Destination {
        case body, skipped, fonts, styles, title, note, comment, author, label, instruction, lists, overrides, levelText
        case nestedRow, picture, property, propertyName, propertyValue, math
    }

    struct Group {
        var destination = Destination.body
        /// Where text goes outside a choice between ANSI and Unicode.
        var chosen: Destination?
        var isHidden = false
        /// Whether the group is, or stands in, a header or footer of pages.
        var isRunning = false
        var isStruck = false
        var position: HTMLTag?
        var font: Int?
        /// The number of bytes that stand for a character in programs without Unicode.
        var replacements = 1
        /// Text of a destination other than the body.
        var text = ""
        var fontNumber = 0
        var styleNumber = 0
        var styleLevel: Int?
        /// What the field whose group this is shows without a result, and the length of the text before its result.
        var formula: (text: String, length: Int)?
        /// The name of the element of a formula whose group this is.
        var element: String?
    }

    /// Text with one form, or a formula.
    struct Piece {
        var text: String
        var isStruck = false
        var position: HTMLTag?
        /// A formula as Office writes it in XML.
        var formula: String?
        /// Whether the text parts the cells of a table inside a cell.
        var isSeparator = false

        var isBlank: Bool { formula == nil && text.allSatisfy(\.isWhitespace) }
    }

    private static let deepest = 2000

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func parse() {
        while i < bytes.count {
            let byte = bytes[i]
            i += 1
            switch byte {
            case UInt8(ascii: "{"):
                decode()
                // A group inside too many groups adds nothing but its text.
                if outer.count < Self.deepest {
                    outer.append(group)
                } else {
                    markup.remarks.add(.beyondLimit("groups inside groups"))
                }
                group.text = ""
                group.formula = nil
                group.element = nil
            case UInt8(ascii: "}"):
                decode()
                skips = 0
                close()
            case 0x5C: control()
            case 10, 13, 0: break
            default: put(byte)
            }
        }
        decode()
        endParagraph()
        endTable()
    }

    mutating func close() {
        let inner = group
        guard let before = outer.popLast() else { return }
        if inner.isRunning, !before.isRunning { endParagraph() }
        group = before
        finish(inner, before.destination)
        if let formula = inner.formula, formula.length == length { append(formula.text) }
    }

    /// Uses the text of a group that ends.
    mutating func finish(_ inner: Group, _ destination: Destination) {
        // The halves of a choice belong to the group around it.
        if inner.chosen != nil || inner.destination == group.chosen {
            group.text += inner.text
            return
        }
        if inner.destination == .math { return finish(formula: inner, destination) }
        guard inner.destination != destination || inner.destination == .fonts || inner.destination == .styles else {
            group.text += inner.text
            return
        }
        let text = inner.text.trimmed
        switch inner.destination {
        case .fonts:
            let name = String(text.prefix { $0 != ";" })
            if SymbolFont.isKnown(name) { symbolFonts[inner.fontNumber] = name }
        case .instruction:
            if text.uppercased().hasPrefix("FORMCHECKBOX") {
                let state = box.state == 25 ? box.usual : box.state
                group.formula = (state == 0 ? "[ ]" : "[x]", length)
            } else if let formula = FieldEquation.text(text) {
                group.formula = (formula, length)
            }
            box = (25, 0)
        case .title: if !text.isEmpty { title = text }
        case .styles: learn(inner)
        case .note:
            noteNumber += 1
            append("[\(noteNumber)]")
            add(note: "[\(noteNumber)] ", "")
        case .comment: add(note: author.isEmpty ? "[Comment: " : "[Comment, \(author): ", "]")
        case .author: author = text
        case .levelText: lists.setLabel(inner.text)
        case .propertyName: property = text
        case .propertyValue: learn(value: text)
        case .property, .picture:
            let words = shapeWords.joined(separator: " ")
            if inner.destination == .picture, words.isEmpty { markup.remarks.add(.picture) }
            guard destination != .picture else { break }
            shapeWords = []
            if !words.isEmpty { append(" \(words) ") }
        case .label:
            hasLabels = true
            if isInTable {
                append(Self.isBullet(text) ? "- " : text + " ")
            } else {
                listLabel = text
            }
        default: break
        }
    }

    /// Whether the label of an item is no number.
    static func isBullet(_ label: String) -> Bool {
        let hasWord = label.unicodeScalars.contains {
            $0.properties.isAlphabetic && $0.value < 0xE000 || $0.properties.numericType != nil
        }
        return !hasWord || label.count < 2
    }

    /// Adds the note that ends, with words around it. Nothing where it has no text.
    private mutating func add(note before: String, _ after: String) {
        let pieces = note
        note = []
        guard pieces.contains(where: { $0.text.contains { !$0.isWhitespace } }) else { return }
        notes.append([Piece(text: before)] + pieces + [Piece(text: after)])
    }

    /// Learns the words of a shape: those drawn as art, and those that stand for it.
    private mutating func learn(value: String) {
        guard ["gtextUNICODE", "wzDescription"].contains(property), !value.isEmpty else { return }
        shapeWords.append(value)
    }

    /// Learns the level of a style from its name.
    mutating func learn(_ inner: Group) {
        let name = inner.text.trimmed.lowercased().prefix { $0 != ";" }
        guard !name.isEmpty else { return }
        if let level = inner.styleLevel {
            levels[inner.styleNumber] = level
        } else if name.hasPrefix("heading "), let level = Int(name.dropFirst(8)) {
            levels[inner.styleNumber] = max(1, level)
        } else if name == "title" {
            levels[inner.styleNumber] = 1
        }
    }
}

extension RichTextParser {
    /// The font of the group, or that of text without one.
    var font: Int? { group.font ?? usualFont }

    var encoding: TextEncoding {
        if let font = group.font { return fonts[font] ?? codePage }
        // Programs give the usual font the letters of the West, whatever the code page of the file.
        return usualFont.flatMap { fonts[$0] == .windows1252 ? nil : fonts[$0] } ?? codePage
    }

    mutating func put(_ byte: UInt8) {
        if skips > 0 {
            skips -= 1
            return
        }
        if group.destination == .skipped || group.destination == .picture { return }
        if !symbolFonts.isEmpty, group.destination != .fonts, let font = font.flatMap({ symbolFonts[$0] }), byte > 32 {
            decode()
            return append(SymbolFont.symbol(UInt32(byte), font: font))
        }
        if pendingEncoding != encoding { decode() }
        pendingEncoding = encoding
        pending.append(byte)
    }

    /// Decodes the bytes so far.
    mutating func decode() {
        guard !pending.isEmpty else { return }
        let text: String
        if pending.allSatisfy({ $0 < 0x80 }) {
            text = String(decoding: pending, as: UTF8.self)
        } else {
            let decoding = TextDecoding(pending, as: pendingEncoding, maxRepairs: pending.count)
            text = String(
                decoding: decoding?.text ?? TextDecoding(pending, as: .latin1, maxRepairs: 0)?.text ?? [], as: UTF8.self)
        }
        pending = []
        append(text)
    }

    /// Adds text where the group puts it.
    mutating func append(_ text: String) {
        switch group.destination {
        case .skipped, .picture, .lists, .overrides: break
        case .body where group.isHidden, .note where group.isHidden, .comment where group.isHidden:
            markup.remarks.add(.hiddenText)
        case .body:
            length += text.utf8.count
            append(text, to: &paragraph)
        case .note, .comment: append(text, to: &note)
        case .math: group.text += RichTextFormula.text(text)
        default: group.text += text
        }
    }

    private func append(_ text: String, to pieces: inout [Piece]) {
        if let last = pieces.last, last.isStruck == group.isStruck, last.position == group.position, last.formula == nil,
            !last.isSeparator
        {
            pieces[pieces.count - 1].text += text
        } else {
            pieces.append(Piece(text: text, isStruck: group.isStruck, position: group.position))
        }
    }
}

extension RichTextParser {
    /// Reads the control word or symbol after a backslash.
    mutating func control() {
        guard i < bytes.count else { return }
        let first = bytes[i]
        guard first | 0x20 >= 0x61, first | 0x20 <= 0x7A else {
            i += 1
            symbol(first)
            return
        }
        let start = i
        while i < bytes.count, i - start < 32, bytes[i] | 0x20 >= 0x61, bytes[i] | 0x20 <= 0x7A { i += 1 }
        let word = String(decoding: bytes[start..<i], as: UTF8.self)
        var digits = ""
        if i < bytes.count, bytes[i] == UInt8(ascii: "-") {
            digits = "-"
            i += 1
        }
        while i < bytes.count, bytes[i].isDigit, digits.utf8.count < 11 {
            digits.append(Character(Unicode.Scalar(bytes[i])))
            i += 1
        }
        if i < bytes.count, bytes[i] == 32 { i += 1 }
        let number = Int(digits)
        if word == "bin" {
            i = min(bytes.count, i + max(0, number ?? 0))
            return
        }
        if skips > 0 {
            skips -= 1
            return
        }
        if word != "u" { decode() }
        self.word(word, number)
    }

    mutating func symbol(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "'"):
            let digits = bytes[i..<min(bytes.count, i + 2)]
            i = min(bytes.count, i + 2)
            if let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) { put(value) }
        case UInt8(ascii: "*"):
            // A destination that a reader may leave out. Those that hold text are known by their words.
            decode()
            if startsGroup, !startsKnownDestination { group.destination = .skipped }
        case UInt8(ascii: "~"): put(32)
        case UInt8(ascii: "_"): put(UInt8(ascii: "-"))
        case UInt8(ascii: "-"): break
        case UInt8(ascii: "{"), UInt8(ascii: "}"), 0x5C: put(byte)
        case 10, 13:
            decode()
            endParagraph()
        default: break
        }
    }

    /// Whether the sign that was read, of two bytes, is the first thing in its group. Elsewhere it says nothing of the group.
    private var startsGroup: Bool {
        guard let before = bytes[..<(i - 2)].lastIndex(where: { ![9, 10, 13, 32].contains($0) }) else { return false }
        let backslashes = bytes[..<before].reversed().prefix { $0 == 0x5C }.count
        return bytes[before] == UInt8(ascii: "{") && backslashes % 2 == 0
    }

    /// Whether a destination with text follows.
    var startsKnownDestination: Bool {
        guard i < bytes.count, bytes[i] == 0x5C else { return false }
        let word = bytes[(i + 1)...].prefix(32).prefix { 0x61...0x7A ~= $0 | 0x20 }
        return Self.knownDestinations.contains(String(decoding: word, as: UTF8.self))
    }

    private static let knownDestinations: Set<String> = [
        "annotation", "shptxt", "atnauthor", "shppict", "shpinst", "nonesttables", "nesttableprops", "ud", "fldinst",
        "formfield", "listtable", "listoverridetable", "do", "picprop", "moMath", "moMathPara",
    ]
}
