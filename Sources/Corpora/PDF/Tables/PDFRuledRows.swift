import Algorithms

/// Tables whose rows are parted by rules, and whose columns are parted by white space alone.
///
/// Only tables with lines that go on in a cell are found here. Where each line is a row, `PDFTable` reads the lines.
struct PDFRuledRows {
    /// The tables as grids: a strip without words stands for a rule that runs down.
    private(set) var grids: [PDFGrid] = []

    /// The words that stand between two rules.
    private struct Band {
        let top: Double
        let bottom: Double
        let rows: [PDFRow]
        /// What the words cover, from left to right: words with no more than a space between are one piece.
        let pieces: [(left: Double, right: Double)]

        func crosses(_ place: Double) -> Bool { pieces.contains { $0.left < place && $0.right > place } }
    }

    private let words: [PDFWord]
    /// The indices of the words from top to bottom.
    private let order: [Int]
    /// The usual size of the letters.
    private let size: Double
    /// The narrowest strip between two columns, as a share of the letters' size.
    private static let narrowest = 0.5
    /// The least width of a table.
    private static let least = 100.0
    private static let mostLines = 15
    private static let mostGroups = 50

    /// - Parameter free: the indices of the words that no other table has taken.
    init(_ rules: PDFRules, _ words: [PDFWord], _ free: Set<Int>) {
        self.words = words
        let across = rules.across.filter { $0.to - $0.from > Self.least }
        guard across.count > 2, free.count > 4 else {
            (order, size) = ([], 0)
            return
        }
        order = free.sorted { (words[$0].middle, $0) < (words[$1].middle, $1) }
        size = free.map { words[$0].size }.sorted()[free.count / 2]
        for group in Self.groups(across).filter({ $0.count > 2 }).prefix(Self.mostGroups) { add(group) }
    }

    /// The rules that start and end at the same places, each group from top to bottom.
    private static func groups(_ rules: [PDFRules.Rule]) -> [[PDFRules.Rule]] {
        func chunks(_ rules: [PDFRules.Rule], by side: KeyPath<PDFRules.Rule, Double>) -> [[PDFRules.Rule]] {
            var chunks: [[PDFRules.Rule]] = []
            for rule in rules.sorted(by: { $0[keyPath: side] < $1[keyPath: side] }) {
                if let last = chunks.last?.last, rule[keyPath: side] - last[keyPath: side] < PDFRules.near {
                    chunks[chunks.count - 1].append(rule)
                } else {
                    chunks.append([rule])
                }
            }
            return chunks
        }
        return chunks(rules, by: \.from).flatMap { chunks($0, by: \.to) }.map { $0.sorted { $0.place < $1.place } }
    }

    private mutating func add(_ rules: [PDFRules.Rule]) {
        let (left, right) = (rules.map(\.from).min()!, rules.map(\.to).max()!)
        var bands: [Band] = []
        for (rule, next) in zip(rules, rules.dropFirst() + [rules[rules.count - 1]]) {
            let band = rule.place + PDFRules.near < next.place ? self.band(rule.place, next.place, left, right) : nil
            if let band, isRow(band) {
                bands.append(band)
            } else if band != nil || rule.place == next.place {
                table(bands, left, right)
                bands = []
            }
        }
    }

    private func band(_ top: Double, _ bottom: Double, _ left: Double, _ right: Double) -> Band {
        let first = order.partitioningIndex { words[$0].middle >= top }
        let indices = order[first...].prefix { words[$0].middle < bottom }
            .filter { words[$0].right > left && words[$0].left < right }.sorted()
        var pieces: [(left: Double, right: Double)] = []
        for word in indices.map({ words[$0] }).sorted(by: { $0.left < $1.left }) {
            if let last = pieces.last, word.left - last.right < Self.narrowest * min(size, word.size) {
                pieces[pieces.count - 1].right = max(last.right, word.right)
            } else {
                pieces.append((word.left, word.right))
            }
        }
        return Band(top: top, bottom: bottom, rows: PDFRow.rows(words.selecting(indices)), pieces: pieces)
    }

    /// Whether the words between two rules can be a row of a table: in several pieces, or a line.
    private func isRow(_ band: Band) -> Bool {
        band.pieces.count > 1 && band.rows.count <= Self.mostLines || band.rows.count < 2
    }

