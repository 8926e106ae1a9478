/// Puts the pieces of lines into reading order: rows from top to bottom, one column after the other.
struct PDFColumns {
    /// Pieces of lines at one height, from left to right.
    struct Row {
        var pieces: [PDFLine]
        var top: Double
        var bottom: Double

        func crosses(_ gutter: Double) -> Bool { pieces.contains { $0.left < gutter && $0.right > gutter } }
    }

    /// The lines in reading order.
    private(set) var lines: [PDFLine] = []

    /// Whether the page is wide, so that boxes of text may stand beside one another anywhere, as on slides.
    private let isWide: Bool

    init(_ pieces: [PDFLine], isWide: Bool) {
        self.isWide = isWide
        order(Self.rows(pieces), depth: 0)
    }

    /// Groups the pieces whose middles are at one height.
    static func rows(_ pieces: [PDFLine]) -> [Row] {
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

    /// Appends rows to `lines`. A ruled table with nothing beside it parts what is above from what is below.
    private mutating func order(_ rows: [Row], depth: Int) {
        var tables: [Int: Range<Int>] = [:]
        for (i, row) in rows.enumerated() {
            for table in row.pieces.lazy.compactMap(\.table) { tables[table] = (tables[table]?.lowerBound ?? i)..<i + 1 }
        }
        guard !tables.isEmpty else { return flow(rows, depth: depth) }
        var rest = 0
        var i = 0
        while i < rows.count {
            if let table = rows[i].pieces[0].table, let range = tables[table], range.lowerBound == i,
                rows[range].allSatisfy({ $0.pieces.count == 1 && $0.pieces[0].table == table })
            {
                flow(Array(rows[rest..<i]), depth: depth)
                lines += rows[range].map { $0.pieces[0] }
                i = range.upperBound
                rest = i
            } else {
                i += 1
            }
        }
        flow(Array(rows[rest...]), depth: depth)
    }

    /// Appends rows to `lines`.
    ///
    /// Where a gutter divides the rows into two columns, the column that is read first comes before the other. Fewer than three rows are
    /// columns only where ruled tables stand beside one another.
    private mutating func flow(_ rows: [Row], depth: Int) {
        let tables = rows.lazy.map { Set($0.pieces.compactMap(\.table)).count }
        guard depth < 8, rows.count >= 3 || tables.contains(where: { $0 > 1 }) else { return lines += PDFTable.lines(rows) }
        for gutter in Self.gutters(rows) where divide(rows, at: gutter, depth: depth) { return }
        lines += PDFTable.lines(rows)
    }

    /// Orders rows that a gutter divides. False where it parts no columns.
    private mutating func divide(_ rows: [Row], at gutter: Double, depth: Int) -> Bool {
        var start = 0
        var bands: [(rows: ArraySlice<Row>, columns: Columns?)] = []
        let centred = Self.centred(rows, gutter)
        let crossing = rows.indices.map { rows[$0].crosses(gutter) || centred.contains($0) }
        while start < rows.count {
            let crosses = crossing[start]
            var end = start + 1
            while end < rows.count, crossing[end] == crosses { end += 1 }
            let band = rows[start..<end]
            bands.append((band, crosses ? nil : columns(band, gutter, depth)))
            start = end
        }
        guard bands.contains(where: { $0.columns != nil }) else { return false }
        var plain: [Row] = []
        for band in bands {
            guard let columns = band.columns else {
                plain += band.rows
                continue
            }
            order(plain, depth: depth + 1)
            plain = []
            write(columns, depth)
        }
        order(plain, depth: depth + 1)
        return true
    }

    private mutating func write(_ columns: Columns, _ depth: Int) {
        switch columns {
        case .boxes(let boxes):
            for box in boxes {
                let start = lines.count
                order(Self.rows(box), depth: depth + 1)
                if start < lines.count, start > 0 { lines[start].startsBlock = true }
            }
        case .beside(let first, let second):
            for side in [first, second] where !side.isEmpty {
                let start = lines.count
                order(Self.rows(side), depth: depth + 1)
                if start < lines.count, start > 0 {
                    lines[start].startsBlock = lines[start].startsBlock || !lines[start].startsSmall
                }
            }
        case .labelled(let labels, let text):
            // Each label stands with all its lines before the paragraph that starts beside it.
            var rest = text[...]
            for (i, label) in labels.enumerated() {
                var line = label
                line.startsBlock = i == 0 || label.top - labels[i - 1].bottom > 0.6 * label.height
                if line.startsBlock {
                    let above = rest.prefix { $0.bottom <= label.top + 0.3 * label.height }
                    lines += above
                    rest = rest.dropFirst(above.count)
                }
                lines.append(line)
            }
            lines += rest
        }
    }
}

extension PDFColumns {
    /// What stands beside each other.
    enum Columns {
        /// Two columns, in reading order.
        case beside([PDFLine], [PDFLine])
        /// Boxes of text, in reading order.
        case boxes([[PDFLine]])
        /// Labels, each beside the start of a paragraph.
        case labelled([PDFLine], [PDFLine])
    }

