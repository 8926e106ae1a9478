import Corpora
import Testing

/// Which lines go on in one another.
@Suite struct PDFParagraphTests {
    /// The second label starts in small letters, below the line for the first one.
    @Test func labelsOfAFormStandApart() throws {
        #expect(
            try PDFSample.text(of: [
                (72, 700, 11, "Deputy of the list"), (270, 684, 10, "(name and address)"), (72, 620, 10, "further deputies"),
                (270, 604, 10, "(name and address)"),
            ]) == "Deputy of the list\n\n(name and address)\n\nfurther deputies\n\n(name and address)\n")
    }

    /// Most lines stand apart, so that the usual distance says nothing of the paragraph among them.
    @Test func theDistanceOfFullLinesPartsParagraphs() throws {
        let prose = [
            "The members of the list declare that they have read the rules of the election",
            "and that each of them agrees to stand as a candidate for the board of the",
            "harbour, and that none of them stands on another list or has done so before", "this day.",
        ]
        let lines: [PDFSample.Line] =
            ["More names on a further sheet", "The declarations are added to this list"].enumerated().map {
                (72, 700 - 22 * $0, 10, $1)
            }
            + prose.enumerated().map { (72, 640 - 11 * $0, 10, $1) }
            + ["Place", "Day and hour of the vote", "Name", "Street and number", "Town", "Signature"].enumerated().map {
                (72, 570 - 22 * $0, 10, $1)
            }
        let text = try PDFSample.text(of: lines)
        #expect(text.hasPrefix("More names on a further sheet\n\nThe declarations are added to this list\n\n"), "\(text)")
        #expect(text.contains(prose.joined(separator: " ") + "\n\nPlace\n\nDay and hour"), "\(text)")
    }

    /// The letters of the number's font reach higher and lower.
    @Test func aNumberInACircleStartsAnItem() throws {
        let notes = [
            ["a", "The list needs a deputy, since a list without one does not hold for the election", "of the board."],
            [
                "b", "Only the lists that are used are filled in, and the others are struck out by the",
                "clerk of the harbour.",
            ],
        ]
        let content = notes.enumerated().map { i, note in
            let y = 700 - 26 * Double(i)
            return "BT /F2 10 Tf 72 \(y) Td \(PDFSample.codes(i == 0 ? "①" : "②", of: "①②")) Tj ET\n"
                + PDFSample.line(86, y, 10, note[1]) + PDFSample.line(86, y - 11, 10, note[2])
        }.joined()
        let file = PDFSample.file(
            [content], objects: PDFSample.wideFont("①②", first: 5, encoding: "Identity-H"), fonts: "/F2 5 0 R")
        let text = try #require(Readers.read(file, path: "a.pdf").document).string
        #expect(
            text.split(separator: "\n").map(String.init)
                == zip(["①", "②"], notes).map { "\($0) \($1[1]) \($1[2])" }, "\(text)")
    }
}
