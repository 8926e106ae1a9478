import Memory

/// Whether a unit speaks of the person, the thing and the day that a question asks about.
extension Requirements {
    /// Doubt about a unit that speaks of another person or thing, or says something else of the one that is asked about.
    func checkSubject(
        _ unit: EvidenceUnit, _ close: WordRow, near: [UInt8], previous: [UInt8], in passage: EvidenceSource,
        _ lack: inout Lack
    ) {
        let row = WordRow(Array(passage.text[unit.range]))
        if question.asksWhen, !tellsTime(row, near: near, previous: previous, headings: passage.headings(of: unit)) {
            lack.doubt += weights.doubtOfMeasure
        }
        if let predicate {
            lack.doubt += weights.of(predicate.doubt(unit, row, close, previous: previous, in: passage))
        }
        switch unit.kind {
        case .sentence, .item, .answer:
            let isOther =
                UnitSubject.isOtherPerson(row, than: question, close)
                || UnitSubject.isOtherThing(row, than: question, close) && !isMeasured(by: row, near)
            if isOther || isMeasuredOtherwise(row) {
                lack.doubt += weights.doubtOfSubject
            } else if isOfNothingMeasured(row, near, in: passage) {
                lack.doubt += weights.doubtOfPredicate.nowhere
            }
            if !question.measured.isEmpty, !question.measures.isEmpty, !tellsMeasure(row) {
                lack.doubt += weights.doubtOfMeasure
            }
        case .pair where question.measures.contains(.time):
            break  // it often tells a time without a unit
        case .row, .pair:
            // Rows and settings have numbers of all kinds.
            let text = WordRow(near)
            if !question.measured.isEmpty, !question.measures.isEmpty,
                !text.words.contains(where: isOfMeasure) || isOfNothingMeasured(text, close.text, in: nil)
            {
                lack.doubt += weights.doubtOfMeasure
            }
        case .list, .heading: break
        }
    }

    /// Whether a sentence speaks of what "how" with an adjective asks about in other words: in a sense of it, in a compound, or
    /// in a word that means about the same.
    private func isMeasured(by row: WordRow, _ text: [UInt8]) -> Bool {
        question.measured.contains { wanted in
            holdsSense(of: wanted, text)
                || row.words.contains { $0.count > wanted.count + 2 && $0.suffix(wanted.count).elementsEqual(wanted) }
        } || absent.holdsNear(question.measured, row)
    }

    /// Whether a unit tells a time, or what stands above it. The sentence before tells it only where the unit has no name of the
    /// question itself.
    private func tellsTime(_ row: WordRow, near: [UInt8], previous: [UInt8], headings: [UInt8]) -> Bool {
        let names = question.required.filter { $0.kind == .name }
        let isNamed = names.contains { Requirements.holds(row, name: $0) }
        return TimeWords.stand(in: WordRow(near + [32] + headings + (isNamed ? [] : previous)))
    }

    /// Whether a text has no word, and none like one, of what "how deep" asks about; nor its passage, where one is given.
    private func isOfNothingMeasured(_ row: WordRow, _ text: [UInt8], in passage: EvidenceSource?) -> Bool {
        !question.measured.isEmpty && !question.measures.isEmpty && !isMeasured(by: row, text)
            && !question.measured.contains { WordRow(text).holds($0) || passage?.row.holds($0) == true }
    }

    /// Whether a text tells another measure than the one that is asked for: a depth instead of a temperature.
    private func isMeasuredOtherwise(_ row: WordRow) -> Bool {
        guard !question.measures.isEmpty else { return false }
        let told = Measure.told(in: row)
        return !told.isEmpty && told.isDisjoint(with: question.measures)
    }

    /// Whether a text may tell what is asked to be measured: by a number, or by a word for the measure. A year tells an age
    /// where something began in it, and the hour of "at six" tells no measure.
    private func tellsMeasure(_ row: WordRow) -> Bool {
        let tellsAge = question.measures.contains(.time) && row.words.contains(where: AnswerWords.beginnings.contains)
        return row.words.indices.contains { i in
            let word = row.words[i]
            let isHour = i > 0 && Requirements.beforeHours.contains(row.words[i - 1])
            return word[0].isDigit && (word.count != 4 || tellsAge) && !isHour
                || QuestionWords.numbers.contains(word) && !isHour || isOfMeasure(word)
        }
    }

    private static let beforeHours = Set(["at", "um"].map { Array($0.utf8) })

    private func isOfMeasure(_ word: [UInt8]) -> Bool {
        Measure.isUnit(word, of: question.measures) || !Measure.asked(by: word).isDisjoint(with: question.measures)
    }

    /// A unit that names days and not the one of the question says nothing of it; where a passage names none, that is in doubt.
    func checkDays(
        _ unit: EvidenceUnit, _ close: WordRow, previous: [UInt8], in passage: EvidenceSource, _ lack: inout Lack
    ) {
        guard !question.weekdays.isEmpty else { return }
        let days = Weekdays.days(in: close)
        guard days.isDisjoint(with: question.weekdays) else { return }
        if !days.isEmpty, unit.kind != .list, !question.isYesNo || unit.kind == .row {
            lack.doubt += weights.doubtElsewhere
            lack.missing += Weekdays.written(in: question.row)
        } else if days.isEmpty, Weekdays.days(in: passage.row).isDisjoint(with: question.weekdays) {
            lack.doubt += weights.doubtOfAbsent
            lack.doubtful += Weekdays.written(in: question.row)
        }
    }
}
