import Foundation
import Indexes
import Pipelines
import Retrieval
import TestSupport
import Testing

/// An index of an old format that goes on to be used.
@Suite struct FormatTests {
    private static let golden = Program.root.appendingPathComponent("indexes/golden")

    /// Text of format 2, whose residuals are coded otherwise, comes to text of format 1, first in a segment of its own, then in one with it.
    @Test func anIndexOfFormat1TakesTextOfFormat2() throws {
        let corpus = try TestCorpus(), path = corpus.index, name = "sub/again.txt"
        defer { withExtendedLifetime(corpus) {} }
        try FileManager.default.copyItem(atPath: Self.golden.appendingPathComponent("format-1.r3").path, toPath: path)
        let model = try ModelLocation.load(explicit: Self.golden.appendingPathComponent("format-1.safetensors").path)
        let lexicon = model.makeBaseLexicon()
        let before = try OpenIndex(path: path, model: model)
        let newer = try IndexFile.open(at: Self.golden.appendingPathComponent("format-2.r3").path, model: model.identity, lexicon: lexicon)
        let stored = try #require(newer.documents.first { $0.paths == ["sub/travel-expenses.html.txt"] })
        let segment = try newer.segment(stored.id.segment)
        let document = EncodedDocument(
            textHash: stored.textHash, byteLength: stored.byteLength, title: stored.title, mediaType: stored.mediaType,
            spans: try newer.spans(of: stored), original: try newer.original(of: stored), memory: stored.memory,
            passages: stored.passages.map(segment.encodedPassage))
        #expect(document.passages.allSatisfy { $0.coding == 2 })
        #expect(try IndexFile.header(at: path).formatVersion == 1)

        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: lexicon)
        let source = SourceChange(
            path: name, size: Int64(stored.byteLength), modified: 1, hash: stored.textHash, mediaType: stored.mediaType, content: .document(0))
        try writer.write(Batch(documents: [document], sources: [source]))
        for segments in [2, 1] {
            if segments == 1 { try writer.compact() }
            let after = try OpenIndex(path: path, model: model)
            #expect(try IndexFile.header(at: path).formatVersion == 2)
            #expect(try IndexFile.open(at: path, model: model.identity, lexicon: lexicon).segmentIDs.count == segments)
            #expect(try after.verify { _ in true }.wrong.isEmpty)
            #expect(try after.document(named: name).text == before.document(named: "sub/travel-expenses.html").text)
        }
        try writer.close()
    }

    /// The number of the format is under the hash of what the index says of itself.
    @Test func aChangedFormatNumberIsNoticedAndMended() throws {
        let corpus = try TestCorpus(), path = corpus.index
        defer { withExtendedLifetime(corpus) {} }
        var bytes = try Data(contentsOf: Self.golden.appendingPathComponent("format-2.r3"))
        let model = try ModelLocation.load(explicit: Self.golden.appendingPathComponent("format-1.safetensors").path)
        #expect(bytes[63] == 2)
        bytes[63] = 1
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect { try OpenIndex(path: path, model: model) } throws: { ($0 as? IndexError)?.code == .damaged(part: "meta") }
        #expect(try Indexing.verifyAndRepair(path, model: model) { _ in true }.repair?.isWhole == true)
        #expect(try IndexFile.header(at: path).formatVersion == 2)
    }
}
