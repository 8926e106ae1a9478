/// What sort of thing a question asks for.
package enum QuestionKind: Sendable, Equatable {
    case number
    case time
    case person
    case place
    case other

    /// The kind of a question, by its first words.
    package init(_ question: String) {
        let question = " " + question.lowercased() + " "
        self = QuestionKind.phrases.first { $0.phrases.contains { question.contains(" \($0) ") } }?.kind ?? .other
    }

    /// Phrases of English and German questions; the first kind with a phrase in the question is its kind.
    private static let phrases: [(kind: QuestionKind, phrases: [String])] = [
        (
            .number,
            [
                "how many", "how much", "how long", "how far", "how old", "how often", "how deep", "how high", "how wide",
                "how tall", "how heavy", "how warm", "how hot", "how cold", "how thick", "how fast", "how soon", "how early",
                "what percentage", "what age", "which age", "what amount", "what temperature", "wie viele", "wie viel",
                "wie lang", "wie lange", "wie hoch", "wie tief", "wie breit", "wie schwer", "wie warm", "wie heiß",
                "wie kalt",
                "wie dick",
                "wie schnell", "wie früh", "wie alt", "wie weit", "wie oft", "wie groß", "welchem betrag", "welchem alter",
                "welcher temperatur",
            ]
        ),
        (.time, ["when", "what year", "what date", "which year", "wann", "what time"]),
        (.person, ["who", "whom", "whose", "wer", "wem", "wen"]),
        (.place, ["where", "wo", "which city", "which country"]),
    ]
}
