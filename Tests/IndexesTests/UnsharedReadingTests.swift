import CFileLock
import Foundation
import Indexes
import TestSupport
import Testing

/// A reader that may not write an index reads its file without the locks of SQLite; writers leave that file as it is.
@Suite struct UnsharedReadingTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon()
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("a.r3")
    }

    private func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    /// Locks the file as docs/index-format.md says, until the descriptor is closed.
    private func hold() throws -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        try #require(filelock_share(descriptor, 0x4000_0001, 511) == 0)
        return descriptor
    }

    @Test func aWriterLeavesTheFileUntilTheReaderHasGone() throws {
        let first = try IndexFile.create(at: path, model: Fixture.model, lexicon: lexicon, options: Fixture.options)
        try first.write(Fixture.batch(Fixture.documents(0..<20)))
        try first.close()
        let reader = try hold()
        // Reading the file drops no lock of SQLite: this process holds none here, nor at the end.
        let before = try bytes()
        do {
            let writer = try IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon)
            // So much that SQLite itself would copy the log into the file.
            var document = Fixture.document(seed: 99, passages: 2)
            document.passages[0].residual = [UInt8](repeating: 7, count: 1_500_000)
            try writer.write(Fixture.batch([document], prefix: "large"))
            try writer.write(Batch(removed: (0..<10).map { "file-\($0).txt" }))
            try writer.compact()
            try writer.close()
        }
        #expect(try bytes() == before)
        #expect(IndexFile.hasLog(path))
        let between = try IndexFile.open(at: path, model: nil, lexicon: lexicon)
        #expect(between.documents.count == 11 && between.verifyStructure() == [])
        try between.close()
        close(reader)
        try IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon).close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.r3"])
        #expect(try bytes().count > 1_500_000)
        #expect(try IndexFile.open(at: path, model: nil, lexicon: lexicon).documents.count == 11)
    }
}
