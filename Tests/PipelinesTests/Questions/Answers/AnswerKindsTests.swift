import Foundation
import Retrieval
import Testing

/// One small corpus, and questions of every kind about it.
private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "boats/guarantee.md":
            "# Hull guarantee\n\nThe hull guarantee pays for cracks, leaks and rust. It does not pay for scratches, paint or theft. Damage is reported within 14 days.",
        "boats/lamps.md":
            "# Lamps\n\n| lamp | watts | price in crowns | hours of life |\n|---|---|---|---|\n| bow | 25 | 310 | 900 |\n| mast | 25 | 280 | 1200 |\n| stern | 10 | 190 | 2000 |\n",
        "boats/engines.csv":
            "engine,place,litres an hour,checked\nE-31,bow,12,2023-04-01\nE-32,stern,14,2022-11-20\nE-44,mast,3,2024-01-15\n",
        "kitchen/opening.md":
            "# Questions\n\nQ: Do you serve breakfast?\n\nA: Only at weekends.\n\nQ: How do I get a locker key?\n\nA: Ask at the counter and leave ten crowns.\n\nQ: Is the sauna heated?\n\nA: Yes, every evening.\n",
        "kitchen/closing.md":
            "# Closing the kitchen\n\nBefore leaving, the cook must turn off:\n\n- the oven,\n- the hood,\n- the water heater.\n\nThe cook then locks the pantry.",
        "kitchen/net.txt":
            "Wireless: GreenHeron\nPassphrase: quiet-otter-4\nHelp desk: 555 0142\nHelp desk hours: 9 to 15\n",
        "rules/visitors-2020.md":
            "# Visitor rules 2020\n\nValid from 1 May 2020. A visitor may stay for 4 nights. Visitors sign the book at the gate.",
        "rules/visitors-2023.md":
            "# Visitor rules 2023\n\nValid from 1 May 2023. These rules replace those of 2020. A visitor may stay for 6 nights. Visitors sign the book at the gate.",
        "people/council.md":
            "# Council\n\nThe deputy of the head gardener is Ulf Brandt. The head gardener is Maren Holt. Maren Holt came from Ystad.",
        "places/vik.md": "# Vik\n\nVik is a village with 900 people. Its priest is Dagny Moe.",
        "places/school.md": "# The school\n\nThe Lindgren foundation runs a school in Vik. It has two classes.",
        "places/depth-water.md": "# Water unit\n\nThe filter is changed every 60 days.",
        "places/depth-air.md": "# Air unit\n\nThe filter is changed every 90 days.",
        "de/garten.md":
            "# Gartenordnung\n\nDer Rasen wird am Samstag gemäht. Hunde sind im Garten nicht erlaubt. Die Laube ist bis 22 Uhr geöffnet.",
        "boats/gear.md":
            "# Gear\n\nThe Falcon 4 winch weighs 18.5 kg and is greased at 06:15. The winch shed is 7 metres long.",
        "boats/ferry.md":
            "# Ferries\n\n| line | quay | departs | skipper |\n|---|---|---|---|\n| 3 | East Steps | 06:25 | Odd Lien |\n| 8 | Salt Pier | 07:40 | Liv Aune |\n",
        "kitchen/ban.md":
            "# The yard\n\nFrying fish in the yard is prohibited. The yard is 30 metres wide. The cellar is cold.",
        "kitchen/keys.md":
            "# Who keeps what\n\n- Larder: Signe Moen\n- Cellar: Arvid Teig\n- Attic: nobody\n",
        "kitchen/codes.txt":
            "K17: The stove has no gas.\nK18: The flue is blocked.\nK19: The pilot flame is out.\n",
        "kitchen/pump.ini": "[boiler]\npressure = 340\n\n[chiller]\npressure = 125\n",
        "people/painters.md":
            "# Painters\n\nElin Strand joined the guild in 1994. Jonas Krog paints harbours. Elin Strand was born in Molde.",
        "de/laube.md":
            "# Laube\n\nDie Laube kostet 30 Euro am Tag. Oda backt am Freitag Brot. Grillen ist in der Laube untersagt.\n\n## Dürfen wir in der Laube feiern?\n\nJa, aber nicht im Winter.",
        "rules/mixed.md":
            "# The shed\n\nBicycles are allowed in the shed, mopeds are banned. Tea is served at 16:00 in the shed.",
        "people/gardeners.md":
            "# Gardeners\n\nElla Brown leads the orchard. In New York she learned grafting. On Friday, June 3, she moved to the farm.",
        "places/pond.md":
            "# The grounds\n\nThe basin is 1.8 metres deep. A path leads round it. The children are 1.2 metres tall.",
        "boats/buoys.md": "# Buoys\n\nBuoy Blue costs 4,812 crowns.",
        "de/verein.md": "# Verein\n\nDer Mitgliedsbeitrag ist 30 Euro im Jahr. Im Mai 1994 wurde eine Scheune gekauft.",
        "a/weight.md": "# Weights\n\nThe old anchor weighs 340 kilograms.",
        "b/weight.md": "# Anchors\n\nThe old anchor weighs 410 kilograms.",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

