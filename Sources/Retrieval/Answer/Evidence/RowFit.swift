import Memory

/// Whether the names of a question stand in a row where the question puts them.
///
/// "Who reports to Ann Lee?" asks for the row with Ann Lee under "reports to"; "What is the role of Ann Lee?" for the row that
/// begins with her.
struct RowFit {
    private let names: [[UInt8]]
    private let asked: Set<[UInt8]>
    /// "Who reports …": the question's verb stands behind the question word.
    private let asksSubject: Bool

    init(_ question: AskedQuestion) {
        let names = question.required.filter { $0.kind == .name }.flatMap(\.words)
        self.names = names
        let words = question.row.words
        asked = question.contentBesideNames
        asksSubject =
            words.count > 2 && question.kind == .person && QuestionWords.all.contains(words[0])
            && !AnswerWords.copulas.contains(words[1]) && !AnswerWords.auxiliaries.contains(words[1])
    }

    /// 1 where the names stand in the cell that the question puts them in; 0 for any other unit.
    func fit(of unit: EvidenceUnit, in text: [UInt8]) -> Double {
        guard unit.kind == .row, !names.isEmpty else { return 0 }
        let (cells, head) = TableAnswers.keyed(unit, in: text) ?? (unit.cells, unit.head)
        let held = cells.indices.filter { i in
            let cell = WordRow(Array(text[cells[i]]))
            return names.allSatisfy(cell.holds)
        }
        guard let first = held.first else { return 0 }
        if asksSubject {
            let isAsked = held.contains { i in
                head.indices.contains(i) && !asked.isDisjoint(with: WordRow(Array(text[head[i]])).stems)
            }
            if isAsked { return 1 }
        }
        return first == 0 && !asksSubject ? 1 : 0
    }
}
