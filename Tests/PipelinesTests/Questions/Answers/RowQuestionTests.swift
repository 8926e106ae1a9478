import Retrieval
import Testing

private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "canals.csv":
            "canal,region,length km,ends in,opened\nAster,North,64,Bay of Lunn,1811\nBryony,North,118,Clover,1834\nClover,South,92,Bay of Lunn,1790\nDaisy,South,12,Aster,1902\nElder,West,64,Lake Hask,1855\n",
        "bakers.md":
            "# People at the Tamm bakery\n\n| Name | Team | Wage | Lives in | Hired |\n|---|---|---|---|---|\n| Olga Penn | Ovens | 2100 | Dall | 2014-05-01 |\n| Rolf Estry | Shop | 1900 | Dallbrook | 2019-10-15 |\n| Signe Vold | Ovens | 2600 | Quay End | 2008-02-01 |\n| Tom Usher | Vans | 2250 | Quay End | 2021-08-09 |\n\nThe bakery was founded by a miller.",
        "kayaks.html":
            "<html><body><h1>Kayaks for hire</h1><table><tr><th>Kayak</th><th>Colour</th><th>Seats</th><th>Caretaker</th></tr><tr><td>Tern</td><td>green</td><td>1</td><td>Ulla Birk</td></tr><tr><td>Skua</td><td>yellow</td><td>2</td><td>Kai Morn</td></tr><tr><td>Auk</td><td>green</td><td>3</td><td>Kai Morn</td></tr></table></body></html>",
        "helfer.csv":
            "Name;Gruppe;Ort;Aufgabe\nInge Lauf;Küche;Wiesau;Suppe\nMax Drost;Bühne;Wiesau;Licht\nUte Kamm;Küche;Bernried;Salat\n",
        "offices.csv": "office,team,desks\nSouth wing,Law,14\nNorth wing,Press,9\n",
        "berge.md":
            "# Gipfel\n\n| Gipfel | Höhe | Gemeinde |\n|---|---|---|\n| Rauhkopf | 1840 m | Tann |\n| Spitz | 2110 m | Tann |\n| Kogel | 960 m | Loh |\n",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

/// Questions that several rows of a table answer together.
struct RowQuestionTests {
    private let index: OpenIndex

    init() throws { index = try corpus.get().open() }

    @Test(arguments: [
        ("How many canals are longer than 70 km?", "2"), ("How many canals are at least 64 km long?", "4"),
        ("How many canals in the North are longer than 100 km?", "1"), ("How many canals are shorter than 5 km?", "0"),
        ("How many canals were opened before 1834?", "2"), ("How many canals were opened between 1800 and 1860?", "3"),
        ("How many people earn more than 2200?", "2"), ("How many employees were hired after 2010?", "3"),
        ("How many of the kayaks have more than one seat?", "2"), ("Wie viele Gipfel sind höher als 1500 m?", "2"),
    ])
    func rowsAreCountedByANumber(question: String, expected: String) throws {
        let short = try #require(try index.ask(question).shortAnswer)
        #expect(short.kind == .count && short.text == expected)
    }

    @Test(arguments: [
        ("How many people work in Ovens?", "2"), ("How many employees live in Quay End?", "2"),
        ("How many of the kayaks are green?", "2"), ("How many kayaks belong to Kai Morn?", "2"),
        ("How many canals end in the Bay of Lunn?", "2"), ("Wie viele Helfer wohnen in Wiesau?", "2"),
        ("Wie viele Gipfel liegen in der Gemeinde Tann?", "2"),
    ])
    func rowsAreCountedByACell(question: String, expected: String) throws {
        let short = try #require(try index.ask(question).shortAnswer)
        #expect(short.kind == .count && short.text == expected)
    }

    @Test(arguments: [
        "How many people work in Law?", "How many bakers in Dall own a canal?", "How many people earn more than the miller?",
    ])
    func whatNoRowTellsIsNotCounted(question: String) throws {
        #expect(try index.ask(question).shortAnswer?.kind != .count)
    }

    @Test(arguments: [
        ("Who lives in Quay End?", "Signe Vold, Tom Usher"), ("Which kayaks are green?", "Tern, Auk"),
        ("Which canals end in the Bay of Lunn?", "Aster, Clover"), ("Wer wohnt in Wiesau?", "Inge Lauf, Max Drost"),
        ("Who earns more than 2200?", "Signe Vold, Tom Usher"), ("Which canals are longer than 70 km?", "Bryony, Clover"),
        ("Welche Gipfel liegen in Tann?", "Rauhkopf, Spitz"), ("Which canal is the longest in the South?", "Clover"),
    ])
    func allEqualRowsAnswer(question: String, expected: String) throws {
        #expect(try index.ask(question).shortAnswer?.text == expected)
    }

    @Test func equalRowsAreQuoted() throws {
        let answer = try index.ask("Who lives in Quay End?")
        let short = try #require(answer.shortAnswer)
        #expect(short.kind == .cells && answer.sentences.count == 2)
        #expect(answer.sentences[0].text.contains("Signe Vold") && answer.sentences[1].text.contains("Tom Usher"))
        let source = answer.sources[answer.sentences[0].source - 1]
        let bytes = Array(source.text.utf8)[short.start - source.citation.start..<short.end - source.citation.start]
        #expect(String(decoding: bytes, as: UTF8.self) == "Signe Vold")
    }

    @Test func aWholeCellIsMeantBeforeAPart() throws {
        #expect(try index.ask("Who lives in Dall?").shortAnswer?.text == "Olga Penn")
    }

    @Test(arguments: [
        ("What is the wage of the employee who works in Vans?", "2250"),
        ("What is the team of the person who lives in Dallbrook?", "Shop"),
        ("Welche Aufgabe hat der Helfer, der in Bernried wohnt?", "Salat"),
    ])
    func oneRowTellsWhoAndWhat(question: String, expected: String) throws {
        #expect(try index.ask(question).shortAnswer?.text == expected)
    }

    @Test(arguments: ["How deep is the Elder?", "Wie lang ist der Rauhkopf?"])
    func theCellOfAnotherDirectionIsNoAnswer(question: String) throws {
        #expect(try !index.ask(question).isFound)
    }
}
