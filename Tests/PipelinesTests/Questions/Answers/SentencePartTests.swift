import Retrieval
import Testing

private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "lines.txt":
            "Order at Halden on 3 May: two ropes for Mr Eie, to be fetched at the quay by noon on the ninth\nHoist 2 is tested, its plaque runs until March\nWaste oil is fetched by Baumark each Monday\n",
        "lessons.csv":
            "Time,Monday,Tuesday,Wednesday\n09:00,Rowing,Knots,Charts\n10:00,Tides,Rowing,Signals\n11:00,Knots,Charts,Swimming\n",
        "claims.md": "# Claims\n\nThree crews asked for a refund, together 270 crowns.\n",
        "mill.md": "# The mill\n\nGrandfather bought it in 1921 for $3,200 from a Mr Lund. It burned in 1940.\n",
        "letter.txt":
            "From: Sanne Vik\nTo: The board\nSubject: Rooms\n\nThe attic is cheap and cold. I would take the loft. Opinions?\nSanne\n",
        "wahl.md": "# Wahl\n\nAls Sprecherin wurde Frau Dahl gewählt, Stellvertreter ist Herr Moe.\n",
        "lamps.txt":
            "Lamps, 4 May\n\nPort lamp: cracked glass, 10 watts. Starboard lamp: new, 12 watts. Both lamps are oiled.\n",
        "course.md": "# Training\n\nDecision: the course for helpers on 10 April, held by Kofi.\n",
        "limits.md": "# Limits\n\nA letter may have at most 300 KiB. The store is cooled to 4 degrees.\n",
        "miete.txt":
            "Hausverwaltung Birk\n\nWir erhöhen die Kaltmiete von 510 auf 560 Euro ab dem 1. März 2023. Bitte antworten Sie bald.\n",
        "barn.md":
            "# The barn\n\nHay: 40 bales are in the barn. Two vans stand behind it. The son of Ada Brenn is Olaf Brenn.\n",
        "patient.txt": "Akte 12\nPatient: Karl Dorn, geb. 30.07.1958\nBefund: Das rechte Knie ist entzündet.\n",
        "band.txt": "Band\n\nVice-captain: Lee Moor. Captain: Per Holt. Former captain: Ian Vik.\n",
        "gebaeck-2024.csv": "Sorte,Menge,Backzeit in Minuten\nKipferl,60,12\nSterne,50,15\nTaler,80,9\n",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

/// Answers that a part of a sentence or of a row tells.
struct SentencePartTests {
    @Test(arguments: [
        ("Who fetches the waste oil?", "Baumark"), ("On which day is swimming taught?", "Wednesday"),
        ("How much refund did the crews want?", "270 crowns"), ("What did the mill cost when it was bought?", "$3,200"),
        ("Who would take the loft?", "Sanne Vik"), ("Wer wurde zur Sprecherin gewählt?", "Frau Dahl"),
        ("Which lamp has cracked glass?", "Port lamp"), ("Who holds the course for helpers?", "Kofi"),
        ("maximum letter size", "300 KiB"), ("Wie hoch ist die Kaltmiete seit März 2023?", "560 Euro"),
        ("Welches Gebäck hat die kürzeste Backzeit?", "Taler"), ("Wann ist Karl Dorn geboren?", "30.07.1958"),
        ("Who is the captain?", "Per Holt"), ("Who is the vice-captain?", "Lee Moor"),
        // French and Spanish have "son", "hay" and "van" as function words.
        ("Who is the son of Ada Brenn?", "Olaf Brenn"), ("How many vans stand behind the barn?", "Two"),
        ("How many bales of hay are in the barn?", "40 bales"),
    ])
    func aPartTellsIt(question: String, short: String) throws {
        let answer = try corpus.get().open().ask(question)
        #expect(
            answer.shortAnswer?.text.hasSuffix(short) == true,
            "\(answer.shortAnswer as Any), \(answer.sentences.map(\.text))")
    }

    @Test func aLineThatEndsEarlyIsQuotedAlone() throws {
        let answer = try corpus.get().open().ask("Who fetches the waste oil?")
        #expect(answer.sentences.first?.text == "Waste oil is fetched by Baumark each Monday")
    }
}
