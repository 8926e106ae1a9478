import Corpora
import TestSupport
import Testing

/// Formulas, headers and drawings of workbooks.
@Suite struct WorkbookPartTests {
    private func text(_ sheet: String, _ parts: [(String, String)] = []) -> String? {
        let links = OfficeSample.relationships([("d", "drawing", "../drawing.xml")])
        return Readers.text(
            ZipSample.make(
                [
                    ("_rels/.rels", OfficeSample.relationships([("r1", "officeDocument", "xl/workbook.xml")])),
                    (
                        "xl/workbook.xml",
                        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"r0\"/></sheets></workbook>"
                    ),
                    ("xl/_rels/workbook.xml.rels", OfficeSample.relationships([("r0", "worksheet", "worksheets/s.xml")])),
                    ("xl/worksheets/s.xml", "<worksheet>\(sheet)</worksheet>"), ("xl/worksheets/_rels/s.xml.rels", links),
                ] + parts), "a.xlsx")
    }

    @Test func cellsThatShareAFormulaTellIt() {
        func cell(_ name: String, _ formula: String) -> String {
            "<row r=\"\(name.dropFirst())\"><c r=\"\(name)\"><f t=\"shared\" si=\"0\">\(formula)</f></c></row>"
        }
        #expect(
            text("<sheetData>\(cell("A1", "B1*2"))\(cell("A2", ""))</sheetData>") == "S\n\n=B1*2\n=B1*2, shared from A1\n")
    }

    @Test func twoSignsInAHeaderAreOne() {
        let edge = "<headerFooter><oddHeader>&amp;LOdde &amp;&amp; Co, page &amp;P</oddHeader></headerFooter>"
        #expect(text("<sheetData/>" + edge) == "S\n\nOdde & Co, page\n")
    }

    @Test func copiesOfShapesForOldProgramsAreLeftOut() {
        let shape = "<x:sp><x:txBody><a:p><a:r><a:t>Crane</a:t></a:r></a:p></x:txBody></x:sp>"
        let drawing =
            "<x:wsDr xmlns:x=\"x\" xmlns:a=\"a\" xmlns:mc=\"mc\"><mc:AlternateContent><mc:Choice><x:g>\(shape)</x:g></mc:Choice>"
            + "<mc:Fallback>\(shape)</mc:Fallback></mc:AlternateContent></x:wsDr>"
        #expect(text("<sheetData/>", [("xl/drawing.xml", drawing)]) == "S\n\nCrane\n")
    }
}