    /// The rows of one piece in the middle over both columns: headings that are too narrow to cross the gutter.
    ///
    /// Lines of a column start where its other lines do.
    private static func centred(_ rows: [Row], _ gutter: Double) -> Set<Int> {
        let pieces = rows.flatMap(\.pieces)
        let sides = [pieces.filter { $0.right <= gutter }, pieces.filter { $0.left >= gutter }]
        guard sides.allSatisfy({ $0.count > 4 }), let left = pieces.map(\.left).min(), let right = pieces.map(\.right).max()
        else { return [] }
        let starts = sides.map { side in side.map(\.left).sorted()[side.count / 2] }
        return Set(
            rows.indices.filter { index in
                guard rows[index].pieces.count == 1, let piece = rows[index].pieces.first, piece.table == nil else {
                    return false
                }
                return abs(piece.left + piece.right - left - right) < 2 * piece.height
                    && starts.allSatisfy { abs(piece.left - $0) > piece.height }
                    && piece.left > starts[0] + 0.5 * (gutter - starts[0])
            })
    }

    /// Whether pieces are boxes of text beside one another: each one or more lines close below one another, under a title at most.
    private static func areBoxes(_ pieces: [PDFLine]) -> Bool {
        guard pieces.count > 1, pieces.count < mostInBoxes, pieces.allSatisfy({ $0.table == nil }) else { return false }
        var columns: [(right: Double, lines: [PDFLine])] = []
        for piece in pieces.sorted(by: { $0.left < $1.left }) {
            if let last = columns.last, piece.left < last.right {
                columns[columns.count - 1] = (max(last.right, piece.right), last.lines + [piece])
            } else {
                columns.append((piece.right, [piece]))
            }
        }
        return columns.allSatisfy { column in
            var lines = column.lines.sorted { $0.top < $1.top }
            if lines.count > 2, lines[0].height > 1.2 * lines[1].height { lines.removeFirst() }
            return lines.count > 1
                && zip(lines, lines.dropFirst()).allSatisfy { above, below in
                    let step = below.top - above.top
                    return step > 0.6 * above.height && step < 1.8 * above.height
                        && abs(above.height - below.height) < 0.1 * above.height
                }
        }
    }

    /// The most lines of boxes that are looked at.
    private static let mostInBoxes = 60

    /// Whether the page draws one of two columns of text first. The cells of a table are drawn row by row.
    private static func areDrawnApart(_ first: [PDFLine], _ second: [PDFLine]) -> Bool {
        guard [first, second].allSatisfy({ side in isTwoRows(side) && side.allSatisfy { $0.table == nil } }) else {
            return false
        }
        let orders = [first, second].map { $0.map(\.order) }
        return orders[0].max()! < orders[1].min()! || orders[1].max()! < orders[0].min()!
    }

    private static func isTwoRows(_ pieces: [PDFLine]) -> Bool {
        guard let top = pieces.map(\.top).min(), let first = pieces.first else { return false }
        return pieces.contains { $0.top > top + 0.5 * first.height }
    }

