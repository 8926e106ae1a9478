import Memory

/// A question for the one before or after somebody: "Who was director before Clara Voigt?".
///
/// A text tells it by years: the time of the one ends where that of the other begins.
struct Succession {
    private let names: [[UInt8]]
    private let isBefore: Bool

    private static let before = Set.words("before vor preceded")
    private static let after = Set.words("after nach succeeded followed")

    /// nil for another question.
    init?(_ question: AskedQuestion) {
        let words = question.row.words
        guard question.kind == .person,
            let i = words.firstIndex(where: { Succession.before.contains($0) || Succession.after.contains($0) }),
            i + 1 < words.count, question.row.isCapitalised(i + 1)
        else { return nil }
        names = words[(i + 1)...].filter { !AnswerWords.isCommon($0) && !AnswerWords.titles.contains($0) }
        isBefore = Succession.before.contains(words[i])
        guard !names.isEmpty else { return nil }
    }

    /// 1 for a unit with the time right before or after that of the named one in other units of the passage, −1 for units of the
    /// named one; 0 for any other.
    func fit(_ row: WordRow, in passage: EvidenceSource) -> Double {
        if names.allSatisfy(row.holds) { return -1 }
        let times = YearSpans.spans(in: row)
        guard !times.isEmpty else { return 0 }
        let others = passage.units.filter { $0.kind != .list }.map { WordRow(Array(passage.text[$0.range])) }
        let fits = others.filter { names.allSatisfy($0.holds) }.flatMap(YearSpans.spans).contains { time in
            times.contains { isBefore ? $0.upperBound == time.lowerBound : $0.lowerBound == time.upperBound }
        }
        return fits ? 1 : 0
    }
}
