import Memory

/// Whether a unit speaks of the person and of the day that a question asks about.
extension Requirements {
    /// Whether a name stands in the passage only in headings of other parts: "Manager: Rita Bloom" under "Hull depot" is not of Leeds.
    func isOfOtherSection(_ name: AskedQuestion.Required, _ text: UnitText) -> Bool {
        let passage = text.passage
        guard !text.unit.headings.isEmpty, !Requirements.holds(text.all, name: name) else { return false }
        let others = passage.units.filter { $0.headings != text.unit.headings }
        let isHeading = others.contains { other in
            other.headings.contains { Requirements.holds(WordRow(Array(passage.text[$0])), name: name) }
        }
        return isHeading
            && !passage.units.contains { other in
                other.kind != .heading && Requirements.holds(WordRow(Array(passage.text[other.range])), name: name)
            }
    }

    /// Doubt about a unit that speaks of another person, or says something else of the one that is asked about.
    func checkSubject(_ text: UnitText, _ lack: inout Lack) {
        if question.asksWhen, !tellsTime(text) { lack.doubt += weights.doubtOfMeasure }
        if let predicate { lack.doubt += weights.of(predicate.doubt(text)) }
        switch text.unit.kind {
        case .sentence, .item, .answer:
            if UnitSubject.isOtherPerson(text, than: question) || UnitSubject.isOfOtherName(text, than: question) {
                lack.doubt += weights.doubtOfSubject
            }
        case .row, .pair, .list, .heading: break
        }
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
