import Foundation
import Retrieval
import Testing

/// A corpus that says much that is like an answer.
private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "crew.md":
            "# Crew\n\nAda Lund was promoted in 2011. Bo Ferre mends sails. Ada Lund collects stamps. The cook, Ines Roe, is 51 years old and grew up in Molde.",
        "barn.md": "# Farm\n\nThe well is 9 metres deep. The oven is 240 degrees hot. The mill is closed for good.",
        "lessons.csv": "group;Monday;Tuesday\n1;Weaving;Glass\n2;Wood;Clay\n3;Dyeing;Paper\n",
        "tours.md":
            "# Tours\n\n| team | goal | day |\n|---|---|---|\n| 4a | Windmill | 2 May |\n| 4b | Lighthouse | 3 May |\n",
        "seeds.csv": "seed,rows,depth mm,price\nbeet,3,20,2\nleek,2,,4\nkale,6,15,3\n",
        "news.md":
            "# News\n\n## 2.1 (2023-05-02)\n\n- Sorting was added.\n\n## 2.0 (2022-11-09)\n\n- Printing was added.\n",
        "app.ini": "[cache]\nsize = 300\n\n[queue]\nsize = 75\n",
        "wardens.md": "# Wardens\n\nOlav Rise was warden from 1931 to 1950. Siri Vang was warden from 1950 to 1977.",
        "leave-2015.md": "# Leave 2015\n\nThe leave is 20 days.",
        "leave-2021.md": "# Leave 2021\n\nThis replaces the rule of 2015. The leave is 25 days.",
        "bread.md": "# Bread\n\nBread is baked at six. Which loaves are sweet? Those with a red ribbon.",
        "boat.md": "# The boat\n\nMembers may borrow the boat twice a week. Juniors are excluded from this rule.",
        "ausgabe.md":
            "# Ausgabe\n\n| Tag | Vormittag | Nachmittag |\n|---|---|---|\n| Dienstag | 9-11 Uhr | 14-16 Uhr |\n| Freitag | 8-10 Uhr | zu |\n",
        "lie.md": "# Painters\n\nGro Lie was born in Elmstow. Elmstow lies in the county of Harrick.",
        "staff.csv": "name,task,reports to\nUna Berg,baker,\nLars Moe,miller,Una Berg\nNina Holm,carter,Lars Moe\n",
        "yard.md":
            "# The yard\n\n| person | trade | taught by | lives in |\n|---|---|---|---|\n| Ina Falk | joiner | | Elmstow |\n| Odd Krog | rigger | Ina Falk | Tarrow |\n| Siv Dahl | caulker | Odd Krog | Elmstow |\n",
        "dorf.md":
            "# Dorf\n\nOda studiert Physik. Nils hütet Schafe. Müller ist Kai Brandt. Vertreten wird Brandt von Ute Sommer.",
        "slips.md":
            "# Slips\n\nSlip 12B is for dinghies. Slip 7 is for barges. Berth 4 takes 12 boats, Berth 12 takes 30 boats.",
        "skiffs.csv": "skiff,count,leaves,owner\nTeal,4,8:20,Falk\nGull,,,Orme\n",
        "voters.md":
            "# Voters\n\nEsa Rand was elected in April 2021. Her cousin left the council last week. Ivo Sund fishes.",
        "flags.txt": "Blue: rowers\nRed: sailors\nGreen: cooks\n",
        "post.txt": "Harbour office: 0461 2277\nWLAN-Name: Otterbau\nWLAN-Code: 77-kiel\n",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

struct AnswerDoubtTests {
    private let index: OpenIndex

    init() throws { index = try corpus.get().open() }

    private func answer(_ question: String) throws -> Answer {
        try index.ask(question, today: Date(timeIntervalSince1970: 1_760_000_000))
    }

    @Test(arguments: [
        "When was Ivo Sund elected?", "When did Ivo Sund leave the council?", "When was Bo Ferre promoted?",
        "What does Bo Ferre collect?", "How old is Ada Lund?", "Was studiert Nils?",
    ])
    func whatIsSaidOfSomebodyElseIsNoAnswer(question: String) throws {
        #expect(try !answer(question).isFound)
    }

    @Test(arguments: [
        ("When was Ada Lund promoted?", "2011"), ("What does Ada Lund collect?", "stamps"),
        ("How old is Ines Roe?", "51 years"),
        ("Was studiert Oda?", "Physik"),
    ])
    func whatIsSaidOfThePersonIsOne(question: String, short: String) throws {
        #expect(try answer(question).shortAnswer?.text == short)
    }

