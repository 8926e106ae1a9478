import Retrieval
import TestSupport
import Testing

struct SentencesTests {
    private func split(_ text: String) -> [String] { Sentences.ranges(in: bytes(text)).map { string(bytes(text)[$0]) } }

    @Test(arguments: [
        "It ends here.| Next one.", "It ends here .| Next one .", "Really ?| No !| Yes .", "Really?!| No.", "Really ?!| No.",
        "Wait...| Then go.",
        "Wait…| Then go.", "Wait . . .| Then go.", "Who? !| Nobody.", "See the hall (on the left).| Turn right.",
        "See it (there).| Turn.",
        "He said “Go.”| Then he left.", "He said “Go”.| Then he left.", "He said \"Go!\"| Then he left.",
        "Er sagte „Geh!“| Dann ging er.",
        "Il dit «Va.»| Puis il partit.", "(It rained.)| The sun came.", "[It rained.]| The sun came.",
        "It rained [1].| The sun came.",
        "The end.\u{A0}| A start.", "The end.\u{2009}| A start.", "The end.\t| A start.", "It costs 120.| Then pay.",
        "A.NET app.| .NET runs it.", "Das war 1999.| Es regnete.", "The \"B\".| Then C follows.", "It is Anna's.| It barks.",
        "At 80 km/h.| Then slower.", "**Is it open?**| Yes.", "_Who came?_| Nobody.", "**Open.** Always.",
    ])
    func aSentenceEnds(text: String) {
        let expected = text.split(separator: "|").map { part in
            String(part.trimmingPrefix { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
        #expect(split(text.replacing("|", with: "")) == expected)
    }

    @Test(arguments: [
        "Dr. Smith came late.", "It was J. Smith again.", "They met “J. Smith” there.", "It was (cf. Smith) again.",
        "He came on the 3. Mai again.",
        "Take e.g. Apples and pears.", "Das gilt z. B. Handwerkern.", "Das gilt z.\u{A0}B. Handwerkern.",
        "It waits ... and goes on.",
        "It waits … and goes on.", "It waits . . . and goes on.", "“Really?” he asked.", "Pi is 3.14 or so.",
        "Visit example.org today.",
        "... Then he left.", "… Then he left.", "He asked “why?” and left.", "Das ist gut. äußerst gut.",
        "Vom 15.–28. Juli ist zu.", "Am 3.-5. Mai wird gebaut.", "Cook ........ Manuel Silva, aged 44", "Messrs. Lee came.",
    ])
    func aSentenceGoesOn(text: String) { #expect(split(text) == [text]) }

    @Test func linesEndWhereAParagraphAHeadingAnItemOrARowDoes() {
        #expect(split("one\ntwo\n\nthree") == ["one\ntwo", "three"])
        #expect(split("# Title\nText goes on\nhere.") == ["# Title", "Text goes on\nhere."])
        #expect(split("Buy\n- milk\n- bread\n1. eggs\n12) salt") == ["Buy", "- milk", "- bread", "1. eggs", "12) salt"])
        #expect(split("| a | b |\n| c | d |\nend") == ["| a | b |", "| c | d |", "end"])
    }

    @Test func aLineThatEndsBeforeTheMarginEndsASentence() {
        let long = "The waste oil is fetched by the firm of Baumark on the first Monday of each month"
        #expect(split("Hoist 2 is tested\nIts plaque runs until March\n\(long)").count == 3)
        // Short lines have no margin, and a number of euros may be the rest of a sentence.
        #expect(split("The tickets for the concert cost\n38 euros and the drinks are paid by\nMartin.").count == 1)
        #expect(split("It was bought from\nHolm in Bergen\n\(long)").count == 2)
        #expect(split("The tickets are sold\n38 euros a seat\n\(long)").count == 2)
        // A comma, small letters and a full line go on.
        #expect(split("Dear Ms Lee,\nThe barn is let").count == 1)
        #expect(split("the barn\nis let").count == 1)
        #expect(split("\(long)\n\(long)").count == 1)
        // A longer word behind the margin moves it for no other line.
        #expect(split("\(long)\nA\(String(repeating: "b", count: 200))\n\(long)").count == 1)
    }

    /// A wrapped line ends only where the next word has no room, so wrapping ends no sentence.
    @Test(arguments: [44, 60, 72, 100]) func wrappedProseIsOneSentence(margin: Int) {
        let words = (0..<300).map { i in String(repeating: i % 3 == 0 ? "X" : "y", count: 1 + i * 7 % 11) }
        var lines = [""]
        for word in words {
            if lines[lines.count - 1].count + 1 + word.count > margin { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        #expect(split(lines.joined(separator: "\n")).count == 1)
    }

    @Test func rowsAndKeysAreLinesOfTheirOwn() {
        #expect(split("name | note\nBo | Late. Left. 3\nend") == ["name | note", "Bo | Late. Left. 3", "end"])
        #expect(split("a,b,c\n1,x. Y,2\n3,z,4") == ["a,b,c", "1,x. Y,2", "3,z,4"])
        #expect(split("Door: green\nKey: at Ada. Or Bo\n") == ["Door: green", "Key: at Ada. Or Bo"])
        // One such line is prose, and so are lines that a comma with a space divides.
        #expect(split("Note: it rains\nand rains.") == ["Note: it rains\nand rains."])
        let prose = "red, green, blue\nold, new, odd\nhot, cold, mild"
        #expect(split(prose) == [prose])
    }

    @Test(arguments: ["", " ", "\n\n", "\u{A0}", "."]) func littleTextIsNoSentenceOrOne(text: String) {
        #expect(split(text) == (text == "." ? ["."] : []))
    }

    /// Every byte but white space belongs to exactly one sentence, whatever the bytes are.
    @Test(arguments: 0..<200 as Range<UInt64>) func sentencesCoverTheText(seed: UInt64) {
        var random = SeededGenerator(seed)
        let pieces =
            [".", " ", "a", "B", "\n", "?", "…", "”", "\u{A0}", "#", "1", ")", "-", "|", "\u{E9}"].map(bytes) + [
                [0xE2], [0x80], [0xC2], [0xFF],
            ]
        let text = (0..<60).flatMap { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        var covered = [Int](repeating: 0, count: text.count)
        var last = 0
        for range in Sentences.ranges(in: text) {
            #expect(range.lowerBound >= last && !range.isEmpty)
            last = range.upperBound
            for i in range { covered[i] += 1 }
        }
        // Bytes that may belong to white space.
        let spaces: Set<UInt8> = [0x20, 0x09, 0x0A, 0xC2, 0xA0, 0xE2, 0x80]
        for i in text.indices where !spaces.contains(text[i]) { #expect(covered[i] == 1, "byte \(i) of \(text)") }
    }
}
