import Corpora
import Testing

/// Exponents, marks of notes, and hyphens at line ends.
@Suite struct PDFNumbersTests {
    /// A line of text in which "^" stands before small raised letters, "_" before lowered ones, and "|" before the line's own.
    private func line(_ y: Double, _ text: String) -> String {
        var content = "BT 72 \(y) Td /F1 12 Tf 0 Ts ("
        for letter in text {
            switch letter {
            case "^": content += ") Tj /F1 7 Tf 5 Ts ("
            case "_": content += ") Tj /F1 7 Tf -3 Ts ("
            case "|": content += ") Tj /F1 12 Tf 0 Ts ("
            default: content.append(letter)
            }
        }
        return content + ") Tj ET\n"
    }

    @Test func exponentsAndIndicesKeepNumbersTrue() throws {
        #expect(
            try PDFSample.text(line(700, "The limit is 10^-6| pascal, the area 2^10| units, 4^3| rooms"))
                == "The limit is 10⁻⁶ pascal, the area 2¹⁰ units, 4³ rooms\n")
        #expect(try PDFSample.text(line(700, "50 m^2| of floor and H_2|O")) == "50 m² of floor and H2O\n")
        #expect(try PDFSample.text(line(700, "log 2_10| on the 1^st")) == "log 2_10 on the 1st\n")
        #expect(try PDFSample.text(line(700, "log_2|8 is 3")) == "log₂8 is 3\n")
    }

    @Test func marksOfNotesStandApartFromWords() throws {
        let page =
            line(700, "The lessee has full liability^3| for the roof.^14") + line(100, "^3| See clause nineteen.")
        #expect(try PDFSample.text(page) == "The lessee has full liability[3] for the roof.[14]\n\n3 See clause nineteen.\n")
    }

    @Test func noSpaceStandsBetweenAMarkAndAComma() throws {
        #expect(
            try PDFSample.text(line(700, "use the pier instead^1|, where 50 m^2|, no more, are free"))
                == "use the pier instead[1], where 50 m², no more, are free\n")
    }

    private func lines(_ lines: [String], font: String = "F1") -> String {
        lines.enumerated().map { PDFSample.line(72, 700 - 14 * Double($0), 11, $1, font: font) }.joined()
    }

    @Test func hyphensOfCompoundsStayAndThoseOfLineEndsGo() throws {
        let text = try PDFSample.text(
            lines([
                "The committee approved the reim-", "bursement of travel costs. Valve AB-",
                "1234 stays closed. The state-of-the-",
                "art dryer is new. Between 1990-", "1995 the kiln was cold. Ask Mrs Field-", "House about the pre-",
                "WW2 wing. The long-",
                "term store was a long-term plan. Haupt-", "und Nebengebaeude are shut, WARE-", "HOUSING is forbidden.",
            ]))
        #expect(
            text == """
                The committee approved the reimbursement of travel costs. Valve AB-1234 stays closed. The state-of-the-art dryer is \
                new. Between 1990-1995 the kiln was cold. Ask Mrs Field-House about the pre-WW2 wing. The long-term store was a \
                long-term plan. Haupt- und Nebengebaeude are shut, WAREHOUSING is forbidden.

                """)
    }

    @Test func aSoftHyphenJoins() throws {
        let objects = PDFSample.font("\u{AD}", map: 6)
        let soft = { (y: Double, text: String) in "BT /F1 11 Tf 72 \(y) Td (\(text)) Tj /F2 11 Tf (a) Tj ET\n" }
        let content =
            soft(700, "The ware") + soft(686, "housing of grain is for") + PDFSample.line(72, 672, 11, "bidden here.")
        let file = PDFSample.file([content], objects: objects, fonts: "/F2 5 0 R")
        #expect(Readers.read(file, path: "a.pdf").document?.string == "The warehousing of grain is forbidden here.\n")
        // A document that draws all its hyphens as soft ones says nothing with them.
        let parts = ["A state", "of", "the"].map { "/F1 11 Tf (\($0)) Tj /F2 11 Tf (a) Tj" }
        let inside = "BT 72 658 Td \(parts.joined(separator: " ")) ET\n"
        let drawn = PDFSample.file(
            [inside + PDFSample.line(72, 644, 11, "art dryer.")], objects: objects, fonts: "/F2 5 0 R")
        #expect(Readers.read(drawn, path: "a.pdf").document?.string == "A state-of-the-art dryer.\n")
    }
}