    @Test(arguments: ["How warm is the well?", "How deep is the mill?", "How heavy is the oven?"])
    func anotherMeasureIsNoAnswer(question: String) throws {
        let answer = try answer(question)
        #expect(!answer.isFound, "\(answer.sentences.map(\.text))")
    }

    @Test func theMeasureThatIsAskedForIsOne() throws {
        #expect(try answer("How deep is the well?").shortAnswer?.text.hasPrefix("9 metres") == true)
        #expect(try answer("How hot is the oven?").shortAnswer?.text == "240 degrees")
    }

    @Test func aDayThatATableLacksIsMissing() throws {
        #expect(try answer("What does group 2 make on Saturday?").missing == ["Saturday"])
        #expect(try answer("What does group 2 make on Tuesday?").sentences.first?.text.contains("Clay") == true)
    }

    @Test func aNumberIsNoPartOfAName() throws {
        #expect(try answer("What is the goal of team 4?").missing == ["4"])
        #expect(try answer("What is the goal of team 4b?").shortAnswer?.text == "Lighthouse")
    }

    @Test func aLabelBelongsToItsNoun() throws {
        #expect(try answer("What is Slip 12 for?").missing == ["12"])
        #expect(try answer("What is Slip 7 for?").sentences.first?.text == "Slip 7 is for barges.")
        #expect(try answer("What is Slip 12B for?").sentences.first?.text == "Slip 12B is for dinghies.")
    }

    @Test func theHeadOfAnEmptyCellIsMissing() throws {
        #expect(try answer("How many Gull skiffs are there?").missing == ["count"])
        #expect(try answer("What is the depth for leek?").missing == ["depth mm"])
        #expect(try answer("What is the depth for kale?").shortAnswer?.text == "15")
    }

    @Test(arguments: [
        ("What was added in 2.0?", "Printing was added."), ("Which size has the queue?", "size = 75"),
        ("Who was warden in 1942?", "Olav Rise was warden from 1931 to 1950."),
        ("How long was the leave in 2015?", "The leave is 20 days."), ("How long is the leave?", "The leave is 25 days."),
        ("Which loaves are sweet?", "Those with a red ribbon."),
        ("Who may not borrow the boat?", "Juniors are excluded from this rule."),
        ("Wann ist am Dienstagnachmittag Ausgabe?", "| Dienstag | 9-11 Uhr | 14-16 Uhr |"),
        ("In which county was Gro Lie born?", "Elmstow lies in the county of Harrick."),
        ("Who reports to Lars Moe?", "name: Nina Holm | task: carter | reports to: Lars Moe"),
        ("What is the task of Una Berg?", "name: Una Berg | task: baker"),
        ("Wer vertritt Brandt?", "Vertreten wird Brandt von Ute Sommer."),
        ("Which flag do cooks wave?", "Green: cooks"),
        ("What is the number of the harbour office?", "Harbour office: 0461 2277"),
        ("Wie heißt das WLAN?", "WLAN-Name: Otterbau"),
    ])
    func theFirstQuotationAnswers(question: String, quoted: String) throws {
        let answer = try answer(question)
        #expect(
            answer.isFound && answer.sentences.first?.text == quoted, "\(answer.sentences.map(\.text)), \(answer.missing)")
    }

    /// A question that tells a cell of a row does not ask for it: neither where that cell is empty elsewhere, nor for other names.
    @Test(arguments: [
        ("Who is taught by Ina Falk?", "Odd Krog"), ("Who is taught by Odd Krog?", "Siv Dahl"),
        ("Who lives in Tarrow?", "Odd Krog"), ("Who taught Siv Dahl?", "Odd Krog"),
        ("What is the trade of Ina Falk?", "joiner"), ("Who reports to Lars Moe?", "Nina Holm"),
    ])
    func aCellThatTheQuestionTellsIsNotAskedFor(question: String, short: String) throws {
        #expect(try answer(question).shortAnswer?.text == short)
    }

    @Test func theStepOfAnAnswerInTwoStepsIsQuoted() throws {
        let answer = try answer("In which county was Gro Lie born?")
        #expect(answer.shortAnswer?.text == "Harrick" && answer.sentences.count > 1)
        #expect(answer.sentences.dropFirst().first?.text == "Gro Lie was born in Elmstow.")
    }
}
