import Foundation
import Indexes
import Testing

/// A damaged file gives an error that names the part, or the same data; never a crash, a hang or other data.
@Suite struct DamageTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon(count: 50)

    init() throws { folder = try TemporaryFolder() }

    /// A small index, its bytes and what it says.
    private func small() throws -> (bytes: [UInt8], contents: [String: EncodedDocument], sources: [Source]) {
        let path = folder.file("a.r3")
        let writer = try IndexFile.create(at: path, model: Fixture.model, lexicon: lexicon, settings: ["a": "b"])
        try writer.write(
            Fixture.batch(
                (0..<4).map {
                    Fixture.document(
                        seed: $0, passages: 2, vocabulary: 90, words: 12, title: "T\($0)",
                        original: $0 == 1 ? [5, 6] : [])
                }))
        let snapshot = try writer.snapshot()
        let result = (try snapshot.contents(), snapshot.sources)
        try writer.close()
        return (Array(try Data(contentsOf: URL(fileURLWithPath: path))), result.0, result.1)
    }

    private func read(
        _ path: String
    ) throws -> (
        contents: [String: EncodedDocument], sources: [Source], settings: [String: String]
    ) {
        let snapshot = try IndexFile.open(at: path, model: Fixture.model, lexicon: lexicon)
        return (try snapshot.contents(), snapshot.sources, snapshot.header.settings)
    }

    @Test(arguments: 0..<4)
    func everyFlippedByteIsNoticedOrHarmless(quarter: Int) throws {
        let (bytes, contents, sources) = try small()
        let path = folder.file("flipped.r3")
        var refused = 0
        for i in stride(from: quarter, to: bytes.count, by: 4) where bytes[i] != 0 || i / 4 % 16 == 0 {
            var damaged = bytes
            damaged[i] ^= UInt8(1) << UInt8(i / 4 % 8)
            try Data(damaged).write(to: URL(fileURLWithPath: path))
            do {
                let found = try read(path)
                #expect(
                    found.contents == contents && found.sources == sources && found.settings == ["a": "b"], "byte \(i)")
            } catch {
                refused += 1
                #expect(error is IndexError, "byte \(i): \(error)")
            }
            for end in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + end) }
        }
        #expect(refused > 200)
    }

    @Test func everyTruncationIsAnError() throws {
        let (bytes, _, _) = try small()
        let path = folder.file("cut.r3")
        for count in [0, 1, 15, 16, 99, 100, 101, 4095] + Array(stride(from: 4096, to: bytes.count, by: 517)) + [
            bytes.count - 1
        ] {
            try Data(bytes[..<count]).write(to: URL(fileURLWithPath: path))
            do {
                _ = try read(path)
                Issue.record("\(count) of \(bytes.count) bytes were read as a whole index")
            } catch let error as IndexError {
                if count >= 4096 { #expect(error.code == .truncated, "\(count): \(error)") }
            }
        }
    }

    @Test func damageNamesThePart() throws {
        let (bytes, contents, _) = try small()
        // Residuals are stored as they are: look for the first eight bytes of one.
        let starts = contents.values.flatMap(\.passages).map(\.residual).filter { $0.count > 8 }.map { Array($0[..<8]) }
        let at = try #require((0..<bytes.count - 8).first { starts.contains(Array(bytes[$0..<$0 + 8])) })
        var damaged = bytes
        damaged[at] ^= 1
        let path = folder.file("named.r3")
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        let snapshot = try IndexFile.open(at: path, model: nil, lexicon: lexicon)
        #expect { try snapshot.load() } throws: { ($0 as? IndexError)?.code == .damaged(part: "residual of segment 1") }
        #expect(snapshot.verifyStructure().map(\.code) == [.damaged(part: "residual of segment 1")])
    }
}
