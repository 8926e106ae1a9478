/// Lines of a page that follow one another down a column.
struct PDFBlock {
    /// The indices of the lines in the page.
    let lines: Range<Int>
    private let left: Double
    private let right: Double

    /// Splits the lines of a page into blocks.
    ///
    /// A block ends where the next line is not below the line before, or far below it. A ruled table is a block.
    static func blocks(in lines: [PDFLine]) -> [PDFBlock] {
        var blocks: [PDFBlock] = []
        var start = 0
        for i in lines.indices.dropFirst() where !follows(lines[i - 1], lines[i]) {
            blocks.append(PDFBlock(lines, start..<i))
            start = i
        }
        if start < lines.count { blocks.append(PDFBlock(lines, start..<lines.count)) }
        return blocks
    }

    private init(_ all: [PDFLine], _ range: Range<Int>) {
        lines = range
        left = all[range].map(\.left).min()!
        right = all[range].map(\.right).max()!
    }

    /// Whether line `b` stands below line `a`, in the same column and not far away.
    private static func follows(_ a: PDFLine, _ b: PDFLine) -> Bool {
        guard !b.startsBlock, a.isApart == b.isApart, a.table == b.table else { return false }
        if a.table != nil { return true }
        let step = b.top - a.top
        let overlap = min(a.right, b.right) - max(a.left, b.left)
        return step > 0.3 * a.height && step < 2.5 * max(a.height, b.height) && overlap > 0
    }

    /// Whether the first word of `next` would have fitted on `line`. If so, `line` was ended on purpose.
    func hasRoom(for next: PDFLine, after line: PDFLine) -> Bool {
        room(line) > next.firstWord + 0.6 * line.height
    }

    /// Whether a line ends well before the column does.
    func isShort(_ line: PDFLine) -> Bool { lines.count > 1 && room(line) > 0.25 * (right - left) }

    /// The room between the end of a line and the edge of the block.
    private func room(_ line: PDFLine) -> Double { line.isRightToLeft ? line.left - left : right - line.right }
}
