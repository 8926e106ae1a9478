import Memory

/// What a question says of a thing without a name: "repaired" of "When was the boiler repaired?", of "boiler".
package struct NounClause: Sendable {
    /// The nouns of the thing that is asked about.
    package let subject: [[UInt8]]
    /// The word that an answer must say of it.
    package let word: [UInt8]

    private static let verbs = Set.words("did does do was were is are")
    private static let germanVerbs = Set.words(
        "wurde wurden ist sind war waren hat haben hatte wird werden will kann muss darf soll")

    /// nil where no noun follows the verb, or nothing is said of it.
    init?(_ row: WordRow, isGerman: Bool) {
        guard let clause = isGerman ? NounClause.german(row) : NounClause.english(row) else { return nil }
        (subject, word) = clause
        guard !subject.isEmpty, subject.allSatisfy(AskedQuestion.isNoun), word.count > 2, !word[0].isDigit,
            !AnswerWords.closed.contains(word), !AnswerWords.lightVerbs.contains(word)
        else { return nil }
    }

    private static func english(_ row: WordRow) -> (subject: [[UInt8]], word: [UInt8])? {
        let words = row.words
        guard let verb = words.indices.first(where: { $0 > 0 && $0 < 4 && verbs.contains(words[$0]) }),
            !AnswerWords.askers.contains(words[0]) || !AnswerWords.copulas.contains(words[verb])
        else { return nil }
        let rest = words.indices.dropFirst(verb + 1).drop { AnswerWords.articles.contains(words[$0]) }
        let phrase = rest.prefix { !AnswerWords.isCommon(words[$0]) }
        guard phrase.count > 1, phrase.count < 4, !phrase.contains(where: row.isCapitalised) else { return nil }
        return (phrase.dropLast().map { words[$0] }.filter { !AnswerWords.adjectives.contains($0) }, words[phrase.last!])
    }

    private static func german(_ row: WordRow) -> (subject: [[UInt8]], word: [UInt8])? {
        let words = row.words
        let verb = words.indices.first { i in
            guard i > 0, i < 3, i + 1 < words.count, !row.isCapitalised(i) else { return false }
            let next = AnswerWords.articles.contains(words[i + 1]) ? i + 2 : i + 1
            return next < words.count && row.isCapitalised(next)
        }
        guard let verb else { return nil }
        let start = AnswerWords.articles.contains(words[verb + 1]) ? verb + 2 : verb + 1
        guard germanVerbs.contains(words[verb]) else { return ([words[start]], words[verb]) }
        let last = words.indices.last { !AnswerWords.isCommon(words[$0]) }
        guard let last, last > start, !row.isCapitalised(last) else { return nil }
        return ([words[start]], words[last])
    }
}
