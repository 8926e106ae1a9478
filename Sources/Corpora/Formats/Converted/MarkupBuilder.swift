/// Builds a page for `HTMLRenderer` from the parts of a document in another format.
///
/// So a heading, list or table of every format becomes the same text.
struct MarkupBuilder {
    private var nodes = HTMLTree()
    /// What the text of the page leaves out.
    var remarks = Remarks()
    private var open: [Int] = []
    /// For each open list, the number of elements that are open outside it.
    private var lists: [Int] = []

    /// The page so far. Elements that are open end with it.
    var tree: HTMLTree {
        var tree = nodes
        for node in open { tree.close(node) }
        return tree
    }

    /// The number of bytes of the text so far.
    var textBytes: Int { nodes.bytes.count }

    /// The number of open elements.
    var depth: Int { open.count }

    init() { start(.body) }

    /// Opens an element.
    mutating func start(_ tag: HTMLTag, label: String = "") {
        open.append(nodes.append(tag, parent: open.last ?? -1, alternative: label))
    }

    /// Opens a cell of a table.
    mutating func startCell(isHeader: Bool, columns: Int = 1, rows: Int = 1) {
        start(isHeader ? .th : .td)
        nodes.span(open[open.count - 1], columns: columns, rows: rows)
    }

    /// Closes the innermost open element.
    mutating func end() {
        guard let node = open.popLast() else { return }
        nodes.close(node)
    }

    /// Closes open elements until so many are open.
    mutating func end(downTo depth: Int) {
        while open.count > max(1, depth) { end() }
    }

    /// Adds text.
    mutating func text(_ text: String) {
        guard !text.isEmpty else { return }
        nodes.append(text: text, parent: open.last ?? -1)
    }

    /// Adds text whose line feeds are breaks.
    mutating func lines(_ text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { element(.br) { _ in } }
            self.text(String(line))
        }
    }

    /// Adds an element with what `body` adds.
    mutating func element(_ tag: HTMLTag, _ body: (inout MarkupBuilder) throws -> Void) rethrows {
        let depth = depth
        start(tag)
        try body(&self)
        end(downTo: depth)
    }

    /// Adds an element with text.
    mutating func element(_ tag: HTMLTag, _ text: String) {
        element(tag) { $0.text(text) }
    }

    /// Adds a picture with alternative text. A picture without one is remarked.
    mutating func picture(_ alternative: String) {
        let words = alternative.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if words.isEmpty { return remarks.add(.picture) }
        start(.img, label: words)
        end()
    }

    /// Marks the start of a page.
    mutating func page(_ number: Int) {
        nodes.appendPage(number, parent: open.last ?? -1)
    }

    /// The tag of a heading. Levels below the sixth are headings of the sixth level.
    static func heading(_ level: Int) -> HTMLTag {
        [HTMLTag.h1, .h2, .h3, .h4, .h5, .h6][max(1, min(6, level)) - 1]
    }
}

extension MarkupBuilder {
    /// Opens an item of a list at a level, counted from 0, with a bullet or number of its own.
    ///
    /// The item stays open for lists inside it, until `closeLists` or an item at the same level or above.
    mutating func item(level: Int, label: String) {
        let level = max(0, min(level, 20))
        while lists.count > level + 1 { closeList() }
        if lists.count == level + 1 { end(downTo: lists[level] + 1) }
        while lists.count < level + 1 {
            lists.append(open.count)
            start(.ul)
        }
        start(.li, label: label)
    }

    private mutating func closeList() {
        guard let depth = lists.popLast() else { return }
        end(downTo: depth)
    }

    /// Closes all lists.
    mutating func closeLists() {
        while !lists.isEmpty { closeList() }
    }

    /// Whether a list is open.
    var isInList: Bool { !lists.isEmpty }

    /// Replaces the open lists, and returns the old ones. A cell of a table has lists of its own.
    mutating func exchangeLists(_ new: [Int] = []) -> [Int] {
        defer { lists = new }
        return lists
    }
}
