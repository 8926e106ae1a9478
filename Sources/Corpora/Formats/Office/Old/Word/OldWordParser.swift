/// Draws the paragraphs and tables out of the stories of a Word document before 2007.
struct OldWordParser {
    /// A part of the text.
    enum Story {
        case main, footnotes, headers, comments, endnotes, boxes

        /// Whether its pieces stand where the main text has their marks.
        var isNotes: Bool { self == .footnotes || self == .comments || self == .endnotes }
    }

    /// A note or comment that belongs to a place of the main text.
    private struct Note {
        /// The label of a note. Nil for a comment.
        let label: String?
        let author: String
        let range: Range<Int>
    }

    /// What the text leaves out.
    private(set) var remarks = Remarks()
    private let pieces: OldWordPieces
    private let tables: OldWordTables
    private let data: [UInt8]
    private var lists: ListNumbering
    /// The notes by the numbers of the characters that are their marks.
    private var notes: [Int: [Note]] = [:]
    /// The ranges of the notes that are written where their marks stand.
    private var written: [Range<Int>] = []
    private var noteMarks = 0
    private var state = State()

    init(_ stream: [UInt8], _ table: [UInt8], data: [UInt8], _ pieces: OldWordPieces) {
        self.pieces = pieces
        self.data = data
        tables = OldWordTables(stream, table, data: data)
        lists = ListNumbering(table, formats: stream.part(738), lists: stream.part(746))
    }

    /// What is open while a story is read.
    private struct State {
        var isMain = false
        var blocks: [OldWordBlock] = []
        /// The tables that are open, the outermost first.
        var open: [OpenTable] = []
        var words = OldWordWords()
        var units: [UInt16] = []
        var look = Look()
        /// Where the look and the properties of the paragraph hold.
        var run: (places: Range<Int>, piece: Int)?
        var paragraph: OldWordParagraph?
        var fields: [Field] = []
        var following: [OldWordWords] = []
        /// Whether a field shows the number of the page.
        var showsPage = false
    }

    private struct OpenTable {
        var rows: [OldWordTableRow] = []
        var cells: [[OldWordBlock]] = []
        /// The blocks of the cell that is open.
        var blocks: [OldWordBlock] = []
    }

    /// A field: an instruction, and in most cases its result.
    private struct Field {
        var instruction: [UInt16] = []
        var showsResult = false
        /// The place of the data of a form field.
        var data: Int?
    }

    /// How characters are shown.
    private struct Look {
        var isStruck = false
        var isHidden = false
        var position: HTMLTag?
        var properties = OldWordCharacters()
        var font: String?
    }
}

extension OldWordParser {
    /// A header or footer of pages. Those that several sections share stand once.
    func ranges(of notes: [Int], from start: Int, in story: Range<Int>) -> [Range<Int>] {
        var last = start
        return zip(notes, notes.dropFirst()).map { from, to in
            let range = max(last, start + from)..<max(last, start + from, min(story.upperBound, start + to))
            last = range.upperBound
            return range.clamped(to: story)
        }
    }

    /// Learns which notes belong to which places of the main text.
    mutating func readNotes(
        _ stream: [UInt8], _ table: [UInt8], _ stories: [(story: Story, range: Range<Int>)]
    ) {
        let authors = authors(table, stream.part(442))
        for (story, range) in stories where story.isNotes {
            let place = story == .footnotes ? 170 : story == .comments ? 186 : 522
            let size = story == .comments ? 30 : 2
            let part = stream.part(place)
            let marks = table.places(part, size: size)
            let texts = ranges(of: table.places(stream.part(place + 8), size: 0), from: range.lowerBound, in: range)
            for (index, (mark, text)) in zip(marks.dropLast(), texts).enumerated() where !text.isEmpty {
                var author = ""
                if story == .comments {
                    let record = part.lowerBound + 4 * marks.count + 30 * index
                    let initials = table.utf16(record + 2, until: record + 2 + 2 * min(9, table.number(record, 2)))
                    let number = table.number(record + 20, 2)
                    author = authors.indices.contains(number) ? authors[number] : initials
                }
                let label = story == .endnotes ? Numerals.text(index + 1, "lowerRoman") : "\(index + 1)"
                notes[mark, default: []].append(
                    Note(label: story == .comments ? nil : label, author: author, range: text))
            }
        }
    }

    private func authors(_ table: [UInt8], _ part: Range<Int>) -> [String] {
        var names: [String] = []
        var i = part.lowerBound
        while i + 2 <= min(part.upperBound, table.count), names.count < 1000 {
            let end = i + 2 + 2 * table.number(i, 2)
            names.append(table.utf16(i + 2, until: end))
            i = end
        }
        return names
    }

