import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct ExtractorTests {
    /// An extractor whose workers run a shell command instead.
    private func shell(_ command: String, wallSeconds: Double = 20) -> Extractor {
        var limits = ExtractionLimits()
        limits.wallSeconds = wallSeconds
        return Extractor(executable: "/bin/sh", arguments: ["-c", command], limits: limits, workers: 1)
    }

    @Test func aWorkerReadsWhatThisProcessReads() throws {
        let folder = try TemporaryFolder([
            "a.txt": "Text.\r\n", "b.md": "# H\n\ntext\n", "c.html": "<p>page</p>", "d.bin": "\0\0",
        ])
        try folder.write(PDFSample.make([[(72, 700, 12, "Paper.")]]), to: "e.pdf")
        try folder.write([], to: "f.txt")
        let extractor = Extractor(executable: Program.path, workers: 1)
        for name in ["a.txt", "b.md", "c.html", "d.bin", "e.pdf", "f.txt"] {
            let file = try folder.file(name)
            #expect(try extractor.extract(file) == DocumentReader.read(file))
        }
    }

    @Test func severalThreadsShareTheWorkers() async throws {
        let folder = try TemporaryFolder(
            Dictionary(uniqueKeysWithValues: (0..<60).map { ("\($0).txt", "text \($0)\n") }))
        let files = try (0..<60).map { try folder.file("\($0).txt") }
        let extractor = Extractor(executable: Program.path, workers: 2)
        try await withThrowingTaskGroup(of: (Int, String?).self) { group in
            for (i, file) in files.enumerated() { group.addTask { (i, try extractor.extract(file).document?.string) } }
            for try await (i, text) in group { #expect(text == "text \(i)\n") }
        }
    }

    @Test func aCrashCostsOneFile() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let extractor = shell("kill -SEGV $$")
        for _ in 0..<2 {
            #expect(try extractor.extract(folder.file("a.txt")).failReason == "the reader crashed (signal 11)")
        }
    }

    @Test func aWorkerKilledFromOutsideSaysNothingOfItsFile() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let reason = "the reader was killed (signal 9), perhaps for want of memory; run refresh again"
        #expect(try shell("kill -KILL $$").extract(folder.file("a.txt")) == .unread(reason))
    }

    @Test func aWorkerThatHangsIsKilled() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let reason = try shell("exec sleep 1000", wallSeconds: 0.2).extract(folder.file("a.txt")).failReason
        #expect(reason == "took longer than 0.2 s; run refresh again")
    }

    @Test func aWorkerThatAnswersNonsenseIsDropped() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let file = try folder.file("a.txt")
        #expect(
            try shell("printf '\\004\\000\\000\\000abcd'; sleep 9").extract(file).failReason
                == "the reader gave a malformed answer")
        #expect(
            try shell("printf '\\377\\377\\377\\377'; sleep 9").extract(file).failReason?.contains("longer than")
                == true)
        #expect(try shell("exit 3").extract(file).failReason == "the reader ended with status 3")
    }

    @Test func aProgramThatDoesNotStartIsAnError() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let extractor = Extractor(executable: "/nonexistent/r3mem")
        let error = #expect(throws: CorporaError.self) { try extractor.extract(folder.file("a.txt")) }
        #expect(error?.code == .workerUnavailable("no such file or directory"))
    }

    @Test func openFilesStayWithTheHost() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let descriptor = open(folder.path + "/a.txt", O_RDONLY)
        defer { close(descriptor) }
        let reason = try shell("if [ -e /proc/$$/fd/\(descriptor) ]; then kill -SEGV $$; fi; exit 0")
            .extract(folder.file("a.txt")).failReason
        #expect(reason == "the reader ended with status 0")
    }

    @Test func memoryAndOutputAreLimited() throws {
        let folder = try TemporaryFolder(["a.txt": String(repeating: "text ", count: 10_000), "b.txt": "text"])
        var limits = ExtractionLimits()
        limits.textBytes = 1000
        let extractor = Extractor(executable: Program.path, limits: limits, workers: 1)
        #expect(try extractor.extract(folder.file("a.txt")).failReason?.contains("its text is longer than") == true)
        #expect(try extractor.extract(folder.file("b.txt")).document?.string == "text")

        // Each "<b>" becomes a node of a hundred bytes and more.
        try folder.write(Array(String(repeating: "<b>x</b>", count: 3_000_000).utf8), to: "big.html")
        limits = ExtractionLimits()
        limits.memoryBytes = 300 << 20
        let small = Extractor(executable: Program.path, limits: limits, workers: 1)
        let starved = try small.extract(folder.file("big.html"))
        #expect(starved.failReason != nil, "\(String(describing: starved).prefix(200))")
        #expect(try small.extract(folder.file("b.txt")).document?.string == "text")
    }

    @Test func hostileFilesEndWithAState() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        try folder.write(Array(String(repeating: "<div>", count: 1_000_000).utf8), to: "deep.html")
        try folder.write(Array(("<table>" + String(repeating: "<tr><td>", count: 200_000)).utf8), to: "table.html")
        try folder.write(Array(("<p " + String(repeating: "a=b ", count: 300_000)).utf8), to: "attributes.html")
        try folder.write(PDFSample.make([[(72, 700, 12, "x")]], kids: "2 0 R 2 0 R"), to: "loop.pdf")
        let extractor = Extractor(executable: Program.path, workers: 1)
        for name in ["deep.html", "table.html", "attributes.html", "loop.pdf"] {
            switch try extractor.extract(folder.file(name)) {
            case .document(let document): #expect(document.text.count < 1 << 20)
            case .skipped(let reason), .failed(let reason), .unread(let reason): #expect(!reason.isEmpty)
            }
            #expect(try extractor.extract(folder.file("a.txt")).document?.string == "text")
        }
    }

    @Test func messagesComeBackAsTheyWentOut() throws {
        let document = Document(
            path: "a/b.txt", title: "T", mediaType: .pdf, text: Array("text é".utf8),
            spans: [SourceSpan(start: 0, place: .page(3)), SourceSpan(start: 5, place: .heading(["A", "B"]))],
            original: .encoded(
                EncodedForm(
                    encoding: .big5, hasByteOrderMark: true, lineEnds: .cr,
                    repairs: [EncodedForm.Repair(offset: 1, bytes: [9, 8])])))
        for extraction in [Extraction.document(document), .skipped("s"), .failed("f"), .unread("u")] {
            let reply = ExtractionReply(extraction: extraction, peakBytes: 77)
            #expect(try ExtractionReply(frame: Array(reply.frame.dropFirst(4))) == reply)
        }
        let request = ExtractionRequest(
            file: CorpusFile(path: "p", absolutePath: "/p", size: 1, modified: -2, inode: .max),
            limits: ExtractionLimits())
        #expect(try ExtractionRequest(frame: Array(request.frame.dropFirst(4))) == request)
    }

    @Test func damagedMessagesAreRefused() throws {
        let document = Document(
            path: "a", title: "T", mediaType: .text, text: Array("text".utf8),
            spans: [SourceSpan(start: 2, place: .heading(["A"]))], original: .plain)
        let frame = Array(ExtractionReply(extraction: .document(document), peakBytes: 1).frame.dropFirst(4))
        for count in 0..<frame.count {
            #expect(throws: (any Error).self) { try ExtractionReply(frame: Array(frame[..<count])) }
        }
        for i in frame.indices {
            var damaged = frame
            damaged[i] = 0xFF
            // Either refused or a message of the same form: never a trap.
            if let reply = try? ExtractionReply(frame: damaged) { #expect(reply.frame.count == frame.count + 4) }
        }
        #expect(throws: (any Error).self) { try ExtractionReply(frame: frame + [0]) }
    }
}
