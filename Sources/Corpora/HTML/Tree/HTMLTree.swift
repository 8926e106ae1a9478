import CLibXML2

/// A page as one array of nodes in document order. The subtree of node i is i ..< nodes[i].end.
struct HTMLTree {
    struct Node {
        var tag: HTMLTag
        let parent: Int
        /// One past the last node of the subtree.
        var end: Int
        /// The range of a text node in `bytes`. Empty for an element.
        let text: Range<Int>
        /// Whether the element is marked as hidden: `hidden`, `display:none` or `visibility:hidden`.
        var isHidden = false
        /// Whether the element is shown although its kind is not: an open dialog, a declarative shadow root.
        var isShown = false
        /// Whether the style of the element makes it a block.
        var isBlock = false
        /// Whether a space stands before the element in its line, and after it.
        var isApart = false
        var endsApart = false
        /// A range in `bytes`: the alternative text of a picture, the value of a form field, the label of an element without
        /// text, or the bullet of an item.
        var alternative = 0..<0
        /// The columns and rows that a cell spans.
        var columns = 1
        var rows = 1
        /// The start number of an ordered list, the value of an item, or the number of a page.
        var number: Int?
        /// How a list or an item is numbered, where the page says so.
        var numbering: HTMLNumbering?
        /// Whether the numbers of an ordered list fall.
        var isReversed = false
        /// Whether a cell is there for the numbers of lines of code.
        var isLineNumber = false
        /// Whether a cell says that it holds code.
        var isCode = false
        /// Whether a table has rules between its cells.
        var isRuled = false
        /// Whether a fraction has no line, as in the number of combinations.
        var isStacked = false
        /// Whether a style strikes the text of the element through.
        var isStruck = false
        /// Whether a style, not its tag, makes the element a part of a table.
        var isPartByStyle = false
        /// Whether the element is a note, which books hide and show when its mark is touched.
        var isNote = false
        /// Whether each child is a box of its own (`display:flex`, `display:grid`), and whether the node is such a child.
        var partsItems = false
        var isItem = false
        /// Whether the alternative text is the state of a box, which stands before the text of the element.
        var isBox = false
    }

    private(set) var nodes: [Node] = []
    /// The text of all text nodes, one after the other.
    private(set) var bytes: [UInt8] = []
    /// The content of `og:title` or `twitter:title`.
    private(set) var metaTitle: String?
    /// The dates at which the page says that it was published or changed.
    private(set) var statedDates: [String] = []
    /// The dates of all `<time>` elements that have one.
    private(set) var times: [String] = []
    /// How many pieces of the page hold text that browsers hide.
    private(set) var hiddenPieces = 0
    /// The elements that pages hide from screen readers, as they hide formulas that stand there once more.
    private var silent: [Int] = []
    private(set) var sheet = HTMLStyleSheet()
    /// What style sheets write at the end of elements that are open.
    private var endings: [Int: String] = [:]
    /// How many bytes style sheets may still write. They must not make a long text of a short page.
    private var writable = 0

    /// Makes an empty page, for `MarkupBuilder`.
    init() {}

    /// Parses a page in UTF-8, and mends broken markup. Nil when libxml2 gives no complete tree.
    ///
    /// - Parameter sheet: the style sheets that the page takes from elsewhere.
    init?(_ page: [UInt8], sheet: HTMLStyleSheet = HTMLStyleSheet()) {
        self.sheet = sheet
        writable = 4096 + page.count
        guard let document = HTMLDocument(HTMLEntities.mended(HTMLRawText.mended(page))) else { return nil }
        guard let root = document.root else { return }
        Self.fillSlots(of: root, page)
        // One entry for each open element: the node that ends with the element, and the parent of the nodes inside. An empty
        // element ends at once, so `closes` is nil, and the nodes inside belong to its parent.
        var open: [(closes: Int?, parent: Int)] = []
        func close(_ element: Int?) {
            guard let element else { return }
            if !endings.isEmpty, let ending = endings.removeValue(forKey: element) { append(text: ending, parent: element) }
            nodes[element].end = nodes.count
        }
        var next: UnsafeMutablePointer<xmlNode>? = root
        // The walk is in document order and without recursion.
        while let node = next {
            let index = add(node, parent: open.last?.parent ?? -1)
            if let index, let child = node.pointee.children, node.pointee.type == XML_ELEMENT_NODE {
                open.append(nodes[index].tag.isVoid ? (nil, nodes[index].parent) : (index, index))
                next = child
                continue
            }
            close(index)
            var current = node
            while current != root, current.pointee.next == nil {
                guard let above = current.pointee.parent, !open.isEmpty else { break }
                close(open.removeLast().closes)
                current = above
            }
            next = current == root ? nil : current.pointee.next
        }
        while let last = open.popLast() { close(last.closes) }
        self.sheet = HTMLStyleSheet()
        let copies = copies(of: silent)
        silent = []
        for copy in copies { hide(copy) }
        showNotes()
        hiddenPieces = hiddenPieces(besides: Set(copies))
    }

