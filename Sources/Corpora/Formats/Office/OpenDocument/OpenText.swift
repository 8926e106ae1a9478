/// Writes the text of an OpenDocument file as markup.
struct OpenText {
    var markup = MarkupBuilder()
    /// The titles of the slides of a presentation.
    var slideTitles: [String] = []
    let styles: OpenStyles
    /// The font that a style around the text states.
    var font: String?
    let objects: OpenObjects
    let masters: XMLElement?
    /// The masters and their texts that are written, each once.
    var shown: Set<String> = []
    /// Deleted text, by the identifier of its change.
    private var deletions: [String: XMLElement] = [:]
    /// What the fields of forms show, by their identifiers. A field that was written is taken out.
    var controls: [String: String] = [:]
    /// Notes and boxes that follow the paragraph.
    var following: [Following] = []
    private var page: Int?
    /// Whether a paragraph was written since the last start of a page.
    private var pageHasText = false
    private var depth = 0
    /// The counters of the open lists, outermost first.
    private var counters: [Int] = []
    private var listStyles: [String?] = []
    /// Whether a paragraph of the open item was written.
    private var itemHasText = false
    /// The last counters of each list, for lists that go on.
    private var ended: [String: [Int]] = [:]

    /// What stands after a paragraph.
    enum Following {
        case note(String, XMLElement)
        case comment(XMLElement)
        case box(XMLElement)
    }

    static let deepest = 60

    /// The elements that are drawn.
    static let shapes: Set<String> = [
        "frame", "custom-shape", "g", "rect", "ellipse", "line", "connector", "text-box", "path", "polygon", "polyline",
        "regular-polygon", "circle", "caption", "measure",
    ]

    init(_ file: OpenDocumentFile) {
        styles = OpenStyles([file.styles, file.content])
        objects = file.objects
        masters = file.styles?.first("master-styles")
    }

    /// Writes a text, or the pages of a presentation or drawing.
    mutating func document(_ body: XMLElement) {
        let pages = body.all("page")
        guard pages.isEmpty else {
            let declarations = body.elements.filter { $0.name.hasSuffix("-decl") }
            for (index, page) in pages.enumerated() { slide(page, number: index + 1, declarations) }
            return
        }
        for region in body.first("tracked-changes")?.all("changed-region") ?? [] {
            if let id = region["id"], let deletion = region.first("deletion") { deletions[id] = deletion }
        }
        let forms = body.all("forms")
        for form in forms { collectFields(form) }
        if !body.descendants("soft-page-break").isEmpty { page = 1 }
        edges("header")
        if page != nil { markup.page(1) }
        blocks(body)
        for form in forms { fields(form) }
        edges("footer")
    }

    private mutating func edges(_ kind: String) {
        var seen: Set<String> = []
        for master in masters?.all("master-page") ?? [] {
            for edge in master.elements where edge.name.hasPrefix(kind) && edge["display"] != "false" {
                let text = edge.text.trimmed
                // A page number alone says nothing.
                let hasWords = text.contains(where: \.isLetter) || edge.textWithoutPages.contains(where: \.isNumber)
                guard hasWords, seen.insert(text).inserted else { continue }
                blocks(edge)
            }
        }
    }

    /// Writes the parts of a document that stand below each other.
    mutating func blocks(_ element: XMLElement) {
        guard depth < Self.deepest else { return markup.remarks.add(.beyondLimit("text inside text")) }
        depth += 1
        defer { depth -= 1 }
        for child in element.elements {
            switch child.name {
            case "h": paragraph(child, tag: MarkupBuilder.heading(child["outline-level"].flatMap { Int($0) } ?? 1))
            case "p": paragraph(child, tag: styles.isTitle(child["style-name"]) ? .h1 : .p)
            case "list": list(child)
            case "table": table(child)
            case "section":
                if child["display"] == "none" { markup.remarks.add(.hiddenText) } else { blocks(child) }
            case "change": deleted(child)
            case "soft-page-break": pageBreak()
            case "control":
                let open = markup.depth
                markup.start(.p)
                control(child)
                markup.end(downTo: open)
            case "tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls": break
            case _ where Self.shapes.contains(child.name): shape(child)
            default: blocks(child)
            }
        }
    }

