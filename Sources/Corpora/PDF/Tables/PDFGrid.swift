import Algorithms

/// Rules that touch one another and enclose cells, with the words that stand in the cells.
struct PDFGrid {
    /// A cell, over one or several columns and rows of the grid. Its first column and row are those of its corner.
    struct Cell {
        var columns: Range<Int>
        var rows: Range<Int>
        var words: [PDFWord] = []
        /// The words that stand sideways in a cell without other words, as one line in its middle.
        var turned: PDFLine?

        var isEmpty: Bool { words.isEmpty && turned == nil }
    }

    /// The places of the rules that run down, and of those that run across.
    let xs: [Double]
    let ys: [Double]
    /// Whether rules part the columns. If not, strips without words do.
    let drawsColumns: Bool
    private(set) var cells: [Cell] = []
    /// The index of the cell at each column of each row, one row after the other.
    private var places: [Int] = []

    var columnCount: Int { xs.count - 1 }
    var rowCount: Int { ys.count - 1 }

    /// The cell at a column of a row.
    func cell(_ column: Int, _ row: Int) -> Int { places[row * columnCount + column] }

    /// The most columns times rows.
    private static let most = 20_000
    /// The most grids of a page.
    private static let mostGrids = 200

    /// A grid of rules. Nil for fewer than two columns or rows.
    init?(down: [PDFRules.Rule], across: [PDFRules.Rule], drawsColumns: Bool) {
        self.drawsColumns = drawsColumns
        let left = min(down.map(\.place).min()!, across.map(\.from).min()!)
        let right = max(down.map(\.place).max()!, across.map(\.to).max()!)
        let top = min(across.map(\.place).min()!, down.map(\.from).min()!)
        let bottom = max(across.map(\.place).max()!, down.map(\.to).max()!)
        xs = Self.places(down.map(\.place) + [left, right])
        ys = Self.places(across.map(\.place) + [top, bottom])
        guard xs.count > 2, ys.count > 2, (xs.count - 1) * (ys.count - 1) < Self.most else { return nil }
        let (width, height) = (xs.count - 1, ys.count - 1)
        // Cells that no rule parts are one.
        let besides = Self.walls(down, xs, ys)
        let belows = Self.walls(across, ys, xs)
        var sets = DisjointSets(width * height)
        for row in 0..<height {
            for column in 0..<width {
                let at = row * width + column
                if column + 1 < width, !besides[(column + 1) * height + row] { sets.unite(at, at + 1) }
                if row + 1 < height, !belows[(row + 1) * width + column] { sets.unite(at, at + width) }
            }
        }
        let roots = (0..<width * height).map { sets.root($0) }
        var united: [Int: (cell: Cell, count: Int)] = [:]
        for (i, root) in roots.enumerated() {
            let (row, column) = i.quotientAndRemainder(dividingBy: width)
            var (cell, count) = united[root] ?? (Cell(columns: column..<column + 1, rows: row..<row + 1), 0)
            cell.columns = min(cell.columns.lowerBound, column)..<max(cell.columns.upperBound, column + 1)
            cell.rows = cell.rows.lowerBound..<row + 1
            count += 1
            united[root] = (cell, count)
        }
        // Only a rectangle is a cell. In other shapes, each place is one.
        var numbers: [Int: Int] = [:]
        for (i, root) in roots.enumerated() {
            let (row, column) = i.quotientAndRemainder(dividingBy: width)
            let (cell, count) = united[root]!
            let isRectangle = count == cell.columns.count * cell.rows.count
            if isRectangle, let number = numbers[root] {
                places.append(number)
            } else {
                numbers[root] = cells.count
                places.append(cells.count)
                cells.append(isRectangle ? cell : Cell(columns: column..<column + 1, rows: row..<row + 1))
            }
        }
    }

    /// A grid like another one, with other rows. The cells cover it.
    init(_ other: PDFGrid, ys: [Double], cells: [Cell]) {
        (xs, drawsColumns, self.ys, self.cells) = (other.xs, other.drawsColumns, ys, cells)
        places = [Int](repeating: 0, count: columnCount * rowCount)
        for (i, cell) in cells.enumerated() {
            for row in cell.rows { for column in cell.columns { places[row * columnCount + column] = i } }
        }
    }

