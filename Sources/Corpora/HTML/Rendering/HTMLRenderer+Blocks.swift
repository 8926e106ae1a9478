/// Lists, and which tables hold data.
extension HTMLRenderer {
    mutating func list(_ index: Int, _ depth: Int) {
        flush()
        owe(indent > 0 ? 1 : 2)
        let list = tree.nodes[index]
        let step = list.isReversed ? -1 : 1
        var number = list.number ?? 1
        if list.isReversed, list.number == nil {
            number = tree.children(of: index).count { tree.nodes[$0].tag == .li && !isDropped[$0] }
        }
        var child = index + 1
        while child < tree.nodes[index].end {
            let node = tree.nodes[child]
            if node.tag == .li, !isDropped[child] {
                if let own = node.number { number = own }
                let numbering = node.numbering ?? list.numbering ?? (list.tag == .ol ? .decimal : .bullet)
                item(child, depth + 1, bullet: bullet(child) ?? numbering.text(number))
                number &+= step
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

    private func textBytes(_ index: Int) -> Int {
        tree.nodes[index..<tree.nodes[index].end].reduce(0) { $0 + $1.text.count }
    }

    /// Whether a table holds data.
    ///
    /// The rows of a data table have several cells. A table that holds a table, a section or a main heading is a layout,
    /// unless it has a caption or header cells of its own, or is a grid. So is one of long texts, or of one row, that styles make.
    func isData(_ index: Int) -> Bool {
        var cells = 0
        var rows: [Int] = []
        var hasHeader = false
        var hasLayout = false
        var hasTable = false
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
                hasTable = true
                inner = max(inner, node.end)
            case .h1, .h2, .article, .section: hasLayout = true
            case .caption where i >= inner: hasHeader = true
            case .th where i >= inner:
                hasHeader = true
                cells += 1
            case .td where i >= inner: cells += 1
            case .tr where i >= inner: rows.append(i)
            default: break
            }
            i += 1
        }
        if tree.nodes[index].isPartByStyle, rows.count < 2 || textBytes(index) > 300 * cells { return false }
        guard cells > rows.count else { return false }
        return hasHeader || !hasLayout && (!hasTable || isGrid(rows, isRuled: tree.nodes[index].isRuled))
    }

    /// Whether rows have the same cells, all of them short, with rules between them or a column of numbers.
    private func isGrid(_ rows: [Int], isRuled: Bool) -> Bool {
        let grid = rows.map { cells(of: $0) }
        guard grid.count > 1, let width = grid.first?.count, width > 1, grid.allSatisfy({ $0.count == width }),
            grid.allSatisfy({ $0.allSatisfy { textBytes($0) < 200 } })
        else { return false }
        return isRuled
            || (0..<width).contains { column in
                grid.allSatisfy { row in
                    let text = plainText(row[column]).filter { !$0.isControlOrSpace }
                    return text.count < 20 && text.contains(where: \.isDigit) && !text.contains(where: \.isLetter)
                }
            }
    }
}
