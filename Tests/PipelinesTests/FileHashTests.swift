import Foundation
import Pipelines
import Testing

@Suite struct FileHashTests {
    @Test func theHashIsThatOfTheBytes() throws {
        let corpus = try TestCorpus()
        try corpus.write("a.txt", "abc")
        let hash = try FileHash.sha256(path: corpus.root.appendingPathComponent("a.txt").path)
        #expect(hash.prefix(4) == [0xba, 0x78, 0x16, 0xbf] && hash.count == 32)
    }

    /// A pipe has no end, and opening one waits for a writer.
    @Test func whatIsNoFileIsRefusedAtOnce() throws {
        let corpus = try TestCorpus(), path = corpus.root.appendingPathComponent("a").path
        #expect(throws: FileHash.Failure.absent) { try FileHash.sha256(path: path) }
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: FileHash.Failure.notRegular) { try FileHash.sha256(path: path) }
        unlink(path)
        try corpus.write("b.txt", "abc")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "b.txt")
        #expect(throws: FileHash.Failure.notRegular) { try FileHash.sha256(path: path) }
    }
}
