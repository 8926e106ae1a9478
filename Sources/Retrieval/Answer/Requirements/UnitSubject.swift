/// Whether a sentence speaks of another person or thing than the one that a question names, as far as its form tells.
enum UnitSubject {
    /// A name that begins later in a sentence is no subject of it.
    private static let lastStart = 5
    /// The longest subject before "is", in words.
    private static let longest = 6

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

    /// "The tower of Haldon", where a question asks of the tower of Ludbrook, whatever stands above.
    static func isOfOtherName(_ text: UnitText, than question: AskedQuestion) -> Bool {
        let asked = question.row
        return asked.words.indices.dropFirst().contains { i in
            guard ofs.contains(asked.words[i]), let name = nameBehind(i, in: asked),
                AskedQuestion.isNoun(asked.words[i - 1]),
                !Requirements.holds(text.own, anyFormOf: asked.words[name])
            else { return false }
            return text.own.words.indices.dropFirst().contains { j in
                guard text.own.stems[j - 1] == asked.stems[i - 1], ofs.contains(text.own.words[j]) else { return false }
                return nameBehind(j, in: text.own).map { !Requirements.holds(asked, anyFormOf: text.own.words[$0]) } ?? false
            }
        }
    }

    private static let ofs = Set.words("of von")

    /// The place of a name right behind a word, or behind an article after it.
    private static func nameBehind(_ i: Int, in row: WordRow) -> Int? {
        let next = row.words.indices.first { $0 > i && !AnswerWords.articles.contains(row.words[$0]) }
        return next.flatMap { $0 <= i + 2 && isName(row, $0) ? $0 : nil }
    }

    /// "The sauna is 85 degrees hot", where a question asks how warm the pool is.
    static func isOtherThing(_ row: WordRow, than question: AskedQuestion, _ close: WordRow) -> Bool {
        guard !question.measured.isEmpty, !question.measured.contains(where: close.holds),
            let first = row.words.first, AnswerWords.articles.contains(first),
            row.words.dropFirst(2).prefix(longest).contains(where: AnswerWords.copulas.contains)
        else { return false }
        // "The footbridge across the Lomma was …" speaks of a footbridge.
        return !AnswerWords.isCommon(row.words[1])
    }
}
