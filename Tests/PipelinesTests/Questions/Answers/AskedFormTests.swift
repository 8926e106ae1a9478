import Retrieval
import Testing

private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "fare.md":
            "# Fares\n\nThe fare is 640 crowns per week. The sauna is open from nine to six. The mill is open on Fridays in May.",
        "bill.md": "# Bill\n\nTo: Hedda Molin\nDate: 9 March 2023\n\nThe sum is 318.40 crowns.",
        "crew.csv": "name,since,email\nRuna Falk,2009,runa@a.example\nNils Torp,2022,nils.t@m.example\n",
        "offices.csv": "town,head\nBode,Karl Bode\nRisum,Una Berg\n",
        "events.csv": "event,day\nLantern walk,2024-06-22\nReed fair,2024-12-01\n",
        "mends.csv":
            "day,house,damage,cost\n2023-05-03,Elk hut,leaking roof,74\n2023-10-30,Elk hut,broken stove,212\n2024-02-11,Birk hut,blocked drain,95\n",
        "guests.md":
            "# Guests\n\nThree hikers wanted a rebate, together 310 crowns. The caravan moves to Varberg. Young skaters pay half.",
        "quay.md":
            "# Quay feast\n\nWe light the fire on Saturday, 8 June 2024, at 3 pm for the quay feast. Das Reusenfest ist am Samstag, 8. Juni, am Steg.",
        "toll.md": "# Toll\n\nThe toll of 2023 was 412 crowns. The toll of 2024 is 468 crowns.",
        "graves.csv": "name,born,died\nAda Skov,1936,2004\nPer Skov,1940,\n",
        "log.md":
            "# Log of 12 May\n\n1. Log of 14 April read; the chest holds 1,824 crowns and all keys of the boat house are back.\n2. Shed. The parish would let us have the shed for 15 crowns.\n3. Oars. Three oars were bought for 113 crowns from the yard in Risum.\n4. Hymn books are bound by Torolf.",
        "mishap.md":
            "# Mishap\n\nNobody was bitten by the goat. Die Kirmes wird auf den 29. Mai verlegt, weil der Küster am 22. verreist ist.",
        "pay.md":
            "# Löhne\n\nDer Organist erhält ab 1. Februar 45 Kronen je Messe. The rent of the mill rises from 510 to 590 crowns on 1 August 2023.",
        "weights.md": "# Weights\n\n1 knob of lard = 14 g. 1 drop = 2 g.",
        "v1/charter.md":
            "# Boat charter\n\nVersion 1, in force from 1 April 2021\n\nThe surety is limited to 2500 crowns.",
        "v2/charter.md":
            "# Boat charter\n\nVersion 2, in force from 1 October 2022\n\nThe surety is limited to 5000 crowns.",
        "lease.md": "# Kiosk lease\n\n1. Alma lets the kiosk.\n2. The kiosk rent is 850 crowns per month.",
        "amendment.md":
            "# Amendment no. 1 to the kiosk lease\n\nFrom 1 February 2024 the kiosk rent in clause 2 is 990 crowns per month.",
        "vestiaire.md": "# Vestiaire\n\nLe vestiaire coûte 4 euros par soir. Le gardien arrive le 3 mai.",
        "vessels.csv": "what,code,price\nBarge Sable,A7,640\nHeron tug,B2,920\nTarn ketch,C4,480\n",
        "tours.csv": "stage,lodging,remark\nHolm,Linden Inn,bring boots\nRaum,Grey House,two beds\n",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

/// Questions whose form, beside the things that they name, says what answers them.
struct AskedFormTests {
    private let index: OpenIndex

    init() throws { index = try corpus.get().open() }

