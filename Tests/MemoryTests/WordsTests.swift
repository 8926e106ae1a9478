import Foundation
import Memory
import TestSupport
import Testing

@Suite struct WordsTests {
    let fixture: WordsFixture

    init() throws { fixture = try Fixture.load("words") }

    @Test func classesAreThoseOfPython() {
        let runs = fixture.classes + [[0x110000, 0]]
        for (run, next) in zip(runs, runs.dropFirst()) {
            let wrong = (run[0]..<next[0]).first { WordClass(scalar: UInt32($0)).rawValue != UInt8(run[1]) }
            #expect(wrong == nil || (0xD800..<0xE000).contains(wrong!), "class of \(wrong ?? 0)")
        }
    }

    @Test func caseIsThatOfPython() {
        let folded = Dictionary(uniqueKeysWithValues: fixture.case.map { ($0[0], $0[1]) })
        let raised = Dictionary(uniqueKeysWithValues: fixture.case.map { ($0[1], $0[0]) })
        for c in 0..<UInt32(0x11_0000) {
            if Words.folded(scalar: c) != folded[c] ?? c { Issue.record("folding of \(c)") }
            if Words.raised(scalar: c) != raised[c] ?? c { Issue.record("raising of \(c)") }
        }
    }

    @Test func textsSplitAsInPython() {
        for sample in fixture.texts {
            let text = Array(sample.text.utf8)
            #expect(Words.pieces(in: text.span).map { [$0.lowerBound, $0.upperBound] } == sample.pieces, "\(sample.text)")
            #expect(Words.forms(in: text.span).map { [$0.lowerBound, $0.upperBound] } == sample.forms, "\(sample.text)")
            #expect(Words.terms(in: text.span) == sample.terms.map { Array($0.utf8) }, "\(sample.text)")
        }
    }

    @Test func formsFoldAndSpellAsInPython() {
        for sample in fixture.forms {
            let form = Array(sample.form.utf8)
            #expect(Words.term(form) == Array(sample.term.utf8))
            #expect(Words.upper(Words.fold(form)) == Array(sample.upper.utf8))
            #expect(Words.spellings(of: Words.term(form)) == sample.spellings.map { Array($0.utf8) })
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func anyBytesSplitWithoutGaps(seed: UInt64) {
        var random = SeededGenerator(seed)
        for _ in 0..<300 {
            let text = random.text()
            var end = 0
            for piece in Words.pieces(in: text.span) {
                #expect(piece.lowerBound == end && !piece.isEmpty)
                end = piece.upperBound
            }
            #expect(end == text.count)
        }
    }

    @Test(arguments: [4, 5] as [UInt64]) func everyFormIsASpellingOfItsTerm(seed: UInt64) {
        var random = SeededGenerator(seed)
        for _ in 0..<300 {
            let text = random.text()
            let terms = Words.terms(in: text.span)
            #expect(terms == Set(terms).sorted { $0.lexicographicallyPrecedes($1) })
            for range in Words.forms(in: text.span) {
                let form = Array(text[range])
                let term = Words.term(form)
                #expect(terms.contains(term))
                #expect(Words.spellings(of: term).contains(form))
                #expect(Words.fold(Words.fold(form)) == Words.fold(form) && Words.fold(form).count == form.count)
            }
        }
    }

    @Test func bytesThatAreNotUTF8AreNoLetters() {
        let broken: [[UInt8]] = [
            [0xC3], [0xA9], [0xC0, 0xAF], [0xC1, 0x81], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE4, 0xBD],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF, 0xFE],
        ]
        for bytes in broken {
            #expect(Words.forms(in: bytes.span).isEmpty, "\(bytes)")
            #expect(Words.pieces(in: bytes.span) == [0..<bytes.count], "\(bytes)")
            #expect(Words.fold(bytes) == bytes && Words.upper(bytes) == bytes)
        }
        #expect(Words.forms(in: ([0xE4, 0xBD, 0x61, 0xC3] as [UInt8]).span) == [2..<3])
    }

