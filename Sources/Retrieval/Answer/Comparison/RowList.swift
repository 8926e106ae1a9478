import Bytes
import Memory

/// Finds the cells of all rows that answer a question alike: "Who lives in Kinley?", "Which rivers are longer than 200 km?".
struct RowList {
    /// More rows are no short answer.
    private static let most = 8

    let question: AskedQuestion
    let choice: RowChoice

    /// Whether the question names the column that is to be given.
    var namesColumn: Bool { question.head != nil || question.column != nil }

    /// nil for a question for a number that no column names, for a superlative, for yes or no.
    init?(_ question: AskedQuestion, _ query: Query) {
        choice = RowChoice(question)
        let isOfKind =
            [.person, .place, .other].contains(question.kind) || question.kind == .time && question.column != nil
        guard isOfKind, !question.isYesNo, !question.isNegated, question.measures.isEmpty, query.counted == nil,
            !question.asksMoney || question.head != nil || choice.condition != nil, question.abbreviation == nil,
            RowComparison(question) == nil
        else { return nil }
        self.question = question
    }

    /// The rows with the cell of each that answers; nil where nothing tells the rows or the column.
    func cells(of table: TableRows) -> [(row: Int, cell: Range<Int>)]? {
        let noun = question.column.flatMap { column in table.heads.contains { $0.holds(column) } ? nil : Stem.of(column) }
        guard let chosen = choice.rows(of: table, noun: nil), chosen.isChosen,
            (1...RowList.most).contains(chosen.rows.count),
            let column = column(of: table, chosen, noun)
        else { return nil }
        let cells = chosen.rows.compactMap { row in
            table.rows[row].cells.indices.contains(column) && !table.rows[row].words[column].words.isEmpty
                ? (row: row, cell: table.rows[row].cells[column]) : nil
        }
        return cells.count == chosen.rows.count ? cells : nil
    }

    /// The column that the question names beside those that chose the rows; else the first one, if it can hold what is asked for.
    private func column(of table: TableRows, _ chosen: RowChoice.Chosen, _ noun: [UInt8]?) -> Int? {
        let asked = table.heads.indices.filter {
            !chosen.columns.contains($0) && !question.content.isDisjoint(with: table.heads[$0].stems)
        }
        if question.kind == .time, noun != nil { return nil }
        if let column = question.column, noun == nil {
            let named = asked.filter { table.heads[$0].holds(column) }
            return named.count == 1 ? named[0] : nil
        }
        if let head = question.head {
            let named = asked.filter { table.heads[$0].holds(head) }
            return named.count == 1 ? named[0] : nil
        }
        if let column = asked.first { return asked.count == 1 && question.kind != .place ? column : nil }
        switch question.kind {
        case .person: return table.isOfPeople ? 0 : nil
        case .place: return nil
        case .number, .time, .other: return 0
        }
    }
}
