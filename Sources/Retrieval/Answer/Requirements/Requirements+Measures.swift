import Memory

/// Whether a unit measures what a question asks to be measured, and tells that measure.
extension Requirements {
    /// Doubt about a unit that tells another measure, none, or that of another thing.
    func checkMeasure(_ text: UnitText, _ lack: inout Lack) {
        if question.asksPhone, text.unit.kind != .list, !Requirements.tellsPhone(text) {
            lack.doubt += weights.doubtOfMeasure
        }
        if question.asksColour, !text.near.words.contains(where: AnswerWords.colours.contains) {
            lack.doubt += weights.doubtOfMeasure
        }
        let asksMeasure = !question.measured.isEmpty && !question.measures.isEmpty
        switch text.unit.kind {
        case .sentence, .item, .answer:
            let isOtherThing =
                UnitSubject.isOtherThing(text.own, than: question, text.close) && !isMeasured(by: text.own, text.nearBag)
            if isOtherThing || isMeasuredOtherwise(text) {
                lack.doubt += weights.doubtOfSubject
            } else if asksMeasure || asksPrice, isOfNothingMeasured(text.own, widest(text), text.closeBag) {
                lack.doubt += weights.doubtOfPredicate.nowhere
            }
            if asksMeasure, !tellsMeasure(text), !isAnswerToAll(text) { lack.doubt += weights.doubtOfMeasure }
        case .pair where question.measures.contains(.time):
            // It often tells a time without a unit.
            if question.asksAge, !tellsAge(text) { lack.doubt += weights.doubtOfMeasure }
        case .row, .pair:
            // Rows and settings have numbers of all kinds.
            // Rows of a table are all of one kind, so a word of about the same meaning names another row.
            if asksPrice,
                !question.measured.contains(where: { text.close.holds($0) || holdsSense(of: $0, text.closeBag) })
            {
                lack.doubt += weights.doubtOfPredicate.nowhere
            }
            if question.asksMoney, !MoneyWords.mayStand(in: text.close), !tellsPrices(text) {
                lack.doubt += weights.doubtOfMeasure
            }
            if asksMeasure,
                !text.near.words.contains(where: isOfMeasure)
                    || isOfNothingMeasured(text.near, text.close, text.closeBag) || measuresOtherDirection(text)
            {
                lack.doubt += weights.doubtOfMeasure
            }
        case .list:
            if question.asksAge, !tellsAge(text) { lack.doubt += weights.doubtOfMeasure }
        case .heading: break
        }
    }

    /// Whether the heads of a row name a depth, say, and no length, where the length is asked for.
    private func measuresOtherDirection(_ text: UnitText) -> Bool {
        guard text.unit.kind == .row, let asked = question.asksDirection, asked != .size else { return false }
        let heads = text.unit.head.flatMap { WordRow(Array(text.passage.text[$0])).words }
        let directions = heads.compactMap(Measure.direction).filter { $0 != .size }
        let tellsTime = question.measures.contains(.time) && heads.contains { Measure.asked(by: $0).contains(.time) }
        return !directions.isEmpty && !directions.contains(asked) && !tellsTime
    }

    /// Whether a text answers just the question that is asked: "Until midnight" under "How long is a day ticket valid?".
    private func isAnswerToAll(_ text: UnitText) -> Bool {
        guard text.unit.kind == .answer else { return false }
        let above = WordBag(text.passage.context(of: text.unit))
        return query.words.indices.allSatisfy { above.frequency(of: $0, in: query) > 0 }
    }

    /// "Hire prices" above a table says that its numbers are prices.
    private func tellsPrices(_ text: UnitText) -> Bool {
        text.unit.kind == .row && text.above.words.contains(where: AnswerWords.isCost)
    }

    private var asksPrice: Bool { question.asksMoney && !question.measured.isEmpty }

    /// The text that may say what a sentence speaks of: the whole passage; with a price, and with the measure of somebody or
    /// something with a name, only where a pronoun stands for it.
    private func widest(_ text: UnitText) -> WordRow {
        // A pronoun at the start of a section stands for what the heading names.
        if text.unit.previous == nil, !text.unit.headings.isEmpty, text.own.startsWithPronoun { return text.close }
        let names = Set(question.required.filter { $0.kind == .name }.flatMap(\.words))
        let isStrict = asksPrice || question.measured.allSatisfy(names.contains)
        return isStrict && !text.own.words.contains(where: AnswerWords.pronouns.contains) ? text.close : text.passage.row
    }

    /// Whether a sentence speaks of what "how" with an adjective asks about in other words: in a sense of it, in a compound, or
    /// in a word that means about the same.
    ///
    /// - Parameter bag: the words of the sentence and of what speaks for it.
    private func isMeasured(by row: WordRow, _ bag: WordBag) -> Bool {
        question.measured.contains { wanted in
            holdsSense(of: wanted, bag)
                || row.words.contains { $0.count > wanted.count + 2 && $0.suffix(wanted.count).elementsEqual(wanted) }
        } || absent.holdsNear(question.measured, row)
    }

