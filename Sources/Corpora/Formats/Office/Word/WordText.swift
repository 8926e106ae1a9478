/// Writes the body of a Word document as markup.
struct WordText {
    var markup = MarkupBuilder()
    var styles: WordStyles
    private let notes: [String: [String: XMLElement]]
    private let comments: [String: XMLElement]
    private let relationships: [String: OfficePackage.Relationship]
    /// Text of diagrams and charts, by the identifier of their relationship.
    private var figures: [String: [String]] = [:]
    /// The package, for files in other formats that Word shows as part of the document.
    private let source: OfficePackage
    /// The paths of such files that were read.
    private var chunks: Set<String> = []
    /// The number of the page. Nil in a document that Word never laid out.
    private var page: Int?
    /// Notes, comments and boxes that follow the paragraph.
    var following: [Following] = []
    /// The numbers of the notes so far, by kind.
    private var noteNumbers: [String: Int] = [:]
    private var depth = 0

    /// What stands after a paragraph.
    enum Following {
        case note(label: String, XMLElement)
        case comment(XMLElement)
        case box(XMLElement)
        case lines([String])
    }

    /// How deep boxes, tables and notes are read inside each other.
    private static let deepest = 40

    init(_ package: inout OfficePackage) {
        let main = package.main
        styles = WordStyles(
            styles: package.xml("styles", of: main), numbering: package.xml("numbering", of: main))
        var notes: [String: [String: XMLElement]] = [:]
        for kind in ["footnote", "endnote"] {
            for note in package.xml(kind + "s", of: main)?.all(kind) ?? []
            where note["type"] == nil || note["type"] == "normal" {
                notes[kind, default: [:]][note["id"] ?? ""] = note
            }
        }
        self.notes = notes
        let remarks = package.xml("comments", of: main)?.all("comment") ?? []
        comments = Dictionary(remarks.map { ($0["id"] ?? "", $0) }) { first, _ in first }
        relationships = package.relationships(of: main)
        source = package
        for (id, relationship) in relationships where !relationship.isOutside {
            guard ["chart", "diagramData", "chartEx"].contains(relationship.kind) else { continue }
            if let part = package.xml(relationship.target) { figures[id] = DrawingText.lines(part) }
        }
    }

    /// Writes the headers, the bodies and the footers. A header that several sections share is written once.
    mutating func document(_ bodies: [XMLElement], _ package: inout OfficePackage) {
        if bodies.contains(where: { !$0.descendants("lastRenderedPageBreak").isEmpty }) { page = 1 }
        edges("header", &package)
        if page != nil { markup.page(1) }
        for body in bodies { blocks(body) }
        markup.closeLists()
        edges("footer", &package)
    }

    private mutating func edges(_ kind: String, _ package: inout OfficePackage) {
        var seen: Set<String> = []
        for (_, relationship) in relationships.sorted(by: { $0.value.target < $1.value.target })
        where relationship.kind == kind && !relationship.isOutside {
            guard let part = package.xml(relationship.target) else { continue }
            let art = part.descendants("textpath").compactMap { $0["string"] }
            let words = (part.descendants("t").map(\.text) + art).joined()
            // A page number alone says nothing. The name of its field may be in several runs.
            let fields = part.descendants("instrText").map(\.text) + part.descendants("fldSimple").compactMap { $0["instr"] }
            let isNumber = fields.joined().uppercased().contains("PAGE") && !words.contains(where: \.isLetter)
            guard !isNumber, words.contains(where: { $0.isLetter || $0.isNumber }), seen.insert(words).inserted
            else { continue }
            blocks(part)
            markup.closeLists()
        }
    }
}

