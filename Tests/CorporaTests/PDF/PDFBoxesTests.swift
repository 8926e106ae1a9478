import Corpora
import Testing

/// Boxes of text beside one another, which a page draws one after the other.
@Suite struct PDFBoxesTests {
    private let north = ["Quay north", "Nine berths are free.", "The crane lifts four tons."]
    private let south = ["Quay south", "Two berths are free.", "The crane is broken."]

    private func box(_ lines: [String], _ x: Double, _ y: Double) -> String {
        lines.enumerated().map { PDFSample.line(x, y - 16 * Double($0), 12, $1) }.joined()
    }

    private func slide(_ content: String) throws -> String {
        let page = String(decoding: PDFSample.file([content]), as: UTF8.self)
        let bytes = Array(page.replacing("[0 0 612 792]", with: "[0 0 612 400]").utf8)
        return try #require(Readers.read(bytes, path: "a.pdf").document).string
    }

    @Test func boxesOfASlideAreReadOneAfterTheOther() throws {
        let text = try slide(box(["Quays"], 60, 360) + box(north, 60, 320) + box(south, 330, 320))
        #expect(words(text) == words((["Quays"] + north + south).joined(separator: " ")))
        let four = try slide(
            box(north, 60, 320) + box(south, 330, 320) + box(["East", "No light."], 60, 200)
                + box(["West", "Light at night."], 330, 200))
        let all = north + south + ["East", "No light.", "West", "Light at night."]
        #expect(words(four) == words(all.joined(separator: " ")))
    }

    private func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }

    @Test func rowsThatAreDrawnAcrossStayRows() throws {
        let rows = zip(north, south).enumerated().map { i, pair in
            PDFSample.line(60, 320 - 16 * Double(i), 12, pair.0) + PDFSample.line(330, 320 - 16 * Double(i), 12, pair.1)
        }
        #expect(try slide(rows.joined()).contains("Nine berths are free. | Two berths are free."))
    }

    @Test func aFewLinesBesideATextThatIsDrawnApartAreNoneOfIt() throws {
        let hours = box(["Mon 8 to 12", "Tue 9 to 13", "Wed closed"], 60, 700)
        let text = box(
            [
                "The warden of the lane counts the boats at dusk and writes",
                "their number in the book of the year, which is kept in",
                "the tower beside the mill, and reads it to the members.",
            ], 200, 697)
        let below = box(
            ["All members may read this book in the mill on any day of the week, if they ask the warden for it."], 60, 600)
        let read = try PDFSample.text(hours + text + below)
        #expect(read.contains("Mon 8 to 12 Tue 9 to 13 Wed closed\n"))
        #expect(read.contains("dusk and writes their number in the book"))
    }

    /// LibreOffice and Word draw bullets with fonts of symbols.
    @Test func privateCodesOfSymbolsAreRead() throws {
        let font = PDFSample.font("\u{F0B7}\u{F0FC}\u{F06C}", map: 6)
        let bytes = PDFSample.file(
            [
                PDFSample.line(60, 700, 12, "a", font: "F2") + PDFSample.line(80, 700, 12, "rope")
                    + PDFSample.line(60, 680, 12, "b", font: "F2") + PDFSample.line(60, 660, 12, "c", font: "F2")
                    + PDFSample.line(80, 660, 12, "oar")
            ],
            objects: font, fonts: "/F2 5 0 R")
        let document = try #require(Readers.read(bytes, path: "a.pdf").document)
        #expect(document.string.hasPrefix("• rope") && document.string.contains("✓"))
        // A letter is a bullet of Wingdings more often than a Greek one.
        #expect(document.string.contains("• oar"), "\(document.string)")
        #expect(document.notes.isEmpty)
    }
}
