import Bytes
import Memory

/// Finds the name that a pronoun at the start of a sentence stands for, where the question asks for it: "Which model has a lamp?" and
/// "It has a lamp" under the heading "Lumo 3".
struct Antecedent {
    /// The longest name, in words.
    private static let longest = 6

    let question: AskedQuestion
    let query: Query
    /// The noun of "which model"; nil for "what" and "who".
    private let noun: [UInt8]?
    /// Where the statement of the question begins.
    private let verb: Int

    /// nil for a question that asks for no subject of a sentence.
    init?(_ question: AskedQuestion, _ query: Query) {
        let words = question.row.words
        guard words.count > 2, let first = words.first, !question.isYesNo else { return nil }
        let noun = question.column
        guard noun == nil || AnswerWords.choosers.contains(first) else { return nil }
        guard noun != nil || AnswerWords.askers.contains(first) else { return nil }
        verb = noun == nil ? 1 : 2
        // "Which model did she buy?" and "What is a lamp?" ask for something else.
        guard !AnswerWords.supports.contains(words[verb]),
            noun != nil || !AnswerWords.copulas.contains(words[verb]),
            !question.row.isCapitalised(verb), noun != nil || question.row.words[verb].count > 2
        else { return nil }
        self.question = question
        self.query = query
        self.noun = noun
    }

    /// The name: that of the sentence before a unit, or the heading above the unit.
    func find(_ unit: EvidenceUnit, in source: EvidenceSource) -> ShortAnswers.Found? {
        guard unit.kind == .sentence || unit.kind == .item || unit.kind == .answer else { return nil }
        let row = WordRow(Array(source.text[unit.range]))
        guard row.startsWithPronoun, says(row), !holdsNoun(row) else { return nil }
        if let named = unit.named, let name = subject(of: named, in: source) {
            return ShortAnswers.Found(kind: .value, range: name)
        }
        // A person is no heading.
        guard question.kind != .person else { return nil }
        for heading in unit.headings.reversed() {
            guard let name = name(of: source.text[heading]) else { continue }
            return ShortAnswers.Found(kind: .value, range: name)
        }
        // The heading may stand before the passage, or beside the text as the reader of its format keeps it.
        guard let heading = source.headingPath(of: unit).last, let name = name(of: Array(heading.utf8)[...]) else {
            return nil
        }
        let written = String(decoding: Array(heading.utf8)[name], as: UTF8.self)
        return ShortAnswers.Found(kind: .value, range: unit.range, written: written)
    }

    /// Whether a sentence says most of what the question says, and all of its names and numbers.
    private func says(_ row: WordRow) -> Bool {
        let bag = WordBag(row)
        let words = query.words.indices.filter { query.words[$0] != noun }
        let held = words.count { bag.frequency(of: $0, in: query) > 0 }
        return held > 0 && 5 * held >= 3 * words.count && question.required.allSatisfy { $0.words.allSatisfy(row.holds) }
    }

    /// Whether a sentence has the noun that is asked for, and so may name such a thing itself: not "It is the only model".
    private func holdsNoun(_ row: WordRow) -> Bool {
        guard let noun, let at = row.stems.firstIndex(of: Stem.of(noun)) else { return false }
        // "What runs on a battery?" and "It runs on a battery".
        if at == 1, question.row.words[0].elementsEqual("what".utf8) { return false }
        let isOfSubject = row.words.count > 1 && AnswerWords.copulas.contains(row.words[1]) && at < 6
        return !isOfSubject || row.words.indices[2..<max(2, at)].contains(where: row.isCapitalised)
    }

    /// The name that a sentence begins with: "The **Lumo 3** is …".
    private func subject(of sentence: Range<Int>, in source: EvidenceSource) -> Range<Int>? {
        let row = WordRow(Array(source.text[sentence]))
        guard let start = row.words.indices.first(where: { !AnswerWords.articles.contains(row.words[$0]) }), start < 2 else {
            return nil
        }
        let end = row.words.indices[start...].prefix { i in
            (row.isCapitalised(i) || i > start && row.words[i][0].isDigit) && !AnswerWords.isCommon(row.words[i])
                && (i == start || row.isBesideNext(i - 1))
        }.endIndex
        guard (1...Antecedent.longest).contains(end - start), end < row.words.count,
            !AnswerWords.closed.contains(row.words[start])
        else { return nil }
        // The first word of a sentence has a capital anyway, a German noun everywhere.
        let place = row.places[start].lowerBound + sentence.lowerBound..<row.places[end - 1].upperBound + sentence.lowerBound
        let isMarked = place.lowerBound > 0 && source.text[place.lowerBound - 1] == UInt8(ascii: "*")
        let isName =
            end - start > 1 || start > 0 && !question.isGerman || isMarked || source.names.contains(row.words[start])
        guard isName, !question.isGerman || end - start > 1 || isMarked else { return nil }
        return row.stems[start..<end].allSatisfy(question.row.stems.contains) ? nil : place
    }

    /// The place of a heading without its marks, if it is a name.
    private func name(of heading: ArraySlice<UInt8>) -> Range<Int>? {
        let start = heading.firstIndex { $0 != UInt8(ascii: "#") && !$0.isSpace } ?? heading.endIndex
        let row = WordRow(Array(heading[start...]))
        guard (1...Antecedent.longest).contains(row.words.count), row.isCapitalised(0),
            heading.last != UInt8(ascii: "?"), !row.words.contains(where: AnswerWords.copulas.contains),
            !row.words.contains(where: Antecedent.general.contains),
            !row.words.allSatisfy({ AnswerWords.isCommon($0) || AnswerWords.closed.contains($0) }),
            !row.stems.allSatisfy(question.row.stems.contains)
        else { return nil }
        return start..<(heading[start...].lastIndex { !$0.isSpace }.map { $0 + 1 } ?? heading.endIndex)
    }

    /// Words of headings that name no thing.
    private static let general = Set.words(
        """
        overview description details introduction general notes note summary about features specification specifications usage use history \
        background data facts contents information properties purpose function technology design beschreibung überblick allgemeines hinweise \
        einleitung geschichte daten übersicht eigenschaften zweck technik
        """)
}

extension WordRow {
    private static let subjects = Set.words("it he she they er sie es")
    private static let prepositions = Set.words(
        "in at on after during since from until before by im am nach vor seit ab bis bei")

    /// Whether a sentence begins with a pronoun that stands for what was named before, or with a time and a pronoun: "In winter it sleeps".
    var startsWithPronoun: Bool {
        guard let first = words.first, isCapitalised(0) else { return false }
        if AnswerWords.pronouns.contains(first) { return true }
        return WordRow.prepositions.contains(first)
            && words.dropFirst(2).prefix(2).contains(where: WordRow.subjects.contains)
    }
}
