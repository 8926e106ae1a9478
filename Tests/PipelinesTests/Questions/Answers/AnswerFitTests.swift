import Foundation
import Retrieval
import Testing

/// A corpus with numbers, names and headings of many things beside one another.
private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "sledge.md":
            "# The sledge\n\nThe sledge Polaris seats 6 riders and runs at 38 km/h. Repairs of the shed cost 90 crowns. The shed has no stove.",
        "mixer.md":
            "# Mixer\n\n| property | value |\n|---|---|\n| height | 31 cm |\n| noise | 62 dB |\n| bowl | 4 litres |\n",
        "crew.csv": "name,task,bunk\nRoald Eie,cook,4\nMina Sol,pilot,2\nTor Berge,stoker,9\n",
        "keys.md":
            "# Keys\n\n| key | opens | held by |\n|---|---|---|\n| K4 | attic | Runa Dahl |\n| K5 | cellar | Odd Brekke |\n",
        "baking.md":
            "# Baking\n\n## Oat bread\n\nBake it for 50 minutes at 230 degrees.\n\n## Honey cake\n\n300 g honey, 4 eggs. Bake it for 35 minutes at 170 degrees.\n",
        "hut.md":
            "# Hut\n\n**How long may I stay in the hut?**\nThree nights. Scouts may stay five nights.\n\n**Is there a stove?**\nYes.\n",
        "rules.txt":
            "1. Locks\nThe guests may not change the locks of the hut.\n\n2. Wood\nThe fee for wood is paid in four parts, and the wood lies behind the hut beside the old well.\n\n3. Path\nThe path to the hut is cleared by the village on the first Monday of the month.\n",
        "log.md": "# Log\n\n- New: tide table, drawn by Sanna Holt.\n- Gone: the old chart.\n",
        "steg.md":
            "# Steg\n\nDer Steg hat ein Gefälle von 7 Prozent. Die Liegegebühr beträgt 80 Euro. Das Boot liegt an Platz 12.",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

struct AnswerFitTests {
    private let index: OpenIndex

    init() throws { index = try corpus.get().open() }

    @Test(arguments: [
        "How much does a stove cost?", "How heavy is the mixer?", "What is the wage of Mina Sol?",
        "What is the phone number of Mina Sol?",
    ])
    func anotherKindOfNumberIsNoAnswer(question: String) throws {
        let answer = try index.ask(question)
        #expect(!answer.isFound, "\(answer.sentences.map(\.text))")
    }

    @Test(arguments: [
        ("How fast is the Polaris?", "38 km/h"), ("How loud is the mixer?", "62 dB"),
        ("Who holds the key to the attic?", "Runa Dahl"),
        ("What is the bunk of Tor Berge?", "9"), ("At what temperature do I bake the honey cake?", "170 degrees"),
        ("May the guests change the locks of the hut?", "no"), ("In how many parts is the fee for wood paid?", "four parts"),
        ("Who drew the tide table?", "Sanna Holt"), ("Wie hoch ist die Liegegebühr?", "80 Euro"),
    ])
    func theShortAnswerIsOfTheKindThatIsAskedFor(question: String, short: String) throws {
        let answer = try index.ask(question)
        #expect(answer.shortAnswer?.text == short, "\(answer.sentences.map(\.text)), \(answer.missing)")
    }

    @Test func aQuestionInBoldLettersEndsBeforeItsAnswer() throws {
        let answer = try index.ask("How long may scouts stay in the hut?")
        #expect(answer.sentences.first?.text == "Scouts may stay five nights.", "\(answer.sentences.map(\.text))")
    }
}