extension WordText {
    /// Writes the paragraphs and tables inside an element.
    mutating func blocks(_ element: XMLElement) {
        guard depth < Self.deepest else { return markup.remarks.add(.beyondLimit("text inside text")) }
        depth += 1
        defer { depth -= 1 }
        for child in element.elements {
            switch child.name {
            case "p": paragraph(child)
            case "tbl": table(child)
            case "sdt":
                if let content = child.first("sdtContent") { blocks(content) }
            case "AlternateContent":
                if let choice = child.first("Choice") ?? child.first("Fallback") { blocks(choice) }
            case "oMathPara", "oMath":
                markup.closeLists()
                markup.element(.p) { $0.formula(child) }
            case "altChunk": chunk(child["id"] ?? "")
            case "customXml", "ins", "moveTo", "txbxContent", "smartTag": blocks(child)
            case "del", "moveFrom":
                let depth = markup.depth
                markup.start(.del)
                blocks(child)
                markup.closeLists()
                markup.end(downTo: depth)
            default: break
            }
        }
    }

    /// Writes a file in another format. One that the document names several times is written once.
    private mutating func chunk(_ id: String) {
        markup.closeLists()
        guard let file = relationships[id], file.kind == "aFChunk", !file.isOutside else {
            return markup.remarks.add(.object("altChunk"))
        }
        guard chunks.insert(file.target).inserted else { return }
        guard let text = source.text(file.target, used: markup.textBytes) else {
            return markup.remarks.add(.object("altChunk"))
        }
        markup.remarks.add(text.remarks)
        markup.element(.pre, String(decoding: text.text, as: UTF8.self))
    }

    private mutating func table(_ table: XMLElement) {
        markup.closeLists()
        let depth = markup.depth
        markup.start(.table)
        let grid = rows(of: table).map { row in (row, cells(of: row)) }
        for (number, (row, cells)) in grid.enumerated() {
            let rowDepth = markup.depth
            markup.start(.tr)
            let properties = row.first("trPr")
            let isStruck = properties?.first("del") != nil
            if let first = cells.first?.column, first > 0 {
                markup.startCell(isHeader: number == 0, columns: first)
                markup.end()
            }
            for cell in cells where !cell.continues {
                let cellDepth = markup.depth
                let below = grid[(number + 1)...].prefix { row in
                    row.1.contains { $0.continues && $0.column == cell.column }
                }
                markup.startCell(isHeader: number == 0, columns: cell.columns, rows: 1 + below.count)
                if isStruck { markup.start(.del) }
                apart { $0.blocks(cell.element) }
                markup.end(downTo: cellDepth)
            }
            markup.end(downTo: rowDepth)
        }
        markup.end(downTo: depth)
    }

    /// A cell of a table, with its place in the grid.
    private struct Cell {
        let element: XMLElement
        let column: Int
        var columns: Int
        /// Whether the cell is the lower part of the cell above.
        let continues: Bool
    }

    private static func count(_ properties: XMLElement?, _ name: String) -> Int? {
        properties?.first(name)?["val"].flatMap { Int($0) }
    }

    private func rows(of table: XMLElement) -> [XMLElement] { unwrapped(table, "tr") }

    private func cells(of row: XMLElement) -> [Cell] {
        var column = max(0, min(CellSpan.mostColumns, Self.count(row.first("trPr"), "gridBefore") ?? 0))
        var cells: [Cell] = []
        for cell in unwrapped(row, "tc") {
            let properties = cell.first("tcPr")
            let isEmpty = cell.descendants("t").allSatisfy(\.text.isEmpty)
            let columns = CellSpan.columns(Self.count(properties, "gridSpan"))
            defer { column += columns }
            // Old programs merge cells of a row by a mark, as they do with those of a column.
            if isEmpty, let across = properties?.first("hMerge"), across["val"] != "restart", let last = cells.indices.last {
                cells[last].columns += columns
                continue
            }
            let merge = properties?.first("vMerge")
            let continues = merge != nil && merge?["val"] != "restart" && isEmpty
            cells.append(Cell(element: cell, column: column, columns: columns, continues: continues))
        }
        return cells
    }

    /// The children of a name, also those inside content controls and marks of changes.
    private func unwrapped(_ element: XMLElement, _ name: String) -> [XMLElement] {
        element.elements.flatMap { child -> [XMLElement] in
            if child.name == name { return [child] }
            return ["sdt", "sdtContent", "customXml", "ins", "smartTag"].contains(child.name) ? unwrapped(child, name) : []
        }
    }