    mutating func pageBreak() {
        guard let number = page else { return }
        page = number + 1
        markup.page(number + 1)
        pageHasText = false
    }

    /// Writes text that was deleted with changes tracked, as struck.
    mutating func deleted(_ change: XMLElement) {
        guard let deletion = deletions[change["change-id"] ?? ""] else { return }
        let depth = markup.depth
        markup.start(.del)
        for (index, paragraph) in deletion.paragraphs.enumerated() {
            if index > 0 { markup.text(" ") }
            inline(paragraph)
        }
        markup.end(downTo: depth)
    }

    private mutating func paragraph(_ paragraph: XMLElement, tag: HTMLTag) {
        let depth = markup.depth
        // The paragraphs of an item are its lines.
        let isLine = tag == .p && !listStyles.isEmpty
        let style = paragraph["style-name"]
        // The file marks the pages that end by themselves, and the styles those that end on purpose.
        if pageHasText, styles.breaksBefore(style) { pageBreak() }
        if isLine, itemHasText { markup.element(.br) { _ in } }
        if isLine { itemHasText = true } else { markup.start(tag) }
        styled(style) { $0.inline(paragraph) }
        markup.end(downTo: depth)
        pageHasText = true
        follow()
        if styles.breaksAfter(style) { pageBreak() }
    }

    /// Runs `body` with the marks of a style.
    mutating func styled(_ style: String?, _ body: (inout OpenText) -> Void) {
        if styles.isHidden(style) { return markup.remarks.add(.hiddenText) }
        let depth = markup.depth
        if styles.isStruck(style) == true { markup.start(.s) }
        if let position = styles.position(style) { markup.start(position) }
        let outer = font
        font = styles.font(style) ?? font
        body(&self)
        font = outer
        markup.end(downTo: depth)
    }

    mutating func follow() {
        let items = following
        following = []
        guard depth < Self.deepest else { return }
        depth += 1
        defer { depth -= 1 }
        for item in items {
            switch item {
            case .box(let box): shape(box)
            case .note(let label, let body): inBlock("[\(label)] ", body, "")
            case .comment(let comment):
                let author = comment.first("creator")?.text ?? ""
                inBlock(author.isEmpty ? "[Comment: " : "[Comment, \(author): ", comment, "]")
            }
            // What stands in a note follows it.
            follow()
        }
    }

    private mutating func inBlock(_ before: String, _ body: XMLElement, _ after: String) {
        let depth = markup.depth
        markup.start(.p)
        markup.text(before)
        for (index, paragraph) in body.paragraphs.enumerated() {
            if index > 0 { markup.text(" ") }
            inline(paragraph)
        }
        markup.text(after)
        markup.end(downTo: depth)
    }
}

extension OpenText {
    private mutating func list(_ list: XMLElement) {
        let level = listStyles.count
        guard level < 20 else { return blocks(list) }
        let style = list["style-name"] ?? listStyles.last ?? nil
        listStyles.append(style)
        var start = styles.start(list: style, level: level) &- 1
        if list["continue-numbering"] == "true" || list["continue-list"] != nil, let style, let last = ended[style],
            level < last.count
        {
            start = last[level]
        }
        counters.append(start)
        let open = markup.depth
        markup.start(.ul)
        for item in list.elements where item.name == "list-item" || item.name == "list-header" {
            let depth = markup.depth
            // An item that holds a list alone is there for the level of that list. It has no number.
            if !item.elements.isEmpty, item.elements.allSatisfy({ $0.name == "list" }) {
                blocks(item)
                continue
            }
            if item.name == "list-item" {
                counters[level] = item["start-value"].flatMap { Int($0) } ?? counters[level] &+ 1
                markup.start(.li, label: styles.label(list: style, level: level, counters: counters))
            } else {
                markup.start(.li)
            }
            itemHasText = false
            blocks(item)
            markup.end(downTo: depth)
        }
        itemHasText = false
        markup.end(downTo: open)
        if let style { ended[style] = counters }
        listStyles.removeLast()
        counters.removeLast()
    }

