import Console
import Testing

@Suite struct PrintableTests {
    @Test func controlCharactersAreRemovedButLineFeedsAndTabs() {
        let controls = String(String.UnicodeScalarView((UInt32(0)...0x9F).compactMap(Unicode.Scalar.init)))
        #expect(
            Printable.text(controls) == "\t\n"
                + String(String.UnicodeScalarView((UInt32(0x20)...0x7E).compactMap(Unicode.Scalar.init))))
        #expect(Printable.text("\u{1B}]0;owned\u{07}plain") == "]0;ownedplain")
    }

    @Test func marksThatReorderLettersAreRemoved() {
        #expect(Printable.text("a\u{202E}b\u{2066}c\u{2069}d\u{202C}e") == "abcde")
        #expect(Printable.text("שלום, ünïcödé 今 🙂") == "שלום, ünïcödé 今 🙂")
    }

    @Test func aLineHasSingleSpacesAndNoLineFeed() {
        #expect(Printable.line("  a \n\t b\r\nc\u{2028}d ") == "a b c d")
        #expect(Printable.line(" \n ").isEmpty)
    }

    @Test func aLongLineEndsWithAnEllipsis() {
        #expect(Printable.line("abcdef", atMost: 6) == "abcdef")
        #expect(Printable.line("abcdef", atMost: 4) == "abc…")
        #expect(Printable.line("ab cdef", atMost: 4) == "ab…")
    }

    @Test func noLineIsLongerThanItsWidth() {
        let text = "The key to the cellar hangs behind the blue door."
        for width in 2...60 {
            let line = Printable.line(text, atMost: width)
            #expect(line.count <= width && (line == text) == (width >= text.count), "\(width)")
            #expect(text.hasPrefix(line.last == "…" ? String(line.dropLast()) : line), "\(width)")
        }
    }

    @Test func wrappedLinesKeepAllWordsAndTheirWidth() {
        let words = ["a", "lighthouse", "in", "the", "north", "of", "the", "supercalifragilisticexpialidocious", "harbour"]
        for width in 4...50 {
            let lines = Printable.wrapped(words.joined(separator: "\n"), width: width, indent: "  ").split(separator: "\n")
            #expect(lines.flatMap { $0.dropFirst(2).split(separator: " ") }.map(String.init) == words, "\(width)")
            for line in lines {
                #expect(line.hasPrefix("  "), "\(width)")
                #expect(line.count <= width || !line.dropFirst(2).contains(" "), "\(width): \(line)")
            }
        }
        #expect(Printable.wrapped("one two three", width: 9, indent: "  ") == "  one two\n  three")
    }
}
