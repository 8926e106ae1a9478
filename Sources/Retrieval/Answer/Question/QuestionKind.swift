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
                "how many", "how much", "how long", "how far", "how old", "how often", "what percentage", "wie viele",
                "wie viel", "wie lange",
                "wie hoch",
            ]
        ),
        (.time, ["when", "what year", "what date", "which year", "wann", "what time"]),
        (.person, ["who", "whom", "whose", "wer", "wem", "wen"]),
        (.place, ["where", "wo", "which city", "which country"]),
    ]
}
