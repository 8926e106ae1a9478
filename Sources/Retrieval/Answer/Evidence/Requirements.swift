import Bytes
import Foundation
import Indexes
import Memory

/// What an answer must speak of: the names, numbers and identifiers of the question, and its compound nouns.
struct Requirements {
    private let question: AskedQuestion
    private let weights: EvidenceWeights
    /// The documents that hold each of `question.required`; nil where the index cannot tell.
    private let holders: [Set<DocumentID>?]
    /// The documents that hold the first noun of each of `question.compounds`; nil where the index cannot tell.
    private let compoundHolders: [Set<DocumentID>?]
    /// The documents that hold the noun that is asked for; nil where the index cannot tell.
    private let headHolders: Set<DocumentID>?
    private let query: Query
    private let absent: AbsentWords

    init(_ question: AskedQuestion, _ query: Query, _ index: OpenIndex, weights: EvidenceWeights) throws {
        self.question = question
        self.query = query
        self.weights = weights
        absent = try AbsentWords(question, query, index)
        holders = try question.required.map { try index.documents(holding: $0.words) }
        headHolders = try question.head.flatMap { try index.documents(holding: [$0]) }
        compoundHolders = try question.compounds.map { try index.documents(holding: [$0.first]) }
    }

    /// What a unit lacks of what an answer must speak of.
    struct Lack {
        var doubt = 0.0
        /// Words without which nothing answers.
        var missing: [String] = []
        /// Words that make it doubtful that anything answers.
        var doubtful: [String] = []
    }

    /// How much is in doubt, and which words an answer would have to hold.
    ///
    /// - Parameters:
    ///   - near: the unit with its direct context.
    ///   - previous: the sentence before.
    ///   - above: headings, title and path.
    func check(
        _ unit: EvidenceUnit, near: [UInt8], previous: [UInt8], above: [UInt8], in passage: EvidenceSource
    ) -> Lack {
        let close = WordRow(near + above)
        let wide = [passage.row, WordRow(above)]
        var lack = Lack()
        checkRequired(unit, close, wide, in: passage, &lack)
        for (compound, holders) in zip(question.compounds, compoundHolders)
        where holders?.contains(passage.document.id) == false && !holdsSense(of: compound.first, near + above) {
            let text = WordRow(near)
            guard !wide.contains(where: { Requirements.holds($0, anyFormOf: compound.first) }),
                Requirements.isOther(compound, in: text.holds(compound.second) ? text : passage.row)
            else { continue }
            lack.doubt += weights.doubtOfCompound
            lack.missing.append(String(decoding: compound.first, as: UTF8.self))
        }
        if let head = question.head, let headHolders, !headHolders.isEmpty, unit.kind != .row,
            !wide.contains(where: { $0.holds(head) })
        {
            lack.doubt += question.kind == .person ? weights.doubtOfHead.person : weights.doubtOfHead.other
        }
        if [.sentence, .item, .answer].contains(unit.kind) {
            let row = WordRow(Array(passage.text[unit.range]))
            if UnitSubject.isOtherPerson(row, than: question, close)
                || UnitSubject.isOtherThing(row, than: question, close) && !isMeasured(by: row, near + above)
            {
                lack.doubt += weights.doubtOfSubject
            }
        }
        let unmatched = absent.unmatched(by: WordRow(near + previous + above))
        if !unmatched.isEmpty {
            lack.doubt += weights.doubtOfAbsent
            lack.doubtful += unmatched
        }
        return lack
    }

    /// Names, numbers and identifiers.
    private func checkRequired(
        _ unit: EvidenceUnit, _ close: WordRow, _ wide: [WordRow], in passage: EvidenceSource, _ lack: inout Lack
    ) {
        var missingNames: [String] = []
        var names = 0
        let isRow = unit.kind == .row || unit.kind == .pair
        for (required, holders) in zip(question.required, holders) {
            if required.kind == .name { names += 1 }
            let row = isRow && required.kind != .name && !Requirements.isYear(required) ? [close] : wide
            guard !holds(row, required) else { continue }
            if holders?.contains(passage.document.id) ?? true, mayStandElsewhere(required, isRow: isRow, in: passage) {
                lack.doubt += weights.doubtInDocument
            } else if let holders, holders.isEmpty, !holds(wide, required) {
                lack.doubt += weights.doubtNowhere
                lack.missing.append(required.written)
            } else if required.kind == .name {
                missingNames.append(required.written)
            } else {
                lack.doubt += weights.doubtElsewhere
                lack.missing.append(required.written)
            }
        }
        guard !missingNames.isEmpty else { return }
        lack.doubt += weights.doubtElsewhere * Double(missingNames.count) / Double(names)
        if missingNames.count == names { lack.missing += missingNames }
    }

