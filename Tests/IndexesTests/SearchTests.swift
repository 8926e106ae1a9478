import Foundation
import Indexes
import TestSupport
import Testing

@Suite struct SearchTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon()

    init() throws { folder = try TemporaryFolder() }

    private func writer(_ batches: [[EncodedDocument]]) throws -> IndexWriter {
        let writer = try IndexFile.create(at: folder.path("a.r3"), model: Fixture.model, lexicon: lexicon)
        for (i, documents) in batches.enumerated() { try writer.write(Fixture.batch(documents, prefix: "b\(i)")) }
        return writer
    }

    /// BM25 as its formula reads, over everything that is alive.
    private func reference(_ snapshot: IndexSnapshot, _ terms: [[UInt8]]) throws -> [PassageID: Double] {
        var passages: [(id: PassageID, terms: Set<[UInt8]>, length: Double)] = []
        for document in snapshot.documents {
            let segment = try snapshot.segment(document.id.segment)
            for id in document.passageIDs {
                let folded = try segment.terms(of: id.index).flatMap { [$0, lexicon.fold($0)] }
                passages.append((id, Set(folded), Double(segment.tokenCount(of: id.index))))
            }
        }
        let n = Double(passages.count)
        let mean = passages.reduce(0) { $0 + $1.length } / n
        var scores: [PassageID: Double] = [:]
        for term in Set(terms) {
            let holders = passages.filter { $0.terms.contains(term) }
            let idf = log(1 + (n - Double(holders.count) + 0.5) / (Double(holders.count) + 0.5))
            for holder in holders {
                scores[holder.id, default: 0] += idf * 1.9 / (1 + 0.9 * (1 - 0.4 + 0.4 * holder.length / mean))
            }
        }
        return scores
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func candidatesAreThoseOfTheFormula(seed: UInt64) throws {
        let writer = try writer(
            (0..<3).map { b in (0..<20).map { Fixture.document(seed: seed * 999 + UInt64(b * 50 + $0), passages: 8) } })
        try writer.write(Batch(removed: ["b0-3.txt", "b1-7.txt"]))
        let snapshot = try writer.snapshot()
        var random = SeededGenerator(seed)
        for _ in 0..<20 {
            let terms = (0..<4).map { _ in Array("w\(Int.random(in: 0..<400, using: &random))".utf8) }
            let expected = try reference(snapshot, terms)
            let found = try snapshot.candidates(terms: terms, limit: 10)
            #expect(found.count == min(10, expected.count))
            let best = expected.values.sorted(by: >).prefix(10)
            for (candidate, score) in zip(found, best) {
                #expect(abs(Double(candidate.score) - score) < 1e-4)
                #expect(abs(expected[candidate.passage, default: 0] - score) < 1e-4)
            }
        }
    }

    @Test func aFoldedTermFindsItsOtherForms() throws {
        var random = SeededGenerator(1)
        let sets = ["McCullough", "mccullough", "MCcullough", "other"].map { [Array($0.utf8)] }
        let document = EncodedDocument(
            textHash: Fixture.bytes(32, &random), byteLength: 1, mediaType: "text/plain",
            passages: sets.map { Fixture.passage(terms: $0, &random) })
        let snapshot = try writer([[document]]).snapshot()
        #expect(try snapshot.passageCount(holding: Array("mccullough".utf8)) == 3)
        #expect(
            Set(try snapshot.candidates(terms: [Array("mccullough".utf8)], limit: 9).map(\.passage.index)) == [0, 1, 2])
    }

    /// One passage that holds two forms of a term counts once at most.
    /// In a large index some segments are counted for all.
    @Test func countsAreEstimatedFromSomeSegments() throws {
        let snapshot = try writer([Fixture.documents(0..<9), Fixture.documents(20..<31), Fixture.documents(40..<47)])
            .snapshot()
        let first = try #require(snapshot.segmentIDs.first)
        let segment = try snapshot.segment(first)
        let terms = Array(
            Set(try (0..<segment.passageCount).flatMap { try segment.terms(of: $0) }.map(lexicon.fold)).prefix(40))
        let exact = try snapshot.passageCounts(holding: terms)
        #expect(try snapshot.aboutPassageCounts(holding: terms, sample: snapshot.passageCount) == exact)
        #expect(try snapshot.aboutPassageCounts(holding: terms) == exact)
        let held = try (0..<segment.passageCount).map { Set(try segment.terms(of: $0).map(lexicon.fold)) }
        let share = Double(snapshot.passageCount) / Double(segment.passageCount)
        #expect(
            try snapshot.aboutPassageCounts(holding: terms, sample: 1)
                == terms.map { term in
                    min(Int((Double(held.count { $0.contains(term) }) * share).rounded()), snapshot.passageCount)
                })
    }

    @Test func aTermInTwoFormsIsNoMoreThanEverywhere() throws {
        var random = SeededGenerator(3)
        let document = EncodedDocument(
            textHash: Fixture.bytes(32, &random), byteLength: 1, mediaType: "text/plain",
            passages: [Fixture.passage(terms: ["Foo", "foo"].map { Array($0.utf8) }, &random)])
        let snapshot = try writer([[document]]).snapshot()
        #expect(try snapshot.passageCount(holding: Array("foo".utf8)) == 1)
        #expect(try snapshot.candidates(terms: [Array("foo".utf8)], limit: 9).count == 1)
    }

    @Test func emptyQueryMatchesNothing() throws {
        let snapshot = try writer([[Fixture.document(seed: 1, passages: 5)]]).snapshot()
        #expect(try snapshot.candidates(terms: [], limit: 10) == [])
        #expect(try snapshot.candidates(terms: [Array("nowhere".utf8)], limit: 10) == [])
        #expect(try snapshot.candidates(terms: [Array("w1".utf8)], limit: 0) == [])
    }

    @Test func removedDocumentsAreNeitherFoundNorCounted() throws {
        let writer = try writer([[Fixture.document(seed: 1, passages: 9), Fixture.document(seed: 2, passages: 9)]])
        let before = try writer.snapshot()
        try writer.write(Batch(removed: ["b0-0.txt"]))
        let after = try writer.snapshot()
        #expect(before.passageCount == 18)
        #expect(after.passageCount == 9)
        let segment = try before.segment(1)
        let kept = Set(try (9..<18).flatMap { try segment.terms(of: $0) })
        let shared = try (0..<9).flatMap { try segment.terms(of: $0) }.filter { kept.contains($0) }
        let term = try #require(shared.first)
        #expect(try after.passageCount(holding: term) < before.passageCount(holding: term))
        let found = try after.candidates(terms: [term], limit: 99)
        #expect(!found.isEmpty && found.allSatisfy { after.document(of: $0.passage)?.paths == ["b0-1.txt"] })
        #expect(after.document(of: PassageID(segment: 1, index: 0)) == nil)
    }
}
