import Foundation
import Indexes
import Retrieval
import Testing

@Suite struct AskTests {
    private func corpus() throws -> TestCorpus {
        let corpus = try TestCorpus()
        try corpus.write(
            "returns.md",
            "# Returns\n\nGeneral remarks come first.\n\n## Faulty goods\n\nA faulty item may be returned within 45 days of delivery. The refund is paid in a week.\n"
        )
        try corpus.write("people.txt", "Marta Osei leads the workshop. Tom Reiter keeps the accounts.")
        try corpus.write(
            "page.html",
            "<html><head><title>Batteries</title></head><body><h1>Batteries</h1><p>A battery is charged to 80 percent before storage.</p><script>var x='secret charge';</script></body></html>"
        )
        try corpus.makeIndex()
        return corpus
    }

    @Test func passagesThatAreKnownAlreadyChangeNoAnswer() throws {
        let corpus = try corpus(), index = try corpus.open(),
            questions = ["Who leads the workshop?", "To what is a battery charged?", "faulty item"]
        let first = try questions.map { try index.ask($0) }
        #expect(try questions.reversed().map { try index.ask($0) } == first.reversed())
        #expect(try questions.map { try corpus.open().ask($0) } == first)
    }

    /// Near-copies are dropped, and two years of one contract are none.
    @Test func passagesThatDifferInANumberAreAllFound() throws {
        let corpus = try TestCorpus()
        let text =
            "The tenant pays the monthly rent for the storage hall in advance, at the latest on the third working day, to the account of the landlord."
        for year in 2023...2025 { try corpus.write("rent-\(year).txt", "\(text) The rent is \(year - 1300) euros.") }
        try corpus.write("copy.txt", text + " The rent is 723 euros, thanks.")
        try corpus.makeIndex()
        let found = try corpus.open().search("monthly rent storage hall").map(\.citation.path)
        #expect(found.count == 3 && found.filter { $0.hasPrefix("rent-202") }.count >= 2, "\(found)")
        #expect(try !corpus.open().ask("to be or not to be").isFound)
        #expect(try corpus.open().ask("to be or not to be").confidence == 0)
    }

    @Test func anAnswerQuotesTheSentenceAndSaysWhereItStands() throws {
        let corpus = try corpus(), index = try corpus.open()
        let answer = try index.ask("How many days until a faulty item must be returned?")
        let best = try #require(answer.sentences.first)
        #expect(answer.isFound && best.text == "A faulty item may be returned within 45 days of delivery.")
        #expect(best.citation.path == "returns.md" && best.citation.headings == ["Returns", "Faulty goods"])
        let text = Array(try index.document(named: "returns.md").text.utf8)
        #expect(String(decoding: text[best.citation.start..<best.citation.end], as: UTF8.self) == best.text)
    }

    @Test func confidenceDoesNotDependOnHowManyPassagesAreWanted() throws {
        let index = try corpus().open(), question = "How many days until a faulty item must be returned?"
        var options = SearchOptions()
        options.top = 1
        let one = try index.ask(question, options), five = try index.ask(question)
        #expect(one.confidence == five.confidence && one.sentences.first == five.sentences.first)
        // As many as were wanted, or those that are quoted.
        #expect(try one.sources.count == max(1, #require(one.sentences.map(\.source).max())))
    }

    @Test func whatNoDocumentSaysIsNotFound() throws {
        let answer = try corpus().open().ask("Which volcano erupted near the penguin colony?")
        #expect(!answer.isFound && answer.sentences.isEmpty)
    }

    @Test func scriptsAreNotText() throws {
        let index = try corpus().open()
        let battery = try #require(try index.search("battery charged").first { $0.citation.path == "page.html" })
        #expect(battery.text.contains("charged to 80 percent"))
        let results = try index.search("secret charge")
        #expect(
            results.contains { $0.citation.path == "page.html" } && results.allSatisfy { !$0.matched.contains("secret") })
        #expect(results.allSatisfy { !$0.text.contains("secret") })
        #expect(try !index.document(named: "page.html").text.contains("secret"))
    }

    /// Queries without a word that the index holds: nothing matches, and nothing is said to be found.
    @Test(arguments: ["", "   ", "the of and", "?!", "zzzzqqqq", "\u{0}\u{1}", "שלום 漢字"])
    func aQueryWithoutKnownWordsMatchesNothing(query: String) throws {
        let index = try corpus().open()
        let results = try index.search(query)
        #expect(
            results.map(\.rank) == [1, 2, 3]
                && Set(results.map(\.citation.path)) == ["returns.md", "people.txt", "page.html"])
        #expect(results.allSatisfy { $0.matched.isEmpty && $0.score.isFinite })
        let answer = try index.ask(query)
        #expect(!answer.isFound && answer.sentences.isEmpty && answer.confidence < Confidence.threshold)
    }

    @Test func aLongQueryIsAnswered() throws {
        let long = String(repeating: "battery ", count: 2000)
        let results = try corpus().open().search(long)
        #expect(results.first?.citation.path == "page.html" && results.first?.matched.contains("battery") == true)
    }

    @Test func aScoreIsTheSumOfItsParts() throws {
        for result in try corpus().open().search("faulty item refund battery") {
            let e = result.explanation
            let sum =
                e.exact / e.bestExact + e.weights.memoryCode * e.memoryCode + e.weights.section * e.section
                + e.weights.wordVectors * e.wordVectors + e.weights.sentence * e.sentence
                + e.weights.proximity * e.proximity + e.weights.forms * e.forms + e.weights.reader * (e.reader ?? 0)
            #expect(abs(sum - result.score) < 1e-12 && e.total == result.score && e.exact <= e.bestExact)
        }
    }

    @Test func copiesDoNotCrowdOutOtherPassages() throws {
        let corpus = try TestCorpus()
        let advice = (1...60).map { "advice\($0)" }.joined(separator: " ")
        for copy in 1...10 {
            try corpus.write("copy\(copy).txt", "Kestrel nest boxes need cleaning in autumn. \(advice) edition\(copy).")
        }
        for other in 1...6 {
            try corpus.write(
                "other\(other).txt",
                "Minutes of meeting \(other): paint\(other), chairs\(other) and lunch\(other); a kestrel was seen.")
        }
        try corpus.makeIndex()
        let paths = try corpus.open().search("cleaning kestrel nest boxes in autumn").map(\.citation.path)
        #expect(paths.count == 5 && paths.count { $0.hasPrefix("copy") } == 1)
    }

    @Test func anUnknownDocumentIsNamedWithNeighbours() throws {
        let index = try corpus().open()
        let error = #expect(throws: RetrievalError.self) { try index.document(named: "return") }
        guard case .noSuchDocument(let near) = error?.code else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!near.isEmpty && near.allSatisfy { $0.hasSuffix("returns.md") }, "\(near)")
    }
}
