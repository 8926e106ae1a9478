import Bytes
import Memory

/// Finds the rows of a table that a superlative asks for.
struct RowComparison {
    /// What came of comparing rows.
    enum Result: Equatable {
        /// The positions of the rows at the end of the scale, several where they are equal; and the column that the question names
        /// by a noun, as in "the highest salary".
        case rows([Int], named: Int?)
        /// The table has no column for what is compared.
        case noColumn
        /// The cells cannot be compared.
        case unclear
    }

    let question: AskedQuestion
    let superlative: Superlative

    init?(_ question: AskedQuestion) {
        guard let superlative = Superlative(question.row, isGerman: question.isGerman) else { return nil }
        self.question = question
        self.superlative = superlative
    }

    /// What the rows are to be: the noun after "which", or behind the superlative.
    var noun: [UInt8]? { question.column ?? superlative.noun }

    /// The rows of a whole table that the question asks for.
    func compare(_ table: TableRows) -> Result {
        for quality in superlative.qualities {
            if let column = column(for: quality, in: table) { return compare(table, by: column, quality) }
        }
        return .noColumn
    }

    private func compare(_ table: TableRows, by column: Int, _ quality: Superlative.Quality) -> Result {
        var rows = table.rows.indices.filter { table.rows[$0].words.indices.contains(column) }
        if superlative.isOfTwo {
            let named = table.named(in: question.row)
            guard named.count > 1 else { return .unclear }
            rows = rows.filter(named.contains)
        } else {
            let others = question.row.words.filter {
                !superlative.says($0) && !AnswerWords.isCommon($0) && !AnswerWords.closed.contains($0)
            }
            let chosen = table.chosen(by: others, among: rows, isNegated: question.isNegated, isStrict: false)
            guard let chosen else { return .unclear }
            rows = chosen
        }
        let isOne = rows.count == 1
        // An empty cell tells nothing; a cell that says something else than a number may be at the end of the scale.
        rows = rows.filter { !RowComparison.isEmpty(table.rows[$0].words[column]) }
        let numbers = rows.compactMap { CellNumber(table.rows[$0].words[column]) }
        guard numbers.count == rows.count, isOne || rows.count > 1, let values = CellNumber.inOneUnit(numbers) else {
            return .unclear
        }
        // The oldest has the least year.
        let isReversed = quality == .age && RowComparison.areYears(values)
        let ordered = Set(values).sorted(by: (superlative.end == .least) != isReversed ? (<) : (>))
        guard ordered.indices.contains(superlative.rank - 1) else { return .unclear }
        let isNamed = if case .named = quality { true } else { false }
        return .rows(
            zip(rows, values).filter { $1 == ordered[superlative.rank - 1] }.map(\.0), named: isNamed ? column : nil)
    }

    /// Whether a cell holds nothing: no word, or "n/a".
    private static func isEmpty(_ cell: WordRow) -> Bool {
        cell.words.isEmpty || cell.words == [Array("n".utf8), Array("a".utf8)]
    }

    /// Whether numbers are years.
    private static func areYears(_ values: [Double]) -> Bool {
        values.allSatisfy { (1000...2100).contains($0) && $0 == $0.rounded() }
    }

    // MARK: Columns

    /// The column that tells what is compared: by its head, or where no head tells it, by the units of its cells.
    private func column(for quality: Superlative.Quality, in table: TableRows) -> Int? {
        let numeric = table.heads.indices.filter { i in
            let cells = table.rows.count { row in
                row.words.indices.contains(i)
                    && (row.words[i].words.contains { $0[0].isDigit } || CellNumber(row.words[i]) != nil)
            }
            return 2 * cells > table.rows.count
        }
        let asked = Set(question.row.stems)
        // The most words that the question has, and the fewest others: "Rooms" before "Double rooms".
        func most(_ columns: [Int]) -> Int? {
            let held = columns.map { column in
                let stems = Set(table.heads[column].stems)
                let common = stems.intersection(asked).count
                return (column: column, words: 16 * common - (stems.count - common))
            }
            guard let best = held.map(\.words).max() else { return nil }
            let first = held.filter { $0.words == best }
            // The first price of several is the usual one.
            return first.count == 1 || quality == .money ? first[0].column : nil
        }
        let named = numeric.filter { isNamed(table.heads[$0], quality) }
        if !named.isEmpty { return most(named) }
        return most(
            numeric.filter { i in
                let cells = table.rows.compactMap { $0.words.indices.contains(i) ? $0.words[i] : nil }
                return 2 * cells.count { tells($0, quality) } > cells.count
                    && !namesOther(table.heads[i], quality)
            })
    }

    private func isNamed(_ head: WordRow, _ quality: Superlative.Quality) -> Bool {
        switch quality {
        case .money: head.words.contains { AnswerWords.cost.contains($0) || AnswerWords.money.contains($0) }
        case .measure(let measure, let direction):
            head.words.contains { word in
                Measure.asked(by: word).contains(measure)
                    && (direction == nil || Measure.direction(of: word).map { $0 == direction } ?? true)
                    || direction != nil && direction != .size && Measure.direction(of: word) == direction
            }
        case .size: head.words.contains(where: RowComparison.sizes.contains)
        case .age: head.words.contains { AnswerWords.ageHeads.contains($0) || RowComparison.ages.contains($0) }
        case .named(let stem): head.stems.contains(stem)
        }
    }

    /// Whether a cell has a unit of what is compared.
    private func tells(_ cell: WordRow, _ quality: Superlative.Quality) -> Bool {
        switch quality {
        case .money:
            Quantity.hasMoneySign(cell.text) || cell.words.contains(where: AnswerWords.money.contains)
        case .measure(let measure, _): cell.quantities.contains { Measure.of($0, in: cell) == measure }
        case .size: cell.quantities.contains { Measure.of($0, in: cell) == .area }
        case .age, .named: false
        }
    }

    /// Whether a head names another measure, or another direction: "cable" and "depth" beside "width".
    private func namesOther(_ head: WordRow, _ quality: Superlative.Quality) -> Bool {
        guard case .measure(let measure, let direction) = quality else { return false }
        return head.words.contains { word in
            let asked = Measure.asked(by: word)
            return !asked.isEmpty && !asked.contains(measure)
                || direction != nil && Measure.direction(of: word).map { $0 != direction } ?? false
        }
    }

    private static let sizes = set(
        "size area capacity population inhabitants residents volume größe fläche kapazität einwohner einwohnerzahl volumen")
    private static let ages = set("opened opening erbaut eröffnet gegründet")

    private static func set(_ words: String) -> Set<[UInt8]> { Set(words.split(separator: " ").map { Array($0.utf8) }) }
}
