import Bytes
import Memory

/// Counts the rows of a table for a question such as "How many hotels are there?".
struct RowCount {
    let question: AskedQuestion
    /// The stem of what is counted.
    private let counted: [UInt8]

    init?(_ question: AskedQuestion, _ query: Query) {
        guard question.kind == .number, question.measures.isEmpty, !question.asksMoney, query.counted != nil,
            let noun = RowCount.noun(of: question.row.words),
            // "How many rivers are longer than 200 km?" counts by the size of numbers.
            !question.row.words.contains(where: { AnswerWords.beforeAmounts.contains($0) || RowCount.comparing.contains($0) }
            )
        else { return nil }
        self.question = question
        counted = Stem.of(noun)
    }

    /// "cranes" of "How many indoor cranes are there?", "models" of "How many models of pumps …?".
    private static func noun(of words: [[UInt8]]) -> [UInt8]? {
        guard let many = words.firstIndex(where: QuestionWords.beforeCounted.contains) else { return nil }
        return words[(many + 1)...].prefix {
            !AnswerWords.isCommon($0) && !AnswerWords.auxiliaries.contains($0) && !AnswerWords.closed.contains($0)
                && !plain.contains($0)
        }.last
    }

    /// How many rows of a whole table the question asks for; nil where the rows are something else, and where the question says more
    /// than the table.
    func count(_ table: TableRows) -> Int? {
        guard let first = table.heads.first,
            first.stems.contains(counted)
                || table.above.stems.contains(counted) && !table.heads.contains(where: { $0.stems.contains(counted) }),
            table.named(in: question.row).isEmpty
        else { return nil }
        let others = zip(question.row.words, question.row.stems).filter { word, stem in
            stem != counted && !AnswerWords.isCommon(word) && !AnswerWords.closed.contains(word)
                && !AnswerWords.auxiliaries.contains(word) && !RowCount.plain.contains(word) && !Negation.isWord(word)
        }.map(\.0)
        let all = Array(table.rows.indices)
        return table.chosen(by: others, among: all, isNegated: question.isNegated, isStrict: true)?.count
    }

    /// Words that say nothing of what is counted.
    private static let plain = set(
        "listed exist exists total altogether overall different insgesamt aufgeführt list table tabelle liste")
    private static let comparing = set("more less fewer before after mehr weniger vor nach")

    private static func set(_ words: String) -> Set<[UInt8]> { Set(words.split(separator: " ").map { Array($0.utf8) }) }
}
