import Foundation
import Retrieval
import Testing

/// A corpus that tells prices, hours and needs in other words than questions do.
private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "house.md":
            "# House book\n\nThe gutter was cleaned in May 2021. The chimney was swept in October 2022. The fence was painted by Lotte Brandt.",
        "haus.md":
            "# Hausbuch\n\nDie Dachrinne wurde im Mai 2021 gereinigt. Der Schornstein wurde im Oktober 2022 gekehrt. Besucher zahlen 3 Euro. Mitglieder bekommen einen Schlüssel.",
        "museum.md": "# Museum\n\nAdults pay 8 euros. Pupils get a map.",
        "hire.md":
            "# Hire prices\n\n| Item | Half day | Full day |\n|---|---|---|\n| Kayak | 14 | 22 |\n| Canoe | 19 | 30 |\n",
        "salon.csv": "Leistung;Dauer;Preis\nHaarschnitt;30 min;24 €\nTönung;90 min;58 €\n",
        "bread.md": "# Rye bread\n\nMix 600 g flour, 400 ml water and 12 g salt.",
        "questions.md":
            "# Questions\n\n## How long is a day ticket valid?\n\nUntil midnight of the day of purchase.\n\n## Where can I park?\n\nBehind the old mill.",
        "events.md": "# Events\n\nThe lantern walk is on 11 November. The spring market is on 3 May in the castle yard.",
        "grinder.md": "# Grinder\n\nWe sharpen knives and scissors. We do not sharpen saws.",
        "rota-draft.md": "# Garden rota (draft)\n\nThe hedge is cut in March.",
        "rota.md": "# Garden rota\n\nThe hedge is cut in October.",
        "bell.md": "# Bell Anna\n\nThe bell Anna was cast at the Rieger foundry.",
        "foundry.md": "# Rieger foundry\n\nThe Rieger foundry lies in Ulmbach. It was founded in 1802.",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

struct OtherWordsTests {
    private let index: OpenIndex

    init() throws { index = try corpus.get().open() }

    @Test(arguments: [
        ("When was the gutter cleaned?", "May 2021"), ("Who painted the fence?", "Lotte Brandt"),
        ("Wann wurde die Dachrinne gereinigt?", "Mai 2021"), ("What do adults pay?", "8 euros"),
        ("What does a canoe cost for a full day?", "30"), ("Was kostet eine Tönung?", "58"),
        ("How much salt is needed?", "12 g"),
        ("How long is a day ticket valid?", "midnight"), ("When is the hedge cut?", "October"),
        ("Where is the foundry that cast the bell Anna?", "Ulmbach"),
        ("When was the foundry founded where the bell Anna was cast?", "1802"),
    ])
    func whatIsSaidOfItAnswers(question: String, expected: String) throws {
        let answer = try index.ask(question)
        #expect((answer.shortAnswer?.text ?? answer.sentences.first?.text)?.contains(expected) == true)
    }

    @Test func theSentenceBeforeDeniesNothing() throws {
        #expect(try index.ask("Do you sharpen scissors?").shortAnswer?.kind != .no)
        #expect(try index.ask("Do you sharpen saws?").shortAnswer?.kind == .no)
    }
}
