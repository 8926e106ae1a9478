import Bytes
import Memory

/// Counts the rows of a table for a question such as "How many hotels are there?", "How many rivers are longer than 200 km?".
struct RowCount {
    let question: AskedQuestion
    let choice: RowChoice
    /// What is counted is one of these, mostly the last.
    private let nouns: [[UInt8]]

    init?(_ question: AskedQuestion, _ query: Query) {
        let choice = RowChoice(question)
        guard question.kind == .number, question.measures.isEmpty, !question.asksMoney, query.counted != nil,
            case let nouns = RowCount.nouns(of: question), !nouns.isEmpty
        else { return nil }
        // "How many guests came around 2015?" counts by something else than the rows' words.
        let words = question.row.words
        let isLimited = words.indices.contains { i in
            choice.condition?.words.contains(i) != true
                && (RowCount.comparing.contains(words[i])
                    || AnswerWords.beforeAmounts.contains(words[i]) && !question.row.quantities.isEmpty
                        && choice.condition == nil)
        }
        guard !isLimited else { return nil }
        self.question = question
        self.choice = choice
        self.nouns = nouns
    }

    /// "indoor" and "cranes" of "How many indoor cranes are there?", "boats" of "How many of the boats …?", with a verb behind it.
    private static func nouns(of question: AskedQuestion) -> [[UInt8]] {
        let words = question.row.words
        guard let many = words.firstIndex(where: QuestionWords.beforeCounted.contains) else { return [] }
        return Array(
            words[(many + 1)...].drop(while: AnswerWords.isCommon).prefix {
                RowChoice.holdsContent($0, in: question)
            })
    }

    /// The rows of a whole table that the question counts; nil where the rows are something else, and where the question says more
    /// than the table.
    func rows(of table: TableRows) -> [Int]? {
        guard let noun = nouns.last(where: { areRows(of: table, $0) }) else { return nil }
        let chosen = choice.rows(of: table, noun: Stem.of(noun))
        // That no row has a word tells nothing; that none meets a condition is a count.
        return chosen?.rows.isEmpty == true && choice.condition == nil ? nil : chosen?.rows
    }

    /// Whether the first column, or else what stands above a table, says that its rows are such things.
    private func areRows(of table: TableRows, _ noun: [UInt8]) -> Bool {
        guard let first = table.heads.first else { return false }
        let stem = Stem.of(noun)
        return first.stems.contains(stem)
            || table.above.stems.contains(stem) && !table.heads.contains(where: { $0.stems.contains(stem) })
            || AnswerWords.people.contains(noun) && table.isOfPeople
    }

    private static let comparing = Set.words("more less fewer before after mehr weniger vor nach")
}