    /// Places that are not near to one another.
    private static func places(_ all: [Double]) -> [Double] {
        var places: [Double] = []
        var first = -Double.infinity
        for place in all.sorted() {
            if place - first >= PDFRules.near {
                first = place
                places.append(place)
            } else {
                places[places.count - 1] = (first + place) / 2
            }
        }
        return places
    }

    /// Whether a rule stands at each place of one axis along most of each step of the other axis.
    private static func walls(_ rules: [PDFRules.Rule], _ places: [Double], _ steps: [Double]) -> [Bool] {
        var walls = [Bool](repeating: false, count: places.count * (steps.count - 1))
        for rule in rules {
            let next = places.partitioningIndex { $0 >= rule.place }
            let isNearer = next > 0 && (next == places.count || rule.place - places[next - 1] < places[next] - rule.place)
            let at = isNearer ? next - 1 : next
            let first = max(0, steps.partitioningIndex { $0 > rule.from } - 1)
            for step in first..<steps.count - 1 {
                guard steps[step] < rule.to else { break }
                let covered = min(rule.to, steps[step + 1]) - max(rule.from, steps[step])
                if covered > 0.6 * (steps[step + 1] - steps[step]) { walls[at * (steps.count - 1) + step] = true }
            }
        }
        return walls
    }

    /// The grids that rules make.
    static func grids(_ rules: PDFRules) -> [PDFGrid] {
        let down = rules.down.filter { $0.to - $0.from > 6 }
        let across = rules.across.filter { $0.to - $0.from > 6 }
        guard !down.isEmpty, across.count > 1, down.count * across.count < 4_000_000 else { return [] }
        var sets = DisjointSets(down.count + across.count)
        for (i, rule) in across.enumerated() {
            let first = down.partitioningIndex { $0.place >= rule.from - PDFRules.near }
            for j in first..<down.count {
                guard down[j].place <= rule.to + PDFRules.near else { break }
                if down[j].from <= rule.place + PDFRules.near, down[j].to >= rule.place - PDFRules.near {
                    sets.unite(j, down.count + i)
                }
            }
        }
        let groups = Dictionary(grouping: 0..<down.count + across.count) { sets.root($0) }
        var grids: [PDFGrid] = []
        for group in groups.values.sorted(by: { $0[0] < $1[0] }) where grids.count < mostGrids {
            let (first, second) = (group.filter { $0 < down.count }, group.filter { $0 >= down.count })
            guard !first.isEmpty, second.count > 1 else { continue }
            let grid = PDFGrid(
                down: first.map { down[$0] }, across: second.map { across[$0 - down.count] }, drawsColumns: true)
            if let grid { grids.append(grid) }
        }
        return grids
    }
}

extension PDFGrid {
    /// Takes the words that stand in the cells. Nil where they show that the rules are no table: nothing is taken then.
    ///
    /// - Parameters:
    ///   - free: the indices of the words that no other grid has taken.
    ///   - turned: the words at a right angle to the others that no other grid has taken.
    func filled(with words: [PDFWord], _ free: inout Set<Int>, _ turned: inout PDFTurnedWords) -> PDFGrid? {
        var taken: [Int: Int] = [:]
        var crossing = 0
        for i in free {
            // Indices and exponents stand in the cell of their word.
            let word = words[i].host.map { words[$0] } ?? words[i]
            guard let cell = cell(at: word) else { continue }
            taken[i] = cell
            if overhangs(word, cell) { crossing += 1 }
        }
        for (i, cell) in taken {
            if let next = taken[i + 1], next != cell, Self.isText(words[i], words[i + 1]) { crossing += 1 }
        }
        guard taken.count >= 4, crossing <= 1 || crossing * 10 < taken.count else { return nil }
        var grid = self
        for (cell, indices) in Dictionary(grouping: taken.keys, by: { taken[$0]! }) {
            grid.cells[cell].words = words.selecting(indices.sorted())
        }
        let heads = grid.turn(turned)
        guard grid.isTable else { return nil }
        free.subtract(taken.keys)
        turned.take(heads)
        return grid.withPartedHeader()
    }

