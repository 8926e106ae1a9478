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
        // "Which rivers are longer than 200 km?" compares with a number, and not rows with one another.
        guard let superlative = Superlative(question.row, isGerman: question.isGerman),
            !superlative.isOfTwo || NumberCondition(question.row) == nil
        else { return nil }
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
            if let column = ComparedColumn(question: question, table: table).column(for: quality) {
                return compare(table, by: column, quality)
            }
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
                !superlative.says($0) && !AnswerWords.isCommon($0) && !question.isAside($0)
            }
            let chosen = table.chosen(by: others, among: rows, isNegated: question.isNegated, isStrict: false)
            guard let chosen else { return .unclear }
            rows = chosen
        }
        let isOne = rows.count == 1
        // The one row with "hotel" in its name is not the only hotel.
        if isOne, !superlative.isOfTwo, let noun, table.rows.count > 1, !table.above.holds(noun),
            table.rows.count(where: { $0.all.holds(noun) }) == 1
        {
            return .unclear
        }
        // An empty cell tells nothing; a cell that says something else than a number may be at the end of the scale.
        rows = rows.filter { !ComparedColumn.isEmpty(table.rows[$0].words[column]) }
        let cells = rows.map { table.rows[$0].words[column] }
        guard isOne || rows.count > 1,
            let values = quality == .date || quality == .since ? ComparedColumn.dates(cells) : ComparedColumn.numbers(cells)
        else { return .unclear }
        // The oldest has the least year, and who has been there longest the earliest beginning.
        let isReversed = quality == .since || quality == .age && ComparedColumn.areYears(values)
        let ordered = Set(values).sorted(by: (superlative.end == .least) != isReversed ? (<) : (>))
        guard ordered.indices.contains(superlative.rank - 1) else { return .unclear }
        let isNamed = if case .named = quality { true } else { false }
        return .rows(
            zip(rows, values).filter { $1 == ordered[superlative.rank - 1] }.map(\.0), named: isNamed ? column : nil)
    }
}
