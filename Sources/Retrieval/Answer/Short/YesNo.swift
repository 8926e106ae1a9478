import Memory

/// Whether a unit says yes or no to a question for one of them; nothing where that is in doubt.
struct YesNo {
    let question: AskedQuestion
    let query: Query

    func answer(_ evidence: Evidence, in source: EvidenceSource) -> Answer.Short.Kind? {
        let unit = evidence.unit
        let row = WordRow(Array(source.text[unit.range]))
        guard let first = row.words.first else { return nil }
        for (words, kind) in [(["yes", "ja"], Answer.Short.Kind.yes), (["no", "nein"], .no)]
        where words.contains(where: { first.elementsEqual($0.utf8) }) && (unit.kind == .answer || row.words.count == 1) {
            return isHedged(row) && !holdsQuestion(source.context(of: unit)) ? nil : kind
        }
        guard !question.isNegated, !isHedged(row) else { return nil }
        let asksBan = question.row.words.contains(where: AnswerWords.prohibitions.contains)
        let isBan = row.words.contains(where: AnswerWords.prohibitions.contains)
        // What is allowed and what is forbidden in one sentence are two things.
        if isBan, row.words.contains(where: AnswerWords.permissions.contains) { return nil }
        let denials = Negation.places(in: row)
        if isBan, !asksBan {
            let asksPermission = question.row.words.contains(where: AnswerWords.permissions.contains)
            let isClear = denials.isEmpty && holdsQuestion(row.text + [32] + source.headings(of: unit))
            return asksPermission && isClear ? .no : nil
        }
        guard evidence.coverage > 0.9, isBan || !asksBan, denials.count <= 1 else { return nil }
        if denials.isEmpty { return .yes }
        return Negation.placesOfVerbs(in: row).count == 1 ? .no : nil
    }

    /// "may" of a question for a permission makes nothing unclear.
    private func isHedged(_ row: WordRow) -> Bool {
        row.words.contains { AnswerWords.hedges.contains($0) && !question.row.words.contains($0) }
    }

    /// Whether a text holds all that the question asks about, beside the words that ask for a permission. "Yes, but not on
    /// Sundays" says yes to the question above it; what it says to one that adds a word is in doubt.
    private func holdsQuestion(_ text: [UInt8]) -> Bool {
        let bag = WordBag(text)
        return query.words.indices.allSatisfy {
            AnswerWords.permissions.contains(query.words[$0]) || bag.frequency(of: $0, in: query) > 0
        }
    }
}
