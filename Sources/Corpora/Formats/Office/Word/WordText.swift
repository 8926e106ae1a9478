/// Writes the body of a Word document as markup.
struct WordText {
    var markup = MarkupBuilder()
    var styles: WordStyles
    private let notes: [String: [String: XMLElement]]
    private let comments: [String: XMLElement]
    let relationships: [String: OfficePackage.Relationship]
    /// Text of diagrams and charts, by the identifier of their relationship.
    private var figures: [String: [String]] = [:]
    /// The package, for files in other formats that Word shows as part of the document.
    private let source: OfficePackage
    /// The paths of such files that were read.
    private var chunks: Set<String> = []
    /// The number of the page. Nil in a document that Word never laid out.
    var page: Int?
    /// The last page whose start is marked.
    private var markedPage = 1
    /// A large initial, which joins the next paragraph.
    private var initial: XMLElement?
    /// The numbers of the fields that count by themselves, by kind and level.
    var automaticNumbers: [String: [Int]] = [:]
    /// What is being written besides the body. A note has no notes, and a comment has no comments.
    private var isInNote = false
    private var isInComment = false
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
        for (id, relationship) in relationships where DrawingText.kinds.contains(relationship.kind) {
            if !relationship.isOutside { figures[id] = DrawingText.lines(relationship.target, &package) }
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
}

extension WordText {
    /// Writes the paragraphs and tables inside an element.
    mutating func blocks(_ element: XMLElement) {
        guard depth < Self.deepest else { return markup.remarks.add(.beyondLimit("text inside text")) }
        depth += 1
        defer { depth -= 1 }
        for child in element.elements {
            switch child.name {
            case "p":
                if child.isInitial, initial == nil { initial = child } else { paragraph(child) }
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
        if let alone = initial {
            initial = nil
            paragraph(alone)
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

    /// Runs `body` with lists of its own.
    mutating func apart(_ body: (inout WordText) -> Void) {
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
        if let first = initial {
            initial = nil
            inline(first, &runs)
        }
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
                let outer = isInNote
                defer { isInNote = outer }
                isInNote = true
                inBlock { this in
                    this.markup.text("[\(label)] ")
                    this.apart { $0.inlineBlocks(note) }
                }
                follow()
            case .comment(let comment):
                let outer = isInComment
                defer { isInComment = outer }
                isInComment = true
                inBlock { this in
                    let author = comment["author"] ?? ""
                    this.markup.text(author.isEmpty ? "[Comment: " : "[Comment, \(author): ")
                    this.apart { $0.inlineBlocks(comment) }
                    this.markup.text("]")
                }
                follow()
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
    }

    /// Adds the mark of a note, and the note after the paragraph.
    mutating func noteMark(_ kind: String, _ element: XMLElement) {
        guard let note = notes[kind]?[element["id"] ?? ""] else { return }
        noteNumbers[kind, default: 0] += 1
        let number = noteNumbers[kind]!
        let label = kind == "endnote" ? Numerals.text(number, "lowerRoman") : "\(number)"
        markup.text("[\(label)]")
        if !isInNote, !isInComment { following.append(.note(label: label, note)) }
    }

    /// Adds the comment that ends here, after the paragraph.
    mutating func commentMark(_ element: XMLElement) {
        if !isInComment, let comment = comments[element["id"] ?? ""] { following.append(.comment(comment)) }
    }

    /// Adds the text of a chart or diagram after the paragraph.
    mutating func figure(_ id: String?) {
        if let id, let lines = figures[id], !lines.isEmpty { following.append(.lines(lines)) }
    }

    mutating func pageBreak() {
        guard let number = page else { return }
        page = number + 1
        guard number + 1 > markedPage else { return }
        markedPage = number + 1
        markup.page(number + 1)
    }
}

extension XMLElement {
    /// Whether a paragraph is the large initial of the next one.
    fileprivate var isInitial: Bool { ["drop", "margin"].contains(first("pPr")?.first("framePr")?["dropCap"]) }
}
