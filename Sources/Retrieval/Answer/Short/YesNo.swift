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
        guard !question.isNegated, !isHedged(row), !comparesOther(row), !swapsNames(row), !isOfOtherDay(row) else {
            return nil
        }
        let near = row.text + [32] + source.context(of: unit) + [32] + source.headings(of: unit) + source.name
        if let turned = UndoingWords.turned(of: question, by: row) { return holdsQuestion(near, except: turned) ? .no : nil }
        if deniesInCell(unit, of: source.text) { return holdsQuestion(near) ? .no : nil }
        if isUndone(row) { return nil }
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
        // "We repair tandems. We do not repair scooters": the sentence before says the other thing.
        guard !leansOnPrevious(unit, near, in: source) || row.words.contains(where: AnswerWords.pronouns.contains) else {
            return nil
        }
        return Negation.placesOfVerbs(in: row).count == 1 || deniesAll(row) ? .no : nil
    }

    /// "Nobody was hurt" says no to "Was anyone hurt?".
    private func deniesAll(_ row: WordRow) -> Bool {
        row.words.first.map(Self.nobodies.contains) ?? false && question.row.words.contains(where: Self.anybodies.contains)
    }

    private static let nobodies = Set.words("nobody none niemand keiner")
    private static let anybodies = Set.words("anyone anybody someone somebody any jemand irgendjemand einer")

    /// Whether today or tomorrow is asked for, and a text names days or months.
    private func isOfOtherDay(_ row: WordRow) -> Bool {
        question.row.words.contains(where: Self.days.contains) && !row.words.contains(where: Self.days.contains)
            && (!Weekdays.days(in: row).isEmpty
                || row.words.indices.contains { Months.isMonth(row.words[$0]) && row.isCapitalised($0) })
    }

    private static let days = Set.words("today tomorrow yesterday tonight heute morgen gestern")

    /// Whether a word above the words of the question undoes them: a motion that was rejected, a plan, a promise. What it leaves of
    /// them is in doubt.
    private func isUndone(_ row: WordRow) -> Bool {
        !UndoingWords.undoing.isDisjoint(with: Set(row.words).subtracting(question.row.words))
    }

    /// Whether a question for all is met by a text on some, or a comparison by a text that compares nothing.
    private func comparesOther(_ row: WordRow) -> Bool {
        let asked = question.row.words
        if asked.contains(where: UndoingWords.all.contains), row.words.contains(where: UndoingWords.some.contains) {
            return true
        }
        return asked.contains(where: UndoingWords.than.contains) && !row.words.contains(where: UndoingWords.than.contains)
            && asked.contains { $0.count > 4 && $0.suffix(2).elementsEqual("er".utf8) }
    }

    /// Whether a text begins with the name at the end of the question: "Oslo beat Bergen" says nothing of "Did Bergen beat Oslo?".
    private func swapsNames(_ row: WordRow) -> Bool {
        let asked = question.row
        let names = asked.words.indices.dropFirst().filter(asked.isCapitalised).map { asked.words[$0] }
        guard !question.isGerman, let first = names.first, let last = names.last, first != last, asked.words.last == last,
            !(row.words + asked.words).contains(where: UndoingWords.agents.contains),
            let start = row.words.firstIndex(where: { !AnswerWords.determiners.contains($0) }),
            let other = row.words.firstIndex(of: first)
        else { return false }
        return names.firstIndex(of: row.words[start]).map { $0 > 0 && row.words[start] != first && start < other } ?? false
    }

    /// Whether the cell that the question names says no, or holds nothing.
    private func deniesInCell(_ unit: EvidenceUnit, of text: [UInt8]) -> Bool {
        guard unit.kind == .row || unit.kind == .pair else { return false }
        let (cells, heads) = TableAnswers.keyed(unit, in: text) ?? (unit.cells, unit.head)
        for (i, cell) in cells.enumerated() {
            let words = WordRow(Array(text[cell]))
            guard question.content.isDisjoint(with: words.stems) || UndoingWords.isOutOf(words) else { continue }
            let head = heads.indices.contains(i) ? WordRow(Array(text[heads[i]])) : nil
            let isNamed = head.map { !question.content.isDisjoint(with: $0.stems) } ?? false
            if UndoingWords.isOutOf(words) || isNamed && UndoingWords.saysNo(text[cell], words) { return true }
        }
        return false
    }

    /// "may" of a question for a permission makes nothing unclear.
    private func isHedged(_ row: WordRow) -> Bool {
        row.words.contains { AnswerWords.hedges.contains($0) && !question.row.words.contains($0) }
    }

    /// Whether only the sentence before has a word of the question.
    private func leansOnPrevious(_ unit: EvidenceUnit, _ near: [UInt8], in source: EvidenceSource) -> Bool {
        guard let previous = unit.previous.map({ WordBag(Array(source.text[$0])) }) else { return false }
        let bag = WordBag(near)
        return query.words.indices.contains {
            previous.frequency(of: $0, in: query) > 0 && bag.frequency(of: $0, in: query) == 0
        }
    }

    /// Whether a text holds all that the question asks about, beside the words that ask for a permission. "Yes, but not on
    /// Sundays" says yes to the question above it; what it says to one that adds a word is in doubt.
    ///
    /// - Parameter words: further words that the text need not hold.
    private func holdsQuestion(_ text: [UInt8], except words: Set<[UInt8]> = []) -> Bool {
        let bag = WordBag(text)
        return query.words.indices.allSatisfy {
            AnswerWords.permissions.contains(query.words[$0]) || words.contains(query.words[$0])
                || bag.frequency(of: $0, in: query) > 0
        }
    }
}
