import Corpora
import Foundation
import Indexes
import Pipelines
import Retrieval
import TestSupport
import Testing

@Suite struct RefreshTests {
    /// Files that were there long before the test: their times are trusted.
    @Test func nothingChangedWritesNothing() throws {
        let corpus = try TestCorpus()
        var options = IndexOptions(roots: [URL(fileURLWithPath: #filePath).deletingLastPathComponent().path])
        options.include = ["RefreshTests.swift", "TestCorpus.swift", "RoundTripTests.swift"]
        let indexing = Indexing(model: TestCorpus.model, options: options, worker: .underTest)
        #expect(try indexing.index(to: corpus.index) { _ in true }.added == 3)
        let before = try Data(contentsOf: URL(fileURLWithPath: corpus.index))
        let report = try corpus.refresh()
        #expect(
            report.unchanged == 3 && report.added + report.changed + report.moved + report.removed + report.kept == 0,
            "\(report)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: corpus.index)) == before)
    }

    /// Weights are used where they lie in the model file: what was coded while somebody wrote to it may be wrong.
    @Test func nothingIsCommittedWhereTheModelWasWrittenTo() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "A text that stays.")
        try corpus.makeIndex()
        let path = corpus.home.appendingPathComponent("model.safetensors").path
        try FileManager.default.copyItem(
            atPath: Program.root.appendingPathComponent("models/default.safetensors").path, toPath: path)
        let model = try ModelLocation.load(explicit: path)
        try corpus.write("b.txt", "A text that comes too early.")
        let before = try corpus.open().snapshot.commitID
        #expect(throws: ModelError(.changed, subject: path)) {
            try Indexing.refresh(corpus.index, model: model, worker: .underTest) { _ in
                // The same bytes, at a later time.
                try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
                return true
            }
        }
        #expect(try corpus.open().snapshot.commitID == before)
        #expect(try corpus.refresh().added == 1)
    }

