/// Whether a sentence speaks of another person or thing than the one that a question names, as far as its form tells.
enum UnitSubject {
    /// A name that begins later in a sentence is no subject of it.
    private static let lastStart = 5
    /// The longest subject before "is", in words.
    private static let longest = 3

    /// A sentence that holds no name of the question, and has a name of two words at its start, or a pronoun that stands for such
    /// a name in the sentence before. Who asks for a person wants a name that the question lacks.
    static func isOtherPerson(_ text: UnitText, than question: AskedQuestion) -> Bool {
        let names = question.required.filter { $0.kind == .name }
        func isNamed(_ row: WordRow) -> Bool { names.contains { Requirements.holds(row, name: $0) } }
        guard question.kind != .person, !names.isEmpty, !isNamed(text.close) else { return false }
        guard !hasPronoun(text.own) else {
            return !text.previous.words.isEmpty && !hasPronoun(text.previous) && !isNamed(text.previous)
                && beginsWithName(text.previous)
        }
        return beginsWithName(text.own)
    }

    private static func hasPronoun(_ row: WordRow) -> Bool { row.words.contains(where: AnswerWords.pronouns.contains) }

    private static func beginsWithName(_ row: WordRow) -> Bool {
        row.words.indices.dropLast().prefix(lastStart + 1).contains { i in
            isName(row, i) && isName(row, i + 1)
                && (row.places[i].upperBound + 1...row.places[i].upperBound + 2)
                    .contains(row.places[i + 1].lowerBound)
        }
    }

    private static func isName(_ row: WordRow, _ i: Int) -> Bool {
        row.isCapitalised(i) && !AnswerWords.noNames.contains(String(decoding: row.words[i], as: UTF8.self))
            && !AnswerWords.isCommon(row.words[i]) && !AnswerWords.closed.contains(row.words[i])
            && !AnswerWords.auxiliaries.contains(row.words[i])
    }

    /// "The sauna is 85 degrees hot", where a question asks how warm the pool is.
    static func isOtherThing(_ row: WordRow, than question: AskedQuestion, _ close: WordRow) -> Bool {
        guard !question.measured.isEmpty, !question.measured.contains(where: close.holds),
            let first = row.words.first, AnswerWords.articles.contains(first),
            let verb = row.words.dropFirst(2).prefix(longest).firstIndex(where: AnswerWords.copulas.contains)
        else { return false }
        return !row.words[1..<verb].contains(where: AnswerWords.isCommon)
    }
}
