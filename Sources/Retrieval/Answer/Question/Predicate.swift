import Memory

/// What a question says of somebody: "hired" of "When was Nora Felt hired?", of "Nora Felt".
package struct Predicate: Sendable {
    /// The names of the one that is asked about.
    package let subject: [[UInt8]]
    /// The word that an answer must say of the subject.
    package let word: [UInt8]

    /// Verbs before the subject of an English question.
    private static let verbs = Set.words("did does do was were is are has had have will")
    /// Verbs before the subject of a German question, whose last word says what happened.
    private static let germanVerbs = Set.words(
        "wurde wurden ist sind war waren hat haben hatte wird werden will kann muss darf soll")

    /// nil where no name follows the verb, or nothing is said of it.
    init?(_ row: WordRow, isGerman: Bool) {
        let words = row.words
        let first = words.indices.first { i in
            i > 0 && i < 5 && (isGerman ? !row.isCapitalised(i) : Predicate.verbs.contains(words[i]))
                && i + 1 < words.count && Predicate.isName(row, i + 1)
        }
        guard let verb = first else { return nil }
        var end = verb + 1
        while end < words.count, Predicate.isName(row, end) { end += 1 }
        subject = words[verb + 1..<end].filter { !AnswerWords.titles.contains($0) && !AnswerWords.addresses.contains($0) }
        // "Nora Felt's sister" is somebody else.
        guard !subject.isEmpty, end == words.count || words[end].count > 1 else { return nil }
        if isGerman {
            // A noun with a capital stands for itself only behind a verb with its ending, and ends the question.
            if Predicate.germanVerbs.contains(words[verb]) {
                guard end < words.count, !row.isCapitalised(words.count - 1), verb == 1 else { return nil }
                word = words[words.count - 1]
            } else {
                guard verb == 1, end == words.count || !row.isCapitalised(end) else { return nil }
                word = words[verb]
            }
        } else {
            // A noun behind the name would go on with a verb: "Team customers get".
            guard end < words.count,
                end + 1 == words.count || AnswerWords.isCommon(words[end + 1]) || words[end + 1][0].isDigit
                    || row.isCapitalised(end + 1)
            else { return nil }
            word = words[end]
        }
        guard word.count > 2, !word[0].isDigit, !AnswerWords.isCommon(word), !AnswerWords.closed.contains(word),
            !AnswerWords.weekdays.contains(word)
        else { return nil }
    }

    private static func isName(_ row: WordRow, _ i: Int) -> Bool {
        row.isCapitalised(i) && !AnswerWords.isCommon(row.words[i])
            && !(AnswerWords.noNames.contains(String(decoding: row.words[i], as: UTF8.self))
                && !AnswerWords.titles.contains(row.words[i]))
    }
}