    /// Runs `body` with lists of its own.
    private mutating func apart(_ body: (inout WordText) -> Void) {
        let outer = markup.exchangeLists()
        body(&self)
        markup.closeLists()
        _ = markup.exchangeLists(outer)
    }
}

extension WordText {
    private mutating func paragraph(_ paragraph: XMLElement) {
        let properties = paragraph.first("pPr")
        let style = properties?.first("pStyle")?["val"]
        let outline = properties?.first("outlineLvl")?["val"].flatMap { Int($0) }
        let level = styles.headingLevel(style: style, outline: outline)
        let own = properties?.first("numPr").map(WordStyles.number)
        let inherited = styles.number(style: style)
        var label: String?
        let place = own?.level ?? inherited?.level ?? 0
        let hasText = paragraph.elements.contains {
            $0.name != "pPr" && !$0.name.hasPrefix("bookmark") && $0.name != "proofErr"
        }
        // A paragraph without text counts, too.
        if let list = own?.list ?? inherited?.list { label = styles.label(list, level: place) }
        if !hasText { label = nil }
        let depth = markup.depth
        var isItem = false
        if let level {
            markup.closeLists()
            markup.start(MarkupBuilder.heading(level))
            if let label, label != "-", !label.isEmpty { markup.text(label + " ") }
        } else if let label {
            markup.item(level: place, label: label.isEmpty ? "-" : label)
            isItem = true
        } else {
            markup.closeLists()
            markup.start(.p)
        }
        // A deleted mark of a paragraph says nothing about its text.
        var runs = WordRuns(hidden: styles.isHidden(style: style), struck: styles.isStruck(style: style))
        runs.usualFont = styles.font(style: style)
        inline(paragraph, &runs)
        if !isItem { markup.end(downTo: depth) }
        follow()
    }

    /// Writes what belongs after the paragraph.
    private mutating func follow() {
        guard self.depth < Self.deepest else { return following = [] }
        let items = following
        following = []
        for item in items {
            switch item {
            case .note(let label, let note):
                inBlock { this in
                    this.markup.text("[\(label)] ")
                    this.apart { $0.inlineBlocks(note) }
                }
            case .comment(let comment):
                inBlock { this in
                    let author = comment["author"] ?? ""
                    this.markup.text(author.isEmpty ? "[Comment: " : "[Comment, \(author): ")
                    this.apart { $0.inlineBlocks(comment) }
                    this.markup.text("]")
                }
            case .box(let box): apart { $0.blocks(box) }
            case .lines(let lines): for line in lines { markup.element(.p, line) }
            }
        }
    }

    private mutating func inBlock(_ body: (inout WordText) -> Void) {
        let depth = markup.depth
        markup.start(.p)
        body(&self)
        markup.end(downTo: depth)
    }

    /// Writes the paragraphs of a note on one line.
    private mutating func inlineBlocks(_ element: XMLElement) {
        depth += 1
        defer { depth -= 1 }
        let paragraphs = element.descendants("p")
        for (index, paragraph) in paragraphs.enumerated() {
            if index > 0 { markup.text(" ") }
            var runs = WordRuns(hidden: false, struck: false)
            inline(paragraph, &runs)
        }
        following = []
    }

    /// Adds the mark of a note, and the note after the paragraph.
    mutating func noteMark(_ kind: String, _ element: XMLElement) {
        guard let note = notes[kind]?[element["id"] ?? ""] else { return }
        noteNumbers[kind, default: 0] += 1
        let number = noteNumbers[kind]!
        let label = kind == "endnote" ? Numerals.text(number, "lowerRoman") : "\(number)"
        markup.text("[\(label)]")
        following.append(.note(label: label, note))
    }

    /// Adds the comment that ends here, after the paragraph.
    mutating func commentMark(_ element: XMLElement) {
        if let comment = comments[element["id"] ?? ""] { following.append(.comment(comment)) }
    }

    /// Adds the text of a chart or diagram after the paragraph.
    mutating func figure(_ id: String?) {
        if let id, let lines = figures[id], !lines.isEmpty { following.append(.lines(lines)) }
    }

    mutating func pageBreak() {
        guard let number = page else { return }
        page = number + 1
        markup.page(number + 1)
    }
}
