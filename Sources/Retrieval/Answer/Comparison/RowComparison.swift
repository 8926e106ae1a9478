import Bytes
import Memory

/// Finds the rows of a table that a superlative asks for.
struct RowComparison {
    /// What came of comparing rows.
    enum Result: Equatable {
        /// The positions of the rows at the end of the scale, several where they are equal.
        case rows([Int])
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

    /// The rows of a whole table that the question asks for.
    func compare(_ table: TableRows) -> Result {
        let readings = [superlative] + (superlative.byMeasure.map { [$0] } ?? [])
        for reading in readings {
            guard let column = column(for: reading, in: table) else { continue }
            return compare(table, by: column, reading)
        }
        return .noColumn
    }

    private func compare(_ table: TableRows, by column: Int, _ superlative: Superlative) -> Result {
        var rows = table.rows.indices.filter { table.rows[$0].words.indices.contains(column) }
        if superlative.isOfTwo {
            let named = table.named(in: question.row)
            guard named.count > 1 else { return .unclear }
            rows = rows.filter(named.contains)
        } else {
            rows = chosen(rows, of: table, besides: column, superlative)
        }
        let numbers = rows.compactMap { row in
            CellNumber(table.rows[row].words[column]).map { (row: row, number: $0) }
        }
        // A cell that says something else than a number may be at the end of the scale.
        let others = rows.filter { row in
            !numbers.contains { $0.row == row } && !RowComparison.isEmpty(table.rows[row].words[column])
        }
        guard others.isEmpty, numbers.count > 1 || numbers.count == 1 && rows.count == 1,
            let values = CellNumber.inOneUnit(numbers.map(\.number))
        else { return .unclear }
        var end = superlative.end
        if superlative.quality == .age, RowComparison.areYears(values) {
            end = end == .least ? .greatest : .least
        }
        guard let best = end == .least ? values.min() : values.max() else { return .unclear }
        return .rows(zip(numbers, values).filter { $1 == best }.map(\.0.row))
    }

    /// Whether a cell holds nothing: no word, or "n/a".
    private static func isEmpty(_ cell: WordRow) -> Bool {
        cell.words.isEmpty || cell.words == [Array("n".utf8), Array("a".utf8)]
    }

    /// Whether numbers are years, so that the oldest has the least.
    private static func areYears(_ values: [Double]) -> Bool {
        values.allSatisfy { (1000...2100).contains($0) && $0 == $0.rounded() }
    }

    /// The rows that hold the other words of the question, where some do and what stands above the table does not; and those that
    /// say yes in a column that a word names.
    private func chosen(_ rows: [Int], of table: TableRows, besides column: Int, _ superlative: Superlative) -> [Int] {
        let others = question.row.words.filter {
            !superlative.words.contains($0) && !AnswerWords.isCommon($0) && !AnswerWords.closed.contains($0)
        }
        return others.reduce(rows) { rows, word in
            if let yes = table.yesColumn(of: word), yes != column { return rows.filter { table.saysYes($0, yes) } }
            guard !table.above.holds(word) else { return rows }
            let holding = rows.filter { table.rows[$0].all.holds(word) }
            return holding.isEmpty ? rows : holding
        }
    }

    // MARK: Columns

    /// The column that tells what is compared: by its head, or where no head tells it, by the units of its cells.
    private func column(for superlative: Superlative, in table: TableRows) -> Int? {
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
            return first.count == 1 || superlative.quality == .money ? first[0].column : nil
        }
        let named = numeric.filter { isNamed(table.heads[$0], superlative.quality) }
        if !named.isEmpty { return most(named) }
        return most(
            numeric.filter { i in
                let cells = table.rows.compactMap { $0.words.indices.contains(i) ? $0.words[i] : nil }
                return 2 * cells.count { tells($0, superlative.quality) } > cells.count
                    && !namesOther(table.heads[i], superlative.quality)
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