struct AnswerKindsTests {
    private let index: OpenIndex

    init() throws { index = try corpus.get().open() }

    private func answer(_ question: String) throws -> Answer {
        let answer = try index.ask(question, today: Date(timeIntervalSince1970: 1_760_000_000))
        for sentence in answer.sentences {
            let text = Array(try index.document(named: sentence.citation.path).text.utf8)
            #expect(String(decoding: text[sentence.citation.start..<sentence.citation.end], as: UTF8.self) == sentence.text)
            for context in sentence.context {
                #expect(String(decoding: text[context.start..<context.end], as: UTF8.self) == context.text)
            }
        }
        if let short = answer.shortAnswer, ![.yes, .no].contains(short.kind) {
            let text = Array(try index.document(named: answer.sentences[short.sentence - 1].citation.path).text.utf8)
            #expect(String(decoding: text[short.start..<short.end], as: UTF8.self) == short.text)
        }
        return answer
    }

    @Test(arguments: [
        ("What is not paid by the hull guarantee?", "It does not pay for scratches, paint or theft."),
        ("Does the hull guarantee pay for theft?", "It does not pay for scratches, paint or theft."),
        ("What does the hull guarantee pay for?", "The hull guarantee pays for cracks, leaks and rust."),
        ("What does the mast lamp cost?", "| mast | 25 | 280 | 1200 |"),
        ("How many hours of life has the stern lamp?", "| stern | 10 | 190 | 2000 |"),
        (
            "How many litres an hour does E-32 need?",
            "engine: E-32 | place: stern | litres an hour: 14 | checked: 2022-11-20"
        ),
        ("Do you serve breakfast?", "Only at weekends."),
        ("How do I get a locker key?", "Ask at the counter and leave ten crowns."),
        ("What must the cook turn off before leaving?", "- the oven,\n- the hood,\n- the water heater."),
        ("What is the passphrase?", "Passphrase: quiet-otter-4"),
        ("What is the number of the help desk?", "Help desk: 555 0142"),
        ("How many nights may a visitor stay?", "A visitor may stay for 6 nights."),
        ("How many nights could a visitor stay under the rules of 2020?", "A visitor may stay for 4 nights."),
        ("Who is the head gardener?", "The head gardener is Maren Holt."),
        ("How often is the filter of the water unit changed?", "The filter is changed every 60 days."),
        ("Who is the priest of the village where the Lindgren foundation runs a school?", "Its priest is Dagny Moe."),
        ("Wann wird der Rasen gemäht?", "Der Rasen wird am Samstag gemäht."),
        ("Sind Hunde im Garten erlaubt?", "Hunde sind im Garten nicht erlaubt."),
        ("What does Jonas Krog paint?", "Jonas Krog paints harbours."),
        ("Who keeps the cellar key?", "Cellar: Arvid Teig"), ("What is the pressure of the chiller?", "pressure = 125"),
        ("When does line 8 depart?", "| 8 | Salt Pier | 07:40 | Liv Aune |"),
        ("What is served at 16 in the shed?", "Tea is served at 16:00 in the shed."),
        ("Where did Ella Brown learn grafting?", "In New York she learned grafting."),
        ("When did Ella Brown move to the farm?", "On Friday, June 3, she moved to the farm."),
        ("Which buoy costs 4812 crowns?", "Buoy Blue costs 4,812 crowns."),
        ("Wie hoch ist der Beitrag?", "Der Mitgliedsbeitrag ist 30 Euro im Jahr."),
        ("Was wurde 1994 gekauft?", "Im Mai 1994 wurde eine Scheune gekauft."),
    ])
    func theFirstQuotationAnswers(question: String, quoted: String) throws {
        let answer = try answer(question)
        #expect(
            answer.isFound && answer.missing.isEmpty && answer.sentences.first?.text == quoted,
            "\(answer.sentences.map(\.text))")
    }

    @Test(arguments: [
        ("What does the mast lamp cost?", "280"), ("How many litres an hour does E-32 need?", "14"),
        ("What is the passphrase?", "quiet-otter-4"), ("How many nights may a visitor stay?", "6 nights"),
        ("Who is the head gardener?", "Maren Holt"), ("Does the hull guarantee pay for theft?", "no"),
        ("Is the sauna heated?", "yes"), ("Wann wird der Rasen gemäht?", "Samstag"),
        ("May I fry fish in the yard?", "no"), ("Is frying fish in the yard prohibited?", "yes"),
        ("Who keeps the cellar key?", "Arvid Teig"), ("What is the pressure of the chiller?", "125"),
        ("When does line 8 depart?", "07:40"), ("Who is the skipper of line 3?", "Odd Lien"),
        ("Which line departs from Salt Pier?", "8"), ("Which code means that the flue is blocked?", "K18"),
        ("Backt Oda am Freitag Brot?", "yes"),
    ])
    func theShortAnswerIsInIt(question: String, short: String) throws {
        #expect(try answer(question).shortAnswer?.text == short)
    }

    @Test(arguments: [
        ("How many litres an hour does E-77 need?", ["E-77"]), ("Who is the priest of Ystad?", ["Ystad"]),
        ("When was the ketch Sigrun checked?", ["Sigrun", "ketch"]), ("How much does the Falcon 5 winch weigh?", ["5"]),
        ("When does line 25 depart?", ["25"]), ("What does a trampoline lesson cost?", ["trampoline"]),
    ])
    func whatIsMissingIsNamed(question: String, missing: [String]) throws {
        let answer = try answer(question)
        #expect(
            !answer.isFound && answer.sentences.isEmpty && answer.missing == missing && answer.shortAnswer == nil,
            "\(answer.missing), \(answer.sentences.map(\.text))")
    }

    @Test func anotherWordForAThingIsNoOtherThing() throws {
        #expect(try answer("How tall are the kids?").sentences.first?.text == "The children are 1.2 metres tall.")
    }

    @Test(arguments: ["When did Jonas Krog join the guild?", "How wide is the cellar?"])
    func whatIsSaidOfAnotherIsNoAnswer(question: String) throws {
        let answer = try answer(question)
        #expect(!answer.sentences.contains { $0.text.contains("1994") || $0.text.contains("30 metres") })
    }

    @Test(arguments: [
        "Was backt Oda?", "Was kostet die Laube?", "Darf man im Winter in der Laube feiern?",
        "Darf man in der Laube grillen?", "Are mopeds allowed in the shed?",
    ])
    func nothingIsAffirmedInDoubt(question: String) throws {
        let answer = try answer(question)
        #expect(answer.isFound && answer.shortAnswer?.kind != .yes)
    }

    @Test(arguments: ["Are bicycles allowed in the shed?", "Is the shed closed to bicycles?"])
    func nothingIsDeniedInDoubt(question: String) throws {
        #expect(try answer(question).shortAnswer?.kind != .no)
    }

    @Test func rowsOfOtherNumbersAreNotQuoted() throws {
        let answer = try answer("How many litres an hour does E-32 need?")
        #expect(
            answer.sentences.count == 1
                && answer.sentences[0].context.map(\.text) == ["engine | place | litres an hour | checked"]
        )
    }

    @Test func bothVersionsAreTold() throws {
        let answer = try answer("How many nights may a visitor stay?")
        #expect(answer.sentences.prefix(2).map(\.version) == ["1 May 2023", "1 May 2020"])
        #expect(answer.sentences.prefix(2).map(\.isSuperseded) == [false, true])
    }

    @Test func sourcesThatDisagreeAreBothShown() throws {
        let answer = try answer("How many kilograms does the old anchor weigh?")
        let shown = [answer.shortAnswer?.text] + answer.otherAnswers.map(\.text)
        #expect(Set(shown) == ["340 kilograms", "410 kilograms"])
    }
}