    /// The boxes of text on both sides of a gutter, in reading order. Nil where there are none.
    ///
    /// A page draws a box as a whole, so each box is several lines that are drawn one after the other on one side. Tables have
    /// numbers, and are drawn row by row.
    private static func boxes(_ left: [PDFLine], _ right: [PDFLine], isRightToLeft: Bool) -> [[PDFLine]]? {
        let pieces = left + right
        guard pieces.allSatisfy({ $0.table == nil }) else { return nil }
        let words = pieces.count { piece in piece.text.unicodeScalars.contains { $0.value.isLetter } }
        guard words * 3 > pieces.count * 2 else { return nil }
        let sides = (left.map { ($0, true) } + right.map { ($0, false) }).sorted { $0.0.order < $1.0.order }
        var boxes: [(lines: [PDFLine], isLeft: Bool)] = []
        for (piece, isLeft) in sides {
            if let last = boxes.last, last.isLeft == isLeft {
                boxes[boxes.count - 1].lines.append(piece)
            } else {
                boxes.append(([piece], isLeft))
            }
        }
        guard boxes.count > 1, boxes.allSatisfy({ isTwoRows($0.lines) }) else { return nil }
        // From top to bottom, and boxes at one height from one side to the other.
        let places = boxes.map { box in
            (box.lines, box.isLeft, top: box.lines.map(\.top).min()!, bottom: box.lines.map(\.bottom).max()!)
        }
        .sorted { $0.top < $1.top }
        var bands: [[(lines: [PDFLine], isLeft: Bool)]] = []
        var bottom = -Double.infinity
        for (lines, isLeft, top, end) in places {
            if top < bottom { bands[bands.count - 1].append((lines, isLeft)) } else { bands.append([(lines, isLeft)]) }
            bottom = max(bottom, end)
        }
        return bands.flatMap { band in
            band.filter { $0.isLeft != isRightToLeft }.map(\.lines) + band.filter { $0.isLeft == isRightToLeft }.map(\.lines)
        }
    }

    /// Whether lines beside one another stand at other heights, as those of a table never do.
    private static func areStaggered(_ left: [PDFLine], _ right: [PDFLine]) -> Bool {
        var beside = 0
        for piece in right {
            for other in left where other.top < piece.bottom && other.bottom > piece.top {
                if abs(other.bottom - piece.bottom) < 0.15 * min(other.height, piece.height) { return false }
                beside += 1
            }
        }
        return beside > 1
    }

    /// The columns on both sides of a gutter. Nil for a table or a lone heading.
    private func columns(_ band: ArraySlice<Row>, _ gutter: Double, _ depth: Int) -> Columns? {
        let pieces = band.flatMap(\.pieces)
        let left = pieces.filter { $0.right <= gutter }
        let right = pieces.filter { $0.left >= gutter }
        guard !left.isEmpty, !right.isEmpty else { return nil }
        let isRightToLeft = pieces.filter(\.isRightToLeft).count * 2 > pieces.count
        let (first, second) = isRightToLeft ? (right, left) : (left, right)
        switch (Self.isFlow(first, depth), Self.isFlow(second, depth)) {
        case (true, true): return .beside(first, second)
        case (false, false):
            if Self.areBoxes(left), Self.areBoxes(right), Self.areStaggered(left, right) { return .beside(first, second) }
            return isWide ? Self.boxes(left, right, isRightToLeft: isRightToLeft).map { .boxes($0) } : nil
        case (true, false):
            return Self.isMargin(second, beside: first) || Self.areDrawnApart(first, second) ? .beside(first, second) : nil
        case (false, true):
            if Self.isLabels(first, of: second) { return .labelled(first, second) }
            if Self.isMargin(first, beside: second) { return .beside(second, first) }
            return Self.areDrawnApart(first, second) ? .beside(first, second) : nil
        }
    }

    /// Whether pieces are running text, in one column or several.
    private static func isFlow(_ pieces: [PDFLine], _ depth: Int) -> Bool {
        if isColumn(pieces) { return true }
        guard depth < 6, pieces.count >= 6 else { return false }
        let rows = rows(pieces)
        return gutters(rows).contains { gutter in
            guard !rows.contains(where: { $0.crosses(gutter) }) else { return false }
            let left = pieces.filter { $0.right <= gutter }
            return isFlow(left, depth + 1) && isFlow(pieces.filter { $0.left >= gutter }, depth + 1)
        }
    }

    /// Whether at least half of the pieces fill the width of the column and are long enough to be running text, and some go on
    /// from line to line. A ruled table fills its column, too.
    private static func isColumn(_ all: [PDFLine]) -> Bool {
        let pieces = all.filter { $0.table == nil }
        if pieces.count < all.count, pieces.count < 3 { return true }
        guard pieces.count >= 3, let left = pieces.map(\.left).min(), let right = pieces.map(\.right).max() else {
            return false
        }
        let letters = pieces.map { $0.text.unicodeScalars.count { $0.value.isLetter } }
        let wide = pieces.indices.filter { pieces[$0].right - pieces[$0].left > 0.6 * (right - left) && letters[$0] >= 10 }
        guard wide.count * 2 >= pieces.count else { return false }
        let words = wide.reduce(0) { $0 + pieces[$1].text.utf8.count { $0 == 32 } + 1 }
        guard words * 2 >= wide.count * 7 || wide.reduce(0, { $0 + letters[$1] }) >= wide.count * 25 else { return false }
        // Running text goes on in small letters. The cells of a table start anew.
        let small = pieces.dropFirst().count(where: \.startsSmall)
        return small * 5 >= pieces.count - 1
    }

