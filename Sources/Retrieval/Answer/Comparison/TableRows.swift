import Bytes
import Memory

/// The rows of one table with the words of their cells.
struct TableRows {
    /// A row of the table.
    struct Row {
        let unit: EvidenceUnit
        let cells: [Range<Int>]
        let words: [WordRow]
        /// The words of the whole row.
        let all: WordRow
    }

    /// The text that the rows stand in.
    let text: [UInt8]
    let rows: [Row]
    /// The heads of the columns.
    let heads: [WordRow]
    /// The headings above the table, with the head.
    let above: WordRow

    /// - Parameters:
    ///   - units: the units of the table, in order.
    ///   - above: headings, title and path.
    init?(_ units: [EvidenceUnit], in text: [UInt8], above: [UInt8]) {
        guard let first = units.first else { return nil }
        self.text = text
        let keyed = TableAnswers.keyed(first, in: text)
        let head = keyed?.head ?? first.head
        heads = head.map { WordRow(Array(text[$0])) }
        guard !heads.isEmpty else { return nil }
        rows = units.compactMap { unit in
            let cells: [Range<Int>]
            if keyed != nil {
                guard let own = TableAnswers.keyed(unit, in: text) else { return nil }
                // An empty cell of such a row is left out with its key.
                let keys = own.head.map { WordRow(Array(text[$0])).words }
                cells = head.map { range in
                    let key = WordRow(Array(text[range])).words
                    return keys.firstIndex(of: key).map { own.cells[$0] } ?? unit.range.upperBound..<unit.range.upperBound
                }
            } else {
                cells = unit.cells
            }
            return Row(
                unit: unit, cells: cells, words: cells.map { WordRow(Array(text[$0])) },
                all: WordRow(Array(text[unit.range])))
        }
        self.above = WordRow(above + [32] + Array(heads.map(\.text).joined(separator: [32])))
    }

    /// The rows that a question names by the words of their first cells, the longest name at each place; the words that all first
    /// cells begin with may be missing in the question. Empty where it names none.
    func named(in question: WordRow) -> [Int] { TableRows.named(rows.map { $0.words.first?.words ?? [] }, in: question) }

    /// Which of some names stand in a question.
    static func named(_ names: [[[UInt8]]], in question: WordRow) -> [Int] {
        let filled = names.filter { !$0.isEmpty }
        guard let first = filled.first else { return [] }
        let shortest = filled.map(\.count).min() ?? 0
        let common = (0..<shortest).prefix { i in filled.allSatisfy { $0[i] == first[i] } }.count
        var places: [(name: Int, range: Range<Int>)] = []
        for (i, name) in names.enumerated() where !name.isEmpty {
            let short = Array(name.dropFirst(filled.count > 1 ? common : 0))
            for run in Set([name, short]) where !run.isEmpty && run.contains(where: { !AnswerWords.isCommon($0) }) {
                places += question.placesOfRun(run).map { (i, $0..<$0 + run.count) }
            }
        }
        let longest = places.filter { place in
            !places.contains { $0.range.count > place.range.count && $0.range.overlaps(place.range) }
        }
        return Set(longest.map(\.name)).sorted()
    }

    /// Whether a word stands in a row of the table or above it.
    func speaks(of word: [UInt8]) -> Bool {
        if above.holds(word) || rows.contains(where: { $0.all.holds(word) }) { return true }
        // File names write two letters for an umlaut: "plaetzchen".
        var forms = PlainForms()
        return forms.digraphs(word).map(above.words.contains) ?? false
    }

    /// The rows that words of a question choose: of each word the rows that say yes in a column of its name, or all where the word
    /// stands above the table, or the rows that hold it. nil where nothing tells what "not" denies.
    ///
    /// - Parameters:
    ///   - isNegated: whether the rows are asked for that do not say yes.
    ///   - isStrict: whether a word that stands nowhere chooses no rows at all, so that the result is nil.
    func chosen(by words: [[UInt8]], among some: [Int], isNegated: Bool, isStrict: Bool) -> [Int]? {
        var chosen = some
        var isDenied = false
        for word in words {
            if let yes = yesColumn(of: word) {
                chosen = chosen.filter { saysYes($0, yes) != isNegated }
                isDenied = isNegated
            } else if !above.holds(word) {
                let holding = chosen.filter { rows[$0].all.holds(word) }
                if holding.isEmpty, isStrict { return nil }
                if !holding.isEmpty { chosen = holding }
            }
        }
        return isNegated && !isDenied ? nil : chosen
    }

    // MARK: People

    /// Whether the rows are people: the first column says so, or holds their full names.
    var isOfPeople: Bool {
        guard let head = heads.first else { return false }
        if head.words.contains(where: AnswerWords.people.contains) { return true }
        guard head.words.contains(where: AnswerWords.names.contains) else { return false }
        let full = rows.count { row in row.words.first.map(TableRows.isFullName) ?? false }
        return 2 * full > rows.count || above.words.contains(where: AnswerWords.people.contains)
    }

    /// Two or more words with capital letters, and no number.
    private static func isFullName(_ cell: WordRow) -> Bool {
        (2...4).contains(cell.words.count)
            && cell.words.indices.allSatisfy { cell.isCapitalised($0) && !cell.words[$0][0].isDigit }
    }

    // MARK: Names

    /// Whether most cells of a column may name rows: they are no dates and no numbers, and as names of persons hold no digit.
    func mayName(_ column: Int, person: Bool) -> Bool {
        2
            * cells(of: column).count { cell in
                person
                    ? !cell.text.contains(where: \.isDigit)
                    : cell.words.contains { !$0[0].isDigit } && ComparedColumn.writtenDate(cell) == nil
            } > rows.count
    }

    /// Whether no two rows have the same cell in a column.
    func tellsRowsApart(_ column: Int) -> Bool {
        let cells = cells(of: column).map(\.words)
        return !cells.isEmpty && Set(cells).count == cells.count
    }

    private func cells(of column: Int) -> [WordRow] {
        rows.compactMap { $0.words.indices.contains(column) && !$0.words[column].words.isEmpty ? $0.words[column] : nil }
    }

    // MARK: Columns that say yes or no

    /// The column whose head holds a word and whose cells say yes or no.
    func yesColumn(of word: [UInt8]) -> Int? { heads.indices.first { heads[$0].holds(word) && isOfYes($0) } }

    /// Whether the cells of a column say yes or no.
    func isOfYes(_ column: Int) -> Bool {
        let cells = rows.compactMap { $0.words.indices.contains(column) ? $0.words[column].words.first : nil }
        return cells.count > 1 && cells.contains(where: TableRows.yes.contains)
            && cells.allSatisfy { TableRows.yes.contains($0) || TableRows.no.contains($0) }
    }

    /// Whether a row says yes in a column.
    private func saysYes(_ row: Int, _ column: Int) -> Bool {
        rows[row].words.indices.contains(column) && rows[row].words[column].words.first.map(TableRows.yes.contains) == true
    }

    private static let yes = Set.words("yes ja y x")
    private static let no = Set.words("no nein n")
}
