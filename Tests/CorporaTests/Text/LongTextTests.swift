import Corpora
import TestSupport
import Testing

/// Files that are longer than a message to a worker.
@Suite struct LongTextTests {
    private static let line = "2026-11-26T10:31:07Z harbour[412]: \"gate 7\" opened for the ferry Kestrel\n"
    private static let log = String(repeating: line, count: 2000)

    private static let files: [(name: String, text: String)] = {
        let ends = [
            "b.log": "\u{1B}[31mred\u{1B}[0m\n", "c.log": "a\u{8}b\n", "d.log": "\0\0\n", "e.log": "na\u{EF}ve\n",
            "f.log": "~/a ~{b} ~~~\n", "g.log": "~{VPND~} ~{VPND~}\n", "h.jsonl": "{\"a\": \"\\u00e9t\\u00e9\"}\n",
        ]
        let starts = ["i.log": "\u{FEFF}", "j.txt": "---\ndate: 2024-05-17\n---\n", "k.txt": "Of the harbour\n\n"]
        var files: [(name: String, text: String)] = ends.map { ($0.key, log + $0.value) }
        files += starts.map { ($0.key, $0.value + log) }
        files += ["l.log", "m.jsonl", "n.csv", "o.html"].map { ($0, log) }
        files.append(("p.log", log.replacing("\n", with: "\r\n")))
        files.append(("q.csv", "name,year\n" + String(repeating: "Kestrel,1931\n", count: 8000)))
        files.append(("r.txt", String(repeating: " \n", count: 40_000)))
        files.append(("s.txt", String(repeating: "\u{1}\u{2}", count: 40_000)))
        return files
    }()

    @Test(arguments: files)
    func aLongFileIsReadLikeItsBytes(_ name: String, _ text: String) throws {
        let folder = try TemporaryFolder([name: text])
        let file = try folder.file(name)
        let extraction = try Extractor(.underTest, workers: 1).extract(file)
        #expect(extraction == readHere(file))
        if let document = extraction.document, document.original.isExact {
            #expect(try document.original.bytes(from: document.text) == Array(text.utf8))
        }
    }

    @Test func undecodableBytesOfALongFileComeBack() throws {
        for bytes in [[0xFF], [0xE9, 0x74, 0xE9], [0xC3]] as [[UInt8]] {
            let folder = try TemporaryFolder()
            try folder.write(Array(LongTextTests.log.utf8) + bytes, to: "a.log")
            let file = try folder.file("a.log")
            let document = try #require(try Extractor(.underTest, workers: 1).extract(file).document)
            #expect(try document.original.bytes(from: document.text) == Array(LongTextTests.log.utf8) + bytes)
        }
    }

    @Test func textThatIsTheFileIsNotSentBack() throws {
        let folder = try TemporaryFolder([
            "a.log": LongTextTests.log, "a.jsonl": LongTextTests.log,
            "b.jsonl": LongTextTests.log + "{\"a\": \"\\u00e9\"}\n", "a.csv": LongTextTests.log,
        ])
        func sent(_ name: String) throws -> Int {
            let extraction = try Extractor(.underTest, workers: 1).extract(folder.file(name))
            return ExtractionReply(extraction: extraction, peakBytes: 0).frame.count
        }
        #expect(try sent("a.log") < 1000)
        #expect(try sent("a.jsonl") < 1000)
        #expect(try sent("b.jsonl") > 100_000)
        #expect(try sent("a.csv") > 100_000)
        let reply = try ExtractionReply(
            extraction: Extractor(.underTest, workers: 1).extract(folder.file("a.log")), peakBytes: 0)
        let frame = Array(reply.frame.dropFirst(4))
        // Without the file, or with another one, there is no text.
        #expect(throws: FrameReader.Malformed.self) { try ExtractionReply(frame: frame) }
        #expect(throws: FrameReader.Malformed.self) { try ExtractionReply(frame: frame, file: FileBytes([65])) }
    }

    @Test func aLongFileHasMoreTime() {
        let usual = ExtractionLimits()
        let short = usual.forFile(of: 1 << 20)
        #expect(short.cpuSeconds == usual.cpuSeconds && short.wallSeconds == usual.wallSeconds)
        let long = usual.forFile(of: 200 << 20)
        #expect(long.cpuSeconds == 200 && long.wallSeconds == 400)
        #expect(long.memoryBytes == usual.memoryBytes + (400 << 20))
        // What recognition may take is that of a page.
        #expect(long.pageSeconds == usual.pageSeconds && long.recognitionSeconds == usual.recognitionSeconds)
    }

    @Test func longTextHasALimitOfItsOwn() {
        let limits = ExtractionLimits()
        let size = limits.longTextBytes
        for name in ["a.log", "a.txt", "a.csv", "a.jsonl"] {
            #expect(Readers.refusal(path: name, size: size, limits: limits) == nil)
            #expect(
                Readers.refusal(path: name, size: size + 1, limits: limits) == .tooLarge(size: size + 1, limit: size))
        }
        let limit = limits.fileBytes
        #expect(Readers.refusal(path: "a.md", size: size, limits: limits) == .tooLarge(size: size, limit: limit))
    }
}