    /// Puts the words that stand sideways into the cells without other words in which they have room. Returns these words.
    private mutating func turn(_ turned: PDFTurnedWords) -> [PDFTurnedWords.Word] {
        var found: [Int: [PDFTurnedWords.Word]] = [:]
        var crossed: Set<Int> = []
        for word in turned.words {
            guard let index = cell(atX: (word.left + word.right) / 2, y: (word.top + word.bottom) / 2) else { continue }
            let (cell, room) = (cells[index], 0.3 * word.size)
            let fits =
                word.left > xs[cell.columns.lowerBound] - room && word.right < xs[cell.columns.upperBound] + room
                && word.top > ys[cell.rows.lowerBound] - room && word.bottom < ys[cell.rows.upperBound] + room
            if fits, cell.words.isEmpty { found[index, default: []].append(word) } else { crossed.insert(index) }
        }
        var all: [PDFTurnedWords.Word] = []
        for (index, words) in found where !crossed.contains(index) {
            let (columns, rows) = (cells[index].columns, cells[index].rows)
            let (x, y) = (
                (xs[columns.lowerBound] + xs[columns.upperBound]) / 2, (ys[rows.lowerBound] + ys[rows.upperBound]) / 2
            )
            let half = words[0].size / 2
            cells[index].turned = PDFLine(
                text: turned.text(words), left: x - half, right: x + half, top: y - half, bottom: y + half)
            all += words
        }
        return all
    }

    /// Whether a word reaches over the rules beside its cell.
    private func overhangs(_ word: PDFWord, _ cell: Int) -> Bool {
        let columns = cells[cell].columns
        return max(xs[columns.lowerBound] - word.left, word.right - xs[columns.upperBound]) > 0.3 * word.size
    }

    /// Whether two words are drawn as words of one text, with a space between.
    private static func isText(_ word: PDFWord, _ next: PDFWord) -> Bool {
        let gap = next.left - word.right
        return word.isSpaced(from: next) && abs(next.baseline - word.baseline) < 0.12 * word.size && gap > 0
            && gap < 0.4 * word.size
    }

    /// The cell in which the middle of a word stands.
    private func cell(at word: PDFWord) -> Int? {
        cell(atX: (word.left + word.right) / 2, y: word.middle)
    }

    private func cell(atX x: Double, y: Double) -> Int? {
        guard x > xs[0], x < xs[xs.count - 1], y > ys[0], y < ys[ys.count - 1] else { return nil }
        return cell(xs.partitioningIndex { $0 >= x } - 1, ys.partitioningIndex { $0 >= y } - 1)
    }

    /// Whether the cells hold a table: several in several rows have text, none is a page of text, and the rules part all columns.
    /// A cell may hold pieces that stand apart, as two boxes to tick.
    private var isTable: Bool {
        let full = cells.filter { !$0.isEmpty }
        guard full.count >= 4, full.count * 5 >= cells.count else { return false }
        let rows = Dictionary(grouping: full, by: \.rows.lowerBound).values
        guard rows.count(where: { $0.count > 1 }) > 1 else { return false }
        return Dictionary(grouping: full, by: \.columns).values.allSatisfy { cells in
            let rows = cells.map { PDFRow.rows($0.words) }
            guard rows.allSatisfy({ $0.count <= 15 }) else { return false }
            let all = rows.joined().sorted { $0.top < $1.top }
            let gutters = PDFGutters(all, PDFRules())
            let apart = all.indices.count { gutters.pieces(of: all[$0], at: $0).count > 1 }
            return apart < 2 || apart * 3 <= all.count
        }
    }
}

extension [PDFWord] {
    /// Some of the words, in order. Words whose host is not among them have none.
    func selecting(_ indices: [Int]) -> [PDFWord] {
        let places = Dictionary(uniqueKeysWithValues: indices.enumerated().map { ($1, $0) })
        return indices.map { i in
            var word = self[i]
            word.host = word.host.flatMap { places[$0] }
            return word
        }
    }
}
