import Corpora
import Foundation
import Testing

/// Words that a rule or a comment strikes out.
@Suite struct PDFStrikeTests {
    /// "The rent is" to 132, "four hundred" from 140 on, and "crowns." from 230 on.
    private static let line =
        PDFSample.line(72, 700, 12, "The rent is") + PDFSample.line(140, 700, 12, "four hundred")
        + PDFSample.line(230, 700, 12, "crowns.")

    @Test(arguments: [
        "0.6 w 140 703.6 m 206 703.6 l S", "139 703 68 0.7 re f", "140 704 m 162 704 l S 165 704 m 207 704 l S",
    ])
    func aRuleThroughWordsStrikesThem(_ rule: String) throws {
        #expect(try PDFSample.text(Self.line + rule) == "The rent is ~~four hundred~~ crowns.\n")
    }

    @Test(arguments: [
        // Below the words, above them, through the line of a table, a box around words, a long rule, a bar behind them.
        "140 698 m 206 698 l S", "140 712 m 206 712 l S", "40 703.6 m 400 703.6 l S", "138 703 70 60 re S",
        "140 702 66 6 re f",
        "140 690 m 206 690 l S 140 711 m 206 711 l S",
    ])
    func otherRulesStrikeNothing(_ rule: String) throws {
        #expect(try !PDFSample.text("0.5 g " + rule + " 0 g " + Self.line).contains("~~"))
    }

    @Test func aPartOfAWordAndSeveralLinesAreStruck() throws {
        let part = PDFSample.line(72, 700, 12, "1931") + "72 704 m 85 704 l S"
        #expect(try PDFSample.text(part) == "~~19~~31\n")
        let lines = [
            "The harbour master closes the gate at eight and", "opens it again at six in the morning on all of the days",
            "but Sunday.",
        ].enumerated().map { PDFSample.line(72, 700 - 14 * Double($0), 10, $1) }.joined()
        let rules = "72 703 m 285 703 l S 72 689 m 305 689 l S"
        let text = try PDFSample.text(lines + rules)
        #expect(
            text.hasPrefix("~~The harbour master") && text.contains("eight and opens it")
                && text.contains("days~~ but Sunday."), "\(text)")
    }

    @Test func aCommentStrikesWords() throws {
        let comment =
            "<< /Type /Annot /Subtype /StrikeOut /Contents (Too much) /QuadPoints [139 711 207 711 139 697 207 697] /Rect [139 697 207 711] >>"
        let file = PDFSample.file([Self.line], objects: [comment], page: "/Annots [5 0 R]")
        let text = try #require(Readers.read(file, path: "a.pdf").document).string
        #expect(text == "The rent is ~~four hundred~~ crowns.\n\n[Note: Too much]\n")
        let hidden = PDFSample.file(
            [Self.line], objects: [comment.replacing("/Subtype", with: "/F 2 /Subtype")], page: "/Annots [5 0 R]")
        #expect(Readers.read(hidden, path: "a.pdf").document?.string == "The rent is four hundred crowns.\n")
    }

    @Test func wordsFromRightToLeftAreStruck() throws {
        // The letters a to i of the font stand for these, and are drawn from left to right.
        let font = PDFSample.font("\u{5E9}\u{5DC}\u{5D5}\u{5DD}", map: 6)
        let content =
            "BT /F2 12 Tf 72 700 Td (dcba) Tj ET " + PDFSample.line(104, 700, 12, "dcba", font: "F2") + "72 704 m 97 704 l S"
        let file = PDFSample.file([content], objects: font, fonts: "/F2 5 0 R")
        let text = try #require(Readers.read(file, path: "a.pdf").document).string
        #expect(text == "\u{5E9}\u{5DC}\u{5D5}\u{5DD} ~~\u{5E9}\u{5DC}\u{5D5}\u{5DD}~~\n")
    }
}
