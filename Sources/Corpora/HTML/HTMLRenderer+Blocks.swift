/// Lists and tables.
extension HTMLRenderer {
    mutating func list(_ index: Int, _ depth: Int) {
        flush()
        owe(indent > 0 ? 1 : 2)
        var number = tree.nodes[index].number ?? 1
        var child = index + 1
        while child < tree.nodes[index].end {
            let node = tree.nodes[child]
            if node.tag == .li, !isDropped[child] {
                if let own = node.number { number = own }
                item(child, depth + 1, bullet: bullet(child) ?? (tree.nodes[index].tag == .ol ? "\(number). " : "- "))
                number &+= 1
            } else {
                write(child, depth: depth + 1)
            }
            child = node.end
        }
        flush()
        owe(indent > 0 ? 1 : 2)
    }

    /// The bullet that an item brings with it.
    func bullet(_ index: Int) -> String? {
        let range = tree.nodes[index].alternative
        return range.isEmpty ? nil : String(decoding: tree.bytes[range], as: UTF8.self) + " "
    }

    mutating func item(_ index: Int, _ depth: Int, bullet: String) {
        flush()
        gap = text.isEmpty ? 0 : gap == 2 ? 2 : 1
        let outer = prefix
        let width = bullet.utf8.count
        prefix = outer + Array(bullet.utf8)
        indent += width
        let before = text.count
        children(index, depth)
        flush()
        if text.count == before { prefix = outer }
        indent -= width
        gap = 1
    }

    /// Whether a table holds data.
    ///
    /// The rows of a data table have several cells. A table that holds a table, a section or a main heading is a layout,
    /// unless it has a caption or header cells of its own.
    func isData(_ index: Int) -> Bool {
        var cells = 0
        var rows = 0
        var hasHeader = false
        var hasLayout = false
        var i = index + 1
        var inner = 0
        while i < tree.nodes[index].end {
            let node = tree.nodes[i]
            if isDropped[i] {
                i = node.end
                continue
            }
            switch node.tag {
            case .table:
                hasLayout = true
                inner = max(inner, node.end)
            case .h1, .h2, .article, .section: hasLayout = true
            case .caption where i >= inner: hasHeader = true
            case .th where i >= inner:
                hasHeader = true
                cells += 1
            case .td where i >= inner: cells += 1
            case .tr where i >= inner: rows += 1
            default: break
            }
            i += 1
        }
        return cells > rows && (hasHeader || !hasLayout)
    }

    mutating func table(_ index: Int, _ depth: Int) {
        block { this in
            var spans: [Int: RowSpan] = [:]
            var i = index + 1
            while i < this.tree.nodes[index].end {
                let node = this.tree.nodes[i]
                if this.isDropped[i] {
                    i = node.end
                } else if node.tag == .tr {
                    this.row(i, depth, &spans)
                    i = node.end
                } else if node.tag == .text || !this.holdsRows(i) {
                    // A caption, or text that stands between rows by mistake.
                    if this.says(i) { this.tableLine(i, depth) }
                    i = node.end
                } else {
                    i += 1
                }
            }
        }
    }

    /// Whether an element inside a table is, or holds, rows.
    private func holdsRows(_ index: Int) -> Bool {
        let node = tree.nodes[index]
        if [.thead, .tbody, .tfoot].contains(node.tag) { return true }
        return node.tag != .caption && (index + 1..<node.end).contains { tree.nodes[$0].tag == .tr }
    }

    /// Writes what stands in a table outside its rows.
    private mutating func tableLine(_ index: Int, _ depth: Int) {
        flush()
        owe(1)
        if tree.nodes[index].tag == .caption { children(index, depth) } else { write(index, depth: depth + 1) }
        flush()
        owe(1)
    }

    /// A cell of an earlier row that reaches into the next rows.
    private struct RowSpan {
        var text: [UInt8]
        var rows: Int
    }

    /// The longest text of a cell over several rows, and of a header over several columns, that is written in each of them,
    /// in bytes.
    private static let longestRepeated = 200
    /// The longest value that is written in each of its columns, such as "closed".
    private static let longestValue = 40

    /// Writes a table row on one line. The cells of rows and columns that are spanned make the table a grid.
    ///
    /// Who reads or finds one column must see its header and its value: a cell over several columns stands in each of them.
    /// But the first cell of a row of values stands once, because it names the row.
    private mutating func row(_ index: Int, _ depth: Int, _ spans: inout [Int: RowSpan]) {
        var cells: [[UInt8]] = []
        var own = 0
        var isEmpty = true
        func takeSpans() {
            while var span = spans[cells.count] {
                span.rows -= 1
                spans[cells.count] = span.rows > 0 ? span : nil
                cells.append(span.text)
            }
        }
        let children = tree.children(of: index).filter {
            !isDropped[$0] && (tree.nodes[$0].tag != .text || hasText($0))
        }
        let isHeader = children.allSatisfy { tree.nodes[$0].tag == .th }
        let isLine = children.count == 1 && spans.isEmpty
        for child in children {
            takeSpans()
            let text = cell(child, depth)
            let node = tree.nodes[child]
            let longest = isLine || cells.isEmpty && !isHeader ? 0 : isHeader ? Self.longestRepeated : Self.longestValue
            own += 1
            if !text.isEmpty { isEmpty = false }
            for column in 0..<(cells.count < 1000 ? node.columns : 1) {
                let written = column == 0 || text.count <= longest ? text : []
                if node.rows > 1 {
                    let repeated = written.count <= Self.longestRepeated ? written : []
                    spans[cells.count] = RowSpan(text: repeated, rows: node.rows - 1)
                }
                cells.append(written)
            }
        }
        takeSpans()
        guard !isEmpty else { return }
        // A cell across the whole table is a line.
        if own == 1, let first = cells.first, !first.isEmpty, cells.dropFirst().allSatisfy(\.isEmpty) { cells = [first] }
        flush()
        owe(1)
        line = Array(cells.joined(separator: Array(" | ".utf8)))
        flush()
        owe(1)
    }

    /// The text of a cell on one line.
    private mutating func cell(_ index: Int, _ depth: Int) -> [UInt8] {
        var inner = self
        inner.text = []
        inner.line = []
        inner.prefix = []
        inner.indent = 0
        inner.gap = 0
        inner.spaceDue = false
        inner.pages = []
        inner.duePages = []
        if [.td, .th].contains(tree.nodes[index].tag) {
            inner.children(index, depth)
        } else {
            inner.write(index, depth: depth + 1)
        }
        inner.flush()
        duePages += (inner.pages + inner.duePages).map { Extracted.Page(start: 0, number: $0.number) }
        return Array(inner.text.split { $0 == 10 }.joined(separator: [32]))
    }
}
