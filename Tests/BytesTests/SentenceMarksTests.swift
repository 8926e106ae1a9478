import Bytes
import Testing

/// Which marks end a sentence, read forward and backward.
struct SentenceMarksTests {
    private func closes(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return SentenceMarks.closeSentence(bytes.span, before: bytes.count)
    }

    @Test(arguments: [
        "End.", "End!", "End?", "End…", "“End.”", "„Ende.“", "»Ende!«", "‹Fin.›", "(See it.)", "[It is.]", "{So.}",
        "*Bold.*",
        "**“It ends.”**", "終。", "終！", "終？", "終。)", "It's 'so.'", ".",
    ])
    func stopsEndASentenceThroughClosingMarks(text: String) { #expect(closes(text)) }

    @Test(arguments: ["", "End", "End,", "End:", "(end)", "“end”", "End. Then", "3.5", "“", "*", "終", "é", "End.\u{A0}"])
    func otherTextDoesNot(text: String) { #expect(!closes(text)) }

    @Test func lengthsAreThoseOfTheMarks() {
        for (text, stop, closing) in [
            (".", 1, 0), ("…", 3, 0), ("”", 0, 3), ("»", 0, 2), (")", 0, 1), ("a", 0, 0), ("\u{2027}", 0, 0), ("", 0, 0),
        ] {
            let bytes = Array(text.utf8)
            #expect(SentenceMarks.stopLength(bytes.span, at: 0) == stop, "\(text)")
            #expect(SentenceMarks.closingLength(bytes.span, at: 0) == closing, "\(text)")
        }
    }
}
