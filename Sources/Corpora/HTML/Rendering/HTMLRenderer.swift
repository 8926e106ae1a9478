/// Writes a page as text: all that a browser shows.
///
/// A blank line separates blocks, "- " starts a list item, and " | " separates the cells of a table row. Struck text stands
/// between "~~". A number in superscript is an exponent after a digit or a short symbol, as in 10⁻⁶ or m²; after a word it
/// is the mark of a note, as in "word[3]". A number in subscript is an index, as in log₂8 or H₂O.
struct HTMLRenderer {
    var text: [UInt8] = []
    var headings: [Heading] = []
    var pages: [Extracted.Page] = []

    let tree: HTMLTree
    let isDropped: [Bool]
    /// The line being written.
    var line: [UInt8] = []
    /// Whether a space comes before the next word of the line.
    var spaceDue = false
    /// The number of line ends before the next line: 2 make a blank line.
    var gap = 0
    /// The bullet of a list item, written before the next line.
    var prefix: [UInt8] = []
    var indent = 0
    var isPreformatted = false
    /// The pages that start in the line, with their offsets in it.
    var duePages: [Extracted.Page] = []
    /// Whether the text being written is struck, and whether each piece of it is marked so.
    var isStriking = false
    var strikesTexts = false
    /// How many bytes of cells may still be written once more, in the other columns and rows that they span.
    var repeatable: Int

    init(_ tree: HTMLTree) {
        self.tree = tree
        repeatable = 1 << 20 + 16 * tree.bytes.count
        isDropped = tree.nodes.indices.map { !tree.isVisible($0) }
        guard !tree.nodes.isEmpty else { return }
        // libxml2 takes elements that it does not know for parts of the head, where a page leaves out the tag of its body.
        write(0, depth: 0)
        flush()
        if !text.isEmpty { text.append(10) }
    }
}

/// The walk over the elements.
extension HTMLRenderer {
    mutating func write(_ index: Int, depth: Int) {
        let node = tree.nodes[index]
        if isDropped[index] { return }
        if node.isItem { partItem(index) }
        guard depth < HTMLRenderer.deepest else { return writeFlat(index) }
        if node.isStruck, !isStriking, [.table, .ul, .ol].contains(node.tag) {
            return striking { $0.write(index, depth: depth) }
        }
        switch node.tag {
        case .text where strikesTexts && hasText(index):
            folded(Array("~~".utf8)[...])
            folded(tree.bytes[node.text])
            spaceDue = false
            folded(Array("~~".utf8)[...])
        case .text: isPreformatted ? preformatted(tree.bytes[node.text]) : folded(tree.bytes[node.text])
        case .br:
            if isPreformatted { preformatted([10]) } else { lineBreak() }
        case .wbr: break
        case .page: duePages.append(Extracted.Page(start: line.count, number: node.number ?? 0))
        case .img, .input, .area: picture(node)
        case .iframe: block { $0.picture(node) }
        case .svg:
            spaceDue = spaceDue || !line.isEmpty && line.last != 10
            if hasText(index) { children(index, depth) } else { picture(node) }
            spaceDue = true
        case .sup: superscript(index, depth)
        case .sub: subscripted(index, depth)
        case .q: around(index, depth, "“", "”")
        case .del, .s, .strike: struck(index, depth)
        case .rt: around(index, depth, "(", ")")
        case .math: folded(formula(index)[...])
        case .hr: block { _ in }
        case .pre:
            block { this in
                let outer = this.isPreformatted
                this.isPreformatted = true
                this.children(index, depth)
                this.isPreformatted = outer
            }
        case .ul, .ol, .menu: list(index, depth)
        case .li:
            // An item outside a list.
            item(index, depth, bullet: bullet(index) ?? "- ")
        case .table where isData(index): table(index, depth)
        case .tr, .td, .th, .tbody, .thead, .tfoot, .table: block { $0.children(index, depth) }
        case .dt, .dd:
            flush()
            owe(1)
            // libxml2 lets a description hold the one after it.
            let isInside = node.parent >= 0 && tree.nodes[node.parent].tag == .dd
            let step = node.tag == .dd && !isInside ? 2 : 0
            indent += step
            children(index, depth)
            flush()
            owe(1)
            indent -= step
        case _ where node.tag.headingLevel != nil: heading(index, node.tag.headingLevel!, depth)
        case .optgroup:
            block {
                $0.picture(node); $0.children(index, depth)
            }
        default:
            // An element without text, such as a link that is a symbol, is known by its label.
            if !node.alternative.isEmpty, !node.isBox, !says(index) { picture(node) }
            if node.tag.isInline, !node.isBlock {
                if node.isApart, line.last != UInt8(ascii: "("), line.last != UInt8(ascii: "[") { part() }
                if node.isBox { picture(node) }
                children(index, depth)
                if node.endsApart, !isClosed(node.end) { part() }
                if isPreformatted { partLineNumber(index) }
            } else {
                block { this in
                    if node.isBox { this.picture(node) }
                    this.children(index, depth)
                }
            }
        }
    }

    /// The deepest nesting that keeps its form, because each level takes room on the stack.
    ///
    /// Deeper elements keep only their text.
    private static let deepest = 600

    /// Writes a subtree without recursion, as paragraphs only.
    private mutating func writeFlat(_ index: Int) {
        var i = index
        var blockEnds: [Int] = []
        while i < tree.nodes[index].end {
            let node = tree.nodes[i]
            while let end = blockEnds.last, end <= i {
                blockEnds.removeLast()
                blockEdge()
            }
            if isDropped[i] {
                i = node.end
                continue
            }
            switch node.tag {
            case .text: folded(tree.bytes[node.text])
            case .br: lineBreak()
            case _ where !node.tag.isInline || node.isBlock:
                blockEdge()
                blockEnds.append(node.end)
            default: break
            }
            i += 1
        }
        if !blockEnds.isEmpty { blockEdge() }
    }

    /// Asks for a space before the next word of the line.
    private mutating func part() {
        if !isPreformatted { spaceDue = spaceDue || !line.isEmpty && line.last != 10 }
    }

    /// Whether the text at a node starts with a mark that ends what stands before it.
    private func isClosed(_ index: Int) -> Bool {
        guard index < tree.nodes.count, tree.nodes[index].tag == .text else { return false }
        return tree.bytes[tree.nodes[index].text].first.map(".,;:!?)]".utf8.contains) ?? false
    }

    /// Asks for a space before a box in a row of boxes. The rest of a number or a sentence, as ".50", goes on.
    private mutating func partItem(_ index: Int) {
        var i = index
        while i < tree.nodes[index].end {
            if isDropped[i] {
                i = tree.nodes[i].end
                continue
            }
            if tree.nodes[i].tag == .text, let first = tree.bytes[tree.nodes[i].text].first(where: { !$0.isControlOrSpace })
            {
                if !".,;:!?)%".utf8.contains(first) { part() }
                return
            }
            i += 1
        }
        part()
    }

    mutating func children(_ index: Int, _ depth: Int) {
        if tree.nodes[index].isStruck, !isStriking { return struck(index, depth) }
        var child = index + 1
        while child < tree.nodes[index].end {
            write(child, depth: depth + 1)
            child = tree.nodes[child].end
        }
    }

    /// Runs `body` with a blank line before and after its text.
    mutating func block(_ body: (inout HTMLRenderer) -> Void) {
        blockEdge()
        body(&self)
        blockEdge()
    }

    mutating func blockEdge() {
        flush()
        owe(2)
    }

    /// Asks for at least so many line ends before the next line.
    mutating func owe(_ lines: Int) { gap = max(gap, lines) }
}
