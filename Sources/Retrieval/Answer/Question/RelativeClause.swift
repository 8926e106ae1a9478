import Memory

/// A question about something that is not named but described: "the mayor of the town where the yard builds ferries".
package struct RelativeClause: Sendable {
    /// The question that asks for the name of the thing.
    package let inner: String
    /// The question before and after the description.
    private let before: String
    private let after: String

    private static let pronouns: Set<String> = ["where", "that", "which", "who", "whose"]
    private static let prepositions: Set<String> = ["in", "at", "on", "from", "by", "to", "for", "with"]
    private static let germanPronouns: Set<String> = [
        "der", "die", "das", "dem", "den", "deren", "dessen", "wo", "welche", "welcher", "welches",
    ]
    private static let germanPrepositions: Set<String> = ["in", "an", "auf", "aus", "von", "bei", "mit", "für"]
    private static let articles: Set<String> = [
        "the", "a", "an", "der", "die", "das", "dem", "den", "des", "ein", "eine", "einer", "einem",
    ]

    /// nil where no such description stands in the question.
    package init?(_ question: String) {
        let pieces = question.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let (noun, verb, clause) = RelativeClause.find(pieces) else { return nil }
        let article = noun > 0 && RelativeClause.articles.contains(pieces[noun - 1].lowercased()) ? noun - 1 : noun
        guard article > 0 else { return nil }
        // A comma ends the clause, where another one begins it.
        let hasComma = pieces[noun].hasSuffix(",")
        let end = hasComma ? clause.first { pieces[$0].hasSuffix(",") }.map { $0 + 1 } ?? pieces.count : pieces.count
        guard end - clause.lowerBound >= 2 else { return nil }
        let name = pieces[noun].trimmingCharacters(",")
        inner = ([name] + pieces[clause.lowerBound..<end].map { $0.trimmingCharacters(",?.!") }).joined(separator: " ")
        before = pieces[..<article].joined(separator: " ")
        let last = end < pieces.count ? pieces[end...].joined(separator: " ") : "?"
        after = verb.map { pieces[$0] + (last == "?" ? "" : " ") + last } ?? last
    }

    /// The question with a name in the place of the description.
    package func naming(_ name: String) -> String {
        before + " " + name + (after == "?" ? "?" : " " + after)
    }

    /// Whether the question asks nothing of the described thing but where or who it is: "Where is the yard that built it?".
    var asksOnlyThing: Bool {
        WordRow(before + " " + after).words.allSatisfy(AnswerWords.isCommon)
    }

    /// The described noun, the verb that stands between it and its description, "founded" of "When was the yard founded where …?",
    /// and the words of the clause after its pronoun.
    private static func find(_ pieces: [String]) -> (noun: Int, verb: Int?, clause: Range<Int>)? {
        guard pieces.count > 5 else { return nil }
        for i in 3..<pieces.count - 2 {
            let word = pieces[i].lowercased()
            let previous = pieces[i - 1].lowercased()
            let hasComma = pieces[i - 1].hasSuffix(",") || i > 1 && pieces[i - 2].hasSuffix(",")
            if pronouns.contains(word) {
                let noun = prepositions.contains(previous) && word == "which" ? i - 2 : i - 1
                if word == "where", noun > 2, articles.contains(pieces[noun - 2].lowercased()) {
                    return (noun - 1, noun, i + 1..<pieces.count)
                }
                // "Is it true that …" describes nothing.
                guard noun > 1, articles.contains(pieces[noun - 1].lowercased()) else { continue }
                return (noun, nil, i + 1..<pieces.count)
            }
            if germanPronouns.contains(word), hasComma {
                let noun = pieces[i - 1].hasSuffix(",") ? i - 1 : i - 2
                guard noun > 1, noun == i - 1 || germanPrepositions.contains(previous),
                    pieces[noun].first?.isUppercase == true
                else { continue }
                return (noun, nil, i + 1..<pieces.count)
            }
        }
        return nil
    }
}

extension String {
    fileprivate func trimmingCharacters(_ characters: String) -> String {
        var part = Substring(self)
        while let last = part.last, characters.contains(last) { part.removeLast() }
        while let first = part.first, characters.contains(first) { part.removeFirst() }
        return String(part)
    }
}
