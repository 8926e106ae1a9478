import Foundation
import Indexes
import Memory
import Pipelines
import Retrieval
import TestSupport
import Testing

/// A refresh after a repair takes nothing for right that the repair could not prove.
@Suite struct RepairedTests {
    private let corpus: TestCorpus
    private let pages = [
        "a.html": "<p>Alpha speaks of the north gate.</p>", "b.html": "<p>Beta speaks of the south market.</p>",
        "c.txt": "A plain text.",
    ]

    init() throws {
        corpus = try TestCorpus()
        for (name, text) in pages { try corpus.write(name, text) }
        try corpus.age()
        try corpus.makeIndex()
    }

    private func repair() throws -> RepairReport {
        let report = try Indexing.verifyAndRepair(corpus.index, model: TestCorpus.model) { _ in true }
        return try #require(report.repair)
    }

    /// Changes bytes of the index; the bytes before them are there once.
    private func change(behind mark: [UInt8], from old: [UInt8], to new: [UInt8]) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: corpus.index))
        let place = try #require(bytes.range(of: Data(mark + old))).lowerBound + mark.count
        bytes.replaceSubrange(place..<place + old.count, with: new)
        try bytes.write(to: URL(fileURLWithPath: corpus.index))
    }

    private func texts() throws -> [String: String] {
        let index = try corpus.open()
        return try pages.keys.reduce(into: [:]) { $0[$1] = try index.document(named: $1).text }
    }

    /// A page's row has a hash of its own, which tells nothing of its document.
    @Test func aPageThatWasGivenAnotherDocumentGetsItsOwnAgain() throws {
        let before = try texts()
        // A row ends with the hash of the page and the number of the document.
        try change(behind: SHA256.hash(Array(pages["a.html"]!.utf8)), from: [1, 0, 0], to: [1, 0, 1])
        #expect(try repair().unprovenPaths == 3)
        let report = try corpus.refresh()
        #expect(report.changed == 1 && report.unchanged == 2 && report.failed.isEmpty, "\(report)")
        #expect(try texts() == before)
        let again = try corpus.refresh()
        #expect(again.unchanged == 3 && again.textBytes == 0, "\(again)")
    }

    /// Loses the roots of the index. A record with another key has none.
    private func loseRoots() throws {
        try change(behind: [], from: Array("roots".utf8), to: Array("roofs".utf8))
        let report = try repair()
        #expect(report.isHeaderLost && report.lost.isEmpty && report.lostPaths == 0)
        #expect(throws: PipelineError.self) { try corpus.refresh() }
    }

    @Test func indexingNamesTheRootsOfAnIndexThatHasLostThem() throws {
        let before = try texts()
        try loseRoots()
        let report = try corpus.makeIndex()
        #expect(report.unchanged == 3 && report.textBytes == 0 && report.removed == 0, "\(report)")
        #expect(try texts() == before)
        #expect(try corpus.refresh().unchanged == 3)
    }

    @Test func aRefreshAddsTheRootsOfAnIndexThatHasLostThem() throws {
        let before = try texts()
        try loseRoots()
        var changes = OptionChanges()
        changes.added = [corpus.root.path]
        let report = try Indexing.refresh(
            corpus.index, model: TestCorpus.model, changes: changes, worker: .underTest
        ) { _ in true }
        #expect(report.unchanged == 3 && report.textBytes == 0 && report.removed == 0, "\(report)")
        #expect(try texts() == before)
        #expect(try corpus.refresh().unchanged == 3)
    }

    /// A folder with none of the known files is more likely a slip.
    @Test func anotherCorpusTakesNoIndexThatHasLostItsRoots() throws {
        let before = try texts()
        try loseRoots()
        let other = corpus.home.appendingPathComponent("other")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        try Data("Another text.".utf8).write(to: other.appendingPathComponent("z.txt"))
        let indexing = Indexing(
            model: TestCorpus.model, options: IndexOptions(roots: [other.path]), worker: .underTest)
        #expect(throws: IndexingError.noKnownFile(roots: [other.path])) {
            try indexing.index(to: corpus.index) { _ in true }
        }
        #expect(try texts() == before)
    }
}
