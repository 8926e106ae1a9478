import Foundation
import Indexes
import TestSupport
import Testing

/// Every codec of a segment at once: what goes into a file comes out of it.
@Suite struct SegmentTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon()

    init() throws { folder = try TemporaryFolder() }

    /// Writes documents as one segment and expects them back, their terms ascending.
    @discardableResult
    private func roundTrip(_ documents: [EncodedDocument]) throws -> IndexSnapshot {
        let writer = try IndexFile.create(at: folder.path("a.r3"), model: Fixture.model, lexicon: lexicon)
        try writer.write(Fixture.batch(documents))
        let snapshot = try writer.snapshot()
        let contents = try snapshot.contents()
        #expect(contents.count == documents.count)
        for (i, document) in documents.enumerated() {
            var sorted = document
            for p in sorted.passages.indices {
                sorted.passages[p].terms = TermList(
                    Set(sorted.passages[p].terms).sorted { $0.lexicographicallyPrecedes($1) })
            }
            #expect(contents["file-\(i).txt"] == sorted)
        }
        #expect(snapshot.verifyStructure() == [])
        return snapshot
    }

    private func document(_ sets: [[[UInt8]]], hash: UInt8 = 1) -> EncodedDocument {
        var random = SeededGenerator(UInt64(hash))
        return EncodedDocument(
            textHash: Array(repeating: hash, count: 32), byteLength: 1 << 40, mediaType: "text/html",
            passages: sets.map { Fixture.passage(terms: $0, &random) })
    }

    @Test func aDocumentWithoutPassagesComesBack() throws {
        let snapshot = try roundTrip([document([])])
        #expect(snapshot.passageCount == 0)
        #expect(try snapshot.candidates(terms: [Array("w1".utf8)], limit: 5) == [])
    }

    @Test func emptySetsComeBack() throws { try roundTrip([document([[], [], []]), document([[]], hash: 2)]) }

    @Test func onePassageWithOneTermComesBack() throws { try roundTrip([document([[Array("w0".utf8)]])]) }

    @Test func fiveThousandEqualPassagesCostAlmostNothing() throws {
        let set = (0..<50).map { Array("w\($0 * 7)".utf8) } + [Array("local".utf8)]
        let snapshot = try roundTrip([document(Array(repeating: set, count: 5000))])
        #expect(try snapshot.sizes().terms < 8000)
    }

    @Test func oddTermsComeBack() throws {
        let odd: [[UInt8]] = [
            [], [0], [0xff, 0xfe], Array(repeating: 0x7a, count: 65535), Array("McCullough".utf8), Array("É".utf8),
        ]
        try roundTrip([document([odd, [odd[3]], odd.reversed()])])
    }

    @Test func aTermGivenTwiceCountsOnce() throws {
        try roundTrip([document([[Array("w3".utf8), Array("w3".utf8), Array("x".utf8), Array("x".utf8)]])])
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func randomDocumentsComeBack(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        try roundTrip(
            (0..<Int.random(in: 1...40, using: &random)).map { i in
                Fixture.document(
                    seed: seed * 1000 + UInt64(i), passages: Int.random(in: 0...90, using: &random),
                    vocabulary: Int.random(in: 10...6000, using: &random),
                    terms: Int.random(in: 0...120, using: &random))
            })
    }

    @Test func postingsAreTheSetsTurnedRound() throws {
        let snapshot = try roundTrip((0..<10).map { Fixture.document(seed: UInt64($0), passages: 12) })
        let segment = try snapshot.segment(snapshot.segmentIDs[0])
        let sets = try segment.termNumbers(of: Array(0..<segment.passageCount))
        for term in 0..<segment.termCount {
            let holders = sets.indices.filter { sets[$0].contains(UInt32(term)) }
            #expect(try segment.postings(term).map(Int.init) == holders)
            #expect(try segment.number(of: segment.term(term)) == term)
        }
        #expect(try segment.number(of: Array("nowhere".utf8)) == nil)
    }

    @Test func whatASegmentCannotHoldIsRefused() throws {
        let writer = try IndexFile.create(at: folder.path("b.r3"), model: Fixture.model, lexicon: lexicon)
        var wrong: [EncodedDocument] = Array(repeating: document([[]]), count: 4)
        wrong[0].textHash = [1]
        wrong[1].passages[0].memory = [1]
        wrong[2].passages[0].tokenCount = -1
        wrong[3].passages[0].terms = [Array(repeating: 1, count: 1 << 16)]
        for document in wrong {
            #expect { try writer.write(Fixture.batch([document])) } throws: {
                ($0 as? IndexError)?.code == .invalidBatch
            }
        }
        #expect(try writer.sources() == [])
        try writer.write(Fixture.batch([document([[]])]))
        #expect(try writer.snapshot().documents.count == 1)
    }
}