    /// Whether pieces are notes in the margin of a text: few, short, and not side by side.
    private static func isMargin(_ notes: [PDFLine], beside text: [PDFLine]) -> Bool {
        guard text.count >= 5, notes.count * 2 <= text.count, rows(notes).allSatisfy({ $0.pieces.count == 1 }) else {
            return false
        }
        let width = notes.map { $0.right - $0.left }.max() ?? 0
        let words = notes.reduce(0) { $0 + $1.text.utf8.count { $0 == 32 } + 1 }
        return width < 0.6 * (text.map { $0.right - $0.left }.max() ?? 0) && words >= notes.count
            && notes.contains { $0.text.count > 3 }
            && !notes.allSatisfy { $0.text.allSatisfy { $0.isNumber || $0.isPunctuation || $0 == " " } }
    }

    /// Whether each block of labels starts beside the start of a paragraph.
    private static func isLabels(_ labels: [PDFLine], of text: [PDFLine]) -> Bool {
        guard rows(labels).allSatisfy({ $0.pieces.count == 1 }) else { return false }
        let sorted = labels.sorted { $0.top < $1.top }
        let lines = text.sorted { $0.top < $1.top }
        let right = lines.map(\.right).max() ?? 0
        let width = right - (lines.map(\.left).min() ?? 0)
        for (i, label) in sorted.enumerated() {
            if i > 0, label.top - sorted[i - 1].bottom < 0.6 * label.height { continue }
            guard let line = lines.firstIndex(where: { abs($0.bottom - label.bottom) < 0.4 * label.height }) else {
                return false
            }
            if line == 0 { continue }
            let before = lines[line - 1]
            let isStart =
                right - before.right > 0.2 * width || lines[line].top - before.bottom > 0.5 * label.height
                || before.endsSentence
            guard isStart else { return false }
        }
        return true
    }

    /// The longest runs of indices for which a condition holds.
    private static func runs(in range: Range<Int>, where holds: (Int) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for i in range where holds(i) {
            if let last = runs.last, last.upperBound == i {
                runs[runs.count - 1] = last.lowerBound..<i + 1
            } else {
                runs.append(i..<i + 1)
            }
        }
        return runs
    }

    /// The positions that few pieces cross, best first.
    ///
    /// Empty when too many pieces cross every position, or when the page is too narrow for two columns.
    private static func gutters(_ rows: [Row]) -> [Double] {
        let pieces = rows.flatMap(\.pieces)
        guard let left = pieces.map(\.left).min(), let right = pieces.map(\.right).max(), right - left > 60 else {
            return []
        }
        let step = 2.0
        var crossings = [Int](repeating: 0, count: Int((right - left) / step) + 2)
        for piece in pieces {
            let from = Int((piece.left - left) / step)
            let to = min(Int((piece.right - left) / step), crossings.count - 1)
            for i in from...max(from, to) { crossings[i] += 1 }
        }
        let inner = crossings.count / 12..<crossings.count - crossings.count / 12
        // Stretches that fewer pieces cross than their neighbours.
        var found: [(middle: Double, crossings: Int, width: Int)] = []
        var i = inner.lowerBound
        while i < inner.upperBound {
            let start = i
            while i < inner.upperBound, crossings[i] == crossings[start] { i += 1 }
            let isLow =
                start > 0 && crossings[start - 1] > crossings[start] && i < crossings.count
                && crossings[i] > crossings[start]
            if isLow, crossings[start] * 5 < rows.count * 3 {
                found.append((left + step * Double(start + i) / 2, crossings[start], i - start))
            }
        }
        // A caption may reach into the space between two columns, and leave less of it than they do.
        let wider = (1...3).filter { $0 * 5 < rows.count * 3 }.flatMap { most in
            runs(in: inner, where: { crossings[$0] <= most }).filter { run in
                run.lowerBound > inner.lowerBound && run.upperBound < inner.upperBound
                    && run.contains { crossings[$0] < most } && run.contains { crossings[$0] == most }
            }
        }
        return found.sorted { ($0.crossings, -$0.width) < ($1.crossings, -$1.width) }.prefix(4).map(\.middle)
            + wider.prefix(4).map { left + step * Double($0.lowerBound + $0.upperBound) / 2 }
    }
}
