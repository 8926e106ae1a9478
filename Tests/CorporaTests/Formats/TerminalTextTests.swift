import Corpora
import TestSupport
import Testing

@Suite struct TerminalTextTests {
    @Test func controlSequencesAreNoPartOfTheTextAndComeBack() throws {
        try checkReading(Array("\u{1B}[31mERROR\u{1B}[0m \u{1B}[1;4mpay\u{1B}[22mments\n".utf8), "ERROR payments\n")
        try checkReading(Array("\u{1B}]8;;https://x.org\u{7}book\u{1B}]8;;\u{7} \u{1B}]0;t\u{1B}\\x\n".utf8), "book x\n")
        try checkReading(Array("a\u{1B}[5Cb\u{1B}(Bc\u{1B}=d\n".utf8), "a bcd\n")
        try checkReading(Array("N\u{8}NA\u{8}AME _\u{8}fi\u{8}i\u{E9}\u{8}\u{E9}\n".utf8), "NAME fi\u{E9}\n")
        try checkReading(
            Array("lone \u{1B} and \u{1B}[ stay\n".utf8),
            "lone \u{1B} and \u{1B}[ stay\n")
    }

    @Test func otherEncodingsAndLineEndsComeBack() throws {
        let line = "\u{1B}[31mпривет\u{1B}[0m всем, кто это читает сегодня\r\n"
        for bytes in [
            Array((line + line).utf8),
            line.unicodeScalars.map { $0.value < 128 ? UInt8($0.value) : UInt8(truncatingIfNeeded: $0.value - 0x350) },
        ] {
            let document = try #require(Readers.read(bytes, path: "a.log").document)
            #expect(!document.text.contains(0x1B))
            #expect(try document.original.bytes(from: document.text) == bytes)
        }
    }

    @Test func aFewZeroBytesAreNoPartOfTheText() throws {
        let log =
            Array("2024 start of job".utf8) + [0, 0, 0] + Array("\n2024 belt jammed at the gate of the".utf8) + [0]
            + Array("yard\n".utf8)
        try checkReading(log, "2024 start of job\n2024 belt jammed at the gate of the yard\n")
        try checkReading(
            log + Array(repeating: 0, count: 4096), "2024 start of job\n2024 belt jammed at the gate of the yard\n")
    }

    @Test func anyBytesComeBack() throws {
        for seed in UInt64(1)...500 {
            var random = SeededGenerator(seed)
            let alphabet = Array("abc defghi\u{1B}[0m]31;\u{8}\n\u{7}\\".utf8) + [0, 0x1B, 0xC3, 0xA9]
            let bytes =
                Array("some words before it ".utf8)
                + (0..<Int.random(in: 1...80, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
            guard let document = Readers.read(bytes, path: "a.log").document else { continue }
            #expect(try document.original.bytes(from: document.text) == bytes, "seed \(seed)")
        }
    }
}