    /// The headers and footers, each text once. Those that are numbers of pages alone say nothing.
    mutating func headers(
        _ stream: [UInt8], _ table: [UInt8], _ story: Range<Int>
    ) -> [(isAbove: Bool, blocks: [OldWordBlock])] {
        // The first six are lines between the text and its notes.
        let parts = ranges(of: table.places(stream.part(242), size: 0), from: story.lowerBound, in: story)
        guard parts.count > 6 else { return [(false, blocks(story))] }
        var seen: Set<String> = []
        var found: [(isAbove: Bool, blocks: [OldWordBlock])] = []
        for (index, range) in parts.enumerated().dropFirst(6) where !range.isEmpty {
            let blocks = blocks(range)
            let text = blocks.text
            let isNumber = state.showsPage && !text.contains(where: \.isLetter)
            guard !isNumber, text.contains(where: { $0.isLetter || $0.isNumber }), seen.insert(text).inserted else {
                continue
            }
            found.append((![2, 3, 5].contains(index % 6), blocks))
        }
        return found
    }

    /// The paragraphs and tables of a story whose pieces no mark of the main text names.
    mutating func unreferenced(_ story: Story, _ range: Range<Int>) -> [OldWordBlock] {
        var found: [OldWordBlock] = []
        var start = range.lowerBound
        for used in written.sorted(by: { $0.lowerBound < $1.lowerBound }) where used.overlaps(range) {
            if start < used.lowerBound { found += blocks(start..<used.lowerBound) }
            start = max(start, used.upperBound)
        }
        if start < range.upperBound { found += blocks(start..<range.upperBound) }
        return found
    }

    /// The paragraphs and tables of a range of characters.
    mutating func blocks(_ range: Range<Int>, isMain: Bool = false) -> [OldWordBlock] {
        state = State()
        state.isMain = isMain
        pieces.characters(range) { self.read($0) }
        flush()
        if !state.words.isEmpty || !state.following.isEmpty { endParagraph(OldWordParagraph(), mark: 13) }
        adjustTables(to: 0)
        return state.blocks
    }
}

extension OldWordParser {
    private mutating func read(_ character: OldWordPieces.Character) {
        if state.paragraph == nil {
            state.paragraph = tables.paragraphs.properties(at: character.place)
            state.run = nil
        }
        if state.run.map({ !$0.places.contains(character.place) || $0.piece != character.piece }) ?? true {
            flush()
            look(character)
        }
        if state.isMain, let notes = notes[character.number] { self.notes(notes, at: character) }
        switch character.unit {
        case 0x13:
            flush()
            state.fields.append(Field())
        case 0x14:
            if let last = state.fields.indices.last { state.fields[last].showsResult = true }
        case 0x15:
            flush()
            endField()
        case 13, 12, 7: endParagraph(character)
        case _ where state.fields.contains { !$0.showsResult }:
            let last = state.fields.count - 1
            if character.unit == 1 { state.fields[last].data = state.look.properties.data }
            if state.fields[last].instruction.count < 10_000 { state.fields[last].instruction.append(character.unit) }
        case _ where state.look.isHidden: break
        default: show(character)
        }
    }

    private mutating func show(_ character: OldWordPieces.Character) {
        let look = state.look
        switch character.unit {
        case 11: state.units.append(10)
        case 9, 14, 0xA0: state.units.append(32)
        case 0x1E: state.units.append(0x2D)
        case 1, 8: remarks.add(.picture)
        case 2:
            guard state.isMain, notes[character.number] == nil else { return }
            noteMarks += 1
            mark("[\(noteMarks)]")
        case 0..<32: break
        case 0x28 where look.properties.isSpecial && look.properties.symbol != nil:
            let symbol = SymbolFont.symbol(UInt32(look.properties.symbol ?? 0), font: look.font)
            state.units += Array(symbol.utf16)
        case 0xF020...0xF0FF:
            let text = String(decoding: [character.unit], as: UTF16.self)
            state.units += Array(SymbolFont.readable(text, font: look.font).utf16)
        default: state.units.append(character.unit)
        }
    }

    /// Moves the characters so far to the words of the paragraph.
    private mutating func flush() {
        guard !state.units.isEmpty else { return }
        let text = String(decoding: state.units, as: UTF16.self)
        state.units = []
        state.words.append(
            OldWordWords.Piece(text: text, isStruck: state.look.isStruck, position: state.look.position))
    }

    /// Adds a mark that stands on the line.
    private mutating func mark(_ text: String) {
        flush()
        state.words.append(OldWordWords.Piece(text: text))
    }

