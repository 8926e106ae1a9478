import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct ExtractorTests {
    /// Makes an extractor whose workers run a shell command.
    private func shell(_ command: String, wallSeconds: Double = 20) -> Extractor {
        var limits = ExtractionLimits()
        limits.wallSeconds = wallSeconds
        return Extractor(Worker.Program(executable: "/bin/sh", arguments: ["-c", command]), limits: limits, workers: 1)
    }

    @Test func aWorkerReadsWhatThisProcessReads() throws {
        let folder = try TemporaryFolder([
            "a.txt": "Text.\r\n", "b.md": "# H\n\ntext\n", "c.html": "<p>page</p>", "d.bin": "\0\0",
        ])
        try folder.write(PDFSample.make([[(72, 700, 12, "Paper.")]]), to: "e.pdf")
        try folder.write([], to: "f.txt")
        let extractor = Extractor(.underTest, workers: 1)
        for name in ["a.txt", "b.md", "c.html", "d.bin", "e.pdf", "f.txt"] {
            let file = try folder.file(name)
            #expect(try extractor.extract(file) == readHere(file), "\(name)")
        }
    }

    @Test func severalThreadsShareTheWorkers() async throws {
        let folder = try TemporaryFolder(
            Dictionary(uniqueKeysWithValues: (0..<60).map { ("\($0).txt", "text \($0)\n") }))
        let files = try (0..<60).map { try folder.file("\($0).txt") }
        let extractor = Extractor(.underTest, workers: 2)
        try await withThrowingTaskGroup(of: (Int, String?).self) { group in
            for (i, file) in files.enumerated() { group.addTask { (i, try extractor.extract(file).document?.string) } }
            for try await (i, text) in group { #expect(text == "text \(i)\n") }
        }
    }

    @Test func aCrashCostsOneFile() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let extractor = shell("kill -SEGV $$")
        for _ in 0..<2 {
            #expect(try extractor.extract(folder.file("a.txt")).refusal == .workerCrashed(signal: SIGSEGV))
        }
    }

    @Test func aWorkerKilledFromOutsideSaysNothingOfItsFile() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        #expect(try shell("kill -KILL $$").extract(folder.file("a.txt")).refusal == .workerKilled)
        #expect(Refusal.workerKilled.kind == .unread)
    }

    @Test func aWorkerThatHangsIsKilled() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let extractor = shell("exec sleep 1000", wallSeconds: 0.2)
        #expect(try extractor.extract(folder.file("a.txt")).refusal == .wallTime(seconds: 0.2))
    }

    @Test func aWorkerThatAnswersNonsenseIsDropped() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let file = try folder.file("a.txt")
        #expect(
            try shell("printf '\\004\\000\\000\\000abcd'; sleep 9").extract(file).refusal
                == .malformedAnswer)
        #expect(
            try shell("printf '\\377\\377\\377\\377'; sleep 9").extract(file).refusal
                == .textTooLong(limit: ExtractionLimits().textBytes))
        #expect(try shell("exit 3").extract(file).refusal == .workerExited(status: 3))
    }

    @Test func aProgramThatDoesNotStartIsAnError() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let extractor = Extractor(Worker.Program(executable: "/nonexistent/r3mem"))
        let error = #expect(throws: CorporaError.self) { try extractor.extract(folder.file("a.txt")) }
        #expect(error?.code == .workerUnavailable(.noSuchFileOrDirectory))
    }

    @Test func openFilesStayWithTheHost() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let descriptor = open(folder.path + "/a.txt", O_RDONLY)
        defer { close(descriptor) }
        let refusal = try shell("if [ -e /proc/$$/fd/\(descriptor) ]; then kill -SEGV $$; fi; exit 0")
            .extract(folder.file("a.txt")).refusal
        #expect(refusal == .workerExited(status: 0))
    }

    /// Recognition takes memory and time that the next file must not lack. The worker here asks for more time at once, answers
    /// that its file is empty, and would end at a second one.
    @Test func aWorkerThatRecognisedPagesReadsNoOtherFile() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        let file = try folder.file("a.txt")
        let empty = String(repeating: "\\000", count: 8)
        let reply = "\\030\\000\\000\\000" + empty + "\\012" + String(empty.dropFirst(4)) + empty
        var limits = ExtractionLimits()
        limits.recognisesPages = true
        for (asks, second) in [("\\000\\000\\000\\000", Refusal.empty), ("", .workerExited(status: 5))] {
            let command = "printf '\(asks)\(reply)'; sleep 1; exit 5"
            let extractor = Extractor(
                Worker.Program(executable: "/bin/sh", arguments: ["-c", command]), limits: limits, workers: 1)
            #expect(try extractor.extract(file).refusal == .empty)
            #expect(try extractor.extract(file).refusal == second)
        }
    }

    @Test func memoryAndOutputAreLimited() throws {
        let folder = try TemporaryFolder(["a.txt": String(repeating: "text ", count: 10_000), "b.txt": "text"])
        var limits = ExtractionLimits()
        limits.textBytes = 1000
        let extractor = Extractor(.underTest, limits: limits, workers: 1)
        #expect(try extractor.extract(folder.file("a.txt")).refusal == .textTooLong(limit: 1000, size: 50_000))
        #expect(try extractor.extract(folder.file("b.txt")).document?.string == "text")

        // Each "<b>" becomes a node of at least a hundred bytes.
        try folder.write(Array(String(repeating: "<b>x</b>", count: 3_000_000).utf8), to: "big.html")
        limits = ExtractionLimits()
        limits.memoryBytes = 300 << 20
        let small = Extractor(.underTest, limits: limits, workers: 1)
        let starved = try small.extract(folder.file("big.html"))
        #expect(starved.refusal?.kind == .failed, "\(String(describing: starved).prefix(200))")
        #expect(try small.extract(folder.file("b.txt")).document?.string == "text")
    }

    @Test func hostileFilesEndWithAState() throws {
        let folder = try TemporaryFolder(["a.txt": "text"])
        try folder.write(Array(String(repeating: "<div>", count: 1_000_000).utf8), to: "deep.html")
        try folder.write(Array(("<table>" + String(repeating: "<tr><td>", count: 200_000)).utf8), to: "table.html")
        try folder.write(Array(("<p " + String(repeating: "a=b ", count: 300_000)).utf8), to: "attributes.html")
        try folder.write(PDFSample.make([[(72, 700, 12, "x")]], kids: "2 0 R 2 0 R"), to: "loop.pdf")
        let extractor = Extractor(.underTest, workers: 1)
        for name in ["deep.html", "table.html", "attributes.html", "loop.pdf"] {
            switch try extractor.extract(folder.file(name)) {
            case .document(let document): #expect(document.text.count < 1 << 20)
            case .refused(let refusal): #expect(refusal.kind != .unread, "\(name)")
            }
            #expect(try extractor.extract(folder.file("a.txt")).document?.string == "text")
        }
    }

    /// Files up to 65,536 bytes are sent inside the message, and longer files as a file in memory.
    @Test(arguments: [1, 65_535, 65_536, 65_537, 3_000_000])
    func filesOfAnyLengthReachTheWorker(count: Int) throws {
        let bytes = (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: "a.txt")
        let extractor = Extractor(.underTest, workers: 1)
        // The second round shows that no descriptor is left over from the first message.
        for _ in 0..<2 { #expect(try extractor.extract(folder.file("a.txt")).document?.text == bytes) }
    }

    @Test func theBytesOfAFileInMemoryAreFinal() throws {
        let folder = try TemporaryFolder()
        let bytes = [UInt8](repeating: 7, count: 100_000)
        try folder.write(bytes, to: "a.txt")
        let read = try FileBytes.read(folder.file("a.txt"), atMost: 1 << 20)
        try folder.write([UInt8](repeating: 8, count: 100_000), to: "a.txt")
        #expect(read.count == bytes.count && read.withUnsafeBytes { $0.elementsEqual(bytes) })
        #expect(throws: Refusal.tooLarge(size: 100_000, limit: 99_999)) {
            try FileBytes.read(folder.file("a.txt"), atMost: 99_999)
        }
    }

    @Test func messagesComeBackAsTheyWentOut() throws {
        let form = EncodedForm(
            encoding: .big5, hasByteOrderMark: true, lineEnds: .cr, repairs: [EncodedForm.Repair(offset: 1, bytes: [9, 8])])
        let spans = [SourceSpan(start: 0, place: .page(3)), SourceSpan(start: 5, place: .heading(["A", "B"]))]
        let documents = ["T", nil].map { title in
            Document(title: title, mediaType: .pdf, text: Array("text é".utf8), spans: spans, original: .encoded(form))
        }
        for extraction in documents.map(Extraction.document) + RefusalTests.all.map(Extraction.refused) {
            let reply = ExtractionReply(extraction: extraction, peakBytes: 77)
            #expect(try ExtractionReply(frame: Array(reply.frame.dropFirst(4))) == reply)
        }
        for content in [ExtractionRequest.Content.inline([1, 2, 3]), .memory(count: 1 << 40)] {
            let request = ExtractionRequest(path: "p", content: content, limits: ExtractionLimits())
            #expect(try ExtractionRequest(frame: Array(request.frame.dropFirst(4))) == request)
        }
    }

    @Test func damagedMessagesAreRefused() throws {
        let document = Document(
            title: "T", mediaType: .text, text: Array("text".utf8),
            spans: [SourceSpan(start: 2, place: .heading(["A"]))], original: .plain)
        let frame = Array(ExtractionReply(extraction: .document(document), peakBytes: 1).frame.dropFirst(4))
        for count in 0..<frame.count {
            #expect(throws: (any Error).self) { try ExtractionReply(frame: Array(frame[..<count])) }
        }
        for i in frame.indices {
            var damaged = frame
            damaged[i] = 0xFF
            // The message is refused or keeps its length. It must never trap.
            if let reply = try? ExtractionReply(frame: damaged) { #expect(reply.frame.count == frame.count + 4) }
        }
        #expect(throws: (any Error).self) { try ExtractionReply(frame: frame + [0]) }
    }
}
