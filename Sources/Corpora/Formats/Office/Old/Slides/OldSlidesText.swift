/// The text of a PowerPoint presentation before 2007 ([MS-PPT]).
enum OldSlidesText {
    /// Writes the text of the stream "PowerPoint Document".
    ///
    /// - Parameter user: the stream "Current User".
    static func extract(_ stream: [UInt8], user: [UInt8]) throws(Refusal) -> Extracted {
        let file = OldSlidesFile(stream, user: user)
        var writer = OldSlidesWriter(file)
        writer.write()
        var extracted = Extracted(writer.markup)
        extracted.title = writer.title
        return extracted
    }
}

/// Writes slides as markup.
private struct OldSlidesWriter {
    private(set) var markup = MarkupBuilder()
    private(set) var title: String?
    private let file: OldSlidesFile
    private let stream: [UInt8]
    /// The masters and feet that are written, each once.
    private var shown: Set<String> = []
    /// The pages of notes that are written.
    private var usedNotes: Set<Int> = []
    /// The texts that the document keeps for the slide, and which of them stand in shapes.
    private var outline: [SlideWords] = []
    private var used: Set<Int> = []

    private static let deepest = 40

    init(_ file: OldSlidesFile) {
        self.file = file
        stream = file.stream
    }

    mutating func write() {
        var notes: [Int: Int] = [:]
        for (index, page) in file.notes.enumerated() {
            notes[page.id] = notes[page.id] ?? index
            // The notes say, too, which slide is theirs.
            let atom = page.record?.children(stream).first { $0.type == SlideRecord.notesAtom }
            if let atom { notesOfSlides[stream.number(atom.content.lowerBound, 4)] = index }
        }
        for (index, slide) in file.slides.enumerated() { write(slide, number: index + 1, notes) }
        for index in file.notes.indices where !usedNotes.contains(index) { self.notes(index) }
    }

    private var notesOfSlides: [Int: Int] = [:]

    private mutating func write(_ slide: OldSlidesFile.Page, number: Int, _ notes: [Int: Int]) {
        outline = slide.outline
        used = []
        let parts = slide.record?.children(stream) ?? []
        let show = parts.first { $0.type == SlideRecord.show }
        let isHidden = show.map { stream.number($0.content.lowerBound + 10, 2) & 4 != 0 } ?? false
        markup.element(.h1, "Slide \(number)" + (isHidden ? " (hidden)" : ""))
        let shapes = parts.filter { $0.type == SlideRecord.drawing }.flatMap { self.shapes(in: $0, depth: 0) }
        for shape in shapes where shape.isTitle { write(shape) }
        for (index, text) in outline.enumerated() where text.isTitle && !used.contains(index) { write(text) }
        for shape in shapes where !shape.isTitle { write(shape) }
        for (index, text) in outline.enumerated() where !used.contains(index) && !text.isTitle { write(text) }
        let atom = parts.first { $0.type == SlideRecord.slideAtom }?.content.lowerBound
        if let atom { background(stream.number(atom + 12, 4)) }
        for part in parts where part.type == SlideRecord.headersFooters { foot(part) }
        for part in file.footers { foot(part) }
        comments(parts)
        let named = atom.flatMap { notes[stream.number($0 + 16, 4)] }
        if let index = named ?? notesOfSlides[slide.id] { self.notes(index) }
    }

    private mutating func write(_ text: SlideWords) {
        guard !text.isEmpty else { return }
        if text.isTitle { title = title ?? text.line }
        text.write(to: &markup, file.fonts)
    }

    /// Writes the texts that a master adds to its slides, once.
    private mutating func background(_ id: Int) {
        guard shown.insert("master \(id)").inserted, let master = file.masters.first(where: { $0.id == id })?.record else {
            return
        }
        for part in master.children(stream) where part.type == SlideRecord.drawing {
            for shape in shapes(in: part, depth: 0) where !shape.isPlaceholder && shape.texts.allSatisfy(\.isFree) {
                let line = shape.texts.map(\.line).joined(separator: " ")
                if line.contains(where: { $0.isLetter || $0.isNumber }), shown.insert(line).inserted { write(shape) }
            }
        }
    }

