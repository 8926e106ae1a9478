import Foundation
import GRDB
import Indexes
import TestSupport
import Testing

/// A repair keeps everything that is intact, reports everything that is not, and leaves nothing half done.
@Suite struct RepairTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon(count: 50)
    private let path: String
    private let bytes: [UInt8]
    private let contents: [String: EncodedDocument]
    private let sources: [Source]

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("damaged.r3")
        (bytes, contents, sources) = try Fixture.large(at: folder.path("whole.r3"), lexicon)
    }

    /// Repairs some bytes. The text of a document is right where all its residuals are as they were.
    private func repair(_ damaged: [UInt8]) throws -> IndexRepair {
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        return try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { fresh in
            let found = try IndexFile.open(at: fresh, model: Fixture.model, lexicon: lexicon).contents()
            let texts = Set(contents.values.map { $0.passages.map(\.residual) })
            return found.filter { !texts.contains($0.value.passages.map(\.residual)) }.map(\.key)
        }
    }

    /// Repairs some bytes and compares the result, by what it says of itself, with what was written.
    @discardableResult
    private func check(_ damaged: [UInt8], _ damage: Comment) throws -> IndexRepair? {
        let report: IndexRepair
        do {
            report = try repair(damaged)
        } catch let error as IndexError {
            // A file without any segment or header has nothing to repair, and a file that claims another format is not
            // changed.
            let version = Int(damaged.dropFirst(63).first ?? 0)
            let codes: [IndexError.Code] = [.notAnIndex, .unrepairable, .newerFormat(version), .olderFormat(version)]
            #expect(codes.contains(error.code), "\(damage): \(error)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(damaged), damage)
            return nil
        }
        let snapshot = try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon)
        let found = try snapshot.contents()
        #expect(snapshot.verifyStructure() == [], damage)
        let all = Set(contents.values.map(\.textHash))
        let isProven = report.unprovenPaths == 0 && report.lostPaths == 0 && !report.isHeaderLost
        for (path, document) in found {
            if isProven { #expect(document == contents[path], "\(damage): \(path)") }
            #expect(all.contains(document.textHash), "\(damage): \(path)")
        }
        if isProven {
            #expect(Set(found.keys).union(report.lost) == Set(contents.keys), damage)
            #expect(Set(found.keys).isDisjoint(with: report.lost), damage)
        } else {
            #expect(snapshot.sources.allSatisfy { $0.modified == nil && !$0.isContentKnown }, damage)
        }
        for source in snapshot.sources where report.lost.contains(source.path) {
            #expect(source.state == .failed(.lostText) && source.modified == nil, damage)
        }
        if !report.isHeaderLost { #expect(snapshot.header.options == Fixture.options, damage) }
        if report.isWhole { #expect(found == contents && snapshot.sources == sources, damage) }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("damaged.r3") }
        #expect(Set(left).subtracting(["damaged.r3-wal", "damaged.r3-shm"]) == ["damaged.r3"], "\(damage): \(left)")
        return report
    }

    /// The place of some bytes in the file, or of half of them where a page ends among them.
    private func place(of wanted: [UInt8]) throws -> Int {
        func first(_ part: ArraySlice<UInt8>) -> Int? {
            (0...bytes.count - part.count).first {
                bytes[$0] == part.first && bytes[$0..<$0 + part.count].elementsEqual(part)
            }
        }
        let middle = wanted.count / 2
        return try #require(first(wanted[...]) ?? first(wanted[..<middle]) ?? first(wanted[middle...]))
    }

    @Test func aWholeFileStaysAsItWas() throws {
        #expect(try #require(try check(bytes, "none")).isWhole)
    }

    @Test func aDamagedHeaderCostsNothing() throws {
        for at in [0, 5, 16, 18, 28, 40, 56, 60, 63, 68, 96, 100, 101, 105, 110, 1000] {
            var damaged = bytes
            damaged[at] ^= 0xff
            #expect(try #require(try check(damaged, "byte \(at)")).isWhole, "byte \(at)")
        }
        let damaged = Array(repeating: 0, count: Fixture.pageSize) + bytes[Fixture.pageSize...]
        #expect(try #require(try check(damaged, "first page")).isWhole)
    }

    @Test func aFlippedResidualCostsItsDocumentOnly() throws {
        let (name, document) = try #require(
            contents.sorted { $0.key < $1.key }.first { $0.value.passages[1].residual.count > 12 })
        var damaged = bytes
        damaged[try place(of: Array(document.passages[1].residual)) + 6] ^= 1
        let report = try #require(try check(damaged, "residual"))
        #expect(report.lost == [name] && report.lostPaths == 0 && report.unprovenPaths == 0 && !report.isHeaderLost)
        // The document is dropped from its segment too: the text that comes back is stored again.
        let writer = try IndexFile.openForWriting(at: path, model: Fixture.model, lexicon: lexicon)
        let old = try writer.snapshot().documents.map(\.id)
        var batch = Batch()
        let reference = batch.add(document)
        batch.sources = [
            SourceChange(
                path: name, size: 9, modified: 9,
                state: .indexed(reference, hash: document.textHash, mediaType: document.mediaType))
        ]
        #expect(try writer.write(batch).allSatisfy { id in old.allSatisfy { $0.segment < id.segment } })
        #expect(try writer.snapshot().contents() == contents)
    }

    /// The rows of the residuals of two segments are gone, and a row stands there for a segment that does not exist.
    @Test func lostPiecesCostTheirDocuments() throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(sql: "DELETE FROM residual WHERE id >> 16 IN (2, 4)")
            try db.execute(sql: "INSERT INTO residual VALUES (?, ?)", arguments: [99 << 16, Data([1, 2, 3])])
        }
        try queue.close()
        let snapshot = try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon)
        let wrong = snapshot.verifyStructure().map(\.code)
        for part in ["residual of segment 2", "residual of segment 4", "residual table"] {
            #expect(wrong.contains(.damaged(part: part)), "\(part)")
        }
        try snapshot.close()
        let damaged = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let report = try #require(try check(damaged, "lost pieces"))
        let expected = contents.filter { path, document in
            ["folder-1/", "folder-3/"].contains { path.hasPrefix($0) } && document.passages.contains { !$0.residual.isEmpty }
        }
        #expect(Set(report.lost) == Set(expected.keys) && !report.lost.isEmpty)
    }

    /// A dead document whose residual was damaged does not come back with the next file that has its text.
    @Test func aDamagedDeadDocumentIsDropped() throws {
        let name = "folder-5/a-file-with-a-longish-name-4.txt"
        let document = try #require(contents[name])
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let writer = try IndexFile.openForWriting(at: path, model: Fixture.model, lexicon: lexicon)
        var batch = Batch()
        batch.removed = [name]
        try writer.write(batch)
        try writer.close()
        var damaged = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let wanted = try #require(document.passages.map { Array($0.residual) }.first { $0.count > 12 })
        let at = try #require(damaged.indices.dropLast(8).first { damaged[$0..<$0 + 8].elementsEqual(wanted[..<8]) })
        damaged[at + 6] ^= 1
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        let report = try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { _ in [] }
        #expect(report.lost.isEmpty)
        let repaired = try IndexFile.openForWriting(at: path, model: Fixture.model, lexicon: lexicon)
        #expect(try repaired.document(like: document) == nil)
    }

    @Test func aDamagedSegmentCostsItsDocuments() throws {
        let hash = try #require(contents["folder-5/a-file-with-a-longish-name-4.txt"]).textHash
        var damaged = bytes
        damaged[try place(of: hash)] ^= 1
        let report = try #require(try check(damaged, "documents"))
        #expect(report.lost == (0..<10).map { "folder-5/a-file-with-a-longish-name-\($0).txt" })
    }

    @Test func aDamagedOriginalCostsItsDocument() throws {
        let name = "folder-7/a-file-with-a-longish-name-3.txt"
        let document = try #require(sources.first { $0.path == name }?.document)
        let original = Fixture.original(3)
        let seal = checksum(original, seed: UInt64(document.segment) << 16 | UInt64(document.ordinal))
        var damaged = bytes
        damaged[try place(of: original + (0..<8).map { UInt8(truncatingIfNeeded: seal >> (8 * $0)) }) + 1] ^= 4
        #expect(try #require(try check(damaged, "original")).lost == [name])
    }

    @Test func aDamagedPathIsTold() throws {
        var damaged = bytes
        damaged[try place(of: Array("folder-9/a-file-with".utf8)) + 3] ^= 1
        let report = try #require(try check(damaged, "path"))
        #expect(report.lost == [] && report.unprovenPaths == 120 && report.lostPaths == 0)
    }

    @Test func damagedOptionsAreTold() throws {
        var damaged = bytes
        damaged[try place(of: Array("/corpora/r".utf8)) + 9] = 0x73
        let report = try #require(try check(damaged, "meta"))
        #expect(report.isHeaderLost && report.lost == [])
        var options = Fixture.options
        options.roots = ["/corpora/s"]
        #expect(try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon).header.options == options)
    }

    /// Every page in turn is zeroed, or overwritten by its neighbour.
    @Test func everyLostPageIsRepairedOrTold() throws {
        let size = Fixture.pageSize
        let pages = bytes.count / size
        for page in stride(from: 0, to: pages, by: Nightly.isOn ? 1 : 12) {
            var damaged = bytes
            damaged.replaceSubrange(page * size..<(page + 1) * size, with: repeatElement(0, count: size))
            try check(damaged, "zeroed page \(page)")
            let next = (page + 1) % pages * size
            damaged.replaceSubrange(page * size..<(page + 1) * size, with: bytes[next..<next + size])
            try check(damaged, "doubled page \(page)")
        }
    }

    @Test(arguments: Nightly.isOn ? Array(1...3000) + [UInt64(Date().timeIntervalSince1970)] : Array(1...21) + [2448])
    func manyDamagesAreRepairedOrTold(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) { damaged.damage(using: &random) }
        try check(damaged, "seed \(seed)")
        let cut = Int.random(in: 0..<bytes.count, using: &random)
        try check(Array(bytes[..<cut]), "seed \(seed), cut at \(cut)")
    }

    @Test func whatIsNoIndexIsRefused() throws {
        let others: [[UInt8]] = [
            [], Array("This is no index.".utf8), Array(repeating: 0, count: 20_000), Array(bytes[..<Fixture.pageSize]),
        ]
        for other in others {
            #expect(try check(other, "\(other.count) other bytes") == nil)
        }
    }

    /// The index with a removal that is in its log only.
    private func indexWithALog() throws -> (file: Data, log: Data, removed: String) {
        let live = folder.path("live.r3")
        let removed = "folder-2/a-file-with-a-longish-name-2.txt"
        try Data(bytes).write(to: URL(fileURLWithPath: live))
        let writer = try IndexFile.openForWriting(at: live, model: Fixture.model, lexicon: lexicon)
        defer { withExtendedLifetime(writer) {} }
        try writer.write(Batch(removed: [removed]))
        let file = try Data(contentsOf: URL(fileURLWithPath: live))
        return (file, try Data(contentsOf: URL(fileURLWithPath: live + "-wal")), removed)
    }

    @Test func theLogBesideADamagedFileCounts() throws {
        let (_, log, removed) = try indexWithALog()
        try log.write(to: URL(fileURLWithPath: path + "-wal"))
        var damaged = bytes
        damaged[try place(of: try #require(contents["folder-5/a-file-with-a-longish-name-4.txt"]).textHash)] ^= 1
        let report = try repair(damaged)
        #expect(report.lost.count == 10 && report.unprovenPaths == 0 && !report.isLogLost)
        let snapshot = try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon)
        #expect(snapshot.documents.count == 109 && !snapshot.sources.contains { $0.path == removed })
    }

    @Test func aLogThatNothingCanReadIsToldOf() throws {
        var (_, log, _) = try indexWithALog()
        log.replaceSubrange(0..<4, with: [0, 0, 0, 0])  // its mark
        try log.write(to: URL(fileURLWithPath: path + "-wal"))
        var damaged = bytes
        damaged.replaceSubrange(0..<16, with: Array(repeating: 0, count: 16))
        let report = try repair(damaged)
        #expect(report.isLogLost && report.lost.isEmpty && !FileManager.default.fileExists(atPath: path + "-wal"))
        #expect(try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon).documents.count == contents.count)
    }

    @Test func aLogThatIsReadByOthersStays() throws {
        let (file, log, removed) = try indexWithALog()
        try file.write(to: URL(fileURLWithPath: path))
        try log.write(to: URL(fileURLWithPath: path + "-wal"))
        let snapshot = try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon)
        #expect { try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { _ in [] } } throws: {
            ($0 as? IndexError)?.code == .writerBusy
        }
        #expect(!snapshot.sources.contains { $0.path == removed })
        let again = try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon)
        #expect(!again.sources.contains { $0.path == removed })
    }

    @Test func aRepairThatFailsLeavesTheFileAlone() throws {
        struct Failure: Error {}
        var damaged = bytes
        damaged[try place(of: try #require(contents["folder-5/a-file-with-a-longish-name-4.txt"]).textHash)] ^= 1
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        #expect(throws: Failure.self) {
            try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { _ in throw Failure() }
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(damaged))
        #expect(!FileManager.default.fileExists(atPath: path + "-repair"))
    }

    @Test func anotherModelsIndexIsRefused() throws {
        var other = Fixture.model
        other.hash[0] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect { try IndexFile.repair(at: path, model: other, lexicon: lexicon) { _ in [] } } throws: {
            ($0 as? IndexError)?.code == .otherModel
        }
    }

    @Test func anIndexThatIsWrittenIsNotRepaired() throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let writer = try IndexFile.openForWriting(at: path, model: Fixture.model, lexicon: lexicon)
        #expect { try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { _ in [] } } throws: {
            ($0 as? IndexError)?.code == .writerBusy
        }
        try writer.close()
    }

    @Test func anIndexThatIsReadIsNotRepaired() throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let snapshot = try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon)
        #expect { try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { _ in [] } } throws: {
            ($0 as? IndexError)?.code == .writerBusy
        }
        #expect(snapshot.documents.count == 120)
    }
}