    private mutating func table(_ table: XMLElement) {
        if pageHasText, styles.breaksBefore(table["style-name"]) { pageBreak() }
        let open = markup.depth
        let lists = listStyles
        let numbers = counters
        listStyles = []
        counters = []
        markup.start(.table)
        var isFirst = true
        for row in Self.rows(table) {
            markup.start(.tr)
            for cell in row.elements where cell.name == "table-cell" || cell.name == "covered-table-cell" {
                // The cells that another one covers are there too. Nothing of them is shown.
                if cell.name == "covered-table-cell" {
                    if !cell.descendants("p").allSatisfy(\.text.isEmpty) { markup.remarks.add(.hiddenText) }
                    continue
                }
                // Each copy is written with all that the cell holds, tables too.
                let copies = CellSpan.columns(cell["number-columns-repeated"].flatMap { Int($0) })
                for _ in 0..<(cell.elements.isEmpty ? copies : min(60, copies)) {
                    let depth = markup.depth
                    markup.startCell(
                        isHeader: isFirst, columns: cell["number-columns-spanned"].flatMap { Int($0) } ?? 1,
                        rows: cell["number-rows-spanned"].flatMap { Int($0) } ?? 1)
                    // An empty point of a chart is no number.
                    if cell["value"] != "NaN" { blocks(cell) }
                    markup.end(downTo: depth)
                }
            }
            markup.end()
            isFirst = false
        }
        markup.end(downTo: open)
        listStyles = lists
        counters = numbers
    }

    /// The rows of a table, also those in groups.
    static func rows(_ table: XMLElement) -> [XMLElement] {
        table.elements.flatMap { child -> [XMLElement] in
            switch child.name {
            case "table-row": [child]
            case "table-rows", "table-header-rows", "table-row-group": rows(child)
            default: []
            }
        }
    }

    /// Writes a frame: its box of text, its formula, or the alternative text of its picture.
    mutating func shape(_ shape: XMLElement) {
        guard depth < Self.deepest else { return markup.remarks.add(.beyondLimit("shapes inside shapes")) }
        depth += 1
        defer { depth -= 1 }
        if let object = shape.first("object") {
            let root = objects.root(of: object)
            if let root, root.name == "math" { return markup.element(.p) { $0.mathematics(root) } }
            if let body = root?.first("body") { return blocks(body) }
            markup.remarks.add(.object("embedded object"))
        }
        let words = shape.first("desc")?.text ?? shape.first("title")?.text ?? ""
        if let table = shape.first("table") {
            self.table(table)
        } else if shape.first("image") != nil {
            markup.element(.p) { $0.picture(words) }
        } else {
            if !words.isEmpty { markup.element(.p) { $0.picture(words) } }
            for child in shape.elements {
                switch child.name {
                case "text-box": blocks(child)
                case "p", "h", "list": break
                case "desc", "title", "event-listeners", "glue-point", "enhanced-geometry": break
                default: self.shape(child)
                }
            }
            blocksOfShape(shape)
        }
    }

    /// The paragraphs that stand in a shape itself.
    private mutating func blocksOfShape(_ shape: XMLElement) {
        for child in shape.elements {
            if child.name == "p" || child.name == "h" { paragraph(child, tag: .p) }
            if child.name == "list" { list(child) }
        }
    }
}

extension XMLElement {
    /// The paragraphs and headings inside, also those of lists and tables. Those of a remark on a change are none.
    fileprivate var paragraphs: [XMLElement] {
        elements.flatMap { child -> [XMLElement] in
            if child.name == "p" || child.name == "h" { return [child] }
            return child.name == "change-info" ? [] : child.paragraphs
        }
    }

    /// The text without the numbers of pages.
    fileprivate var textWithoutPages: String {
        children.map { child in
            switch child {
            case .text(let text): text
            case .element(let child): ["page-number", "page-count"].contains(child.name) ? "" : child.textWithoutPages
            }
        }.joined()
    }
}