    @Test(arguments: [
        // What names no thing is not missed.
        ("How much is the fare now?", "640 crowns per week"), ("What is the fare please?", "640 crowns per week"),
        ("What is the sum of Mrs Molin's bill?", "318.40 crowns"),
        // A cell may share a word with the question.
        ("What is Nils Torp's email?", "nils.t@m.example"), ("Who is the head of Bode?", "Karl Bode"),
        ("When is the lantern walk 2024?", "2024-06-22"), ("Where do we stay in Holm?", "Linden Inn"),
        // A row has its name in the first column that tells rows apart.
        ("Which damage was the most expensive?", "broken stove"),
        ("What was the most expensive damage?", "broken stove"), ("Who has been in the crew the longest?", "Runa Falk"),
        ("Who has been here the longest?", "Runa Falk"),
        // An amount, the right one.
        ("How much was the rebate?", "310 crowns"), ("How much do young skaters pay?", "half"),
        ("What did the oars cost?", "113 crowns"), ("Wie viel erhält der Organist je Messe?", "45 Kronen"),
        ("How many grams is a knob of lard?", "14 g"), ("Combien coûte le vestiaire ?", "4 euros par soir"),
        ("How much is the rent of the mill since August 2023?", "590 crowns"),
        ("How much was the rent of the mill before August 2023?", "510"),
        // The whole day, of the right year.
        ("When is the quay feast?", "Saturday, 8 June 2024, at 3 pm"), ("Wann ist das Reusenfest?", "Samstag, 8. Juni"),
        ("What was the toll in 2024?", "468 crowns"), ("What was the toll in 2023?", "412 crowns"),
        ("When did Ada Skov die?", "2004"), ("Quand arrive le gardien ?", "3 mai"),
        // One item of a list, the cause, the one that denies.
        ("Who binds the hymn books?", "Torolf"), ("Warum wird die Kirmes verlegt?", "weil der Küster am 22. verreist ist"),
        ("Was anyone bitten by the goat?", "no"),
        // The version that is named, and else what an amendment says.
        ("What was the surety in version 1?", "2500 crowns"), ("What is the surety in version 2?", "5000 crowns"),
        ("How much is the kiosk rent?", "990 crowns per month"),
    ])
    func theFormOfTheQuestionTellsTheAnswer(question: String, expected: String) throws {
        let answer = try index.ask(question)
        #expect(answer.shortAnswer?.text == expected, "\(answer.sentences.map(\.text)) \(answer.missing)")
    }

    @Test(arguments: [
        ("What is the sum of Mr Krogh's bill?", "Krogh's"), ("When did Per Skov die?", "died"),
    ])
    func aNameAndAnEmptyCellAreStillMissing(question: String, missing: String) throws {
        let answer = try index.ask(question)
        #expect(!answer.isFound && answer.missing == [missing])
    }

    /// Whether a sentence is quoted all the same.
    @Test(arguments: [
        ("Is the mill open today?", true), ("How much is the caravan?", true), ("Was kostet das Reusenfest?", true),
        ("What about the oars?", true), ("Which barge is the most expensive?", false),
    ])
    func whatIsOfNoFormIsNoShortAnswer(question: String, isQuoted: Bool) throws {
        let answer = try index.ask(question)
        #expect(answer.shortAnswer == nil && answer.isFound == isQuoted, "\(answer.isFound)")
    }
}

/// Questions and texts that look like those of a form and are none.
struct NoFormTests {
    private static let corpus: Result<TestCorpus, any Error> = Result {
        let corpus = try TestCorpus()
        let files = [
            "games.md": "# Games\n\nThe die costs 3 crowns.",
            "pool/rules.md": "# Swimming rules\n\nThe deposit of the locker is 10 crowns.",
            "kiosk.md": "# Amendment 1 to the kiosk rules\n\nThe deposit of the locker is 20 crowns.",
            "crane.csv": "name,roof,price\nCrane A,yes,5\nCrane B,no,7\nCrane C,no,9\n",
            "beasts.csv": "beast,price,remark\nOx,5,red\n,7,blue\nElk,9,green\n",
            "ages.md": "# Entry\n\nThe entry for children from 6 to 12 years is 3 crowns.",
            "mill.md": "# Mill\n\nThe mill opens on Saturday, 9.30 to 17.00.",
            "oath-2.md": "# Oath\n\nVersion 2\n\nThe surety is 25 crowns.",
            "oath-21.md": "# Oath\n\nVersion 2.1\n\nThe surety is 27 crowns.",
        ]
        for (path, text) in files { try corpus.write(path, text) }
        try corpus.makeIndex()
        return corpus
    }

    @Test(arguments: [
        ("What did the die cost?", "3 crowns"), ("What is the deposit of the locker?", "10 crowns"),
        ("Which crane with a roof is the cheapest?", "Crane A"), ("Which beast is the cheapest?", "Ox"),
        ("How much is the entry for children now?", "3 crowns"), ("When does the mill open?", "Saturday"),
        ("What is the surety in version 2.1?", "27 crowns"), ("What is the surety in version 2?", "25 crowns"),
    ])
    func areAnsweredAsTheyAre(question: String, expected: String) throws {
        #expect(try NoFormTests.corpus.get().open().ask(question).shortAnswer?.text == expected)
    }
}
