import Bytes
import Memory

/// Chooses the rows of a table that a question speaks of.
///
/// Every word of the question must do something: stand whole as a cell, stand in a row, name a column or the table, or say no more
/// than that there are such rows. Else the question says more than the table, and its rows are no answer.
struct RowChoice {
    /// The rows that were chosen.
    struct Chosen {
        var rows: [Int]
        /// The columns by whose cells they were chosen.
        var columns: Set<Int> = []
        /// False where no word of the question chose any.
        var isChosen = false
    }

    let question: AskedQuestion
    let condition: NumberCondition?

    init(_ question: AskedQuestion) {
        self.question = question
        condition = NumberCondition(question.row)
    }

    /// The rows that the question speaks of; nil where it says more than the table.
    ///
    /// - Parameter noun: the stem of what the rows are, which chooses none.
    func rows(of table: TableRows, noun: [UInt8]?) -> Chosen? {
        let row = question.row
        var open = row.words.indices.filter { i in
            condition?.words.contains(i) != true && row.stems[i] != noun && holdsContent(row.words[i])
        }
        var chosen = Chosen(rows: Array(table.rows.indices))
        for run in cells(of: table) {
            // The question names a row itself.
            guard run.columns != [0] else { return nil }
            chosen.rows = chosen.rows.filter(run.rows.contains)
            chosen.columns.formUnion(run.columns.subtracting([0]))
            chosen.isChosen = true
            open.removeAll(where: run.words.contains)
        }
        var words: [[UInt8]] = []
        for word in open.map({ row.words[$0] }) where !Negation.isWord(word) {
            let held = chosen.rows.flatMap { i in
                table.rows[i].words.indices.filter { table.rows[i].words[$0].holds(word) }
            }
            guard table.above.holds(word) || !held.isEmpty else {
                let isPlain =
                    RowChoice.light.contains(word) || AnswerWords.people.contains(word) && table.isOfPeople
                // "Assigned to" under "assignee".
                guard isPlain || Requirements.holds(table.above, anyFormOf: word) else { return nil }
                continue
            }
            words.append(word)
            if !table.above.holds(word) {
                chosen.columns.formUnion(held)
                chosen.isChosen = true
            } else if table.yesColumn(of: word) != nil {
                chosen.isChosen = true
            }
        }
        let rows = table.chosen(by: words, among: chosen.rows, isNegated: question.isNegated, isStrict: true)
        guard let rows else { return nil }
        chosen.rows = rows
        guard let condition else { return chosen }
        guard let met = condition.rows(of: table, among: rows, question) else { return nil }
        chosen.rows = met.rows
        chosen.columns.insert(met.column)
        chosen.isChosen = true
        return chosen
    }

    /// Words of the question that stand as a whole cell, the longest at each place, with the rows and the columns that have it.
    private func cells(of table: TableRows) -> [(words: Range<Int>, rows: Set<Int>, columns: Set<Int>)] {
        var runs: [Range<Int>: (rows: Set<Int>, columns: Set<Int>)] = [:]
        for (i, row) in table.rows.enumerated() {
            for (column, cell) in row.words.enumerated() where cell.words.contains(where: holdsContent) {
                // A number alone is a cell only behind its head: "line 7".
                let isNumber = cell.words.allSatisfy { $0[0].isDigit }
                guard !isNumber || table.heads.indices.contains(column) && question.tells(table.heads[column], cell) else {
                    continue
                }
                for place in question.row.placesOfRun(cell.words) {
                    runs[place..<place + cell.words.count, default: ([], [])].rows.insert(i)
                    runs[place..<place + cell.words.count, default: ([], [])].columns.insert(column)
                }
            }
        }
        let whole = runs.filter { run in
            condition?.words.overlaps(run.key) != true
                && !runs.keys.contains { $0.count > run.key.count && $0.overlaps(run.key) }
        }
        return whole.sorted { $0.key.lowerBound < $1.key.lowerBound }.map { words, found in
            // "Who is taught by Ina Falk?" names her as a teacher, "What is the trade of Ina Falk?" her own row.
            let told = found.columns.subtracting([0]).filter { column in
                table.heads.indices.contains(column) && !question.content.isDisjoint(with: table.heads[column].stems)
            }
            guard found.columns.count > 1, found.columns.contains(0) else { return (words, found.rows, found.columns) }
            let rows = found.rows.filter { i in
                told.contains { column in
                    table.rows[i].words.indices.contains(column)
                        && table.rows[i].words[column].words == Array(question.row.words[words])
                }
            }
            return told.isEmpty ? (words, found.rows, [0]) : (words, rows, told)
        }
    }

    private func holdsContent(_ word: [UInt8]) -> Bool { RowChoice.holdsContent(word, in: question) }

    static func holdsContent(_ word: [UInt8], in question: AskedQuestion) -> Bool {
        !AnswerWords.isCommon(word) && !question.isAside(word) && !AnswerWords.auxiliaries.contains(word)
            && !plain.contains(word)
    }

    /// Words that say nothing of what is counted.
    static let plain = Set.words(
        """
        listed exist exists total altogether overall different insgesamt aufgeführt list table tabelle liste any dort who that der die das
        """)
    /// Verbs that say no more than that a row has a cell: "lives in", "arbeitet im".
    private static let light = Set.words(
        """
        work works worked working live lives living lived reside resides earn earns own owns belong belongs come comes came cost costs weigh weighs \
        flow flows lie lies located found stand stands begin begins start starts started run runs based arbeiten arbeitet wohnen wohnt leben lebt \
        habite habitent vive viven woont wonen travaille travaillent trabaja trabajan \
        liegen liegt kosten kostet verdienen verdient haben gehören gehört stammen stammt kommen kommt stehen steht befinden befindet wiegen wiegt
        """)
}
