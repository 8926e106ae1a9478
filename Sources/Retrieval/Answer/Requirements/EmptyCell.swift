import Memory

/// A cell that a question asks for and that is empty in the row that it asks about.
struct EmptyCell {
    private let asked: Set<[UInt8]>
    private let isYesNo: Bool

    init(_ question: AskedQuestion) {
        asked = question.contentBesideNames
        isYesNo = question.isYesNo
    }

    /// The head of the column that the question names best, where the row has nothing in it; nil for any other unit.
    func head(of unit: EvidenceUnit, in text: [UInt8]) -> String? {
        guard unit.kind == .row, !isYesNo, unit.head.count > 1 else { return nil }
        let heads = unit.head.map { WordRow(Array(text[$0])) }
        let held = heads.map { asked.intersection($0.stems).count }
        guard let most = held.max(), most > 0, held.count(where: { $0 == most }) == 1, let column = held.firstIndex(of: most)
        else { return nil }
        let isEmpty: Bool
        if let keyed = TableAnswers.keyed(unit, in: text) {
            isEmpty = !keyed.head.contains { WordRow(Array(text[$0])).words == heads[column].words }
        } else {
            isEmpty =
                unit.cells.indices.contains(column)
                && !String(decoding: text[unit.cells[column]], as: UTF8.self).contains { $0.isLetter || $0.isNumber }
        }
        return isEmpty ? String(decoding: text[unit.head[column]], as: UTF8.self) : nil
    }
}
