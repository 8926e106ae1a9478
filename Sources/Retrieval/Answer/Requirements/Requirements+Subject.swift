import Memory

/// Whether a unit speaks of the person and of the day that a question asks about.
extension Requirements {
    /// Doubt about a unit that speaks of another person, or says something else of the one that is asked about.
    func checkSubject(_ text: UnitText, _ lack: inout Lack) {
        if question.asksWhen, !tellsTime(text) { lack.doubt += weights.doubtOfMeasure }
        if let predicate { lack.doubt += weights.of(predicate.doubt(text)) }
        switch text.unit.kind {
        case .sentence, .item, .answer:
            if UnitSubject.isOtherPerson(text, than: question) || UnitSubject.isOfOtherName(text, than: question)
                || UnitSubject.isWithoutAgent(text.own, in: question) || UnitSubject.isOnlyTime(text.own, in: question)
                || isOfOtherNoun(text)
            {
                lack.doubt += weights.doubtOfSubject
            }
        case .row, .pair, .list, .heading: break
        }
    }

    /// Whether a sentence says of another thing what the question asks of one that the index knows; or says something else of this
    /// one, where the passage says it of another.
    private func isOfOtherNoun(_ text: UnitText) -> Bool {
        guard let clause = question.clause, clauseHolders?.isEmpty == false else { return false }
        if !names(clause.subject, text.close, text.closeBag) {
            return !absent.holdsNear(clause.subject, text.near) && saysOfOther(clause, text.own, text.ownBag)
        }
        guard names(clause.subject, text.own, text.ownBag), !holdsSense(of: clause.word, text.nearBag),
            !absent.holdsNear([clause.word], text.near)
        else { return false }
        return text.passage.units.contains { other in
            guard other.kind == .sentence, other.range != text.unit.range else { return false }
            let row = WordRow(Array(text.passage.text[other.range]))
            let bag = WordBag(row)
            return !names(clause.subject, row, bag) && saysOfOther(clause, row, bag)
        }
    }

    private func names(_ nouns: [[UInt8]], _ row: WordRow, _ bag: WordBag) -> Bool {
        nouns.contains { holdsSense(of: $0, bag) || Requirements.holds(row, anyFormOf: $0) }
    }

    private func saysOfOther(_ clause: NounClause, _ row: WordRow, _ bag: WordBag) -> Bool {
        holdsSense(of: clause.word, bag) && !row.words.contains(where: AnswerWords.pronouns.contains)
            && UnitSubject.isOfOtherNoun(row, than: question, clause)
    }

    /// Whether a unit tells a time, or what stands above it. The sentence before tells it only where the unit has no name of the
    /// question itself.
    private func tellsTime(_ text: UnitText) -> Bool {
        let names = question.required.filter { $0.kind == .name }
        let isNamed = names.contains { Requirements.holds(text.own, name: $0) }
        // The date above speaks for what the text says of what is asked: minutes of a meeting say when it was, and not when its chair
        // was born.
        let isSaid = question.predicate.map { holdsSense(of: $0.word, text.closeBag) } ?? true
        let near = text.near.text + [32] + (isSaid ? text.headings : [])
        return TimeWords.stand(in: WordRow(near + [32] + (isNamed ? [] : text.previous.text)))
    }

    /// A unit that names days and not the one of the question says nothing of it; where a passage names none, that is in doubt.
    func checkDays(_ text: UnitText, _ lack: inout Lack) {
        guard !question.weekdays.isEmpty else { return }
        let days = Weekdays.days(in: text.close)
        guard days.isDisjoint(with: question.weekdays) else { return }
        if !days.isEmpty, text.unit.kind != .list, !question.isYesNo || text.unit.kind == .row {
            lack.doubt += weights.doubtElsewhere
            lack.missing += Weekdays.written(in: question.row)
        } else if days.isEmpty, Weekdays.days(in: text.passage.row).isDisjoint(with: question.weekdays) {
            lack.doubt += weights.doubtOfAbsent
            lack.doubtful += Weekdays.written(in: question.row)
        }
    }
}
