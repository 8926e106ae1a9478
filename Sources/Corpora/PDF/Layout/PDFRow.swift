/// Words or pieces of lines at one height, from left to right.
struct PDFRow {
    var words: [PDFWord]
    var top: Double
    var bottom: Double

    /// Groups words by height.
    static func rows(_ words: [PDFWord]) -> [PDFRow] {
        var rows: [PDFRow] = []
        // Indices and exponents follow their word. They do not stand at the height of their line.
        var scripts: [Int: [PDFWord]] = [:]
        for word in words { if let host = word.host { scripts[host, default: []].append(word) } }
        let hosts = words.indices.filter { words[$0].host == nil }
        for i in hosts.sorted(by: { words[$0].top + words[$0].bottom < words[$1].top + words[$1].bottom }) {
            let word = words[i]
            let new = [word] + (scripts[i] ?? [])
            if let row = rows.last, row.holds(word) {
                rows[rows.count - 1].add(new)
            } else {
                rows.append(PDFRow(words: new, top: word.top, bottom: word.bottom))
            }
        }
        for i in rows.indices { rows[i].sort() }
        return rows
    }

    /// Whether a word stands at the height of the row.
    private func holds(_ word: PDFWord) -> Bool {
        let middle = (word.top + word.bottom) / 2
        let overlap = min(bottom, word.bottom) - max(top, word.top)
        return middle < bottom - 0.25 * (bottom - top) && overlap > 0.5 * min(word.height, bottom - top)
    }

    private mutating func add(_ new: [PDFWord]) {
        words += new
        // The tallest word makes the height of the row, so that a small one does not join it to the next row.
        if new[0].height > bottom - top { (top, bottom) = (new[0].top, new[0].bottom) }
    }

    private mutating func sort() {
        words.sort { $0.left == $1.left ? $0.order < $1.order : $0.left < $1.left }
        // A word that is drawn twice, to look bold or to throw a shadow, is one word.
        var kept: [PDFWord] = []
        for word in words {
            let isRepeated = kept.suffix(4).contains { other in
                abs(other.left - word.left) < 0.2 * word.size && abs(other.baseline - word.baseline) < 0.2 * word.size
                    && other.glyphs.count == word.glyphs.count
                    && zip(other.glyphs, word.glyphs).allSatisfy { $0.letters == $1.letters }
            }
            if !isRepeated { kept.append(word) }
        }
        words = kept
    }
}

/// The stretches of white space that part columns: strips that no word of several rows in succession crosses.
struct PDFGutters {
    fileprivate struct Strip {
        var left: Double
        var right: Double
        /// The first and last rows with words on both sides.
        let first: Int
        var last: Int
        /// The number of such rows.
        var count = 1
        /// The narrowest gap of the strip in one row, as a share of the letters' size.
        var usual: Double
    }

    /// The strips that were found, each with its rows.
    private var found: [Strip] = []
    /// Whether the brackets of lines from right to left are the shapes that stand on the page.
    private let mirrors: Bool
    /// The widest gap between words of one piece, as a share of the letters' size.
    private static let lone = 1.6

    init(_ rows: [PDFRow]) {
        mirrors = PDFDirection.drawsShapes(rows.lazy.map { $0.words.flatMap { $0.glyphs.lazy.flatMap(\.letters) } })
        var open: [Strip] = []
        for (index, row) in rows.enumerated() {
            let size = row.words.map(\.size).max() ?? 1
            let gaps = Self.gaps(row)
            let usual = Self.usual(row, size)
            var next: [Strip] = []
            for strip in open.prefix(64) {
                var continued = false
                if let first = row.words.first, let last = row.words.map(\.right).max() {
                    if strip.right <= first.left || strip.left >= last {
                        next.append(strip)
                        continued = true
                    } else if first.left > strip.left, first.left - strip.left > 0.45 * size {
                        // The row starts inside the strip.
                        next.append(Strip(strip, left: strip.left, right: first.left))
                        continued = true
                    } else if last < strip.right, strip.right - last > 0.45 * size {
                        next.append(Strip(strip, left: last, right: strip.right))
                        continued = true
                    }
                }
                for gap in gaps {
                    let (left, right) = (max(strip.left, gap.left), min(strip.right, gap.right))
                    guard right - left > 0.45 * size else { continue }
                    var longer = Strip(strip, left: left, right: right)
                    longer.count += 1
                    longer.last = index
                    longer.usual = max(longer.usual, usual)
                    next.append(longer)
                    continued = true
                }
                if !continued { close(strip, size) }
            }
            for gap in gaps where !next.contains(where: { $0.last == index && $0.left < gap.right && $0.right > gap.left }) {
                next.append(Strip(left: gap.left, right: gap.right, first: index, last: index, usual: usual))
            }
            open = next
        }
        for strip in open { close(strip, rows[strip.last].words.map(\.size).max() ?? 1) }
    }

    /// Keeps a strip that is wide and long enough to part columns.
    private mutating func close(_ strip: Strip, _ size: Double) {
        let width = (strip.right - strip.left) / size
        let isGutter =
            switch strip.count {
            case 0...1: false
            case 2: width > 1.5
            case 3...4: width > max(0.9, 1.8 * strip.usual)
            default: width > max(0.6, 1.4 * strip.usual)
            }
        if isGutter { found.append(strip) }
    }

    /// The gaps between the words of a row.
    private static func gaps(_ row: PDFRow) -> [(left: Double, right: Double)] {
        var gaps: [(left: Double, right: Double)] = []
        guard var right = row.words.first?.right else { return gaps }
        for word in row.words.dropFirst() {
            if word.left - right > 0.45 * word.size { gaps.append((right, word.left)) }
            right = max(right, word.right)
        }
        return gaps
    }

    /// The usual gap between the words of a row, as a share of the letters' size.
    private static func usual(_ row: PDFRow, _ size: Double) -> Double {
        let gaps = zip(row.words, row.words.dropFirst()).map { ($1.left - $0.right) / size }.filter { $0 > 0.1 && $0 < lone }
            .sorted()
        return gaps.isEmpty ? 0.25 : min(gaps[gaps.count / 2], 0.6)
    }

    /// The pieces of a row: its words, parted at gutters and at wide gaps.
    func pieces(of row: PDFRow, at index: Int) -> [PDFLine] {
        let strips = found.filter { $0.first <= index && index <= $0.last }
        var pieces: [PDFLine] = []
        var words: [PDFWord] = []
        var right = 0.0
        for word in row.words {
            if let last = words.last {
                let gap = word.left - right
                let isGutter = strips.contains { min($0.right, word.left) - max($0.left, right) > 0.3 * last.size }
                if gap > Self.lone * max(word.size, last.size) || isGutter && gap > 0.45 * min(word.size, last.size) {
                    pieces.append(PDFLine(words, mirrors: mirrors))
                    words = []
                }
            }
            right = words.isEmpty ? word.right : max(right, word.right)
            words.append(word)
        }
        if !words.isEmpty { pieces.append(PDFLine(words, mirrors: mirrors)) }
        return pieces
    }
}

extension PDFGutters.Strip {
    /// A strip that is narrower from the next row on.
    fileprivate init(_ strip: PDFGutters.Strip, left: Double, right: Double) {
        self = strip
        self.left = left
        self.right = right
    }
}
