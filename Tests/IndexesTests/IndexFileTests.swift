import Foundation
import Indexes
import Synchronization
import TestSupport
import Testing

@Suite struct IndexFileTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon()

    init() throws { folder = try TemporaryFolder() }

    private func create(_ name: String = "a.r3") throws -> IndexWriter {
        try IndexFile.create(
            at: folder.path(name), model: Fixture.model, lexicon: lexicon, options: Fixture.options)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func whatIsWrittenIsRead(seed: UInt64) throws {
        let writer = try create()
        var expected: [String: EncodedDocument] = [:]
        for round in 0..<3 as Range<UInt64> {
            let documents = Fixture.documents(seed * 1000 + round * 100..<seed * 1000 + round * 100 + 20)
            let batch = Fixture.batch(documents, prefix: "r\(round)")
            #expect(try writer.write(batch).count == 20)
            for (change, document) in zip(batch.sources, documents) { expected[change.path] = document }
        }
        let snapshot = try writer.snapshot()
        #expect(try snapshot.contents() == expected)
        #expect(snapshot.header.options == Fixture.options)
        #expect(try writer.sources() == snapshot.sources)
        try writer.close()
        #expect(
            try IndexFile.open(at: folder.path("a.r3"), model: Fixture.model, lexicon: lexicon).contents() == expected)
    }

    /// A link to a place where nothing is yet stays a link, and the index is made there.
    @Test func anIndexIsMadeWhereALinkLeads() throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder.path("disk"), withIntermediateDirectories: true)
        try manager.createSymbolicLink(atPath: folder.path("b.r3"), withDestinationPath: "disk/c.r3")
        try manager.createSymbolicLink(atPath: folder.path("a.r3"), withDestinationPath: "b.r3")
        try create().close()
        #expect(try manager.destinationOfSymbolicLink(atPath: folder.path("a.r3")) == "b.r3")
        #expect(try manager.destinationOfSymbolicLink(atPath: folder.path("b.r3")) == "disk/c.r3")
        #expect(try manager.contentsOfDirectory(atPath: folder.path("disk")) == ["c.r3"])
        #expect(try manager.contentsOfDirectory(atPath: folder.path).sorted() == ["a.r3", "b.r3", "disk"])
        #expect(throws: IndexError.self) { try create() }
        // Links that lead to one another are no place.
        try manager.createSymbolicLink(atPath: folder.path("x.r3"), withDestinationPath: "y.r3")
        try manager.createSymbolicLink(atPath: folder.path("y.r3"), withDestinationPath: "x.r3")
        #expect(throws: IndexError.self) { try create("x.r3") }
    }

    @Test func onePlainFileIsLeftAtRest() throws {
        let writer = try create()
        try writer.write(Fixture.batch(Fixture.documents(0..<9)))
        var snapshot: IndexSnapshot? = try writer.snapshot()
        #expect(snapshot?.documents.count == 9)
        snapshot = nil
        try writer.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.r3"])
        _ = try IndexFile.header(at: folder.path("a.r3"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.r3"])
    }

    @Test func anEmptyIndexTakesAtMost32Kilobytes() throws {
        try create().close()
        let size = try FileManager.default.attributesOfItem(atPath: folder.path("a.r3"))[.size] as? Int
        #expect(try #require(size) <= 32768)
    }

    @Test func aSecondWriterIsRefusedUntilTheFirstCloses() throws {
        let path = folder.path("a.r3")
        let writer = try create()
        #expect(Fixture.code { _ = try IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon) } == .writerBusy)
        #expect(try IndexFile.open(at: path, model: nil, lexicon: lexicon).documents.isEmpty)
        try writer.close()
        let second = try IndexFile.openForWriting(at: path, model: Fixture.model, lexicon: lexicon)
        try second.write(Fixture.batch(Fixture.documents(1..<3)))
        #expect(try second.snapshot().documents.count == 2)
    }

    @Test func aLockLeftBehindStopsNobody() throws {
        try create().close()
        try Data().write(to: URL(fileURLWithPath: folder.path("a.r3-writer")))
        let writer = try IndexFile.openForWriting(at: folder.path("a.r3"), model: nil, lexicon: lexicon)
        try writer.write(Batch())
    }

    @Test func aCrashKeepsEveryBatchThatReturned() throws {
        let writer = try create()
        for i in 0..<4 as Range<UInt64> {
            try writer.write(Fixture.batch(Fixture.documents(i * 10..<i * 10 + 5), prefix: "b\(i)"))
        }
        // What a power cut would leave: the file and a log cut anywhere.
        let main = try Data(contentsOf: URL(fileURLWithPath: folder.path("a.r3")))
        let log = try Data(contentsOf: URL(fileURLWithPath: folder.path("a.r3-wal")))
        var seen = Set<Int>()
        for cut in Array(stride(from: 0, to: log.count, by: 1000)) + [log.count] {
            let path = folder.path("crash-\(cut).r3")
            try main.write(to: URL(fileURLWithPath: path))
            try log.prefix(cut).write(to: URL(fileURLWithPath: path + "-wal"))
            guard let reopened = try? IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon) else { continue }
            let count = try reopened.snapshot().documents.count
            #expect(count % 5 == 0)
            #expect(try reopened.snapshot().verifyStructure() == [])
            seen.insert(count)
        }
        #expect(seen.contains(20))
    }

    @Test func equalDocumentsAreStoredOnce() throws {
        let writer = try create()
        let document = Fixture.document(seed: 5, passages: 20, original: Fixture.original(1))
        let ids = try writer.write(Fixture.batch([document, document]))
        #expect(ids[0] == ids[1])
        let again = try writer.write(Fixture.batch([document], prefix: "copy"))
        #expect(again == [ids[0]])
        var other = document
        other.original = Fixture.original(2)
        #expect(try writer.write(Fixture.batch([other], prefix: "other"))[0] != ids[0])
        let snapshot = try writer.snapshot()
        #expect(snapshot.documents.map(\.paths) == [["copy-0.txt", "file-0.txt", "file-1.txt"], ["other-0.txt"]])
        #expect(snapshot.passageCount == 40)
    }

    @Test func aMoveWritesNoContent() throws {
        let writer = try create()
        let id = try writer.write(Fixture.batch(Fixture.documents(3..<4)))[0]
        var source = try writer.sources()[0]
        source.path = "moved/elsewhere.txt"
        try writer.write(Batch(sources: [SourceChange(source)], removed: ["file-0.txt"]))
        let snapshot = try writer.snapshot()
        #expect(snapshot.documents.map(\.paths) == [["moved/elsewhere.txt"]])
        #expect(snapshot.documents.map(\.id) == [id])
        #expect(snapshot.sources == [source])
    }

    @Test func statesAndReasonsAreKept() throws {
        let writer = try create()
        let states: [Source.State] = [
            .skipped(Reason(7, ["64 MB", ""])), .failed(Reason(-8)), .failed(Reason(0)), .failed(.lostText),
        ]
        let sources = states.enumerated().map { i, state in
            Source(path: "x\(i)", size: 1 << 40, modified: i % 2 == 0 ? -5 : nil, state: state)
        }
        try writer.write(Batch(sources: sources.map { SourceChange($0) }))
        #expect(try writer.sources() == sources)
        #expect(try writer.snapshot().sources == sources)
    }

    @Test func notesOfIndexedFilesAreKept() throws {
        let writer = try create()
        var batch = Fixture.batch(Fixture.documents(1..<4))
        let notes = [Reason(100, ["2", "3"]), Reason(105, ["plan.dwg"])]
        batch.sources[1].remarks.notes = notes
        try writer.write(batch)
        #expect(try writer.snapshot().sources.map(\.notes) == [[], notes, []])
        #expect(
            StoredRemarks(bytes: StoredRemarks(notes: notes, date: "2024").bytes)
                == StoredRemarks(notes: notes, date: "2024") && StoredRemarks(bytes: []) == nil
                && StoredRemarks(bytes: Record(["notes": .text("none")]).bytes) == nil)
    }

    @Test func remarksOfALaterVersionAreKept() throws {
        let later = Record(["date": .text("2024"), "language": .text("da"), "mood": .list([.integer(7), .bool(true)])])
        let writer = try create()
        var batch = Fixture.batch(Fixture.documents(1..<4))
        batch.sources[1].remarks = try #require(StoredRemarks(bytes: later.bytes))
        try writer.write(batch)
        let source = try writer.snapshot().sources[1]
        #expect(source.date == "2024" && source.remarks.bytes == later.bytes)
        // A source that is written again, because its document moves, keeps what this version does not know.
        #expect(SourceChange(source).remarks.bytes == later.bytes)
        try writer.compact()
        #expect(try writer.snapshot().sources[1].remarks.bytes == later.bytes)
    }

    @Test func aBatchThatContradictsItselfChangesNothing() throws {
        let writer = try create()
        var batch = Fixture.batch(Fixture.documents(1..<4))
        batch.sources[2].state = Fixture.batch(Fixture.documents(1..<9)).sources[7].state  // of another batch
        #expect(Fixture.code { try writer.write(batch) } == .invalidBatch)
        let absent = DocumentReference.stored(DocumentID(segment: 99, ordinal: 0))
        batch.sources[2].state = .indexed(absent, hash: [], mediaType: "")
        #expect(Fixture.code { try writer.write(batch) } == .invalidBatch)
        #expect(try writer.sources() == [])
        try writer.write(Fixture.batch(Fixture.documents(1..<4)))
        #expect(try writer.snapshot().documents.count == 3)
    }

    @Test func compactedIsTheSameAsWrittenAfresh() throws {
        let writer = try create()
        for i in 0..<8 as Range<UInt64> {
            try writer.write(Fixture.batch(Fixture.documents(i * 20..<i * 20 + 20), prefix: "b\(i)"))
        }
        try writer.write(
            Batch(removed: (0..<8).flatMap { b in (0..<20).filter { $0 % 3 == b % 3 }.map { "b\(b)-\($0).txt" } }))
        let expected = try writer.snapshot().contents()
        let large = try writer.snapshot().sizes()
        try writer.compact(segmentBytes: 100_000)
        let snapshot = try writer.snapshot()
        #expect(try snapshot.contents() == expected)
        #expect(snapshot.verifyStructure() == [])
        #expect(snapshot.segmentIDs.count < 8)
        #expect(try snapshot.sizes().total < large.total)
        #expect(try snapshot.sizes().free == 0)

        let fresh = try create("fresh.r3")
        for id in snapshot.segmentIDs {
            let held = snapshot.documents.filter { $0.id.segment == id }
            var batch = Batch()
            let references = try held.map { batch.add(try #require(expected[$0.paths[0]])) }
            for source in snapshot.sources where source.document?.segment == id {
                let place = try #require(held.firstIndex { $0.id == source.document })
                batch.sources.append(SourceChange(source, document: references[place]))
            }
            try fresh.write(batch)
        }
        #expect(try fresh.snapshot().sizes().terms == snapshot.sizes().terms)
        #expect(try fresh.snapshot().contents() == expected)
    }

    /// Many small batches leave few segments, and a large segment is not written again for the sake of a small one.
    @Test func mergingJoinsSmallSegmentsAndLeavesLargeOnes() throws {
        let writer = try create()
        try writer.write(Fixture.batch(Fixture.documents(0..<40), prefix: "first"))
        let large = try writer.snapshot().segmentIDs
        var counts: [Int] = []
        for i in 1..<30 as Range<UInt64> {
            try writer.write(Fixture.batch(Fixture.documents(i * 40..<i * 40 + 1), prefix: "b\(i)"))
            let expected = try writer.snapshot().contents()
            try writer.merge(segmentBytes: 1 << 30)
            #expect(try writer.snapshot().contents() == expected)
            counts.append(try writer.snapshot().segmentIDs.count)
            if i < 7 { #expect(try writer.snapshot().segmentIDs.first == large.first) }
        }
        #expect(counts.max() == 7)
        let snapshot = try writer.snapshot()
        #expect(snapshot.verifyStructure() == [])
        #expect(try snapshot.sizes().free * 4 <= snapshot.sizes().total)

        let pieces = try create("pieces.r3")
        for i in 0..<8 as Range<UInt64> {
            try pieces.write(Fixture.batch(Fixture.documents(i * 20..<i * 20 + 20), prefix: "b\(i)"))
        }
        try pieces.merge(segmentBytes: 1000)
        #expect(try pieces.snapshot().segmentIDs.count == 8)
        try pieces.merge()
        #expect(try pieces.snapshot().segmentIDs.count == 1)
    }

    /// Residuals of several pieces: passages at their edges, one over three pieces, none behind the last full one.
    @Test(arguments: [0, 1, 100]) func residualsComeBackFromPieces(rest: Int) throws {
        var random = SeededGenerator(UInt64(rest))
        var document = Fixture.document(seed: 5, passages: 9)
        let lengths = [100, 1 << 18, (1 << 18) - 100, 0, 3 << 18, 7, 0, (1 << 18) - 7, rest]
        for (passage, length) in lengths.enumerated() {
            document.passages[passage].residual = Fixture.bytes(length, &random)
        }
        let writer = try create()
        try writer.write(Fixture.batch([Fixture.document(seed: 6, passages: 2), document]))
        let snapshot = try writer.snapshot()
        #expect(snapshot.verifyStructure() == [])
        let found = try snapshot.contents().values.filter { $0.passages.count == 9 }
        #expect(found.map { $0.passages.map(\.residual) } == [document.passages.map(\.residual)])
        try writer.write(Fixture.batch([Fixture.document(seed: 7, passages: 1)], prefix: "other"))
        try writer.compact()
        #expect(
            try writer.snapshot().contents().values.contains {
                $0.passages.map(\.residual) == document.passages.map(\.residual)
            })
        #expect(try writer.snapshot().verifyStructure() == [])
    }

    @Test func compactingASoundIndexChangesNothing() throws {
        let writer = try create()
        try writer.write(Fixture.batch(Fixture.documents(0..<20)))
        try writer.compact(segmentBytes: 1000)
        let ids = try writer.snapshot().documents.map(\.id)
        try writer.compact(segmentBytes: 1000)
        #expect(try writer.snapshot().documents.map(\.id) == ids)
    }

    @Test func sizesAddUpToTheFile() throws {
        let writer = try create()
        try writer.write(Fixture.batch(Fixture.documents(0..<60)))
        let sizes = try writer.snapshot().sizes()
        try writer.close()
        let size = try FileManager.default.attributesOfItem(atPath: folder.path("a.r3"))[.size] as? Int
        #expect(sizes.total == size)
        #expect(sizes.residual > 0 && sizes.lexicon > 0 && sizes.termSets > 0 && sizes.memory > 0)
        #expect(sizes.overhead > 0 && sizes.overhead < 32768)
    }

    @Test func aFileCostsFewBytesBesidesItsPath() throws {
        let writer = try create()
        let documents = (0..<1000 as Range<UInt64>).map { i in
            var document = Fixture.document(seed: i, passages: 1, terms: 3)
            document.memory = []
            document.spans = []
            return document
        }
        try writer.write(Fixture.batch(documents))
        try writer.compact()
        let sizes = try writer.snapshot().sizes()
        let paths = (0..<1000).reduce(0) { $0 + "file-\($1).txt".utf8.count }
        #expect(sizes.documents + sizes.sources - paths < 64 * 1000)
    }

    /// A file that one shard could not look at and another one holds keeps its text, in either order.
    @Test(arguments: [[0, 1], [1, 0]]) func aMergeKeepsTheTextOfAFileThatOneIndexMisses(order: [Int]) throws {
        let holder = try IndexFile.create(at: folder.path("0.r3"), model: Fixture.model, lexicon: Fixture.lexicon())
        try holder.write(Fixture.batch([Fixture.document(seed: 5, passages: 3)]))
        let other = try IndexFile.create(at: folder.path("1.r3"), model: Fixture.model, lexicon: Fixture.lexicon())
        var batch = Batch()
        batch.sources.append(SourceChange(path: "file-0.txt", size: 0, modified: nil, state: .skipped(.lostText)))
        try other.write(batch)
        let indexes = try [holder, other].map { MergedIndex(try $0.snapshot()) { $0 } }
        let target = folder.path("merged.r3")
        let counts = try IndexFile.merge(
            order.map { indexes[$0] }, to: target, options: Fixture.options, leftOut: [:]
        ) { _ in true }
        #expect(counts?.files == 1 && counts?.documents == 1)
        let merged = try IndexFile.open(at: target, model: nil, lexicon: Fixture.lexicon())
        #expect(try merged.contents() == indexes[0].snapshot.contents())
        #expect(merged.sources.count == 1 && merged.verifyStructure() == [])
    }
}