    /// Whether another passage of a document may speak of what a passage lacks. The index knows only the parts of numbers, so
    /// a document "with a 5" may have nothing but 32.5.
    private func mayStandElsewhere(
        _ required: AskedQuestion.Required, isRow: Bool, in passage: EvidenceSource
    ) -> Bool {
        switch required.kind {
        case .name: true
        case .number: !isRow && Requirements.isYear(required)
        case .identifier: !isRow && passage.document.passages.count > 1
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

    /// Whether a text holds a word of the question in one of its senses in the index, as Wi-Fi is one of wifi.
    private func holdsSense(of word: [UInt8], _ text: [UInt8]) -> Bool {
        query.words.firstIndex(of: word).map { WordBag(text).frequency(of: $0, in: query) > 0 } ?? false
    }

    private func holds(_ rows: [WordRow], _ required: AskedQuestion.Required) -> Bool {
        rows.contains { row in
            switch required.kind {
            case .name: Requirements.holds(row, name: required)
            case .number:
                Requirements.holdsNumber(row, required.words, isDay: question.namesMonth) || holdsOtherForm(row, required)
            case .identifier: row.holdsRun(required.words) || holdsOtherForm(row, required)
            }
        }
    }

    /// Whether a text has a number or a date of the question in another form.
    private func holdsOtherForm(_ row: WordRow, _ required: AskedQuestion.Required) -> Bool {
        query.numberForms.contains { required.words.contains($0.word) && row.holdsRun($0.row) }
    }

    static func holds(_ row: WordRow, name: AskedQuestion.Required) -> Bool {
        holds(row, anyFormOf: name.words[0]) || isAcronym(name, of: row)
    }

    /// Whether a text holds a number, in digits or letters, and not only as the day of a date where it may be none.
    private static func holdsNumber(_ row: WordRow, _ number: [[UInt8]], isDay mayBeDay: Bool) -> Bool {
        if row.placesOfRun(number).contains(where: { mayBeDay || !isDay(row, $0, count: number.count) }) { return true }
        guard number.count == 1, let value = Numerals.value(of: number[0]) else { return false }
        return row.words.contains { !$0[0].isDigit && Numerals.value(of: $0) == value }
    }

    /// Whether a number is that of a day, beside a month.
    private static func isDay(_ row: WordRow, _ place: Int, count: Int) -> Bool {
        guard count == 1, let day = Numerals.value(of: row.words[place]), day <= 31 else { return false }
        return [place - 1, place + count].contains { i in
            row.words.indices.contains(i) && row.isCapitalised(i)
                && Months.number(of: String(decoding: row.words[i], as: UTF8.self)) != nil
        }
    }

    /// The letters that two forms of a name have in common at least, such as Victoria and Victorian.
    private static let commonLetters = 5

    /// Whether a text holds a name or a noun in any form: of the same stem, with other accents, or with another ending.
    private static func holds(_ row: WordRow, anyFormOf word: [UInt8]) -> Bool {
        if row.holds(word) { return true }
        let plain = plain(word)
        return row.words.contains { other in
            if other.count > commonLetters, word.count > commonLetters,
                other.prefix(commonLetters) == word.prefix(commonLetters)
            {
                return 3 * zip(other, word).prefix { $0 == $1 }.count >= 2 * max(other.count, word.count)
            }
            return (other.contains { $0 >= 0x80 } || word.contains { $0 >= 0x80 }) && self.plain(other) == plain
        }
    }

    private static func plain(_ word: [UInt8]) -> String {
        String(decoding: word, as: UTF8.self).folding(options: .diacriticInsensitive, locale: nil)
    }

    private static func isYear(_ required: AskedQuestion.Required) -> Bool {
        required.kind == .number && Int(required.written).map { (1900...2100).contains($0) } == true
    }

    /// Whether capitals that follow one another in a text begin with the letters of a name in capitals.
    private static func isAcronym(_ required: AskedQuestion.Required, of row: WordRow) -> Bool {
        let letters = Array(required.words[0])
        guard (2...5).contains(letters.count), required.written.allSatisfy({ $0.isUppercase }) else { return false }
        let initials = row.words.indices.filter { row.isCapitalised($0) }
        guard initials.count >= letters.count else { return false }
        return (0...initials.count - letters.count).contains { start in
            letters.indices.allSatisfy { row.words[initials[start + $0]].first == letters[$0] }
                && initials[start + letters.count - 1] - initials[start] <= letters.count + 1
        }
    }

    /// Whether the second noun of a compound stands in a text, and always after another noun than the first one.
    private static func isOther(_ compound: (first: [UInt8], second: [UInt8]), in row: WordRow) -> Bool {
        let stem = Stem.of(compound.second)
        let places = row.stems.indices.filter { row.stems[$0] == stem }
        return !places.isEmpty
            && places.allSatisfy { i in
                guard i > 0, row.places[i - 1].upperBound + 1 == row.places[i].lowerBound else { return false }
                let before = row.words[i - 1]
                return !AnswerWords.isCommon(before) && !AnswerWords.closed.contains(before)
                    && !AnswerWords.adjectives.contains(before)
            }
    }
}

extension OpenIndex {
    /// The documents with a passage for each of some words; nil where all are function words, which the index leaves out.
    func documents(holding words: [[UInt8]]) throws -> Set<DocumentID>? {
        var all: Set<DocumentID>?
        for word in words where !model.vocabulary.isFunctionWord(word) {
            let found = try snapshot.documents(holding: word)
            all = all?.intersection(found) ?? found
        }
        return all
    }
}
