import Bytes
import Foundation
import Indexes
import Memory

/// What an answer must speak of: the names, numbers and identifiers of the question, and its compound nouns.
struct Requirements {
    let question: AskedQuestion
    let weights: EvidenceWeights
    /// The documents that hold each of `question.required`; nil where the index cannot tell.
    private let holders: [Set<DocumentID>?]
    /// The documents that hold the first noun of each of `question.compounds`; nil where the index cannot tell.
    private let compoundHolders: [Set<DocumentID>?]
    /// The documents that hold the noun that is asked for; nil where the index cannot tell.
    private let headHolders: Set<DocumentID>?
    let query: Query
    let absent: AbsentWords
    /// What the question says of somebody with a name; nil where it says nothing.
    let predicate: PredicateCheck?
    private let emptyCell: EmptyCell

    init(
        _ question: AskedQuestion, _ query: Query, _ index: OpenIndex, sources: [EvidenceSource], absent: AbsentWords,
        weights: EvidenceWeights
    ) throws {
        self.question = question
        self.query = query
        self.weights = weights
        self.absent = absent
        emptyCell = EmptyCell(question)
        predicate = question.predicate.flatMap { PredicateCheck($0, query, sources, absent) }
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
        /// The head of the cell that is asked for and is empty.
        var emptyCell: String?
    }

    /// How much is in doubt, and which words an answer would have to hold.
    func check(_ text: UnitText) -> Lack {
        let (unit, passage) = (text.unit, text.passage)
        let wide = [passage.row, text.above]
        var lack = Lack()
        checkRequired(text, wide, &lack)
        for (compound, holders) in zip(question.compounds, compoundHolders)
        where holders?.contains(passage.document.id) == false && !holdsSense(of: compound.first, text.closeBag) {
            guard !wide.contains(where: { Requirements.holds($0, anyFormOf: compound.first) }),
                Requirements.isOther(compound, in: text.near.holds(compound.second) ? text.near : passage.row)
            else { continue }
            lack.doubt += weights.doubtOfCompound
            lack.missing.append(String(decoding: compound.first, as: UTF8.self))
        }
        if let head = question.head, let headHolders, !headHolders.isEmpty, unit.kind != .row,
            !wide.contains(where: { $0.holds(head) })
        {
            lack.doubt += question.kind == .person ? weights.doubtOfHead.person : weights.doubtOfHead.other
        }
        if let head = emptyCell.head(of: unit, in: passage.text) {
            lack.emptyCell = head
            lack.missing.append(head)
        }
        checkSubject(text, &lack)
        checkMeasure(text, &lack)
        checkDays(text, &lack)
        let unmatched = absent.unmatched(by: text.all, isRow: unit.kind == .row)
        if !unmatched.isEmpty {
            lack.doubt += weights.doubtOfAbsent
            lack.doubtful += unmatched
        }
        return lack
    }

