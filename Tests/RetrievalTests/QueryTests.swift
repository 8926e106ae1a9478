import Retrieval
import Testing

struct QueryTests {
    private func query(_ text: String) -> Query { Query(text, model: TestModel.shared) }

    /// The words of a query stand in several sentences; the place is where most of them stand closest together.
    @Test func thePlaceOfAQueryIsWhereItsWordsStandTogether() {
        let text = "The watch saw a gull at dawn. The watch slept. At noon the watch saw a lapwing on the weir."
        let place = query("watch saw a lapwing").focus(in: Array(text.utf8))
        #expect(text.utf8.dropFirst(place).starts(with: "watch saw a lapwing".utf8))
        #expect(query("heron").focus(in: Array(text.utf8)) == 0)
    }

    @Test func functionWordsAndQuestionWordsAreLeftOut() {
        let query = query("How long is the probation period of a Mechanic?")
        #expect(query.words.map(string) == ["probation", "period", "mechanic"])
        #expect(query.terms.map(string).contains("the"))
    }

    @Test func aWordCountsOnceAndItsNeighboursArePairs() {
        let query = query("red lamp, red lamp and green lamp")
        #expect(query.words.map(string) == ["red", "lamp", "green"])
        #expect(query.stems.count == query.words.count)
        // "and" parts the neighbours.
        #expect(query.pairs.map { string($0.0) + " " + string($0.1) } == ["red lamp", "lamp red", "red lamp", "green lamp"])
    }

    @Test(arguments: [
        ("How many days may it take?", "days"), ("Wie viele Räder stehen dort?", "räder"),
        ("What percentage of members pays?", "of"),
    ])
    func theWordAfterHowManyIsCounted(question: String, word: String) {
        #expect(query(question).counted == Stem.of(bytes(word)))
    }

    @Test func nothingIsCountedWhereTheQuestionCountsNothing() {
        #expect(query("Who pays?").counted == nil && query("").counted == nil && query("how many").counted == nil)
    }

    @Test(arguments: [
        ("How many days?", QuestionKind.number), ("Wie hoch ist der Beitrag?", .number), ("When is it due?", .time),
        ("Wann kommt er?", .time),
        ("Who signs?", .person), ("Wem gehört es?", .person), ("Where is the key?", .place),
        ("Wo hängt der Schlüssel?", .place),
        ("Why is it closed?", .other), ("", .other), ("the whole somewhere", .other),
        ("When and where, and how much is it?", .number),
    ])
    func aQuestionAsksForAKindOfThing(question: String, kind: QuestionKind) { #expect(QuestionKind(question) == kind) }
}

struct StemTests {
    @Test(arguments: [
        ["return", "returns", "returned", "returning"], ["policy", "policies"], ["bike", "bikes"], ["lamp", "lamps"],
        ["charge", "charged", "charges"],
        ["frist", "fristen"],
    ])
    func formsOfOneWordHaveOneStem(words: [String]) {
        let stems = Set(words.map { Stem.of(bytes($0)) })
        #expect(stems.count == 1, "\(stems.map(string))")
    }

    @Test(arguments: [("lamp", "lamb"), ("fee", "feed"), ("house", "hour"), ("12", "123"), ("bus", "but")])
    func otherWordsHaveOtherStems(a: String, b: String) { #expect(Stem.of(bytes(a)) != Stem.of(bytes(b))) }

    @Test(arguments: ["", "a", "is", "the", "2025", "漢", "äöü"]) func shortWordsStayAsTheyAre(word: String) {
        #expect(Stem.of(bytes(word)) == bytes(word))
    }
}