    /// Writes the foot and the fixed date of slides, once.
    private mutating func foot(_ part: SlideRecord) {
        let records = part.children(stream)
        guard let atom = records.first(where: { $0.type == SlideRecord.headersFootersAtom }) else { return }
        let flags = stream.number(atom.content.lowerBound + 2, 2)
        for record in records where record.type == SlideRecord.string {
            let isShown = record.instance == 0 ? flags & 4 != 0 : record.instance == 2 && flags & 0x20 != 0
            let words = stream.utf16(record.content.lowerBound, until: record.content.upperBound).trimmed
            if isShown, !words.isEmpty, shown.insert(words).inserted { markup.element(.p, words) }
        }
    }

    private mutating func comments(_ parts: [SlideRecord]) {
        for tags in parts where tags.type == SlideRecord.tags {
            for comment in tags.additions(stream) where comment.type == SlideRecord.comment {
                let words =
                    comment.children(stream).first { $0.type == SlideRecord.string && $0.instance == 1 }
                    .map { stream.utf16($0.content.lowerBound, until: $0.content.upperBound).trimmed } ?? ""
                let line = words.split(whereSeparator: \.isNewline).joined(separator: " ")
                if !line.isEmpty { markup.element(.p, "[Comment: \(line)]") }
            }
        }
    }

    private mutating func notes(_ index: Int) {
        guard usedNotes.insert(index).inserted, let record = file.notes[index].record else { return }
        outline = []
        var lines: [String] = []
        for part in record.children(stream) where part.type == SlideRecord.drawing {
            // Beside the notes their page has a picture of the slide, numbers and dates.
            for shape in shapes(in: part, depth: 0) where !shape.isOnEveryPage {
                lines += shape.texts.filter { !$0.isEmpty }.map(\.line)
            }
        }
        if !lines.isEmpty { markup.element(.p, "[Notes: " + lines.joined(separator: " ") + "]") }
    }
}

extension OldSlidesWriter {
    /// A shape with its texts, or the cells of a table.
    fileprivate struct Shape {
        var texts: [SlideWords] = []
        /// The texts that stand in the outline of the document.
        var outline: [Int] = []
        var cells: [Cell] = []
        /// The kind of a placeholder.
        var placeholder: Int?
        var isPicture = false
        var isObject = false
        var words = ""
        var anchor: [Int] = []
        var isLine = false

        var isTitle: Bool { cells.isEmpty && texts.contains(where: \.isTitle) }
        var isPlaceholder: Bool { placeholder != nil }
        /// Whether the shape is the date, the number, the foot or the head of a page.
        var isOnEveryPage: Bool { placeholder.map { (7...10).contains($0) } ?? false }
    }

    /// A cell of a table with its edges.
    fileprivate struct Cell {
        let columns: Range<Int>
        let rows: Range<Int>
        let texts: [SlideWords]
    }

    private mutating func write(_ shape: Shape) {
        if !shape.cells.isEmpty { return write(shape.cells) }
        for text in shape.texts { write(text) }
        if shape.isObject { markup.remarks.add(.object("embedded object")) }
        if shape.isPicture && !shape.isObject || !shape.words.isEmpty {
            if shape.texts.allSatisfy(\.isEmpty) { markup.element(.p) { $0.picture(shape.words) } }
        }
    }

