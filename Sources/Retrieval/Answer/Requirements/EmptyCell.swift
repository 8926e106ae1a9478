import Memory

/// A cell that a question asks for and that is empty in the row that it asks about.
struct EmptyCell {
    private let asked: Set<[UInt8]>
    private let required: [AskedQuestion.Required]
    private let question: AskedQuestion

    init(_ question: AskedQuestion) {
        self.question = question
        asked = question.contentBesideNames.union(question.countHeads)
        required = question.required
    }

    /// The head of the column that the question names best, where the row has nothing in it; nil for any other unit.
    func head(of unit: EvidenceUnit, in text: [UInt8]) -> String? {
        guard unit.kind == .row, !question.isYesNo, unit.head.count > 1 else { return nil }
        let heads = unit.head.map { WordRow(Array(text[$0])) }
        let keyed = TableAnswers.keyed(unit, in: text)
        let cells = (keyed?.cells ?? unit.cells).map { WordRow(Array(text[$0])) }
        // The question tells the row by what it names in it, and asks for another column.
        let held = heads.indices.map { i in
            // "Who is managed by Una Berg?" does not ask who manages Una Berg.
            if cells.contains(where: { question.tells(heads[i], $0) }) { return 0 }
            let place = keyed.map { $0.head.firstIndex { WordRow(Array(text[$0])).words == heads[i].words } } ?? i
            let cell = place.flatMap { cells.indices.contains($0) ? cells[$0] : nil }
            return cell.map(names) ?? false ? 0 : asked.intersection(heads[i].stems).count
        }
        guard let most = held.max(), most > 0, held.count(where: { $0 == most }) == 1, let column = held.firstIndex(of: most)
        else { return nil }
        let isEmpty: Bool
        if let keyed {
            isEmpty = !keyed.head.contains { WordRow(Array(text[$0])).words == heads[column].words }
        } else {
            isEmpty =
                unit.cells.indices.contains(column)
                && !String(decoding: text[unit.cells[column]], as: UTF8.self).contains { $0.isLetter || $0.isNumber }
        }
        return isEmpty ? String(decoding: text[unit.head[column]], as: UTF8.self) : nil
    }

    /// Whether a cell is one that the question names.
    private func names(_ cell: WordRow) -> Bool { required.contains { cell.holdsRun($0.words) } }
}
