import Retrieval
import Testing

private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "lamps.md":
            "# Lamps by Orrin Vale\n\n## Vesper 3\n\nIt shines for eleven hours on one charge. It was drawn by Lena Quist in Oslo.\n\n## Matin\n\nIt has a dimmer and weighs 640 g.\n\n### Notes\n\nIt glows in the dark for ten minutes.\n",
        "tugs.md":
            "# Tugs of the Osk yard\n\n**Brage** was launched in 1971 in Emden. She tows 45 tonnes and has two propellers. Her master is Dora Finch.\n\n**Rimfax** was launched in 1993 in Turku. She tows 80 tonnes and has three propellers. Her master is Enno Prahl.\n",
        "poets.md":
            "# Poets of Lund\n\nSelma Rud was born in 1901. She translated Homer and lived in Rome until 1950. Albin Kjell taught at the grammar school. He collected beetles.\n",
        "fees-2019-02-11.md":
            "# Minutes of the mooring club, 11 February 2019\n\nThe winter fee is 80 crowns. Birger Holm keeps the keys. The locker fee for adults of the club is 30 crowns.",
        "fees-2023-02-13.md":
            "# Minutes of the mooring club, 13 February 2023\n\nThe winter fee is 95 crowns. Tora Lie keeps the keys. The locker fee for children of the club is 9 crowns.",
        "reise.md":
            "# Beiträge\n\nDer Beitrag für das Lager beträgt 90 Euro. Kinder zahlen 40 Euro.\n\nDen Schlüssel verwahrt Rosa Thal.",
        "pump.eml":
            "From: Ingrid Faber <ingrid@faber.example>\nTo: Paul Ott <paul@ott.example>\nSubject: Boiler repair\nDate: Mon, 3 Jun 2024 08:00:00 +0200\nContent-Type: text/plain; charset=utf-8\n\nDear Paul,\n\nthe boiler leaks. Hugo Brandl will mend it tomorrow.\n",
        "pills.md": "# Side effects of Norvex\n\nCommon: nausea\nVery common: tiredness\nRare: rash\nVery rare: deafness\n",
        "cards.md":
            "# Near misses\n\nThe white cards in the hall are filled in by everybody who sees a near miss in the year. The white cards of last year numbered 61.\n",
        "ferries.html":
            "<title>Ferries</title><h1>Ferries</h1><h2>Alk</h2><p>It crosses the sound at night.</p><h2>Lomvi</h2>"
            + filler.map { "<p>\($0)</p>" }.joined() + "<p>It is the only ferry with a bow visor.</p>",
        "cranes.md":
            "# Cranes\n\n## Stork\n\nIt lifts 9 tonnes.\n\n## Heron\n\n" + filler.map { "\($0)\n\n" }.joined()
            + "It is the only crane with a folding jib.\n",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

/// So much text that a passage begins behind the heading.
private let filler = (1...14).map {
    "Every spring the crew scrapes the hull, paints frame \($0) and oils the winches; the yard lends brushes, ladders and two lamps."
}

/// Questions whose answer stands beside the sentence that is quoted.
struct AntecedentTests {
    private let index: OpenIndex

    init() throws { index = try corpus.get().open() }

    @Test(arguments: [
        ("Which lamp has a dimmer?", "Matin"), ("Which lamp was drawn by Lena Quist?", "Vesper 3"),
        ("What glows in the dark for ten minutes?", "Matin"), ("Which lamp shines for eleven hours?", "Vesper 3"),
        ("Which tug tows 45 tonnes?", "Brage"), ("Which tug has three propellers?", "Rimfax"),
        ("Who translated Homer?", "Selma Rud"),
    ])
    func aPronounStandsForTheNameAboveIt(question: String, expected: String) throws {
        let answer = try index.ask(question)
        let short = try #require(answer.shortAnswer)
        #expect(short.text == expected)
        #expect(
            answer.sentences[0].context.contains { $0.text == expected && $0.start == short.start && $0.end == short.end })
    }

    @Test(arguments: [
        ("Which ferry is the only one with a bow visor?", "Lomvi"),
        ("Which crane is the only one with a folding jib?", "Heron"),
    ])
    func theHeadingMayStandBeforeThePassage(question: String, expected: String) throws {
        #expect(try index.ask(question).shortAnswer?.text == expected)
    }

    @Test(arguments: [
        ("Who is the master of the Brage?", "Dora Finch"), ("Who is the master of the Rimfax?", "Enno Prahl"),
    ])
    func theSentenceFurtherUpNames(question: String, expected: String) throws {
        #expect(try index.ask(question).shortAnswer?.text == expected)
    }

    @Test(arguments: [
        ("How high is the winter fee?", "95 crowns"), ("What is the winter fee?", "95 crowns"),
        ("Who keeps the keys?", "Tora Lie"),
    ])
    func theLastOfTwoRecordsCounts(question: String, expected: String) throws {
        let answer = try index.ask(question)
        #expect(answer.shortAnswer?.text.contains(expected) == true && answer.sentences.count > 1)
    }

    @Test func theRecordOfAYearIsKept() throws {
        #expect(try index.ask("How high was the winter fee in 2019?").shortAnswer?.text.contains("80 crowns") == true)
    }

    /// A later sentence that differs in a word of the question says something else.
    @Test func theLaterFeeOfOthersIsNoRestatement() throws {
        #expect(try index.ask("How high is the locker fee for adults?").shortAnswer?.text.contains("30 crowns") == true)
    }

    @Test func theSumForTheOneThatIsNamedAnswers() throws {
        #expect(try index.ask("Wie hoch ist der Beitrag für Kinder?").shortAnswer?.text == "40 Euro")
    }

    @Test func aGermanNameIsWhole() throws {
        #expect(try index.ask("Wer verwahrt den Schlüssel?").shortAnswer?.text == "Rosa Thal")
    }

    @Test func theSenderOfAMailDidNotMend() throws {
        #expect(try index.ask("Who mends the boiler?").shortAnswer?.text == "Hugo Brandl")
    }

    @Test(arguments: [
        ("Which side effect is very rare?", "deafness"), ("Which side effect is rare?", "rash"),
        ("Which side effect is common?", "nausea"), ("Which side effect is very common?", "tiredness"),
    ])
    func theLongestKeyOfTheQuestionIsMeant(question: String, expected: String) throws {
        #expect(try index.ask(question).shortAnswer?.text == expected)
    }

    @Test func whatCountsHasANumber() throws {
        let answer = try index.ask("How many white cards on near misses were filled in?")
        #expect(answer.sentences.first?.text.contains("61") == true)
    }
}