    /// Adds the table of some rows.
    private mutating func table(_ bands: [Band], _ left: Double, _ right: Double) {
        // The first row may have headers over several columns.
        let parted = bands.dropFirst().filter { $0.pieces.count > 1 }
        guard parted.count > 1, parted.count * 2 >= bands.count, let first = bands.first, let last = bands.last else {
            return
        }
        let strips = strips(parted)
        guard !strips.isEmpty, isWrapped(bands, strips) || isGrouped(bands, strips) else { return }
        // Where no rule stands above the first row, none need stand below the last one.
        var all = bands
        if let header = row(nextTo: first.top, isAbove: true, strips, left, right) {
            all.insert(header, at: 0)
            if let more = row(nextTo: last.bottom, isAbove: false, strips, left, right) { all.append(more) }
        }
        let edges = all.map(\.top) + [all[all.count - 1].bottom]
        let across = edges.map { PDFRules.Rule(place: $0, from: left, to: right) }
        let sides = [left, right].map { PDFRules.Rule(place: $0, from: edges[0], to: edges[edges.count - 1]) }
        let down = strips.flatMap { strip in
            all.filter { !$0.crosses(strip) }.map { PDFRules.Rule(place: strip, from: $0.top, to: $0.bottom) }
        }
        if let grid = PDFGrid(down: sides + down, across: across, drawsColumns: false) { grids.append(grid) }
    }

    /// The middles of the strips that no word of these rows covers.
    private func strips(_ bands: [Band]) -> [Double] {
        var strips: [Double] = []
        var end = Double.infinity
        for piece in bands.flatMap(\.pieces).sorted(by: { $0.left < $1.left }) {
            if piece.left - end > Self.narrowest * size { strips.append((end + piece.left) / 2) }
            end = end.isInfinite ? piece.right : max(end, piece.right)
        }
        return strips
    }

    /// Whether lines go on in the cells. Columns with equally many lines are rows without rules between.
    private func isWrapped(_ bands: [Band], _ strips: [Double]) -> Bool {
        var (several, wrapped) = (0, 0)
        for band in bands where band.rows.count > 1 {
            let long = lines(of: band, strips).filter { $0 > 1 }
            several += 1
            if long.count == 1 || Set(long).count > 1 { wrapped += 1 }
        }
        return wrapped > 0 && wrapped * 2 >= several
    }

    /// Whether rules stand around groups of rows: the first columns have fewer lines, which name the group, than the others.
    private func isGrouped(_ bands: [Band], _ strips: [Double]) -> Bool {
        var grouped = 0
        for band in bands.dropFirst() where band.rows.count > 1 {
            let lines = lines(of: band, strips)
            let count = lines.max() ?? 0
            let names = lines.prefix { $0 > 0 && $0 < count }.count
            guard names > 0, lines.count > names + 1, lines[names...].allSatisfy({ $0 == count }) else { return false }
            grouped += 1
        }
        return grouped > 1
    }

    /// How many lines of some words each column has.
    private func lines(of band: Band, _ strips: [Double]) -> [Int] {
        var lines = [Int](repeating: 0, count: strips.count + 1)
        for row in band.rows {
            for column in Set(row.words.map { word in strips.partitioningIndex { $0 > word.left } }) { lines[column] += 1 }
        }
        return lines
    }

    /// The lines close above the first rule or below the last one, where they stand in the columns.
    private func row(nextTo edge: Double, isAbove: Bool, _ strips: [Double], _ left: Double, _ right: Double) -> Band? {
        var end = edge
        let near = isAbove ? band(edge - 6 * size, edge, left, right) : band(edge, edge + 12 * size, left, right)
        for row in isAbove ? near.rows.reversed() : near.rows {
            guard (isAbove ? end - row.bottom : row.top - end) < 0.9 * size else { break }
            let columns = Set(row.words.map { word in strips.partitioningIndex { $0 > word.left } })
            let crosses = row.words.contains { word in strips.contains { word.left < $0 && word.right > $0 } }
            guard columns.count > 1 || end != edge, !crosses else { break }
            end = isAbove ? row.top : row.bottom
        }
        guard end != edge else { return nil }
        return isAbove ? band(end - PDFRules.near, edge, left, right) : band(edge, end + PDFRules.near, left, right)
    }
}

extension PDFWord {
    /// The height at which the middle of small letters stands.
    var middle: Double { baseline - 0.3 * size }
}
