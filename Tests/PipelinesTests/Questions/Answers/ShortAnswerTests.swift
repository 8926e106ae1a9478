import Retrieval
import Testing

private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "yawl.md":
            "# The yawl\n\nThe yawl needs 12 litres of paint and 3 litres of varnish. A mooring costs 40 crowns a week, in winter 25 crowns. The rapid hull check (RHC) takes a day.",
        "toll.md": "# Toll\n\nGuests who came before 1990 pay no toll. A receipt is given from the third day of a stay.",
        "maps.md":
            "# Questions\n\n**Where are old maps kept?**\n\nIn the crate `store/old`.\n\n**How do I open the crate?**\n\nLift the bar, turn the handle and pull.\n",
        "dorf.md": "# Dorf\n\nOda backt Kuchen und wohnt seit Mai hier. Meldungen müssen 24 Stunden vorher eingehen.",
        "kasse.md": "# Kasse\n\nNicht aus der Kasse gezahlt werden Wein, Tabak und Kerzen.",
        "frei.md": "# Urlaub\n\nJeder Geselle hat 18 Tage Urlaub im Jahr.",
        "isle.md":
            "# The isle\n\nOf the islanders 55% keep sheep, 45% keep goats. Last winter 310 huts were flooded, and 94 burnt. The cliff is 80 m high and 600 m long. The tower has 8 bells, while the chapel on the hill has only 3.",
        "ferry.md":
            "# The ferry\n\nThe ferry sails at seven and returns at 18:40. A seat costs €12, for children €5. Crossings last 40 to 55 minutes. Baskets weigh 2 to 3 kg and cost 9 crowns.",
        "boot.md": "# Das Boot\n\nDas Boot ist 3 m breit und 9 m lang. Bootswart ist Ole Timm; er kommt freitags.",
        "huts.md":
            "# Huts\n\n| hut | opens | place |\n|---|---|---|\n| Birk | Monday | north shore |\n| Elk | Friday | old quarry |\n",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

struct ShortAnswerTests {
    @Test(arguments: [
        ("How much varnish does the yawl need?", "3 litres"), ("How much paint does the yawl need?", "12 litres"),
        ("How much does a mooring cost in winter?", "25 crowns"), ("How much does a mooring cost?", "40 crowns"),
        ("What does RHC stand for?", "rapid hull check"), ("Who pays no toll?", "Guests who came before 1990"),
        ("From which day is a receipt given?", "third day"), ("Where are old maps kept?", "In the crate `store/old`"),
        ("How do I open the crate?", "Lift the bar, turn the handle and pull."), ("Was backt Oda?", "Kuchen"),
        ("Wie früh müssen Meldungen eingehen?", "24 Stunden vorher"),
        ("Was wird nicht aus der Kasse gezahlt?", "Wein, Tabak und Kerzen"),
        ("What percentage of the islanders keep goats?", "45%"), ("How many huts were flooded?", "310 huts"),
        ("How high is the cliff?", "80 m"), ("How long is the cliff?", "600 m"),
        ("When does the ferry return?", "18:40"), ("How much is a seat for children?", "€5"),
        ("How much is a seat?", "€12"), ("How long do crossings last?", "40 to 55 minutes"),
        ("How much do baskets cost?", "9 crowns"), ("How heavy are baskets?", "2 to 3 kg"),
        ("Wie breit ist das Boot?", "3 m"), ("Wie lang ist das Boot?", "9 m"), ("Wann kommt der Bootswart?", "freitags"),
        ("Wie viele Tage Urlaub hat ein Geselle?", "18 Tage"), ("Where is the Elk hut?", "old quarry"),
    ])
    func itIsAllOfTheAnswerAndNoMore(question: String, short: String) throws {
        let answer = try corpus.get().open().ask(question)
        #expect(answer.shortAnswer?.text == short, "\(answer.sentences.map(\.text))")
    }
}
