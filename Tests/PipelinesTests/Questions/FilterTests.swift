import Foundation
import Pipelines
import Retrieval
import Testing

/// Phrases and conditions on a real index. They act before passages are ranked.
struct FilterTests {
    private static let shared = Result {
        let corpus = try TestCorpus()
        try corpus.write(
            "rules/gate.md", "# Gate times\n\nThe north gate closes early; the gate of the north field never closes.\n")
        try corpus.write("rules/warden.md", "# Warden\n\nThe warden closes what he calls the gate in the north.\n")
        try corpus.write("notes/CAFÉ.txt", "Le café du nord ferme à midi. The gate is not far.\n")
        try corpus.write(
            "notes/old.html", "<title>Winter ferries</title><h2>Fees of the harbour</h2><p>The gate costs two crowns.</p>")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_600_000_000)],
            ofItemAtPath: corpus.root.path + "/notes/old.html")
        // Better fits for "gate" than any document above.
        for i in 0..<30 {
            try corpus.write("many/gate-\(i).txt", "gate gate \(String(repeating: "gate ", count: i % 7)) \(i)\n")
        }
        try corpus.makeIndex()
        return corpus
    }

    private let index: OpenIndex
    private let corpus: TestCorpus

    init() throws {
        corpus = try FilterTests.shared.get()
        index = try corpus.open()
    }

    /// The paths of the results.
    private func paths(_ query: String, top: Int = 5) throws -> [String] {
        let syntax = try QuerySyntax(query)
        var options = SearchOptions()
        options.top = top
        options.filter = syntax.filter
        return try index.search(syntax.text, options).map(\.citation.path)
    }

    /// Words that are common elsewhere are what such a query asks for.
    @Test func aQueryOfFunctionWordsIsLookedFor() throws {
        let found = try index.search("the far").first
        #expect(found?.citation.path == "notes/CAFÉ.txt" && found?.matched.isEmpty == false)
        let same = try index.search("what he")
        #expect(same.first?.citation.path == "rules/warden.md")
        #expect(same.first?.matched == ["what", "he"])
    }

    @Test func conditionsHoldForAllResultsHoweverManyOthersFitBetter() throws {
        #expect(Set(try paths("gate path:rules/*")) == ["rules/gate.md", "rules/warden.md"])
        #expect(try paths("gate path:CAF") == ["notes/CAFÉ.txt"])
        #expect(try paths("gate path:*.html") == ["notes/old.html"] && paths("gate path:**/old.*") == ["notes/old.html"])
        #expect(Set(try paths("gate -path:many", top: 20)).count == 4)
        #expect(try paths("gate type:html") == ["notes/old.html"])
        #expect(Set(try paths("gate type:markdown")) == Set(try paths("gate type:md")))
        #expect(
            try paths("gate title:ferries") == ["notes/old.html"] && paths("gate title:\"gate times\"") == ["rules/gate.md"])
        #expect(try paths("gate before:2021") == ["notes/old.html"])
        #expect(try !paths("gate after:2021", top: 50).contains("notes/old.html"))
        #expect(try paths("gate path:nowhere/*").isEmpty)
    }

    /// The date that a document states counts, not the time of its file.
    @Test func datesAreThoseThatDocumentsState() throws {
        let corpus = try TestCorpus()
        try corpus.write("old.md", "---\ndate: 2019-03-01\n---\nThe weir was built.\n")
        try corpus.write("both.md", "---\ndate: 2018-03-01\nupdated: 2022-06-30\n---\nThe weir was mended.\n")
        try corpus.write(
            "page.html", "<meta property='article:published_time' content='2021-12-31T23:30:00Z'><p>The weir is open.</p>")
        try corpus.write("mail.eml", "Date: Fri, 17 May 2024 10:30:00 +0200\nSubject: weir\n\nThe weir is closed.\n")
        try corpus.write("plain.txt", "The weir has no date.\n")
        try corpus.makeIndex()
        func paths(_ query: String) throws -> Set<String> {
            let syntax = try QuerySyntax(query)
            var options = SearchOptions()
            options.top = 20
            options.filter = syntax.filter
            return Set(try corpus.open().search(syntax.text, options).map(\.citation.path))
        }
        #expect(try paths("weir before:2020") == ["old.md"])
        #expect(try paths("weir after:2022-06-30 before:2022-07") == ["both.md"])
        #expect(try paths("weir after:2021-12-30 before:2022-02") == ["page.html"])
        #expect(try paths("weir after:2024-05-17 before:2024-05-19") == ["mail.eml"])
        #expect(try paths("weir after:2025") == ["plain.txt"])
        // A copy of the file, which is not read again, has the date too.
        try corpus.write("copy.md", "---\ndate: 2019-03-01\n---\nThe weir was built.\n")
        #expect(try corpus.refresh().duplicates == 1)
        #expect(try !paths("weir before:2020").isEmpty && paths("weir after:2025") == ["plain.txt"])
    }

    /// One paragraph after the other, so that passages end at many places: some of them within the phrase "silver heron".
    private static func herons() throws -> OpenIndex {
        let corpus = try TestCorpus()
        let filler = (0..<60).map { "Sentence \($0) tells of the weather and of nothing else at all." }.joined(
            separator: " ")
        let text = (0..<40).map { "\(filler.prefix(200 + 7 * $0)) the silver\nheron \($0) waits." }.joined(separator: "\n")
        try corpus.write("a.txt", text)
        try corpus.makeIndex()
        let index = try corpus.open()
        let passages = try index.document(named: "a.txt").passages
        #expect(passages.contains { $0.text.hasSuffix("silver\n") }, "no phrase crosses a boundary: this test says nothing")
        return index
    }

    private static func texts(_ query: String, _ index: OpenIndex, top: Int = 5) throws -> [String] {
        let syntax = try QuerySyntax(query)
        var options = SearchOptions()
        options.top = top
        options.rescored = max(options.rescored, top)
        options.filter = syntax.filter
        return try index.search(syntax.text, options).map(\.text)
    }

    @Test func aPhraseMayGoOnInTheNextPassage() throws {
        let index = try Self.herons()
        for number in 0..<40 {
            #expect(try !Self.texts("\"silver heron \(number) waits\"", index).isEmpty, "heron \(number)")
        }
        #expect(try Self.texts("\"heron silver waits\"", index).isEmpty)
    }

    /// Neither the passage in which an excluded phrase begins is found nor the one in which it ends.
    @Test func anExcludedPhraseMayGoOnInTheNextPassage() throws {
        let index = try Self.herons()
        let isPart = { (text: String) in text.hasSuffix("silver\n") || text.hasPrefix("heron") }
        #expect(try Self.texts("heron weather -\"silver bear\"", index, top: 200).contains(where: isPart))
        let found = try Self.texts("heron weather -\"silver heron\"", index, top: 200)
        #expect(!found.contains(where: isPart) && !found.contains { $0.contains("silver\nheron") }, "\(found)")
        // A phrase that is cut otherwise is another one.
        #expect(try Self.texts("heron weather -\"heron silver\"", index, top: 200).contains(where: isPart))
    }

    @Test func phrasesStandInTheTextAsTheyAre() throws {
        #expect(try paths("\"gate in the north\"") == ["rules/warden.md"])
        #expect(try paths("\"gate of the north\"") == ["rules/gate.md"])
        #expect(try paths("\"cafe du nord\" midi") == ["notes/CAFÉ.txt"])
        #expect(try paths("\"north gate in\"").isEmpty)
        // Words that term sets leave out.
        #expect(Set(try paths("gate \"of the\"")) == ["rules/gate.md", "notes/old.html"])
    }

    /// Numbers are whole, and signs that make another name of a letter or number count.
    @Test func phrasesTellNumbersAndNamesApart() throws {
        let corpus = try TestCorpus()
        for (name, text) in [
            ("a.txt", "Invoice 1234 was paid by Ann."), ("b.txt", "Invoice 12345678 was paid by Bob."),
            ("c.txt", "Written in C++ by Ann."), ("d.txt", "Written in C by Cid."), ("e.txt", "Release 3.1 is old."),
            ("f.txt", "Release 3.1.4 is newer."), ("g.txt", "Cities cut CO₂ fast."),
            ("h.txt", "Miller & Co. 2 Main Street."),
            ("i.txt", "Built with C++17."),
        ] {
            try corpus.write(name, text + "\n")
        }
        try corpus.makeIndex()
        let index = try corpus.open()
        func paths(_ query: String) throws -> [String] {
            let syntax = try QuerySyntax(query)
            var options = SearchOptions()
            options.top = 9
            options.filter = syntax.filter
            return try index.search(syntax.text, options).map(\.citation.path).sorted()
        }
        #expect(try paths("\"Invoice 1234\"") == ["a.txt"] && paths("\"12345678\"") == ["b.txt"])
        #expect(try paths("\"5678\"") == [] && paths("invoice -\"1234\"").contains("b.txt"))
        #expect(try !paths("invoice -\"1234\"").contains("a.txt"))
        #expect(try paths("\"C++\"") == ["c.txt", "i.txt"] && paths("\"written in C\"") == ["d.txt"])
        #expect(try !paths("written -C++").contains("c.txt") && paths("written -C++").contains("d.txt"))
        #expect(try paths("\"release 3.1\"") == ["e.txt"] && paths("release -\"3.1\"").contains("f.txt"))
        #expect(try index.search("CO2").first?.citation.path == "g.txt" && paths("\"CO2 fast\"") == ["g.txt"])
        // A pattern that backtracks over a pasted line of letters would not end here.
        #expect(try index.search(String(repeating: "x", count: 100_000)).count > 0)
    }

    /// A text that stands in several places is shown where the condition says.
    @Test func pathsThatAreShownFitTheConditions() throws {
        let corpus = try TestCorpus()
        for name in ["aaa/one.txt", "bbb/two.txt"] { try corpus.write(name, "The okapi eats leaves.\n") }
        try corpus.write("app/[id]/page.tsx", "export a page about giraffes\n")
        try corpus.write("Scho\u{308}n.txt", "A koala sleeps.\n")
        try corpus.makeIndex()
        let index = try corpus.open()
        func first(_ query: String) throws -> String? {
            let syntax = try QuerySyntax(query)
            var options = SearchOptions()
            options.filter = syntax.filter
            return try index.search(syntax.text, options).first?.citation.path
        }
        #expect(try first("okapi path:bbb/*") == "bbb/two.txt" && first("okapi -path:bbb") == "aaa/one.txt")
        #expect(try first("okapi -path:aaa") == "bbb/two.txt")
        for pattern in ["app/[id]/page.tsx", "[id]", "app/[id]/*"] {
            #expect(try first("giraffes path:\(pattern)") == "app/[id]/page.tsx", "\(pattern)")
        }
        #expect(try first("giraffes -path:[id]") != "app/[id]/page.tsx")
        for pattern in ["Sch\u{F6}n*", "sch\u{F6}n.txt", "Scho\u{308}n"] {
            #expect(try first("koala path:\(pattern)")?.hasSuffix("n.txt") == true, "\(pattern)")
        }
    }

    @Test func wordsAreLeftOut() throws {
        #expect(try paths("north -warden -field path:rules").isEmpty)
        #expect(try paths("north -warden path:rules") == ["rules/gate.md"])
        #expect(try paths("north -\"the north field\" path:rules") == ["rules/warden.md"])
        #expect(try paths("gate -cafe path:notes") == ["notes/old.html"])
    }

    @Test func headingsAndTitlesCount() throws {
        let results = try index.search("harbour fees")
        #expect(results.first?.citation.path == "notes/old.html")
        let named = try index.search("winter ferries")
        #expect(named.first?.citation.path == "notes/old.html" && named.first?.matched.isEmpty == false)
    }

    @Test func matchedAreTheWordsOfTheText() throws {
        let found = try index.search("cafes fermer").first
        #expect(found?.citation.path == "notes/CAFÉ.txt" && found?.matched.contains("café") == true)
        let slip = try index.query("wxrden")
        #expect(slip.corrections == [Correction(word: "wxrden", used: ["warden"])])
        #expect(try index.search(slip).first?.citation.path == "rules/warden.md")
        #expect(try index.suggestions(for: index.query("wwrdenn")).first?.used.first == "warden")
    }

    @Test func anAnswerKeepsToTheConditions() throws {
        var options = SearchOptions()
        options.filter.path.wanted = ["rules/*"]
        #expect(
            try index.ask("What does the gate cost?", options).sources.allSatisfy { $0.citation.path.hasPrefix("rules/") })
        #expect(try index.ask("What does the gate cost?").sentences.first?.text == "The gate costs two crowns.")
    }

    @Test func linesAreCounted() throws {
        let corpus = try TestCorpus()
        let filler = (0..<120).map { "Line \($0) of the log says that all is well at post \($0 * 7).\n" }.joined()
        try corpus.write("a.log", filler + "Then the zebra came in.\n" + filler)
        try corpus.makeIndex()
        let found = try corpus.open().search("zebra").first
        #expect(found?.line == 121 && (found?.passage ?? 0) > 0)
        // Without the file the passages before are read.
        try corpus.remove("a.log")
        #expect(try corpus.open().search("zebra").first?.line == 121)
        let shown = try corpus.open().document(named: "a.log")
        let part = try shown.lines(120, through: 121)
        #expect(part.text.hasSuffix("\nThen the zebra came in.\n") && part.firstLine == 120 && part.lastLine == 121)
        #expect(Array(shown.text.utf8)[part.start..<part.end].elementsEqual(part.text.utf8))
        #expect(try shown.lines(241, through: nil).text == shown.lines(241, through: 999).text)
        #expect(throws: RetrievalError.self) { try shown.lines(242, through: nil) }
    }
}