    @Test func aMovedFileIsNotEncodedAgain() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "Some text that moves.")
        try corpus.write("b.txt", "Another text that stays.")
        try corpus.makeIndex()
        try FileManager.default.moveItem(
            at: corpus.root.appendingPathComponent("a.txt"), to: corpus.root.appendingPathComponent("c.txt"))
        let report = try corpus.refresh()
        #expect(report.moved == 1 && report.textBytes == 0 && report.removed == 0)
        #expect(try Set(corpus.exported().keys) == ["b.txt", "c.txt"])
    }

    @Test func filesOfOneTextMoveOnceEach() throws {
        let corpus = try TestCorpus(), text = "The same in several files."
        for name in ["a.txt", "b.txt"] { try corpus.write(name, text) }
        let first = try corpus.makeIndex()
        #expect(first.added == 1 && first.duplicates == 1 && first.textBytes == text.utf8.count, "\(first)")
        try corpus.write("b.txt", text)
        #expect(try corpus.refresh().unchanged == 2)
        for name in ["a.txt", "b.txt"] { try corpus.remove(name) }
        for name in ["c.txt", "d.txt", "e.txt"] { try corpus.write(name, text) }
        let report = try corpus.refresh()
        #expect(report.moved == 2 && report.duplicates == 1 && report.removed == 0, "\(report)")
    }

    /// Swift takes the two names for the same string; they are two files.
    @Test func namesThatDifferInUnicodeFormAreTwo() throws {
        let corpus = try TestCorpus(), composed = "caf\u{e9}.txt", decomposed = "cafe\u{301}.txt"
        try corpus.write(composed, "Composed possum.")
        try corpus.write(decomposed, "Decomposed glider.")
        try corpus.makeIndex()
        #expect(try corpus.open().document(named: composed).text == "Composed possum.")
        #expect(try corpus.open().document(named: decomposed).text == "Decomposed glider.")
        try corpus.remove(decomposed)
        #expect(try corpus.refresh().removed == 1)
        #expect(try corpus.open().search("glider").allSatisfy { !$0.text.contains("glider") })
        try FileManager.default.moveItem(
            atPath: corpus.root.path + "/" + composed, toPath: corpus.root.path + "/" + decomposed)
        #expect(try corpus.refresh().moved == 1)
        let paths = try corpus.open().search("possum").map { Array($0.citation.path.utf8) }
        #expect(paths == [Array(decomposed.utf8)])
    }

    @Test func anIndexAmongItsOwnFilesIsLeftOut() throws {
        let corpus = try TestCorpus(), index = corpus.root.appendingPathComponent("own.r3").path
        try corpus.write("a.txt", "The only text.")
        try corpus.makeIndex(at: index)
        try corpus.write("own.r3-repair-0123456789abcdef/repaired.r3", "Left by a repair that was killed.")
        let report = try Indexing.refresh(index, model: TestCorpus.model, worker: .underTest) { _ in true }
        #expect(report.unchanged == 1 && report.added + report.changed == 0 && report.skipped.isEmpty, "\(report)")
        #expect(try corpus.open(index).statistics().files == 1)
    }

    @Test func whatCouldNotBeReadIsToldAgain() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "Some text.")
        try corpus.write("b.pdf", "%PDF-1.4 and no more")
        try corpus.write("c.zip", [0x50, 0x4b, 3, 4, 0, 0, 0, 0])
        try corpus.age()
        let first = try corpus.makeIndex(), again = try corpus.refresh()
        #expect(first.failed.map(\.path) == ["b.pdf"])
        #expect(
            first.skipped == [RefusedFile(path: "c.zip", reason: Reason(Refusal.unsupportedFormat("zip").number, ["zip"]))])
        #expect(again.failed == first.failed && again.skipped == first.skipped && again.unchanged == 1)
    }

    @Test func extractedTextIsNotWrittenOverADocument() throws {
        let corpus = try TestCorpus()
        try corpus.write("p.html", "<p>From the page.</p>")
        try corpus.write("p.html.txt", "From the text.")
        try corpus.write("q.html", "<p>From another page.</p>")
        try corpus.write("q.html.txt/inside.txt", "Inside a folder.")
        try corpus.makeIndex()
        let exported = try corpus.exported().mapValues {
            String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines)
        }
        #expect(
            exported == [
                "p.html.txt": "From the text.", "p.html.2.txt": "From the page.", "q.html.2.txt": "From another page.",
                "q.html.txt/inside.txt": "Inside a folder.",
            ])
    }

    /// A program that serves as extraction worker after a line of shell.
    private func worker(_ line: String, in corpus: TestCorpus) throws -> String {
        let path = corpus.home.appendingPathComponent("worker.sh").path
        try "#!/bin/sh\n\(line)\nexec '\(Program.path)' \"$@\"\n".write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    /// Files that were there long before the test: their times are trusted.
    @Test func aWorkerKilledForMemoryCostsOnlyItsFileAndOnlyUntilTheNextRefresh() throws {
        let corpus = try TestCorpus(), root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        var options = IndexOptions(roots: [root])
        options.include = ["RefreshTests.swift", "TestCorpus.swift", "RoundTripTests.swift"]
        // The first worker is killed, as the system does where memory runs out.
        let killed = try worker("if mkdir '\(corpus.home.path)/once' 2>/dev/null; then kill -KILL $$; fi", in: corpus)
        let indexing = Indexing(
            model: TestCorpus.model, options: options, threads: 1, worker: Worker.Program(executable: killed))
        let report = try indexing.index(to: corpus.index) { _ in true }
        #expect(report.added == 2 && report.failed.map(\.reason) == [Reason(Refusal.workerKilled.number)])
        #expect(try corpus.open().verify { _ in true }.documents == 2)
        let next = try corpus.refresh()
        #expect(next.added + next.changed == 1 && next.unchanged == 2 && next.failed.isEmpty)
        #expect(try corpus.exported().count == 3)
    }

    @Test func aFileThatExhaustsItsWorkerCostsOnlyItself() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "Before it.")
        try corpus.write("bomb.html", String(repeating: "<b>x</b>", count: 1_000_000))
        try corpus.write("c.txt", "After it.")
        var options = IndexOptions(roots: [corpus.root.path])
        options.limits.memoryBytes = 150 << 20
        let indexing = Indexing(model: TestCorpus.model, options: options, threads: 1, worker: .underTest)
        let report = try indexing.index(to: corpus.index) { _ in true }
        #expect(report.added == 2 && report.failed.map(\.path) == ["bomb.html"], "\(report)")
        #expect(try corpus.exported().keys.sorted() == ["a.txt", "c.txt"])
        #expect(try corpus.open().verify { _ in true }.wrong.isEmpty)
    }

    @Test func anEmptiedRootIsRefusedUnlessAllowed() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "Text that must not vanish.")
        try corpus.makeIndex()
        try corpus.remove("a.txt")
        #expect(throws: IndexingError.rootEmpty(corpus.root.path)) { try corpus.refresh() }
        #expect(try corpus.open().statistics().documents == 1)
        #expect(try corpus.refresh(allowEmpty: true).removed == 1)
        #expect(try corpus.open().statistics().documents == 0)
    }

    @Test func anIndexOfOtherRootsIsNotOverwritten() throws {
        let corpus = try TestCorpus(), other = try TestCorpus()
        try corpus.write("a.txt", "One.")
        try other.write("b.txt", "Two.")
        try corpus.makeIndex()
        let difference = OptionDifference(stored: .roots([corpus.root.path]), wanted: .roots([other.root.path]))
        #expect(throws: IndexingError.otherOptions(index: corpus.index, [difference])) {
            try other.makeIndex(at: corpus.index)
        }
        #expect(try corpus.exported().keys.sorted() == ["a.txt"])
    }
}
