import Retrieval
import Testing

private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "minutes.md":
            "# Minutes\n\nThe motion to build a kiln was rejected. The chair promised to repaint the jetty. The boatyard stopped selling rope in 2019.",
        "bakehouse.md": "# Bakehouse\n\nThe bakehouse is closed on Mondays. The dairy sells butter.",
        "stock.csv": "item,stock,price\nkettle,0,12\nladle,4,3\ntripod,out of stock,9\nwhisk,n/a,2\nsieve,not yet,5\n",
        "match.md": "# Regatta\n\nVarna beat Ostrava in June. Some dogs wear a muzzle on the pier.",
        "halle.md": "# Halle\n\nDie Turnhalle wird renoviert.",
        "crew.txt": "Boatman: Ludger Haag\nCook: Ina Voss\n",
        "ships.md":
            "# Ships\n\n| ship | speed | length | weight | price | built |\n|---|---|---|---|---|---|\n| Astrid | 18 kn | 84 m | 410 t | 17 million crowns | 2006 |\n| Solveig | 11 kn | 52 m | 230 t | 6 million crowns | 1998 |\n",
        "flights.md": "# Journeys\n\nFlights under 600 km are not paid for. The pump was 17 years old.",
        "railway.md": "# Railway\n\nThe Falk railway runs from 8:30 to 17:00.",
        "oil.md": "# Brakes\n\nNever fill the brakes with soap. The brakes are filled with mineral oil.",
        "vote.md":
            "# Vote\n\nPresent are Tobias, Annika and Ruth. Annika abstains because her brother works there. Tobias is against.",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

/// Questions whose words all stand in a text that says something else.
struct TurnedAnswerTests {
    private let index: OpenIndex

    init() throws { index = try corpus.get().open() }

    @Test(arguments: [
        "Will a kiln be built?", "Was the jetty repainted?", "Does the boatyard sell rope?",
        "Is the bakehouse open on Mondays?",
        "Is the kettle in stock?", "Is the tripod in stock?", "Is the whisk in stock?", "Is the sieve in stock?",
        "Did Ostrava beat Varna?", "Must all dogs wear a muzzle?",
        "Was wird renoviert?",
    ])
    func nothingSaysYes(question: String) throws {
        #expect(try index.ask(question).shortAnswer?.kind != .yes)
    }

    @Test(arguments: [("Does the dairy sell butter?"), ("Did Varna beat Ostrava?"), ("Is the bakehouse closed on Mondays?")])
    func otherTextsDo(question: String) throws { #expect(try index.ask(question).shortAnswer?.kind == .yes) }

    @Test(arguments: ["Will a dock be built?", "Is the dairy open on Mondays?", "Does the boatyard sell paint?"])
    func anotherThingSaysNeither(question: String) throws {
        let kind = try index.ask(question).shortAnswer?.kind
        #expect(kind != .yes && kind != .no)
    }

    @Test(arguments: [
        ("What does Ludger Haag do?", "Boatman"), ("How heavy is the Astrid?", "410 t"),
        ("How long is the Solveig?", "52 m"),
        ("How fast is the Solveig?", "11 kn"), ("How old is the Astrid?", "2006"), ("Who abstains?", "Annika"),
        ("What are the brakes filled with?", "mineral oil"),
    ])
    func theOtherSideAnswers(question: String, expected: String) throws {
        #expect(try index.ask(question).shortAnswer?.text.contains(expected) == true)
    }

    @Test(arguments: [
        ("Who built the Falk railway?", "8:30"), ("How high is the Astrid?", "m"),
        ("Why does the Falk railway run?", "8:30"),
    ])
    func whatIsOfAnotherKindIsNoShortAnswer(question: String, wrong: String) throws {
        #expect(try index.ask(question).shortAnswer?.text.contains(wrong) != true)
    }

    @Test(arguments: ["Are flights under 600 km paid for?", "Was the pump 17 years old?"])
    func amountsBehindPrepositionsAreNoNames(question: String) throws { #expect(try index.ask(question).isFound) }
}
