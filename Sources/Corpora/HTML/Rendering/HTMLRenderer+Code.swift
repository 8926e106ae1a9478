import Bytes

/// Code in tables: a column of numbers beside the lines, and preformatted text in cells.
extension HTMLRenderer {
    /// Writes a row of code without the numbers of its lines. Returns false for another row.
    mutating func codeRow(_ row: Int, _ depth: Int) -> Bool {
        let cells = cells(of: row)
        guard cells.count > 1, cells.count < 5, cells.contains(where: isCode) else { return false }
        let code = cells.filter { !isLineNumbers($0, among: cells) }
        guard code.count == 1, isCode(code[0]) else { return false }
        flush()
        owe(1)
        line = cell(code[0], depth, keepsLines: true)
        flush()
        owe(1)
        return true
    }

    /// Whether a cell holds nothing but the numbers of the lines in another one.
    private func isLineNumbers(_ cell: Int, among cells: [Int]) -> Bool {
        let text = plainText(cell)
        guard text.allSatisfy({ $0.isDigit || $0.isControlOrSpace }) else { return false }
        if tree.nodes[cell].isLineNumber { return true }
        let words = text.split { $0.isControlOrSpace }
        let numbers = words.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        // A column of numbers beside a block of code.
        guard numbers.count > 1, numbers.count == words.count,
            zip(numbers, numbers.dropFirst()).allSatisfy({ $0 &+ 1 == $1 })
        else { return false }
        return cells.contains { $0 != cell && holdsCode($0) }
    }

    private func isCode(_ cell: Int) -> Bool {
        let node = tree.nodes[cell]
        return node.tag == .td && (node.isCode || (cell..<node.end).contains { [.pre, .code].contains(tree.nodes[$0].tag) })
    }

    /// Whether a cell has several lines of preformatted text.
    func holdsCode(_ cell: Int) -> Bool {
        (cell..<tree.nodes[cell].end).contains { index in
            guard tree.nodes[index].tag == .pre else { return false }
            var lines = plainText(index)[...]
            while lines.last?.isControlOrSpace == true { lines.removeLast() }
            return lines.drop { $0 == 10 || $0 == 13 }.contains(10)
        }
    }
}
