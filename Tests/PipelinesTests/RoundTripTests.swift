import Corpora
import Foundation
import Pipelines
import Retrieval
import Testing

@Suite struct RoundTripTests {
    @Test func everyFileComesBackByteForByte() throws {
        let corpus = try TestCorpus()
        let files: [String: [UInt8]] = [
            "plain.txt": Array("A short note about the harbour.\n".utf8),
            "windows.txt": [0xEF, 0xBB, 0xBF] + Array("First line\r\nsecond line\r\n".utf8),
            "mixed ends.txt": Array("one\ntwo\r\nthree\rfour".utf8),
            "latin.txt": Array("Der L".utf8) + [0xF6] + Array("we br".utf8) + [0xFC] + Array("llt und die V".utf8) + [0xF6]
                + Array("gel flogen davon.\r\n".utf8),
            "sixteen.txt": [0xFF, 0xFE] + "Zwölf Boxkämpfer".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
            "notes/deep/read me.md": Array("# Title\n\nSome *text* with `code`.\n\n## Part two\n\n- item\n- item 2\n".utf8),
            "emoji.md": Array("👩‍👩‍👧‍👦 family — שלום — 漢字\n".utf8),
            "long.txt": Array((0..<3000).map { "Line \($0) says \(($0 * 7919) % 1000).\n" }.joined().utf8),
        ]
        for (path, bytes) in files { try corpus.write(path, bytes) }
        let report = try corpus.makeIndex()
        #expect(report.added == files.count && report.failed.isEmpty && report.skipped.isEmpty)
        #expect(try corpus.exported() == files)
        let verified = try corpus.open().verify { _ in true }
        #expect(verified.documents == files.count && verified.wrong.isEmpty)
    }

    @Test func emptyAndBinaryFilesAreListedWithTheirReason() throws {
        let corpus = try TestCorpus()
        try corpus.write("good.txt", "Something to read here.")
        try corpus.write("empty.txt", [])
        try corpus.write("binary.txt", (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        try corpus.makeIndex()
        let statistics = try corpus.open().statistics()
        #expect(statistics.documents == 1 && statistics.files == 3)
        #expect(Set(statistics.notIndexed.map(\.path)) == ["empty.txt", "binary.txt"])
        #expect(statistics.notIndexed.allSatisfy { Refusal(number: $0.reason.number, details: $0.reason.details) != nil })
    }

    @Test func identicalFilesAreStoredOnce() throws {
        let corpus = try TestCorpus()
        let text = (0..<400).map { "Sentence number \($0) of a text that is kept once. " }.joined()
        try corpus.write("a.txt", text)
        try corpus.makeIndex()
        let one = try corpus.open().statistics()
        for i in 0..<10 { try corpus.write("copy\(i).txt", text) }
        let report = try corpus.refresh()
        #expect(report.duplicates == 10 && report.added == 0)
        let eleven = try corpus.open().statistics()
        #expect(eleven.documents == 1 && eleven.files == 11 && eleven.parts.residual == one.parts.residual)
        #expect(try corpus.exported().count == 11)
    }

    @Test func oneThreadAndTwoGiveTheSameResiduals() throws {
        let corpus = try TestCorpus()
        for i in 0..<12 {
            try corpus.write(
                "\(i).md",
                "# Note \(i)\n\n" + (0..<60).map { "Item \($0) of note \(i) costs \($0 * i) euros." }.joined(separator: " "))
        }
        let other = corpus.home.appendingPathComponent("two.r3").path
        try corpus.makeIndex(threads: 1)
        try corpus.makeIndex(at: other, threads: 2)
        // Rows of files hold times, which may be trusted in one run and not yet in the other.
        let (a, b) = (try corpus.open().statistics().parts, try corpus.open(other).statistics().parts)
        #expect(
            a.residual == b.residual && a.terms == b.terms && a.memoryCodes == b.memoryCodes && a.documents == b.documents)
        #expect(try corpus.exported() == corpus.exported(other))
    }

    @Test func stoppingKeepsWhatWasDoneAndTheNextRunGoesOn() throws {
        let corpus = try TestCorpus()
        for i in 0..<150 {
            try corpus.write(
                "\(i).txt", "Document \(i). " + String(repeating: "It speaks of number \(i) again. ", count: 20))
        }
        let first = try corpus.makeIndex { $0.items < 64 }
        #expect(!first.isComplete && first.added == 64)
        #expect(try corpus.open().statistics().documents == 64)
        let second = try corpus.makeIndex()
        #expect(second.isComplete && second.added == 86)
        #expect(try corpus.exported().count == 150)
    }
}