    /// Names, numbers and identifiers.
    private func checkRequired(_ text: UnitText, _ wide: [WordRow], _ lack: inout Lack) {
        let (close, passage) = (text.close, text.passage)
        var missingNames: [String] = []
        var names = 0
        let isRow = text.unit.kind == .row || text.unit.kind == .pair
        for (required, holders) in zip(question.required, holders) {
            if required.kind == .name {
                names += 1
                if isOfOtherRow(required, text) || isOfOtherItem(required, text) || isOfOtherSection(required, text) {
                    missingNames.append(required.written)
                    continue
                }
            }
            let isYear = Requirements.isYear(required)
            // What stands in rows and headings only speaks for its own part of the text.
            let row = required.kind == .name || isYear ? wide : isRow ? [close] : [close, text.previous, passage.prose]
            let isHeld =
                (holds(row, required) || isYear && holdsInSpan(close, required))
                && !Requirements.namesOther(text.own, than: required)
            if isYear, namesOtherYear(text, than: required) {
                lack.doubt += weights.doubtElsewhere
                lack.missing.append(required.written)
                continue
            }
            guard !isHeld || isRow && required.numberedNoun != nil && !speaksOfQuestion(text.closeBag) else { continue }
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

    /// Whether another row of the table has a name that a row lacks, in a cell that tells rows apart: not the second one of two,
    /// as in "tenant | Oda Lund" above "rent | 300".
    private func isOfOtherRow(_ name: AskedQuestion.Required, _ text: UnitText) -> Bool {
        let passage = text.passage
        guard text.unit.kind == .row, !Requirements.holds(text.close, name: name),
            !Requirements.holds(passage.prose, name: name)
        else { return false }
        return passage.units.contains { other in
            guard other.kind == .row, other.head == text.unit.head else { return false }
            let cells = other.cells.count == 2 ? other.cells.prefix(1) : other.cells[...]
            return cells.contains { Requirements.holds(WordRow(Array(passage.text[$0])), name: name) }
        }
    }

    /// Whether a name stands in the passage only in other items of lists: "Brass band of Thornmouth" says nothing of the mayor in the
    /// item above.
    private func isOfOtherItem(_ name: AskedQuestion.Required, _ text: UnitText) -> Bool {
        let passage = text.passage
        if text.unit.kind == .list { return isOfOneItem(name, text) }
        guard text.unit.kind == .item, !Requirements.holds(text.close, name: name),
            !Requirements.holds(text.previous, name: name), !Requirements.holds(passage.prose, name: name)
        else { return false }
        return passage.units.contains { other in
            other.kind == .item && other.context == text.unit.context && other.headings == text.unit.headings
                && Requirements.holds(WordRow(Array(passage.text[other.range])), name: name)
        }
    }

    /// Whether the items of a list that hold a name say nothing else of the question, and other items do.
    private func isOfOneItem(_ name: AskedQuestion.Required, _ text: UnitText) -> Bool {
        let (passage, list) = (text.passage, text.unit)
        let above = passage.context(of: list) + [32] + text.headings + passage.name
        guard question.kind == .person, !Requirements.holds(WordRow(above), name: name) else { return false }
        let items = passage.units.filter { $0.kind == .item && list.range.contains($0.range.lowerBound) }.map {
            WordRow(Array(passage.text[$0.range]))
        }
        func says(_ item: WordRow) -> Bool { query.words.contains { !name.words.contains($0) && item.holds($0) } }
        let named = items.filter { Requirements.holds($0, name: name) }
        return !named.isEmpty && !named.contains(where: says) && items.contains(where: says)
    }

    /// Whether a row or what stands above it has a word of the question besides numbers: "price: 4" says nothing of team 4.
    private func speaksOfQuestion(_ bag: WordBag) -> Bool {
        query.words.contains { !$0[0].isDigit && holdsSense(of: $0, bag) }
    }

    /// Whether another passage of a document may speak of what a passage lacks. The index knows only the parts of numbers, so
    /// a document "with a 5" may have nothing but 32.5.
    private func mayStandElsewhere(
        _ required: AskedQuestion.Required, isRow: Bool, in passage: EvidenceSource
    ) -> Bool {
        switch required.kind {
        case .name: true
        case .number: !isRow && Requirements.isYear(required)
        case .identifier: !isRow && passage.document.passages.count > 1 && !holds([passage.row], required)
        }
    }

    /// Whether a text holds a word of the question in one of its senses in the index, as Wi-Fi is one of wifi.
    func holdsSense(of word: [UInt8], _ bag: WordBag) -> Bool {
        query.words.firstIndex(of: word).map { bag.frequency(of: $0, in: query) > 0 } ?? false
    }

    private func holds(_ rows: [WordRow], _ required: AskedQuestion.Required) -> Bool {
        let isNumbered = required.numberedNoun.map { noun in
            rows.contains { !Requirements.numbers(of: Stem.of(noun), in: $0).isEmpty }
        }
        return rows.contains { row in
            switch required.kind {
            case .name: Requirements.holds(row, name: required)
            case .number:
                Requirements.holdsNumber(row, required, isDay: question.namesMonth, isNumbered: isNumbered ?? false)
                    || holdsOtherForm(row, required)
            case .identifier: row.holdsRun(required.words) || holdsOtherForm(row, required)
            }
        }
    }

    /// Whether a text has a number or a date of the question in another form.
    private func holdsOtherForm(_ row: WordRow, _ required: AskedQuestion.Required) -> Bool {
        query.otherForms.contains { required.words.contains($0.word) && row.holdsRun($0.row) }
    }

    static func holds(_ row: WordRow, name: AskedQuestion.Required) -> Bool {
        holds(row, anyFormOf: name.words[0]) || isAcronym(name, of: row)
    }

    /// The letters that two forms of a name have in common at least, such as Victoria and Victorian.
    private static let commonLetters = 5

    /// Whether a text holds a name or a noun in any form: of the same stem, with other accents, or with another ending.
    static func holds(_ row: WordRow, anyFormOf word: [UInt8]) -> Bool {
        if row.holds(word) || IrregularForms.of(word).contains(where: row.holds) { return true }
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
