/// Tables that hold data.
extension HTMLRenderer {
    /// A part of a table.
    private enum TablePart {
        case row(Int)
        /// The start of a group of rows, beyond which no cell reaches.
        case group
        /// A caption, or text that stands between rows by mistake.
        case line(Int)
    }

    mutating func table(_ index: Int, _ depth: Int) {
        block { this in
            let parts = this.parts(of: index)
            let width = this.width(parts)
            var spans: [Int: RowSpan] = [:]
            for part in parts {
                switch part {
                case .row(let row): if !this.codeRow(row, depth) { this.row(row, depth, width, &spans) }
                case .group: spans = [:]
                case .line(let line): if this.says(line) { this.tableLine(line, depth) }
                }
            }
        }
    }

    /// The parts of a table as they are shown: its head first, and its foot last, wherever they stand.
    private func parts(of index: Int) -> [TablePart] {
        let groups = tree.children(of: index).filter { tree.nodes[$0].tag.isRowGroup && !isDropped[$0] }
        let head = groups.first { tree.nodes[$0].tag == .thead && $0 != groups.first }
        let foot = groups.first { tree.nodes[$0].tag == .tfoot && $0 != groups.last }
        var parts = parts(in: index + 1..<tree.nodes[index].end, without: [head, foot].compactMap(\.self))
        func moved(_ group: Int?) -> [TablePart] {
            group.map { [.group] + self.parts(in: $0 + 1..<tree.nodes[$0].end, without: []) + [.group] } ?? []
        }
        // A caption stands above the head.
        let start = parts.firstIndex { if case .line = $0 { false } else { true } } ?? parts.count
        parts.insert(contentsOf: moved(head), at: start)
        return parts + moved(foot)
    }

    private func parts(in range: Range<Int>, without moved: [Int]) -> [TablePart] {
        var parts: [TablePart] = []
        var i = range.lowerBound
        while i < range.upperBound {
            let node = tree.nodes[i]
            if isDropped[i] || moved.contains(i) {
                i = node.end
            } else if node.tag == .tr {
                parts.append(.row(i))
                i = node.end
            } else if node.tag == .text || !holdsRows(i) {
                parts.append(.line(i))
                i = node.end
            } else {
                if node.tag.isRowGroup { parts.append(.group) }
                i += 1
            }
        }
        return parts
    }

    /// Whether an element inside a table is, or holds, rows.
    private func holdsRows(_ index: Int) -> Bool {
        let node = tree.nodes[index]
        if node.tag.isRowGroup { return true }
        return node.tag != .caption && (index + 1..<node.end).contains { tree.nodes[$0].tag == .tr }
    }

    /// The cells of a row, and what stands between them by mistake.
    func cells(of row: Int) -> [Int] {
        tree.children(of: row).filter { !isDropped[$0] && (tree.nodes[$0].tag != .text || hasText($0)) }
    }

    /// The number of columns in which cells start. A cell that spans further spans nothing there.
    private func width(_ parts: [TablePart]) -> Int {
        var width = 0
        // For each column, the number of rows into which a cell reaches, with its own.
        var reach: [Int] = []
        for part in parts {
            switch part {
            case .line: break
            case .group: reach = []
            case .row(let row):
                var column = 0
                for cell in cells(of: row) {
                    while column < reach.count, reach[column] > 0 { column += 1 }
                    width = max(width, column + 1)
                    let end = min(column + tree.nodes[cell].columns, max(column + 1, CellSpan.mostColumns))
                    if column < CellSpan.mostColumns {
                        while reach.count < end { reach.append(0) }
                        for i in column..<end { reach[i] = tree.nodes[cell].rows }
                    }
                    column = end
                }
                for i in reach.indices { reach[i] -= 1 }
            }
        }
        return width
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

    /// Whether so many bytes may be written once more. Spans must not make a long text of a short page.
    private mutating func affords(_ length: Int) -> Bool {
        repeatable -= length + 3
        return repeatable >= 0
    }

    /// Writes a table row on one line, with its spanned cells as `CellSpan` says.
    private mutating func row(_ index: Int, _ depth: Int, _ width: Int, _ spans: inout [Int: RowSpan]) {
        if tree.nodes[index].isStruck, !isStriking { return striking { $0.row(index, depth, width, &spans) } }
        var cells: [[UInt8]] = []
        var own = 0
        var isEmpty = true
        func takeSpans() {
            while var span = spans[cells.count] {
                guard affords(span.text.count) else { return spans = [:] }
                span.rows -= 1
                spans[cells.count] = span.rows > 0 ? span : nil
                cells.append(span.text)
            }
        }
        let children = self.cells(of: index)
        let isHeader = children.allSatisfy { tree.nodes[$0].tag == .th }
        let isLine = children.count == 1 && spans.isEmpty
        for child in children {
            takeSpans()
            let text = cell(child, depth)
            let node = tree.nodes[child]
            let repeats =
                !isLine && CellSpan.repeatsInColumns(text.count, isHeader: isHeader, isFirst: cells.isEmpty)
            own += 1
            if !text.isEmpty { isEmpty = false }
            for column in 0..<min(node.columns, max(1, width - cells.count)) {
                let written = column == 0 || repeats ? text : []
                if column > 0, !affords(written.count) { break }
                if node.rows > 1 {
                    spans[cells.count] = RowSpan(
                        text: CellSpan.repeatsInRows(written.count) ? written : [], rows: node.rows - 1)
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

    /// The text of a cell on one line, or its lines.
    mutating func cell(_ index: Int, _ depth: Int, keepsLines: Bool = false) -> [UInt8] {
        var inner = self
        inner.isPreformatted = isPreformatted || keepsLines
        inner.text = []
        inner.line = []
        inner.prefix = []
        inner.indent = 0
        inner.gap = 0
        inner.spaceDue = false
        inner.pages = []
        inner.duePages = []
        if [.td, .th].contains(tree.nodes[index].tag) {
            // A cell without text is known by its label, as a coloured one is.
            if !tree.nodes[index].alternative.isEmpty, !says(index) { inner.picture(tree.nodes[index]) }
            inner.children(index, depth)
        } else {
            inner.write(index, depth: depth + 1)
        }
        inner.flush()
        repeatable = inner.repeatable
        duePages += (inner.pages + inner.duePages).map { Extracted.Page(start: 0, number: $0.number) }
        // Lines of code stay lines.
        if keepsLines || holdsCode(index) { return inner.text }
        // The columns of a table in the cell are none of the table around it.
        if (index + 1..<tree.nodes[index].end).contains(where: { tree.nodes[$0].tag == .table && isData($0) }) {
            return Array(
                String(decoding: inner.text, as: UTF8.self).replacing(" | ", with: ", ").split(separator: "\n").joined(
                    separator: "; "
                ).utf8)
        }
        return Array(inner.text.split { $0 == 10 }.joined(separator: [32]))
    }
}
