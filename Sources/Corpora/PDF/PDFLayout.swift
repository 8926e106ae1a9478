/// Puts the pieces of lines on a page into reading order: rows from top to bottom, one column after the other.
enum PDFLayout {
    /// Pieces of lines at one height, from left to right.
    fileprivate struct Row {
        var pieces: [PDFLine]
        var top: Double
        var bottom: Double
    }

    /// The lines of a page in reading order.
    static func lines(_ fragments: [PDFLine]) -> [PDFLine] {
        // Text that runs up or down the page has no rows. Poppler's order is better for such a page.
        let long = fragments.filter { $0.text.utf8.count > 4 }
        guard long.filter({ $0.height > $0.right - $0.left }).count * 2 <= long.count else { return fragments }
        var lines: [PDFLine] = []
        order(rows(fragments), into: &lines, depth: 0)
        return lines
    }

    /// Groups the pieces whose middles are at one height.
    private static func rows(_ pieces: [PDFLine]) -> [Row] {
        var rows: [Row] = []
        for piece in pieces.sorted(by: { $0.top + $0.bottom < $1.top + $1.bottom }) {
            let middle = (piece.top + piece.bottom) / 2
            if let last = rows.last, middle < last.bottom - 0.25 * (last.bottom - last.top),
                min(last.bottom, piece.bottom) - max(last.top, piece.top) > 0.5
                    * min(piece.height, last.bottom - last.top)
            {
                rows[rows.count - 1].pieces.append(piece)
            } else {
                rows.append(Row(pieces: [piece], top: piece.top, bottom: piece.bottom))
            }
        }
        for i in rows.indices { rows[i].pieces.sort { $0.left < $1.left } }
        return rows
    }

    /// Appends rows to `lines`.
    ///
    /// Where a gutter divides the rows into two columns, the column that is read first comes before the other.
    private static func order(_ rows: [Row], into lines: inout [PDFLine], depth: Int) {
        guard depth < 4, rows.count >= 3, let gutter = gutter(rows) else {
            return write(rows, into: &lines)
        }
        var start = 0
        while start < rows.count {
            let crosses = rows[start].crosses(gutter)
            var end = start + 1
            while end < rows.count, rows[end].crosses(gutter) == crosses { end += 1 }
            let band = rows[start..<end]
            if !crosses, let (left, right) = columns(band, gutter) {
                let rightToLeft = band.joined.filter(\.isRightToLeft).count * 2 > band.joined.count
                for side in rightToLeft ? [right, left] : [left, right] {
                    order(Self.rows(side), into: &lines, depth: depth + 1)
                }
            } else {
                write(Array(band), into: &lines)
            }
            start = end
        }
    }

    /// The pieces left and right of a gutter.
    ///
    /// Nil unless both sides are columns of running text. A table or a lone heading is no such column.
    private static func columns(_ band: ArraySlice<Row>, _ gutter: Double) -> ([PDFLine], [PDFLine])? {
        let left = band.joined.filter { $0.right <= gutter }
        let right = band.joined.filter { $0.left >= gutter }
        return isColumn(left) && isColumn(right) ? (left, right) : nil
    }

    /// Whether at least half of the pieces fill the width of the column and are long enough to be running text.
    private static func isColumn(_ pieces: [PDFLine]) -> Bool {
        guard pieces.count >= 3, let left = pieces.map(\.left).min(), let right = pieces.map(\.right).max() else {
            return false
        }
        let wide = pieces.filter { $0.right - $0.left > 0.6 * (right - left) && $0.text.utf8.count >= 18 }
        return wide.count * 2 >= pieces.count
    }

    /// The horizontal position that the fewest pieces of text cross.
    ///
    /// Nil when too many pieces cross every position, or when the page is too narrow for two columns.
    private static func gutter(_ rows: [Row]) -> Double? {
        let pieces = rows.joined
        guard let left = pieces.map(\.left).min(), let right = pieces.map(\.right).max(), right - left > 100 else {
            return nil
        }
        let step = 2.0
        var crossings = [Int](repeating: 0, count: Int((right - left) / step) + 2)
        for piece in pieces {
            let from = Int((piece.left - left) / step)
            let to = min(Int((piece.right - left) / step), crossings.count - 1)
            for i in from...max(from, to) { crossings[i] += 1 }
        }
        let inner = crossings.count / 6..<crossings.count - crossings.count / 6
        guard let least = crossings[inner].min(), least * 5 < rows.count * 3 else { return nil }
        // The gutter is the middle of the widest stretch with the fewest crossings.
        var best: Range<Int>?
        var i = inner.lowerBound
        while i < inner.upperBound {
            guard crossings[i] == least else {
                i += 1
                continue
            }
            let start = i
            while i < inner.upperBound, crossings[i] == least { i += 1 }
            if i - start > best?.count ?? 0 { best = start..<i }
        }
        return best.map { left + step * Double($0.lowerBound + $0.upperBound) / 2 }
    }

    /// Appends one line for each row.
    ///
    /// " | " joins the pieces of a row when the row above or below has several pieces too, as in a table. Otherwise, and
    /// after a bullet, a space joins the pieces.
    private static func write(_ rows: [Row], into lines: inout [PDFLine]) {
        for (i, row) in rows.enumerated() {
            let isTable = [i - 1, i + 1].contains { rows.indices.contains($0) && rows[$0].pieces.count > 1 }
            let rightToLeft = row.pieces.filter(\.isRightToLeft).count * 2 > row.pieces.count
            let pieces = rightToLeft ? row.pieces.reversed() : row.pieces
            var line = pieces[0]
            for piece in pieces.dropFirst() {
                let isBullet = line.text.unicodeScalars.count <= 3
                line.append(piece, (isTable && !isBullet ? " | " : " ") + piece.text)
                if isBullet { line.firstWord += piece.firstWord }
            }
            lines.append(line)
        }
    }
}

extension PDFLayout.Row {
    fileprivate func crosses(_ gutter: Double) -> Bool { pieces.contains { $0.left < gutter && $0.right > gutter } }
}

extension Collection<PDFLayout.Row> {
    fileprivate var joined: [PDFLine] { flatMap(\.pieces) }
}