    /// The children of a node.
    func children(of index: Int) -> [Int] {
        var found: [Int] = []
        var child = index + 1
        while child < nodes[index].end {
            found.append(child)
            child = nodes[child].end
        }
        return found
    }

    /// Whether a browser shows a node, where it shows the parent of the node.
    func isVisible(_ index: Int) -> Bool {
        let node = nodes[index]
        if node.tag == .body || node.tag == .html { return true }
        return !node.isHidden && (!node.tag.isRemoved || node.isShown)
    }

    /// The first node with this tag.
    func first(_ tag: HTMLTag) -> Int? { nodes.firstIndex { $0.tag == tag } }
}

extension HTMLTree {
    /// Appends an open element and returns its index.
    mutating func append(_ tag: HTMLTag, parent: Int, alternative: String) -> Int {
        var node = Node(tag: tag, parent: parent, end: nodes.count + 1, text: 0..<0)
        if !alternative.isEmpty {
            node.alternative = bytes.count..<bytes.count + alternative.utf8.count
            bytes.append(contentsOf: alternative.utf8)
        }
        nodes.append(node)
        return nodes.count - 1
    }

    /// Appends a text node.
    mutating func append(text: String, parent: Int) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        nodes.append(Node(tag: .text, parent: parent, end: nodes.count + 1, text: start..<bytes.count))
    }

    /// Appends the mark where a page starts.
    mutating func appendPage(_ number: Int, parent: Int) {
        nodes.append(Node(tag: .page, parent: parent, end: nodes.count + 1, text: 0..<0, number: number))
    }

    /// Makes an element a cell over several columns and rows, within the limits that cells of pages have.
    mutating func span(_ element: Int, columns: Int, rows: Int) {
        nodes[element].columns = CellSpan.columns(columns)
        nodes[element].rows = CellSpan.rows(rows)
    }

    /// Ends an element after the last node.
    mutating func close(_ element: Int) { nodes[element].end = nodes.count }

    mutating func hide(_ node: Int, _ isHidden: Bool = true) { nodes[node].isHidden = isHidden }

    /// Appends a text or element node and returns its index. Nil for every other node, such as a comment.
    private mutating func add(_ node: UnsafeMutablePointer<xmlNode>, parent: Int) -> Int? {
        switch node.pointee.type {
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE, XML_ENTITY_REF_NODE:
            guard node.pointee.type != XML_ENTITY_REF_NODE, let content = node.pointee.content else { return nil }
            let start = bytes.count
            bytes.append(contentsOf: UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
            var new = Node(tag: .text, parent: parent, end: nodes.count + 1, text: start..<bytes.count)
            new.isItem = parent >= 0 && nodes[parent].partsItems
            nodes.append(new)
        case XML_ELEMENT_NODE:
            var name = node.pointee.name.map { String(cString: $0) } ?? ""
            if name.hasPrefix("#") { name = "" }
            var tag = HTMLTag(name: name)
            // The title of a drawing is its alternative text.
            let isDrawn = tag == .title && parent >= 0 && ![.head, .html, .body].contains(nodes[parent].tag)
            if isDrawn { tag = .span }
            if tag == .style, let content = node.pointee.children?.pointee.content {
                sheet.add(UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
            }
            if tag == .option { Self.show(labelOf: node) }
            var new = Node(tag: tag, parent: parent, end: nodes.count + 1, text: 0..<0)
            new.isApart = isDrawn || tag == .other && (name == "desc" || Self.isUnknown(node.pointee.prev))
            // Browsers draw a box around each of these elements.
            if [.button, .output, .meter, .progress].contains(tag) { (new.isApart, new.endsApart) = (true, true) }
            let style = attributes(node, tag, &new)
            new.isItem = parent >= 0 && nodes[parent].partsItems
            if new.tag == .other, !new.isBlock { new.isBlock = !isInLine(node, parent: parent) }
            nodes.append(new)
            if let style, style.before != nil || style.after != nil { return write(style, around: node) }
        default: return nil
        }
        return nodes.count - 1
    }

    /// Writes what a style sheet has before the content of the last element, and keeps what it has after it. Returns the index
    /// of the element.
    private mutating func write(_ style: HTMLStyleSheet.Style, around element: UnsafeMutablePointer<xmlNode>) -> Int {
        let index = nodes.count - 1
        let tag = nodes[index].tag
        // Browsers show pictures, fields and line ends without it. Quotations have marks, and items bullets, of their own.
        guard !tag.isVoid, ![.img, .br, .hr, .input, .textarea, .select, .option, .svg, .math, .q].contains(tag) else {
            return index
        }
        func text(_ content: HTMLGeneratedContent?) -> String? {
            guard let text = content?.text(for: element), !text.isEmpty, text.utf8.count <= writable else { return nil }
            let isWord = text.contains { $0.isLetter || $0.isNumber }
            if !nodes[index].alternative.isEmpty, !isWord { return nil }
            if tag == .li, Self.bullets.contains(text.trimmed) { return nil }
            writable -= text.utf8.count
            return text
        }
        if let before = text(style.before) { append(text: before, parent: index) }
        endings[index] = text(style.after)
        return index
    }

    /// What style sheets write in place of the bullets of items.
    private static let bullets: Set<String> = [
        "•", "·", "∙", "‣", "▪", "■", "□", "●", "○", "◦", "-", "–", "—", "*", "›", "»", ">", "→", "▸", "►",
    ]

    /// What a browser shows of a form field with a value. Nil where it shows the label of the field, or nothing.
    private static func shown(type: String, value: String?, alternative: String?, isChecked: Bool) -> String? {
        switch type {
        case "image": alternative ?? ""
        case "checkbox", "radio": isChecked ? "[x]" : "[ ]"
        case "hidden", "password", "range", "color", "file": ""
        default: value?.isEmpty == false ? value : nil
        }
    }

    /// The kinds of notes of books, and of their lists.
    private static let notes: Set<String> = [
        "footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "doc-footnote", "doc-endnote",
        "doc-endnotes",
    ]

    /// Whether the tip of an element is its text where it has no other: that of pictures, of symbols and of cells of a colour.
    private static func isTold(_ tag: HTMLTag) -> Bool {
        [.img, .i, .span, .b, .em, .strong, .a, .abbr, .svg, .td, .th, .button].contains(tag)
    }

    /// The number at the start of a value, as browsers read it. What follows the digits is left out.
    private static func integer(_ value: String) -> Int? {
        let rest = value.trimmed[...]
        let sign = rest.first.map { "+-".contains($0) } == true ? 1 : 0
        let digits = rest.dropFirst(sign).prefix { $0.isASCII && $0.isNumber }
        return Int(rest.prefix(sign) + digits)
    }

    /// What pages call the date of their publication or last change.
    private static let dateNames = Set(
        """
        article:published_time article:modified_time og:updated_time og:published_time date pubdate publishdate \
        publish-date publication_date last-modified lastmod revised dc.date dc.date.issued dc.date.modified \
        dc.date.created dcterms.date dcterms.issued dcterms.modified dcterms.created citation_publication_date \
        citation_date datepublished datemodified datecreated sailthru.date parsely-pub-date article.published \
        article.updated
        """.split(separator: " ").map(String.init))

    /// Reads the attributes of an element. Returns what style sheets say of it; nil where they do not name it.
    private mutating func attributes(
        _ node: UnsafeMutablePointer<xmlNode>, _ tag: HTMLTag, _ new: inout Node
    ) -> HTMLStyleSheet.Style? {
        var property: String?
        var content: String?
        var time: String?
        var alternative: String?
        var label: String?
        var type: String?
        var shownValue: String?
        var isChecked = false
        var role: String?
        var style: HTMLStyleSheet.Style?
        var shift = HTMLShift()
        var next = node.pointee.properties
        while let attribute = next {
            next = attribute.pointee.next
            // libxml2 makes attribute names lower case. In HTML, the value of an attribute is one text node.
            let value = attribute.pointee.children?.pointee.content
            func string() -> String { value.map { String(cString: $0) } ?? "" }
            let name = String(cString: attribute.pointee.name)
            switch name {
            // What is hidden until it is found is found here.
            case "hidden": new.isHidden = string().trimmed.lowercased() != "until-found"
            case "open": if tag == .dialog { new.isShown = true }
            case "shadowrootmode", "shadowroot": if tag == .template { new.isShown = true }
            case "aria-hidden": if string() == "true" { silent.append(nodes.count) }
            case "role":
                role = string().lowercased()
                if tag == .a, role == "doc-noteref" { new.tag = .sup }
                if let role, Self.notes.contains(role) { new.isNote = true }
            case "epub:type":
                if tag == .a, string().contains("noteref") { new.tag = .sup }
                if string().split(whereSeparator: \.isWhitespace).contains(where: { Self.notes.contains(String($0)) }) {
                    new.isNote = true
                }
            case "selected":
                if tag == .option {
                    alternative = "[x]"
                    new.isBox = true
                }
            case "label": if tag == .optgroup { alternative = string() }
            case "border": if tag == .table { new.isRuled = string() != "0" }
            case "linethickness": if tag == .mfrac { new.isStacked = HTMLShift.ems(string().trimmed) == 0 }
            case "dy", "baseline-shift", "font-size": if tag == .tspan { shift.add(name[...], string().lowercased()) }
            case "checked": isChecked = true
            case "reversed": new.isReversed = tag == .ol
            case "aria-checked": if tag != .input { isChecked = string() == "true" }
            case "class":
                if tag == .td {
                    new.isLineNumber = Self.isLineNumber(string())
                    new.isCode = Self.isCode(string())
                }
            case "data-line-number": if tag == .td { new.isLineNumber = true }
            case "alt": if tag == .img || tag == .area || tag == .input { alternative = string() }
            case "title": if Self.isTold(tag) { label = label ?? string() }
            case "aria-label": label = string()
            case "srcdoc":
                if tag == .iframe, let page = HTMLTree(Array(string().utf8)) {
                    alternative = String(decoding: HTMLRenderer(page).text, as: UTF8.self)
                    new.isShown = true
                }
            case "type":
                type = string()
                if tag == .ol { new.numbering = HTMLNumbering(type: string()) ?? new.numbering }
            case "placeholder": if tag == .input || tag == .textarea { label = label ?? string() }
            case "colspan": if tag == .td || tag == .th { new.columns = CellSpan.columns(Self.integer(string())) }
            // A cell over 0 rows reaches to the end of its group of rows.
            case "rowspan":
                if tag == .td || tag == .th {
                    let rows = Self.integer(string())
                    new.rows = rows == 0 ? CellSpan.mostRows : CellSpan.rows(rows)
                }
            case "x", "y": if tag == .tspan { new.isBlock = true }
            case "style":
                let own = HTMLStyleSheet.Style(string().utf8)
                if own.isHidden { new.isHidden = true }
                style = own
            case "property", "name", "itemprop", "http-equiv": property = string().lowercased()
            case "content": content = string()
            case "datetime": if tag == .time { time = string() }
            case "pubdate": if tag == .time { property = "pubdate" }
            case "start": new.number = Self.integer(string())
            case "value":
                new.number = Self.integer(string())
                if tag == .input { shownValue = string() }
            default: break
            }
        }
        if tag == .input {
            let kind = type?.lowercased() ?? "text"
            // A box that opens a menu is a button.
            let opensMenu = role == "button" && (kind == "checkbox" || kind == "radio")
            alternative = Self.shown(
                type: opensMenu ? "hidden" : kind, value: shownValue, alternative: alternative, isChecked: isChecked)
        }
        if let position = shift.tag, !new.isBlock { new.tag = position }
        let common = sheet.style(of: node)
        if let common { show(&new, node, as: common) }
        if let style { show(&new, node, as: style, isOwn: true) }
        if let role, [.div, .span, .section, .other].contains(tag) {
            if let part = HTMLTag(role: role) { new.tag = part }
            if ["checkbox", "radio", "switch", "menuitemcheckbox", "menuitemradio"].contains(role) {
                alternative = (isChecked ? "[x]" : "[ ]") + (node.pointee.children == nil ? " " + (label ?? "") : "")
                new.isBox = true
            }
        }
        // The tip of a picture tells what it shows where it has no alternative text; an empty one says that it shows nothing.
        if let words = alternative ?? (tag == .li ? nil : label) {
            let start = bytes.count
            bytes.append(contentsOf: words.utf8)
            new.alternative = start..<bytes.count
        }
        if let property, let date = content ?? time, Self.dateNames.contains(property) { statedDates.append(date) }
        if let time { times.append(time) }
        if tag == .meta, metaTitle == nil, let content, property == "og:title" || property == "twitter:title" {
            metaTitle = DocumentTitle.clean(content.utf8)
        }
        return common
    }
}
