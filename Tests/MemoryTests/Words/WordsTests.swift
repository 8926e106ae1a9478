import Foundation
import Memory
import TestSupport
import Testing

@Suite struct WordsTests {
    let fixture: WordsFixture

    init() throws { fixture = try Fixture.load("words") }

    /// The pre-tokens of a text.
    private func pieces(in text: [UInt8]) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        while let start = pieces.last?.upperBound ?? (text.isEmpty ? nil : 0), start < text.count {
            pieces.append(start..<Words.pieceEnd(in: text.span, from: start))
        }
        return pieces
    }

    /// The forms of a term, each without and with a space before it.
    private func spellings(of term: [UInt8]) -> [[UInt8]] { Words.forms(of: term).flatMap { [$0, [0x20] + $0] } }

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
            #expect(pieces(in: text).map { [$0.lowerBound, $0.upperBound] } == sample.pieces, "\(sample.text)")
            #expect(Words.forms(in: text.span).map { [$0.lowerBound, $0.upperBound] } == sample.forms, "\(sample.text)")
            #expect(Words.terms(in: text.span) == sample.terms.map { Array($0.utf8) }, "\(sample.text)")
        }
    }

    @Test func formsFoldAndSpellAsInPython() {
        for sample in fixture.forms {
            let form = Array(sample.form.utf8)
            #expect(Words.term(form) == Array(sample.term.utf8))
            #expect(Words.upper(Words.fold(form)) == Array(sample.upper.utf8))
            #expect(spellings(of: Words.term(form)) == sample.spellings.map { Array($0.utf8) })
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func anyBytesSplitWithoutGaps(seed: UInt64) {
        var random = SeededGenerator(seed)
        for _ in 0..<300 {
            let text = random.text()
            var end = 0
            for piece in pieces(in: text) {
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
                #expect(spellings(of: term).contains(form))
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
            #expect(pieces(in: bytes) == [0..<bytes.count], "\(bytes)")
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
        for text in [
            "─│┌┐└┘├┤═║╔╗", "█░▒▓", "• ‣ ◦ ▪ ■ ○", "… — – « » ‹ › “ ”", "§ ¶ † ‡", "× ÷ ± ¬", "$ £ ¥ ¢", "\u{200D}\u{FE0F}",
            "⠿ ⟶ ⬛",
        ] {
            #expect(Words.terms(in: Array(text.utf8).span).isEmpty, "\(text)")
        }
    }

    @Test func linesEndWithLineFeeds() {
        #expect(Words.lines(in: []) == [])
        #expect(Words.lines(in: Array("a\nbc\n".utf8)) == [[97], [98, 99]])
        #expect(Words.lines(in: Array("a\n\nb".utf8)) == [[97], [], [98]])
    }
}

/// `words.json`, written by `pipelines/training/fixtures/fixtures.py`.
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
