/// The stretches of white space that part columns: strips that no word of several rows in succession crosses, and rules.
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
    private let rules: PDFRules
    /// The widest gap between words of one piece, as a share of the letters' size.
    private static let lone = 1.6
    /// The most rows of a strip that are judged by their words.
    private static let mostJudged = 64

    init(_ rows: [PDFRow], _ rules: PDFRules) {
        self.rules = rules
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
                if !continued { close(strip, size, rows) }
            }
            for gap in gaps where !next.contains(where: { $0.last == index && $0.left < gap.right && $0.right > gap.left }) {
                next.append(Strip(left: gap.left, right: gap.right, first: index, last: index, usual: usual))
            }
            open = next
        }
        for strip in open { close(strip, rows[strip.last].words.map(\.size).max() ?? 1, rows) }
    }

    /// Keeps a strip that is wide and long enough to part columns.
    private mutating func close(_ strip: Strip, _ size: Double, _ rows: [PDFRow]) {
        let width = (strip.right - strip.left) / size
        let isGutter =
            switch strip.count {
            case 0...1: false
            case 2: width > 1.5
            case 3...4: width > max(0.9, 1.8 * strip.usual)
            default: width > max(0.6, 1.4 * strip.usual)
            }
        if isGutter || strip.count > 2 && Self.isAligned(strip, size, rows) { found.append(strip) }
    }

    /// Whether the words that follow a strip start at one place, or are numbers that end at one place.
    ///
    /// In justified prose wide gaps may lie below one another by chance: only many words, or numbers, are a column.
    private static func isAligned(_ strip: Strip, _ size: Double, _ rows: [PDFRow]) -> Bool {
        let middle = (strip.left + strip.right) / 2
        var next: [PDFWord] = []
        var labels = 0
        for row in rows[strip.first...strip.last].prefix(mostJudged) {
            guard let i = row.words.firstIndex(where: { $0.left > middle }), i > 0 else { continue }
            next.append(row.words[i])
            if isLabel(row.words[i - 1], isFirst: i == 1) { labels += 1 }
        }
        // The items of a list are aligned, too.
        guard labels * 2 <= next.count else { return false }
        let numbers = next.filter { word in word.glyphs.contains { $0.letters.contains { (0x30...0x39).contains($0) } } }
        return isAligned(next, numbers.count, by: \.left, size)
            || numbers.count > 1 && isAligned(next, numbers.count, by: \.right, size)
    }

    /// Whether most words stand at one place. Words beyond it stand in a further column.
    private static func isAligned(
        _ words: [PDFWord], _ numbers: Int, by side: KeyPath<PDFWord, Double>, _ size: Double
    ) -> Bool {
        let places = words.map { $0[keyPath: side] }.sorted()
        let near = 0.06 * size
        guard let best = fullest(places, near) else { return false }
        let aligned = words.filter { abs($0[keyPath: side] - best) < near }
        let end = aligned.map(\.right).max() ?? best
        let others = words.count { abs($0[keyPath: side] - best) >= near && $0.left < end }
        return aligned.count > (numbers > 1 ? 2 : 3) && others * 4 <= aligned.count
    }

    /// The first of some sorted places that the most others are near to.
    private static func fullest(_ places: [Double], _ near: Double) -> Double? {
        var (first, end, most) = (0, 0, 0)
        var best: Double?
        for place in places {
            while place - places[first] >= near { first += 1 }
            while end < places.count, places[end] - place < near { end += 1 }
            if end - first > most { (most, best) = (end - first, place) }
        }
        return best
    }

    /// Whether a word is the bullet or number of a list item.
    private static func isLabel(_ word: PDFWord, isFirst: Bool) -> Bool {
        guard word.count <= 3, let first = word.first else { return false }
        return isFirst || !first.properties.isAlphabetic && first.properties.numericType == nil
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
                // The gaps between spaced words grow with those of their letters.
                let spacing = 2.5 * min(word.letterSpacing, last.letterSpacing)
                if gap > Self.lone * max(word.size, last.size) + spacing
                    || isGutter && gap > 0.45 * min(word.size, last.size)
                    || rules.part(right - 1, word.left + 1, top: row.top, bottom: row.bottom)
                {
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