    private mutating func write(_ cells: [Cell]) {
        let outer = markup.depth
        markup.start(.table)
        let rows = Dictionary(grouping: cells) { $0.rows.lowerBound }.sorted { $0.key < $1.key }
        for (number, row) in rows.enumerated() {
            markup.start(.tr)
            for cell in row.value.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
                markup.startCell(isHeader: number == 0, columns: cell.columns.count, rows: cell.rows.count)
                for text in cell.texts where !text.isEmpty { text.write(to: &markup, file.fonts) }
                markup.end()
            }
            markup.end()
        }
        markup.end(downTo: outer)
    }

    /// The shapes of a drawing, those of a group one by one.
    private mutating func shapes(in record: SlideRecord, depth: Int) -> [Shape] {
        guard depth < Self.deepest else {
            markup.remarks.add(.beyondLimit("shapes inside shapes"))
            return []
        }
        let parts = record.children(stream)
        guard record.type == SlideRecord.shapeGroup else {
            return parts.flatMap { part -> [Shape] in
                if part.type == SlideRecord.shape { return [shape(part)] }
                return part.isContainer ? shapes(in: part, depth: depth + 1) : []
            }
        }
        let inner = parts.dropFirst().flatMap { part -> [Shape] in
            part.type == SlideRecord.shape ? [shape(part)] : part.isContainer ? shapes(in: part, depth: depth + 1) : []
        }
        // The first shape of a group stands for the group.
        guard let group = parts.first, isTable(group) else { return inner }
        return [table(inner)] + inner.filter { $0.anchor.isEmpty && !$0.texts.isEmpty }
    }

    private func isTable(_ group: SlideRecord) -> Bool {
        group.children(stream).contains { part in
            part.type == SlideRecord.moreProperties
                && (0..<part.instance).contains { index in
                    let place = part.content.lowerBound + 6 * index
                    return place + 6 <= part.content.upperBound && stream.number(place, 2) & 0x3FFF == 0x39F
                        && stream.number(place + 2, 4) & 1 != 0
                }
        }
    }

    /// A table of the shapes that are its cells. The lines between them have no text.
    private func table(_ shapes: [Shape]) -> Shape {
        let cells = shapes.filter { $0.anchor.count == 4 && !$0.isLine }
        let columns = TableEdges(cells.flatMap { [$0.anchor[0], $0.anchor[2]] }, tolerance: 3)
        let rows = TableEdges(cells.flatMap { [$0.anchor[1], $0.anchor[3]] }, tolerance: 3)
        var table = Shape()
        table.outline = cells.flatMap(\.outline)
        table.cells = cells.map { cell in
            let (left, right) = (columns.index(of: cell.anchor[0]), columns.index(of: cell.anchor[2]))
            let (top, bottom) = (rows.index(of: cell.anchor[1]), rows.index(of: cell.anchor[3]))
            return Cell(
                columns: left..<max(left + 1, right), rows: top..<max(top + 1, bottom), texts: cell.texts)
        }
        return table
    }

    private mutating func shape(_ record: SlideRecord) -> Shape {
        var shape = Shape()
        var numberings: [OldSlideNumbering?] = []
        for part in record.children(stream) {
            let start = part.content.lowerBound
            switch part.type {
            case SlideRecord.shapeAtom:
                shape.isLine = part.instance == 20
                shape.isPicture = part.instance == 75
            case SlideRecord.shapeProperties: shape.words = description(part)
            case SlideRecord.childAnchor:
                shape.anchor = (0..<4).map { Int(Int32(truncatingIfNeeded: stream.number(start + 4 * $0, 4))) }
            case SlideRecord.clientData:
                for data in part.children(stream) {
                    if data.type == SlideRecord.placeholder {
                        shape.placeholder = stream.number(data.content.lowerBound + 4, 1)
                    }
                    if data.type == SlideRecord.object { shape.isObject = true }
                    if data.type == SlideRecord.tags {
                        for addition in data.additions(stream) where addition.type == SlideRecord.numbering {
                            numberings += OldSlideNumbering.groups(stream, addition.content)
                        }
                    }
                }
            case SlideRecord.textBox:
                var texts = SlideTexts(stream)
                for text in part.children(stream) {
                    let index = stream.number(text.content.lowerBound, 4)
                    if text.type == SlideRecord.outlineReference {
                        // A text of the outline stands in one shape.
                        if outline.indices.contains(index), used.insert(index).inserted { shape.outline.append(index) }
                    } else {
                        texts.read(text)
                    }
                }
                shape.texts = shape.outline.map { outline[$0] } + texts.finished()
            default: break
            }
        }
        if !numberings.isEmpty { shape.texts.indices.forEach { shape.texts[$0].numberings = numberings } }
        return shape
    }

    /// The alternative text among the properties of a shape.
    private func description(_ properties: SlideRecord) -> String {
        let start = properties.content.lowerBound
        var data = start + 6 * properties.instance
        for index in 0..<properties.instance {
            let place = start + 6 * index
            let id = stream.number(place, 2)
            guard place + 6 <= properties.content.upperBound, data <= properties.content.upperBound else { break }
            // Long values stand after all properties, in their order.
            guard id & 0x8000 != 0 else { continue }
            let end = data + stream.number(place + 2, 4)
            if id & 0x3FFF == 0x381 { return stream.utf16(data, until: min(end, properties.content.upperBound)).trimmed }
            data = end
        }
        return ""
    }
}
