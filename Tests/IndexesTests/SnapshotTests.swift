import Foundation
import Indexes
import TestSupport
import Testing

/// A snapshot is one state of an index; it knows whether there is a later one.
@Suite struct SnapshotTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon()

    init() throws { folder = try TemporaryFolder() }

    private func create(_ name: String = "a.r3") throws -> IndexWriter {
        try IndexFile.create(at: folder.path(name), model: Fixture.model, lexicon: lexicon)
    }

    private func documents(_ seeds: Range<UInt64>) -> [EncodedDocument] {
        seeds.map { Fixture.document(seed: $0, passages: Int($0 % 7), title: $0 % 3 == 0 ? "Title \($0)" : "") }
    }

    @Test func aSnapshotStaysAsItWas() throws {
        let writer = try create()
        try writer.write(Fixture.batch(documents(10..<20)))
        let before = try writer.snapshot()
        try writer.write(Fixture.batch(documents(20..<30), prefix: "later"))
        try writer.write(Batch(removed: (0..<10).map { "file-\($0).txt" }))
        try writer.compact()
        #expect(before.documents.count == 10)
        #expect(try before.contents().count == 10)
        #expect(before.verifyStructure() == [])
        #expect(try writer.snapshot().documents.count == 10)
    }

    @Test func aSnapshotSeesThatItIsOldAndKeepsWhatItDecoded() throws {
        let writer = try create()
        try writer.write(Fixture.batch(documents(0..<20)))
        let first = try writer.snapshot()
        #expect(try first.isCurrent())
        try first.load()
        #expect(first.decodedSegments == [1])

        try writer.write(Fixture.batch(documents(20..<30), prefix: "later"))
        #expect(try !first.isCurrent())
        let second = try first.reopened()
        #expect(try second.isCurrent())
        #expect(second.decodedSegments == [1])
        #expect(try second.segment(1) === first.segment(1))
        #expect(try second.contents() == writer.snapshot().contents())
        #expect(first.documents.count == 20 && second.documents.count == 30)

        try writer.write(Batch(removed: ["later-0.txt"]))
        #expect(try !second.isCurrent())
        try writer.compact()
        let third = try second.reopened()
        #expect(third.decodedSegments.allSatisfy { third.segmentIDs.contains($0) })
        #expect(try third.contents() == writer.snapshot().contents())
        #expect(third.verifyStructure() == [])
    }

    /// A new file at the same path has segments of the same numbers, and other documents in them.
    @Test func anotherFileAtThePathSharesNoSegment() throws {
        try create().write(Fixture.batch(documents(0..<20)))
        let old = try IndexFile.open(at: folder.path("a.r3"), model: Fixture.model, lexicon: lexicon)
        try old.load()
        for path in IndexFile.paths(of: folder.path("a.r3")) { try? FileManager.default.removeItem(atPath: path) }
        try create().write(Fixture.batch(documents(100..<120)))
        #expect(try !old.isCurrent())
        let new = try old.reopened()
        #expect(new.decodedSegments == [])
        #expect(try new.contents() == IndexFile.open(at: folder.path("a.r3"), model: nil, lexicon: lexicon).contents())
    }

    /// A reader that asks `isCurrent` and goes on with `reopened()` lets each writer begin the log anew.
    @Test func aReaderThatReopensDoesNotPinTheLog() throws {
        func logSize(isReopening: Bool) throws -> Int {
            let name = isReopening ? "reopening.r3" : "staying.r3"
            let writer = try create(name)
            try writer.write(Fixture.batch(documents(0..<10)))
            var reader = try writer.snapshot()
            for i in 0..<60 as Range<UInt64> {
                try writer.write(Fixture.batch(documents(i * 10 + 100..<i * 10 + 110), prefix: "b\(i)"))
                guard isReopening else { continue }
                #expect(try !reader.isCurrent())
                reader = try reader.reopened()
                #expect(try reader.isCurrent() && reader.documents.count == 20 + Int(i) * 10)
            }
            #expect(try reader.isCurrent() == isReopening)
            let log = try FileManager.default.attributesOfItem(atPath: folder.path(name + "-wal"))
            return try #require(log[.size] as? Int)
        }
        #expect(try logSize(isReopening: true) * 3 < logSize(isReopening: false))
    }
}
