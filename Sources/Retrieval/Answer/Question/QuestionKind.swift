import Memory

/// What sort of thing a question asks for.
package enum QuestionKind: Sendable, Equatable {
    case number
    case time
    case person
    case place
    case other

    /// The kind of a question, by its first words.
    package init(_ question: String) {
        let row = WordRow(question)
        if let first = row.words.first, let kind = QuestionKind.firstWords.first(where: { $0.words.contains(first) })?.kind {
            self = kind
            return
        }
        if let kind = QuestionKind.dutch(row) {
            self = kind
            return
        }
        // "What did it cost when it was sold?" asks for no time.
        if QuestionKind.asksPrice(row.words) {
            self = .number
            return
        }
        let words = " " + question.lowercased().drop { "¿¡".contains($0) } + " "
        let kind = QuestionKind.phrases.first { $0.phrases.contains { words.contains(" \($0) ") } }?.kind
        self = kind ?? (QuestionKind.asksDegree(row) ? .number : .other)
    }

    /// The kind of a Dutch question whose first word is a word of other languages too: "Wie", "Wat kost".
    private static func dutch(_ row: WordRow) -> QuestionKind? {
        guard row.words.count > 1, let first = row.words.first else { return nil }
        if first.elementsEqual("wat".utf8) { return AnswerWords.isCost(row.words[1]) ? .number : .other }
        return first.elementsEqual("wie".utf8) && QuestionLanguage.isDutch(row) ? .person : nil
    }

    /// "What does a ticket cost?", "Was kostet die Karte?"
    private static func asksPrice(_ words: [[UInt8]]) -> Bool {
        guard words.count > 2, AnswerWords.askers.contains(words[0]), words.contains(where: AnswerWords.prices.contains),
            AnswerWords.supports.contains(words[1]) || germanPrices.contains(words[1])
        else { return false }
        return !AskedQuestion.priced(words).isEmpty
    }

    /// "How steep is …?", "Wie voll darf …?": a number says how much of it.
    private static func asksDegree(_ row: WordRow) -> Bool {
        guard row.words.count > 3, AnswerWords.hows.contains(row.words[0]), !row.isCapitalised(1) else { return false }
        let word = row.words[1]
        return AnswerWords.auxiliaries.contains(row.words[2]) && !AnswerWords.auxiliaries.contains(word)
            && !AnswerWords.manners.contains(word) && !word.suffix(2).elementsEqual("ly".utf8)
    }

    private static let germanPrices = Set.words("kostet kosten")

    /// First words of French, Spanish and Dutch questions that no English and no German question begins with.
    private static let firstWords: [(kind: QuestionKind, words: Set<[UInt8]>)] = [
        (.number, Set.words("combien cuánto cuánta cuántos cuántas hoeveel")), (.time, Set.words("quand cuándo wanneer")),
        (.person, Set.words("qui quién quiénes")), (.place, Set.words("où dónde waar")),
    ]

    /// Phrases of English and German questions; the first kind with a phrase in the question is its kind.
    private static let phrases: [(kind: QuestionKind, phrases: [String])] = [
        (
            .number,
            [
                "how many", "how much", "how long", "how far", "how old", "how often", "how deep", "how high", "how wide",
                "how tall", "how heavy", "how warm", "how hot", "how cold", "how thick", "how fast", "how soon", "how early",
                "what percentage", "what share", "what proportion", "welcher anteil", "what age", "which age", "what amount",
                "what temperature", "qué temperatura", "quelle température", "welke temperatuur", "wie viele", "wie viel",
                "wie lang", "wie lange", "wie hoch", "wie tief", "wie breit", "wie schwer", "wie warm", "wie heiß",
                "wie kalt",
                "wie dick",
                "wie schnell", "wie früh", "wie alt", "wie weit", "wie oft", "wie groß", "welchem betrag", "welchem alter",
                "welcher temperatur",
            ]
        ),
        (
            .time,
            [
                "when", "what year", "what date", "which year", "wann", "what time", "which date", "which day", "what day",
                "à quelle heure", "a quelle heure", "a qué hora", "hoe laat", "quel jour", "quelle date", "quelle année",
                "qué día", "qué fecha", "qué año",
                "welke dag", "welke datum", "welk jaar", "welchem datum", "welchem tag", "welcher uhrzeit",
            ]
        ),
        (.person, ["who", "whom", "whose", "wer", "wem", "wen"]),
        (.place, ["where", "wo", "wohin", "woher", "which city", "which country"]),
    ]
}
