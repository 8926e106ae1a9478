import Corpora
import Memory
import Pipelines
import Retrieval
import Synchronization
import TestSupport
import Testing

/// Documents that are cut and coded in portions.
@Suite struct LongDocumentTests {
    private static func log(lines: Int) -> String {
        (0..<lines).map { "\($0) the pump of dock \($0 % 7) ran\($0 % 9 == 0 ? ".\n\n" : " and stopped.\n")" }.joined()
    }

    @Test func portionsGiveThePassagesOfTheWholeText() {
        let tokenizer = TestCorpus.model.vocabulary.tokenizer
        let text = LongDocumentTests.log(lines: 800) + "Größe 漢字 \u{1F600}\n" + String(repeating: "x", count: 3000)
        func passages(_ portion: Int) -> [CutPassage] {
            PassageStream(FileBytes(Array(text.utf8)), tokenizer, limit: 64, portion: portion).flatMap { $0 }
        }
        let whole = passages(.max)
        #expect(whole.flatMap(\.bytes) == Array(text.utf8))
        #expect(whole.flatMap(\.tokens) == tokenizer.encode(Array(text.utf8)))
        for portion in [1, 17, 400, 5000] { #expect(passages(portion) == whole, "portions of \(portion) bytes") }
    }

    @Test func equalPassagesComeBackInTheirPlaces() throws {
        let corpus = try TestCorpus()
        let run = String(repeating: "[", count: 20_000)
        try corpus.write("run.txt", run + "tide" + run)
        try corpus.makeIndex()
        #expect(try corpus.exported() == ["run.txt": Array((run + "tide" + run).utf8)])
    }

    @Test func aDocumentOfSeveralPortionsComesBackAndShowsItsProgress() throws {
        let corpus = try TestCorpus()
        let text = LongDocumentTests.log(lines: 9000)
        try corpus.write("pumps.log", text)
        let told = Mutex<[Int]>([])
        try corpus.makeIndex { progress in
            told.withLock { $0.append(progress.bytes) }
            return true
        }
        #expect(try corpus.exported() == ["pumps.log": Array(text.utf8)])
        let seen = told.withLock { $0 }
        #expect(Set(seen).count > 2, "only the start and the end were told: \(seen)")
        #expect(seen == seen.sorted())
    }

    @Test func aRunCanStopInsideADocument() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "A short note.")
        try corpus.write("pumps.log", LongDocumentTests.log(lines: 9000))
        let report = try corpus.makeIndex { $0.bytes < 1000 }
        #expect(!report.isComplete)
        #expect(report.added == 1)
        #expect(try corpus.open().snapshot.sources.map(\.path) == ["a.txt"])
    }
}