    /// Whether a text has no word, and none like one, of what "how deep" asks about; nor has a wider one.
    private func isOfNothingMeasured(_ row: WordRow, _ wide: WordRow, _ bag: WordBag) -> Bool {
        !isMeasured(by: row, bag) && !question.measured.contains(where: wide.holds)
    }

    /// Whether a text tells other measures than the one that is asked for: a depth instead of a temperature or of a width.
    private func isMeasuredOtherwise(_ text: UnitText) -> Bool {
        guard !question.measures.isEmpty else { return false }
        let told = text.quantities.filter { Measure.of($0, in: text.own) != nil }
        return !told.isEmpty && !told.contains { question.fits($0, in: text.own) }
    }

    /// Whether a text may tell what is asked to be measured: by a number, or by a word for the measure. A year tells an age
    /// where something began in it, and the hour of "at six" tells no measure.
    private func tellsMeasure(_ text: UnitText) -> Bool {
        let row = text.own
        let mayBeYear =
            (question.asksAge || question.asksSince) && row.words.contains(where: AnswerWords.beginnings.contains)
        return text.quantities.contains { !$0.isHour && (mayBeYear || !isYear($0, in: row)) && !countsThings($0, in: row) }
            || row.words.contains(where: isOfMeasure)
    }

    /// Whether a number is a year: one of our time, or an older one behind "in" and the like.
    private func isYear(_ number: Quantity, in row: WordRow) -> Bool {
        let first = number.words.lowerBound
        return number.isYear
            || number.words.count == 1 && !number.hasSign && row.words[first].count == 4 && first > 0
                && AnswerWords.beforeYears.contains(row.words[first - 1])
    }

    /// Whether a number counts what is no unit: "12,400 inhabitants".
    private func countsThings(_ number: Quantity, in row: WordRow) -> Bool {
        guard let unit = number.unit.map({ row.words[$0] }), !number.isCompound else { return false }
        return AskedQuestion.isNoun(unit) && !Measure.isUnit(unit) && Measure.direction(of: unit) == nil
            && Measure.asked(by: unit).isEmpty && !AnswerWords.lengthNouns.contains(unit)
            && !AnswerWords.closed.contains(unit)
    }

    /// Whether a text has a year, a length of time, or a number that is nothing else.
    private func tellsAge(_ text: UnitText) -> Bool {
        text.quantities.contains { number in
            number.isYear || Measure.of(number, in: text.own) == .time
                || number.unit == nil && number.words.count == 1 && text.own.words[number.words.lowerBound].count < 4
        }
    }

    /// Whether a word has six digits and more, and is no date and no amount: "1,380,000", "2024-05-12".
    private static func isLongNumber(_ word: ArraySlice<UInt8>) -> Bool {
        let number = word.last == UInt8(ascii: ".") ? word.dropLast() : word
        let isDate =
            number.count > 4 && [0x31, 0x32].contains(number.first) && number.dropFirst(4).first == UInt8(ascii: "-")
        return number.count(where: \.isDigit) > 5 && !isDate && !number.contains { ".,".utf8.contains($0) }
    }

    /// Whether a unit tells a telephone number: a row by five digits in one cell or by its head, another unit by "+" before a digit,
    /// by a number of three digits that is nothing else, or by six digits without a space.
    private static func tellsPhone(_ text: UnitText) -> Bool {
        guard text.unit.kind == .row else {
            let bytes = text.own.text
            return zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "+") && $1.isDigit }
                || text.quantities.contains { number in
                    let bytes = text.own.text[number.range]
                    let isOfThing =
                        number.unit.map {
                            AnswerWords.money.contains(text.own.words[$0]) || Measure.isUnit(text.own.words[$0])
                        }
                        ?? false
                    // "1,380.00" and "2024" are no telephone numbers.
                    return bytes.count(where: \.isDigit) > 2 && !number.hasSign && !number.isYear && !number.isHour
                        && !isOfThing && !bytes.contains(UInt8(ascii: "."))
                }
                || bytes.split(separator: 32).contains(where: isLongNumber)
        }
        return text.unit.head.contains { range in
            WordRow(Array(text.passage.text[range])).words.contains {
                AnswerWords.phones.contains($0) || AnswerWords.phoneNumbers.contains($0)
            }
        }
            || text.unit.cells.contains { text.passage.text[$0].count(where: \.isDigit) > 4 }
    }

    private func isOfMeasure(_ word: [UInt8]) -> Bool {
        Measure.isUnit(word, of: question.measures) || !Measure.asked(by: word).isDisjoint(with: question.measures)
    }
}
