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

    /// Whether rows may answer where nothing can be compared: "Which comes first?" may ask for no date.
    var isDoubtful: Bool { superlative.qualities == [.date] }

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
        let cells = rows.map { table.rows[$0].words[column] }
        guard isOne || rows.count > 1,
            let values = quality == .date ? RowComparison.dates(cells) : RowComparison.numbers(cells)
        else { return .unclear }
        // The oldest has the least year.
        let isReversed = quality == .age && RowComparison.areYears(values)
        let ordered = Set(values).sorted(by: (superlative.end == .least) != isReversed ? (<) : (>))
        guard ordered.indices.contains(superlative.rank - 1) else { return .unclear }
        let isNamed = if case .named = quality { true } else { false }
        return .rows(
            zip(rows, values).filter { $1 == ordered[superlative.rank - 1] }.map(\.0), named: isNamed ? column : nil)
    }

    /// The numbers of cells in one unit; nil where a cell has none or their units cannot be compared.
    private static func numbers(_ cells: [WordRow]) -> [Double]? {
        let numbers = cells.compactMap { CellNumber($0) }
        return numbers.count == cells.count ? CellNumber.inOneUnit(numbers) : nil
    }

    /// The dates of cells in order of time; nil where a cell has none, or some are whole dates and others years.
    private static func dates(_ cells: [WordRow]) -> [Double]? {
        let dates = cells.compactMap(date)
        return dates.count == cells.count && Set(dates.map(isYear)).count == 1 ? dates : nil
    }

    private static func date(_ cell: WordRow) -> Double? {
        Months.date(in: String(decoding: cell.text, as: UTF8.self).lowercased())?.order
    }

    private static func isYear(_ date: Double) -> Bool { date.truncatingRemainder(dividingBy: 10_000) == 0 }

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
        if quality == .date { return dateColumn(in: table) }
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

    /// The column of dates whose head has a word of the question; or else the only one, if it has more than years.
    private func dateColumn(in table: TableRows) -> Int? {
        let columns = table.heads.indices.filter { i in
            2 * table.rows.count { $0.words.indices.contains(i) && RowComparison.date($0.words[i]) != nil }
                > table.rows.count
        }
        let asked = Set(question.row.stems)
        let named = columns.filter { !asked.isDisjoint(with: table.heads[$0].stems) }
        if let column = named.first { return named.count == 1 ? column : nil }
        guard columns.count == 1, let column = columns.first else { return nil }
        let dates = table.rows.compactMap { $0.words.indices.contains(column) ? RowComparison.date($0.words[column]) : nil }
        return dates.contains { !RowComparison.isYear($0) } ? column : nil
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
        case .date: false
        }
    }

    /// Whether a cell has a unit of what is compared.
    private func tells(_ cell: WordRow, _ quality: Superlative.Quality) -> Bool {
        switch quality {
        case .money:
            Quantity.hasMoneySign(cell.text) || cell.words.contains(where: AnswerWords.money.contains)
        case .measure(let measure, _): cell.quantities.contains { Measure.of($0, in: cell) == measure }
        case .size: cell.quantities.contains { Measure.of($0, in: cell) == .area }
        case .age, .date, .named: false
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
