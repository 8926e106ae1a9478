import Foundation
import Indexes
import TestSupport
import Testing

/// A damaged file gives an error that names the part, or the same data; never a crash, a hang or other data.
@Suite struct DamageTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon(count: 50)

    init() throws { folder = try TemporaryFolder() }

    /// A small index, its bytes and what it says.
    private func small() throws -> (bytes: [UInt8], contents: [String: EncodedDocument], sources: [Source]) {
        let path = folder.path("a.r3")
        let writer = try IndexFile.create(at: path, model: Fixture.model, lexicon: lexicon, options: Fixture.options)
        try writer.write(
            Fixture.batch(
                (0..<4).map {
                    Fixture.document(
                        seed: $0, passages: 2, vocabulary: 90, terms: 12, title: "T\($0)",
                        original: $0 == 1 ? Fixture.original(1) : [])
                }))
        let snapshot = try writer.snapshot()
        let result = (try snapshot.contents(), snapshot.sources)
        try writer.close()
        return (Array(try Data(contentsOf: URL(fileURLWithPath: path))), result.0, result.1)
    }

    private func read(
        _ path: String
    ) throws -> (contents: [String: EncodedDocument], sources: [Source], options: StoredOptions) {
        let snapshot = try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon)
        return (try snapshot.contents(), snapshot.sources, snapshot.header.options)
    }

    /// Every 16th byte, in nightly runs each byte, with one bit flipped. `seed` decides on the first byte and on the bits.
    @Test(arguments: Nightly.isOn ? [1, 2, 3, 4, 5, 6, 7, UInt64(Date().timeIntervalSince1970)] : [20_261_126])
    func everyFlippedByteIsNoticedOrHarmless(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let (bytes, contents, sources) = try small()
        let path = folder.path("flipped.r3")
        let step = Nightly.isOn ? 1 : 16
        var refused = 0
        for i in stride(from: Int.random(in: 0..<step, using: &random), to: bytes.count, by: step) {
            var damaged = bytes
            damaged[i] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            if try !isRefused(damaged, at: path, contents, sources, "seed \(seed), byte \(i)") { continue }
            refused += 1
        }
        #expect(refused > 100, "seed \(seed)")
    }

    /// Whether a damaged file is refused. Everything that is read of it must be as it was written.
    private func isRefused(
        _ bytes: [UInt8], at path: String, _ contents: [String: EncodedDocument], _ sources: [Source], _ damage: Comment
    ) throws -> Bool {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer {
            // Absent: never made.
            for path in IndexFile.paths(of: path) { try? FileManager.default.removeItem(atPath: path) }
        }
        do {
            let found = try read(path)
            #expect(found.contents == contents && found.sources == sources && found.options == Fixture.options, damage)
            return false
        } catch {
            #expect(error is IndexError, "\(damage): \(error)")
            return true
        }
    }

    /// Bytes overwritten here and there, blocks zeroed, doubled, or moved, on a file whose tables have trees of pages.
    @Test(arguments: Nightly.isOn ? Array(1...2000) + [UInt64(Date().timeIntervalSince1970)] : [1, 2, 3, 1135])
    func manyDamagesAreNoticedOrHarmless(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let (bytes, contents, sources) = try Fixture.large(at: folder.path("large.r3"), lexicon)
        let path = folder.path("damaged.r3")
        for round in 0..<(Nightly.isOn ? 1 : 25) {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) { damaged.damage(using: &random) }
            _ = try isRefused(damaged, at: path, contents, sources, "seed \(seed), round \(round)")
        }
    }

    @Test func everyTruncationIsAnError() throws {
        let (bytes, _, _) = try small()
        let path = folder.path("cut.r3")
        let size = Fixture.pageSize
        let whole = stride(from: size, to: bytes.count, by: Nightly.isOn ? 1 : 517)
        for count in Array(0...100) + [512, size - 1] + Array(whole) + [bytes.count - 1] {
            try Data(bytes[..<count]).write(to: URL(fileURLWithPath: path))
            do {
                _ = try read(path)
                Issue.record("\(count) of \(bytes.count) bytes were read as a whole index")
            } catch let error as IndexError {
                if count >= size { #expect(error.code == .truncated, "\(count): \(error)") }
            }
        }
    }

    /// Two pages of the source table change places: each row is there, but a search for it takes the wrong way.
    @Test func sourcesOutOfOrderAreNoticed() throws {
        var (bytes, _, _) = try Fixture.large(at: folder.path("large.r3"), lexicon)
        let size = Fixture.pageSize
        let leaves = stride(from: size, to: bytes.count, by: size).filter { page in
            bytes[page] == 10 && bytes[page..<page + size].contains(sequence: Array("folder-".utf8))
        }
        for i in 0..<size { bytes.swapAt(leaves[0] + i, leaves[1] + i) }
        let path = folder.path("swapped.r3")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect { try read(path) } throws: { ($0 as? IndexError)?.code == .damaged(part: "source table") }
    }

    /// A few bytes may not stand for as many memory codes as the number of passages claims.
    @Test func codesWithoutBytesAreDamage() throws {
        let (bytes, _, _) = try Fixture.large(at: folder.path("large.r3"), lexicon)
        var parts: [[UInt8]] = []
        RawDatabase(bytes).forEachRow(.table, columns: 8) { row in
            parts = row.values.dropFirst().map { if case .blob(let sealed) = $0 { sealed.dropLast(8) } else { [] } }
        }
        let whole = try Segment.decoded(id: 1, parts: parts, memorySize: Fixture.memorySize, lexicon: lexicon)
        #expect(whole.passageCount == 40)
        let memory = 5
        parts[memory] = Array(parts[memory].prefix(30))
        #expect(throws: (any Error).self) {
            try Segment.decoded(id: 1, parts: parts, memorySize: Fixture.memorySize, lexicon: lexicon)
        }
    }

    @Test func damageNamesThePart() throws {
        let (bytes, contents, _) = try small()
        // Residuals are stored as they are: look for the first eight bytes of one.
        let starts = contents.values.flatMap(\.passages).map(\.residual).filter { $0.count > 8 }.map { Array($0[..<8]) }
        let at = try #require((0..<bytes.count - 8).first { starts.contains(Array(bytes[$0..<$0 + 8])) })
        var damaged = bytes
        damaged[at] ^= 1
        let path = folder.path("named.r3")
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        let snapshot = try IndexFile.open(at: path, model: nil, lexicon: lexicon)
        try snapshot.load()
        let document = try #require(snapshot.documents.first { !$0.passages.isEmpty })
        #expect { try snapshot.residual(of: document.passageIDs[0]) } throws: {
            ($0 as? IndexError)?.code == .damaged(part: "residual of segment 1")
        }
        #expect(snapshot.verifyStructure().map(\.code) == [.damaged(part: "residual of segment 1")])
    }
}

extension Collection where Element == UInt8, Index == Int {
    fileprivate func contains(sequence wanted: [UInt8]) -> Bool { indices.contains { self[$0...].starts(with: wanted) } }
}