    /// Learns how the characters from this one on are shown.
    private mutating func look(_ character: OldWordPieces.Character) {
        let run = tables.characters.run(at: character.place)
        var properties = run.properties
        let more = pieces.properties(of: character.piece)
        if !more.isEmpty { properties.apply(more, 0..<more.count) }
        let (styles, paragraph) = (tables.styles, state.paragraph?.style)
        let isStruck = styles.isStruck(properties.style) ?? styles.isStruck(paragraph) ?? false
        let isHidden = styles.isHidden(properties.style) ?? styles.isHidden(paragraph) ?? false
        let wasHidden = state.look.isHidden
        var look = Look(properties: properties)
        look.isStruck = properties.isDeleted || properties.isStruck(isStruck) ?? isStruck
        look.isHidden = properties.isHidden(isHidden) ?? isHidden
        switch properties.position ?? styles.position(properties.style) ?? styles.position(paragraph) {
        case .raised: look.position = .sup
        case .lowered: look.position = .sub
        case .onLine, nil: break
        }
        if let font = properties.font, tables.fonts.indices.contains(font) { look.font = tables.fonts[font] }
        state.look = look
        state.run = (run.places, character.piece)
        if look.isHidden, !wasHidden, character.unit > 32, !state.fields.contains(where: { !$0.showsResult }) {
            remarks.add(.hiddenText)
        }
    }

    /// Adds the marks of notes, and the notes after the paragraph.
    private mutating func notes(_ notes: [Note], at character: OldWordPieces.Character) {
        for note in notes {
            if let label = note.label { mark("[\(label)]") }
            let outer = state
            let text = blocks(note.range).words
            state = outer
            written.append(note.range)
            var words = OldWordWords()
            if let label = note.label {
                words.append(OldWordWords.Piece(text: "[\(label)] "))
            } else {
                words.append(OldWordWords.Piece(text: note.author.isEmpty ? "[Comment: " : "[Comment, \(note.author): "))
            }
            text.forEach { words.append($0) }
            if note.label == nil { words.append(OldWordWords.Piece(text: "]")) }
            if !text.allSatisfy({ $0.text.allSatisfy(\.isWhitespace) }) { state.following.append(words) }
        }
    }
}

extension OldWordParser {
    private mutating func endField() {
        guard let field = state.fields.popLast() else { return }
        let instruction = String(decoding: field.instruction, as: UTF16.self)
        let name = instruction.split(separator: " ").first.map { $0.uppercased() } ?? ""
        if ["PAGE", "NUMPAGES", "SECTIONPAGES"].contains(name) { state.showsPage = true }
        guard !state.fields.contains(where: { !$0.showsResult }), !state.look.isHidden else { return }
        if name.hasPrefix("FORM"), let place = field.data, let shown = OldWordForm.shown(data, place) {
            mark(shown)
        } else if !field.showsResult, let formula = FieldEquation.text(instruction) {
            mark(formula)
        }
    }

    private mutating func endParagraph(_ character: OldWordPieces.Character) {
        flush()
        var properties = tables.paragraphs.properties(at: character.place)
        let more = pieces.properties(of: character.piece)
        if !more.isEmpty { properties.apply(more, 0..<more.count) }
        endParagraph(properties, mark: character.unit)
    }

    private mutating func endParagraph(_ properties: OldWordParagraph, mark: UInt16) {
        var words = state.words
        state.words = OldWordWords()
        state.paragraph = nil
        state.run = nil
        let endsRow = mark == 7 && properties.endsRow || properties.endsInnerRow
        let endsCell = mark == 7 || properties.endsInnerCell
        adjustTables(to: max(properties.tables, mark == 7 ? 1 : 0))
        if !endsRow {
            words.heading = tables.styles.headingLevel(properties.style, outline: properties.outline)
            label(&words, properties)
        }
        for words in [words] + state.following where !words.isEmpty { add(.paragraph(words)) }
        state.following = []
        guard endsRow || endsCell, let last = state.open.indices.last else { return }
        if endsCell, !endsRow || !state.open[last].blocks.isEmpty {
            state.open[last].cells.append(state.open[last].blocks)
            state.open[last].blocks = []
        }
        guard endsRow else { return }
        if !state.open[last].cells.isEmpty {
            state.open[last].rows.append(OldWordTableRow(cells: state.open[last].cells, definition: properties.row))
        }
        state.open[last].cells = []
    }

    /// Gives a paragraph of a list its label. A paragraph without words counts, too.
    private mutating func label(_ words: inout OldWordWords, _ properties: OldWordParagraph) {
        let inherited = tables.styles.list(properties.style)
        guard let list = properties.list ?? inherited?.list, list > 0 else { return }
        words.level = properties.level ?? inherited?.level ?? 0
        words.label = lists.label("\(list)", level: words.level)
    }

    private mutating func add(_ block: OldWordBlock) {
        if let last = state.open.indices.last {
            state.open[last].blocks.append(block)
        } else {
            state.blocks.append(block)
        }
    }

    /// Opens or closes tables until so many are open.
    private mutating func adjustTables(to depth: Int) {
        while state.open.count < depth { state.open.append(OpenTable()) }
        while state.open.count > depth {
            var table = state.open.removeLast()
            if !table.blocks.isEmpty { table.cells.append(table.blocks) }
            if !table.cells.isEmpty { table.rows.append(OldWordTableRow(cells: table.cells)) }
            if !table.rows.isEmpty { add(.table(table.rows)) }
        }
    }
}
