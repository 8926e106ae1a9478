import Corpora
import Testing

/// The order of writing: from right to left, from top to bottom, at an angle.
@Suite struct PDFWritingTests {
    /// Letters of a font of Hebrew, and the bytes that draw a text with it as it stands on the page, from left to right.
    private static let hebrew = "שערנגסבומחה"

    private static func drawn(_ visual: String) -> String {
        let letters = Array(hebrew.unicodeScalars)
        return visual.unicodeScalars.map { scalar in
            if let place = letters.firstIndex(of: scalar) { return String(Unicode.Scalar(UInt8(97 + place))) }
            return scalar == "(" || scalar == ")" ? "\\\(scalar)" : "\(scalar)"
        }.joined()
    }

    private func hebrew(_ visual: [String]) throws -> String {
        let content = visual.enumerated().map { PDFSample.line(100, 700 - 14 * Double($0), 12, Self.drawn($1), font: "F2") }
            .joined()
        let file = PDFSample.file([content], objects: PDFSample.font(Self.hebrew, map: 6), fonts: "/F2 5 0 R")
        return try #require(Readers.read(file, path: "a.pdf").document).string
    }

    @Test func linesFromRightToLeftAreReadInOrder() throws {
        // The page shows the last letter of the sentence at the left.
        #expect(try hebrew([".03-5551234 סגנ רעשה"]) == "השער נגס 03-5551234.\n")
        #expect(try hebrew([".3.10 X11 סגנ רעשה"]).contains("השער נגס"))
    }

    /// After Arabic letters, the page shows the parts of a number from right to left.
    @Test func hyphensPartNumbersAfterArabicLetters() throws {
        let file = PDFSample.file(
            [PDFSample.line(100, 700, 12, "1234-555-03 dcba", font: "F2")],
            objects: PDFSample.font("\u{647}\u{627}\u{62A}\u{641}", map: 6), fonts: "/F2 5 0 R")
        #expect(Readers.read(file, path: "a.pdf").document?.string == "\u{647}\u{627}\u{62A}\u{641} 03-555-1234\n")
    }

    /// The decimal sign of Arabic stands inside a number, which runs from left to right in all scripts.
    @Test func numbersStayAsTheyStand() throws {
        let file = PDFSample.file(
            [PDFSample.line(100, 700, 12, "gfeh dcba", font: "F2")],
            objects: PDFSample.font("\u{647}\u{627}\u{62A}\u{641}\u{66B}\u{661}\u{662}\u{665}", map: 6), fonts: "/F2 5 0 R")
        let number = "\u{662}\u{661}\u{66B}\u{665}"
        #expect(Readers.read(file, path: "a.pdf").document?.string == "\u{647}\u{627}\u{62A}\u{641} \(number)\n")
        #expect(try hebrew(["17% סגנ $5 רעשה"]) == "השער $5 נגס 17%\n")
        // A dash between two numbers parts them, a hyphen does not.
        let dash = PDFSample.file(
            [PDFSample.line(100, 700, 12, "16:30e08:00 dcba", font: "F2")],
            objects: PDFSample.font("שערנ\u{2013}", map: 6), fonts: "/F2 5 0 R")
        #expect(
            Readers.read(dash, path: "a.pdf").document?.string == "נרעש 08:00\u{2013}16:30\n".replacing("נרעש", with: "שערנ")
        )
    }

    @Test func bracketsOpenBeforeTheyClose() throws {
        // A page that gives the shapes, and one that gives the letters as they are read.
        #expect(try hebrew(["(רעש) סגנ"]) == "נגס (שער)\n")
        #expect(try hebrew([")רעש( סגנ"]) == "נגס (שער)\n")
    }

    @Test func lettersInTheirFormsAreThePlainLetters() throws {
        // Alef, the ligature of lam and alef, and meem at the end of a word; drawn from left to right.
        let file = PDFSample.file(
            [PDFSample.line(100, 700, 12, "cba", font: "F2")], objects: PDFSample.font("\u{FE8D}\u{FEFB}\u{FEE2}", map: 6),
            fonts: "/F2 5 0 R")
        #expect(Readers.read(file, path: "a.pdf").document?.string == "\u{627}\u{644}\u{627}\u{645}\n")
        let ligatures = PDFSample.file(
            [PDFSample.line(100, 700, 12, "oabce", font: "F2")],
            objects: PDFSample.font("\u{FB03}\u{FB01}\u{FB02}nelmijkpqzo", map: 6), fonts: "/F2 5 0 R")
        #expect(Readers.read(ligatures, path: "a.pdf").document?.string.contains("ffifi") == true)
    }

    @Test func columnsOfVerticalWritingAreReadFromRightToLeft() throws {
        let letters = "縦書規則列右左進"
        let content = """
            BT /F2 14 Tf 1 0 0 1 500 740 Tm \(PDFSample.codes("縦書規則", of: letters)) Tj
            1 0 0 1 476 740 Tm \(PDFSample.codes("列右左進", of: letters)) Tj ET
            """
        let file = PDFSample.file(
            [content], objects: PDFSample.wideFont(letters, first: 5, encoding: "Identity-V"), fonts: "/F2 5 0 R")
        #expect(Readers.read(file, path: "a.pdf").document?.string == "縦書規則列右左進\n")
    }

    @Test func lettersThatStandBelowEachOtherAreColumns() throws {
        let letters = "図書館閉夜休"
        let columns = [(500, "図書館"), (476, "閉夜休")]
        let content = columns.map { x, text in
            text.unicodeScalars.enumerated().map { i, letter in
                "BT /F2 12 Tf \(x) \(740 - 14 * i) Td \(PDFSample.codes(String(letter), of: letters)) Tj ET\n"
            }.joined()
        }.joined()
        let file = PDFSample.file(
            [content + PDFSample.line(72, 300, 12, "Below.")],
            objects: PDFSample.wideFont(letters, first: 5, encoding: "Identity-H"), fonts: "/F2 5 0 R")
        let text = try #require(Readers.read(file, path: "a.pdf").document).string
        #expect(["図書館閉夜休\n\nBelow.\n", "Below.\n\n図書館閉夜休\n"].contains(text), "\(text)")
    }

    @Test(arguments: [
        "0 1 -1 0 100 300", "0.7071 0.7071 -0.7071 0.7071 200 200", "-1 0 0 -1 400 200", "0.5 -0.866 0.866 0.5 100 500",
    ])
    func textAtAnAngleIsABlockOfItsOwn(matrix: String) throws {
        let content =
            PDFSample.line(72, 700, 12, "The first line of the page is upright and goes")
            + "BT /F1 12 Tf \(matrix) Tm (Sideways text is read as a sentence.) Tj ET\n"
            + PDFSample.line(72, 686, 12, "on in the second line of it.")
        #expect(
            Readers.read(PDFSample.file([content]), path: "a.pdf").document?.string == """
                The first line of the page is upright and goes on in the second line of it.

                Sideways text is read as a sentence.

                """)
    }

    @Test func accentsOfOldTypesettersAreOnTheirLetters() throws {
        // TeX draws the accent and moves back to draw the letter.
        let objects = PDFSample.font("\u{B4}\u{A8}\u{B8}", map: 6)
        let drawn = """
            BT /F1 12 Tf 72 700 Td (caf) Tj ET
            BT /F2 12 Tf 87.5 700 Td (a) Tj ET
            BT /F1 12 Tf 88 700 Td (e) Tj ET
            """
        let file = PDFSample.file([drawn], objects: objects, fonts: "/F2 5 0 R")
        #expect(Readers.read(file, path: "a.pdf").document?.string == "caf\u{E9}\n")
    }
}
