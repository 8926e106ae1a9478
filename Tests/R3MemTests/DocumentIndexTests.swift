import Foundation
import R3Mem
import Testing

/// The library as another program uses it: nothing here but what is public.
struct DocumentIndexTests {
    private static func open(_ sample: SampleIndex) throws -> DocumentIndex {
        try DocumentIndex(at: sample.path, model: Model(path: SampleIndex.modelPath), threads: 1)
    }

    @Test func aSearchFindsAPassageWithItsPlace() throws {
        let sample = try SampleIndex()
        let index = try DocumentIndexTests.open(sample)
        let found = try index.search("who winds the clockwork", limit: 1)
        let best = try #require(found.first)
        #expect(found.count == 1 && best.place.path == "keeper.md" && best.matched.contains("clockwork"))
        #expect(best.place.title == "Lighthouse" && best.place.headings == ["Lighthouse", "Duties"])
        let text = Array(SampleIndex.text(of: "keeper.md").utf8)
        #expect(Array(best.text.utf8) == Array(text[best.place.bytes]))
    }

    @Test func conditionsLeaveDocumentsOut() throws {
        let sample = try SampleIndex()
        let index = try DocumentIndexTests.open(sample)
        let words = "the cellar and the keeper"
        #expect(try Set(index.search(words).map(\.place.path)) == ["keeper.md", "stores.txt"])
        #expect(try Set(index.search(words, where: Conditions(types: ["text"])).map(\.place.path)) == ["stores.txt"])
        #expect(try index.search(words, where: Conditions(before: Date(timeIntervalSince1970: 0))).isEmpty)
        #expect(try index.search("-cellar").isEmpty)
        let error = #expect(throws: ReadingError.self) { try index.search("words", where: Conditions(paths: ["a[b"])) }
        #expect(error?.code == .badCondition)
    }

    @Test func anAnswerQuotesOrSaysWhatIsMissing() throws {
        let sample = try SampleIndex()
        let index = try DocumentIndexTests.open(sample)
        let answer = try index.ask("How many barrels does the cellar hold?")
        #expect(answer.isFound && answer.short?.contains("ninety") == true)
        let quotation = try #require(answer.quotations.first)
        let text = Array(SampleIndex.text(of: "stores.txt").utf8)
        #expect(quotation.place.path == "stores.txt" && Array(quotation.text.utf8) == Array(text[quotation.place.bytes]))
        #expect(try !index.ask("type:md").isFound)  // conditions alone ask nothing
        let other = try index.ask("Who repaired the zeppelin Quixotique?")
        #expect(!other.isFound && other.quotations.isEmpty && other.missing.contains("Quixotique"))
    }

    @Test func textsComeBackWholeAndInPassages() throws {
        let sample = try SampleIndex()
        let index = try DocumentIndexTests.open(sample)
        #expect(try index.documents().map(\.path) == ["keeper.md", "stores.txt"])
        #expect(try index.documents(matching: "*.txt").map(\.path) == ["stores.txt"])
        for name in ["keeper.md", "stores.txt"] {
            let document = try index.document(named: name)
            #expect(document.text == SampleIndex.text(of: name))
            #expect(document.passages.map(\.text).joined() == document.text)
            #expect(try index.passages(around: 0, of: name).first == document.passages.first)
        }
    }

    @Test func severalIndexesAreOne() throws {
        let (one, other) = (try SampleIndex(), try SampleIndex())
        let model = try Model(path: SampleIndex.modelPath)
        let both = try DocumentIndex(at: [one.path, other.path], model: model)
        let paths = try both.documents().map(\.path)
        #expect(
            paths == [
                "lighthouse-2/keeper.md", "lighthouse-2/stores.txt", "lighthouse/keeper.md", "lighthouse/stores.txt",
            ])
    }

    @Test func aLaterCommitIsSeenOnRequest() throws {
        let sample = try SampleIndex()
        let index = try DocumentIndexTests.open(sample)
        try sample.add("fog.txt", "The foghorn sounds twice a minute.\n")
        #expect(try index.documents().count == 2)
        let later = try index.current()
        #expect(try later.search("foghorn").first?.place.path == "fog.txt")
        #expect(try later.current().documents() == later.documents())
    }

    @Test func errorsSayWhatIsWrong() throws {
        let sample = try SampleIndex()
        let model = try Model(path: SampleIndex.modelPath)
        let index = try DocumentIndexTests.open(sample)
        func code(_ body: () throws -> Void) -> ReadingError.Code? {
            do { try body() } catch { return (error as? ReadingError)?.code }
            return nil
        }
        #expect(code { _ = try Model(path: sample.path) } == .noModel)
        #expect(code { _ = try DocumentIndex(at: sample.path + "x", model: model) } == .noIndex)
        #expect(code { _ = try DocumentIndex(at: SampleIndex.modelPath, model: model) } == .noIndex)
        #expect(code { _ = try index.document(named: "no.txt") } == .noSuchDocument)
        #expect(code { _ = try index.passages(around: 9, of: "keeper.md") } == .noSuchPassage)
        try sample.damage()
        let damaged = code {
            let index = try DocumentIndex(at: sample.path, model: model)
            for document in try index.documents() { _ = try index.document(named: document.path) }
        }
        #expect(damaged == .damaged)
    }
}
