import Corpora
import Foundation
import Testing

/// Letters that a page draws one by one, raised, large, spaced out or stacked.
@Suite struct PDFLettersTests {
    /// Each letter of a text from right to left in the order of reading, with its spaces where `drawsSpaces` says so.
    private func drawn(_ text: [Unicode.Scalar], of letters: String, drawsSpaces: Bool) -> String {
        let all = Array(letters.unicodeScalars)
        var x = 500.0
        return text.map { letter in
            x -= letter == " " ? 3.4 : 6
            if letter == " " { return drawsSpaces ? PDFSample.line(x, 700, 12, " ") : "" }
            let code = Character(Unicode.Scalar(UInt8(97 + all.firstIndex(of: letter)!)))
            return PDFSample.line(x, 700, 12, String(code), font: "F2")
        }.joined()
    }

    @Test(arguments: [true, false], ["שלום עולם", "دار باد"])
    func spacesOfTextFromRightToLeftStandWhereTheyAre(_ drawsSpaces: Bool, _ text: String) throws {
        let letters = String(Set(text.filter { $0 != " " }).sorted())
        let file = PDFSample.file(
            [drawn(Array(text.unicodeScalars), of: letters, drawsSpaces: drawsSpaces)],
            objects: PDFSample.font(letters, map: 6),
            fonts: "/F2 5 0 R")
        #expect(Readers.read(file, path: "a.pdf").document?.string == text + "\n")
    }

    @Test func raisedLettersOfTheSizeOfTheLineAreExponents() throws {
        let above = PDFSample.line(72, 730, 12, "The first line of the text.")
        func raised(_ text: String) throws -> String {
            try PDFSample.text(above + "BT /F1 12 Tf 72 700 Td (The limit is 10) Tj 5 Ts \(text) 0 Ts ( units.) Tj ET")
        }
        #expect(try raised("(6) Tj").contains("The limit is 10\u{2076} units."))
        #expect(try raised("(- 4) Tj").contains("The limit is 10\u{207B}\u{2074} units."))
        #expect(try raised("/F1 8 Tf (- 4) Tj /F1 12 Tf").contains("The limit is 10\u{207B}\u{2074} units."))
        // A word of another line, and words with a gap between.
        let other = PDFSample.line(72, 700, 12, "Low") + PDFSample.line(104, 705, 12, "6")
        #expect(try !PDFSample.text(other).contains("\u{2076}"))
    }

    /// A large initial beside the first of three lines.
    private func initial(_ letter: String, _ word: String, gap: Double) throws -> String {
        let x = 72 + 28 + gap
        return try PDFSample.text(
            PDFSample.line(72, 676, 40, letter) + PDFSample.line(x, 696, 11, "\(word) and the pier are closed")
                + PDFSample.line(x, 682, 11, "in the winter of the year")
                + PDFSample.line(72, 660, 11, "by the harbour master of Odde town."))
    }

    @Test func numbersAndWordsOfOneLetterAreParted() throws {
        #expect(try initial("5", "rules", gap: 0).hasPrefix("5 rules and"))
        #expect(try initial("1", "931", gap: 0).hasPrefix("1931 and"))
        #expect(try initial("T", "he", gap: 1).hasPrefix("The and"))
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: "/usr/share/dict/american-english"), "wamerican is not installed"))
    func theWordListTellsWordsOfOneLetter() throws {
        #expect(try initial("A", "ship", gap: 2).hasPrefix("A ship and"))
        #expect(try initial("A", "ll", gap: 7).hasPrefix("All and"))
        #expect(try initial("O", "n", gap: 0).hasPrefix("On and"))
    }

    @Test func lettersThatAreSpacedOutAreWords() throws {
        let body = (0..<4).map {
            PDFSample.line(72, 600 - 14 * Double($0), 11, "Line \($0) of the text below goes on and on.")
        }.joined()
        for spacing in [4, 7, 8, 10, 12] {
            let heading = "BT /F1 12 Tf \(spacing) Tc 72 700 Td (HARBOUR RULES 2024) Tj 0 Tc ET "
            let text = try PDFSample.text(heading + body)
            #expect(text.contains("HARBOUR") && text.contains("RULES") && text.contains("2024"), "\(spacing): \(text)")
        }
        let byHand = ["A N N U A L   R E P O R T", "S O L E M N:", "G e s p e r r t  ist es"]
        let joined = ["ANNUAL REPORT", "SOLEMN:", "Gesperrt ist es"]
        for (drawn, text) in zip(byHand, joined) {
            #expect(try PDFSample.text(PDFSample.line(72, 700, 12, drawn) + body).hasPrefix(text + "\n"))
        }
        for list in ["A B C D E F G", "A C B D D A", "W L W D L W", "1 4 2 8 5 7", "J R R Tolkien"] {
            #expect(try PDFSample.text(PDFSample.line(72, 700, 12, list) + body).hasPrefix(list + "\n"), "\(list)")
        }
    }

    @Test func stackedLettersAreAWord() throws {
        let body = (0..<8).map {
            PDFSample.line(72, 700 - 16 * Double($0), 11, "Line \($0) of the text on this page goes on.")
        }.joined()
        for step in [10.0, 11, 12, 14] {
            func stack(_ letters: String) -> String {
                letters.enumerated().map { PDFSample.line(500, 700 - step * Double($0), 10, String($1)) }.joined()
            }
            let text = try PDFSample.text(body + stack("HOUUONO"))
            #expect(text.hasSuffix("\n\nHOUUONO\n") && text.contains("goes on. Line 1 of"), "\(step): \(text)")
            #expect(try !PDFSample.text(body + stack("ABCDEFG")).contains("ABCDEFG"))
        }
    }

    @Test func aFractionIsWrittenOnTheLine() throws {
        func fraction(_ top: (Double, String), _ bottom: (Double, String)) throws -> String {
            let line = PDFSample.line(72, 700, 11, "The load is q =") + PDFSample.line(184, 700, 11, "times the span.")
            return try PDFSample.text(
                line + PDFSample.line(top.0, 706, 11, top.1) + PDFSample.line(bottom.0, 692, 11, bottom.1)
                    + "156 703 m 178 703 l S")
        }
        #expect(try fraction((164, "5"), (161, "384")) == "The load is q = 5/384 times the span.\n")
        #expect(try fraction((164, "a"), (158, "x+y")).contains("= a/(x+y) times"))
        // The rule of a sum has no words at its sides.
        let sum = PDFSample.line(72, 706, 11, "12") + PDFSample.line(72, 692, 11, "30") + "70 703 m 90 703 l S"
        #expect(try !PDFSample.text(sum).contains("/"))
    }
}