    @Test func emojiAndSignsAreTermsOfTheirOwn() {
        func terms(_ text: String) -> [String] {
            Words.terms(in: Array(text.utf8).span).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(terms("🎉") == ["🎉"])
        #expect(terms("🎉🎉 🍵") == ["🍵", "🎉"])
        #expect(terms("€") == ["€"])
        #expect(terms("12€") == ["12", "€"])
        #expect(terms("a→b") == ["a", "b", "→"])
        #expect(terms("№ ☎ ✓ ∑").sorted() == ["№", "∑", "☎", "✓"])
        // The first and the last character of each range, and their neighbours.
        for range: ClosedRange<UInt32> in [0x20A0...0x20CF, 0x2100...0x22FF, 0x2600...0x27BF, 0x1F000...0x1FAFF] {
            #expect(WordClass(scalar: range.lowerBound) == .ideograph && WordClass(scalar: range.upperBound) == .ideograph)
            #expect(WordClass(scalar: range.lowerBound - 1) == .other && WordClass(scalar: range.upperBound + 1) == .other)
        }
    }

    @Test func boxDrawingBulletsAndPunctuationAreNoTerms() {
        for text in ["─│┌┐└┘├┤═║╔╗", "█░▒▓", "• ‣ ◦ ▪ ■ ○", "… — – « » ‹ › “ ”", "§ ¶ † ‡", "× ÷ ± ¬", "$ £ ¥ ¢", "\u{200D}\u{FE0F}", "⠿ ⟶ ⬛"] {
            #expect(Words.terms(in: Array(text.utf8).span).isEmpty, "\(text)")
        }
    }

    @Test func linesEndWithLineFeeds() {
        #expect(Words.lines(in: []) == [])
        #expect(Words.lines(in: Array("a\nbc\n".utf8)) == [[97], [98, 99]])
        #expect(Words.lines(in: Array("a\n\nb".utf8)) == [[97], [], [98]])
    }
}

/// `Fixtures/words.json`, written by `pipelines/training/fixtures.py`.
struct WordsFixture: Decodable {
    struct Text: Decodable {
        let text: String
        let pieces: [[Int]]
        let forms: [[Int]]
        let terms: [String]
    }

    struct Form: Decodable {
        let form: String
        let term: String
        let upper: String
        let spellings: [String]
    }

    let classes: [[Int]]
    let `case`: [[UInt32]]
    let texts: [Text]
    let forms: [Form]
}

/// Stored expectations beside the tests, and the model of the repository.
enum Fixture {
    static func load<Value: Decodable>(_ name: String, beside file: String = #filePath) throws -> Value {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: folder.appendingPathComponent(name + ".json")))
    }

    static func model(beside file: String = #filePath) throws -> SafeTensors {
        var root = URL(fileURLWithPath: file)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return try SafeTensors(path: root.appendingPathComponent("models/default.safetensors").path)
    }

    static func tokenizer(_ model: SafeTensors) throws -> Tokenizer {
        try Tokenizer(
            bytes: model.uint8("tokenizer.bytes"), lengths: model.uint8("tokenizer.lengths"),
            merges: model.uint16("tokenizer.merges"), subject: model.path)
    }

    /// The CRC-32 of numbers written as JSON without spaces: how `fixtures.py` tells one tokenizer from another.
    static func checksum(_ numbers: some Encodable) throws -> UInt32 {
        try JSONEncoder().encode(numbers).reduce(UInt32.max) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        } ^ UInt32.max
    }
}

extension SeededGenerator {
    /// Words of many kinds, punctuation, white space, other scripts, pictures and broken UTF-8.
    mutating func text() -> [UInt8] {
        let scraps = [
            " ", " ", " ", " ", "\n", "\r\n", "\t", "  ", "\u{A0}", "\u{3000}", ".", ", ", "-", "'", "…", "—", "«", "the", "of",
            "The", "THE", "s", "I", "it", "It", "1", "12", "2024", "007", "é", "É", "e\u{301}", "ß", "ÿ", "Ÿ", "naïve",
            "NAÏVE", "Kötze", "ĥŷ", "harbour", "Harbour", "HARBOUR", "hArbour", "lamp", "lampLight", "поезд", "Поезд",
            "ΣΟΦΟΣ", "ς", "日", "本", "列車", "カ", "ひ", "기차", "قطار", "रेल", "𠀀", "🙂", "👩‍🚀", "🇩🇪", "ﬁ", "zq", "x", "Q",
        ]
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...60, using: &self) {
            switch Int.random(in: 0..<12, using: &self) {
            case 0: text.append(UInt8.random(in: 0...255, using: &self))
            case 1: for _ in 0..<Int.random(in: 1...9, using: &self) { text.append(.random(in: 97...122, using: &self)) }
            case 2: text.append(contentsOf: scraps.randomElement(using: &self)!.utf8.dropLast())
            case 3:
                let scalar = UInt32.random(in: 0...(Bool.random(using: &self) ? 0x7FF : 0x3FFFF), using: &self)
                if let scalar = Unicode.Scalar(scalar) { text.append(contentsOf: String(scalar).utf8) }
            default: text.append(contentsOf: scraps.randomElement(using: &self)!.utf8)
            }
        }
        return text
    }
}
