import Corpora
import TestSupport
import Testing

/// Text that is struck through says so in every format.
@Suite struct StruckTextTests {
    @Test func cellsOfASheet() {
        let styles =
            "<fonts><font/><font><strike/></font><font><strike val=\"0\"/></font></fonts>"
            + "<cellXfs>" + (0...2).map { "<xf numFmtId=\"0\" fontId=\"\($0)\"/>" }.joined() + "</cellXfs>"
        func cell(_ place: String, _ style: Int, _ value: String, _ type: String) -> String {
            "<c r=\"\(place)\" s=\"\(style)\" t=\"\(type)\"><v>\(value)</v></c>"
        }
        func run(_ text: String, _ font: String) -> String { "<r>\(font)<t xml:space=\"preserve\">\(text)</t></r>" }
        let struck = "<rPr><strike/></rPr>"
        let inline = "<is>" + run("Monday ", struck) + run("Tuesday", "<rPr><b/></rPr>") + "</is>"
        let rows =
            "<row r=\"1\">" + cell("A1", 1, "0", "s") + cell("B1", 1, "12.5", "n") + cell("C1", 2, "7", "n") + "</row>"
            + "<row r=\"2\">" + cell("A2", 0, "1", "s") + cell("B2", 1, "1", "s")
            + "<c r=\"C2\" t=\"inlineStr\">\(inline)</c><c r=\"D2\" s=\"1\" t=\"inlineStr\"><is><t>gone</t></is></c></row>"
        // The run without a font of its own is struck where the cell is.
        let strings = ["Twine", "</t>" + run("9 to 5", struck) + run(" 8 to", "") + run(" 4", "<rPr/>") + "<t>"]
        let bytes = OfficeSample.workbook([("S", rows)], strings: strings, styles: styles)
        #expect(
            Readers.text(bytes, "a.xlsx")
                == "S\n\n~~Twine~~ | ~~12.5~~ | 7\n~~9 to 5~~ 8 to 4 | ~~9 to 5 8 to~~ 4 | ~~Monday~~ Tuesday | ~~gone~~\n")
    }

    @Test func cellsOfAnOldWorkbook() {
        let number = OldOfficeSample.number
        let record = OldWorkbookSample.record
        let zeros = OldOfficeSample.zeros
        let fonts = [0, 8].flatMap { record(0x31, number(200, 2) + number($0, 2) + zeros(10)) }
        let raising = record(0x31, number(200, 2) + number(0, 6) + number(1, 2) + zeros(4))
        let styles = [0, 1].flatMap { record(0xE0, number($0, 2) + zeros(18)) }
        func text(_ words: String, _ runs: [(start: Int, font: Int)]) -> [UInt8] {
            number(words.utf8.count, 2) + [8] + number(runs.count, 2) + Array(words.utf8)
                + runs.flatMap { number($0.start, 2) + number($0.font, 2) }
        }
        let strings = record(
            0xFC, number(2, 4) + number(2, 4) + text("Rent 400 450 m2", [(5, 1), (8, 0), (14, 2)]) + text("gone", []))
        let sheet =
            record(0xFD, number(0, 6) + number(0, 4))
            + record(0xFD, number(0, 2) + number(1, 2) + number(1, 2) + number(1, 4))
            + record(0x27E, number(0, 2) + number(2, 2) + number(1, 2) + number(7 << 2 | 2, 4))
        let bytes = OldWorkbookSample.file([("S", 0, sheet)], globals: fonts + raising + styles + strings)
        #expect(Readers.text(bytes, "a.xls") == "S\n\nRent ~~400~~ 450 m² | ~~gone~~ | ~~7~~\n")
    }

    /// The style of a cell, of its column, or of some of its words, or the one above it.
    @Test func cellsOfOpenDocument() {
        let styles =
            "<style:style style:name=\"a\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>"
            + "<style:style style:name=\"b\" style:parent-style-name=\"a\"/>"
        let table =
            "<table:table-column/><table:table-column table:default-cell-style-name=\"b\"/>"
            + "<table:table-row><table:table-cell table:style-name=\"a\"><text:p>Rope</text:p></table:table-cell>"
            + "<table:table-cell><text:p>4</text:p></table:table-cell></table:table-row>"
            + "<table:table-row><table:table-cell><text:p>was <text:span text:style-name=\"b\">4</text:span> is 5</text:p>"
            + "</table:table-cell></table:table-row>"
        let bytes = OfficeSample.open(
            "<office:spreadsheet><table:table table:name=\"S\">\(table)</table:table></office:spreadsheet>", styles: styles)
        #expect(Readers.text(bytes, "a.ods") == "S\n\n~~Rope~~ | ~~4~~\nwas ~~4~~ is 5\n")
    }

    @Test func wordsOfADocument() {
        func run(_ text: String, _ properties: String) -> String {
            "<w:p><w:r><w:rPr>\(properties)</w:rPr><w:t>\(text)</w:t></w:r></w:p>"
        }
        let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Old\"><w:rPr><w:dstrike/></w:rPr></w:style></w:styles>"
        let body =
            run("twice", "<w:dstrike/>") + run("both", "<w:strike w:val=\"0\"/><w:dstrike/>")
            + run("none", "<w:rStyle w:val=\"Old\"/><w:dstrike w:val=\"0\"/>") + run("style", "<w:rStyle w:val=\"Old\"/>")
        let bytes = OfficeSample.word(body, parts: [("styles", "styles.xml", styles)])
        #expect(Readers.text(bytes, "a.docx") == "~~twice~~\n\n~~both~~\n\nnone\n\n~~style~~\n")
    }

    @Test func elementsOfAPage() {
        func read(_ html: String) -> String? { Readers.text(Array(html.utf8), "page.html") }
        let sheet = "<style>.old {text-decoration: line-through red} li.x {TEXT-DECORATION-LINE : line-through}</style>"
        #expect(
            read("<p>The fee is <span style='text-decoration:line-through'>12</span> 14.</p>") == "The fee is ~~12~~ 14.\n")
        #expect(read(sheet + "<ul><li class=x>oar <b>and</b> sail<li>tar</ul>") == "- ~~oar and sail~~\n- tar\n")
        #expect(
            read(sheet + "<table><tr><th>Item<th>Fee<tr class=old><td>Oar<td>4<tr><td>Sail<td class=old>9</table>")
                == "Item | Fee\n~~Oar~~ | ~~4~~\nSail | ~~9~~\n")
        #expect(read(sheet + "<div class=old><p>One</p><p>Two</p></div>") == "~~One~~\n\n~~Two~~\n")
        #expect(read(sheet + "<ul class=old><li>a<li>b</ul><p>c</p>") == "- ~~a~~\n- ~~b~~\n\nc\n")
        #expect(read("<p><del>gone <s>twice</s></del></p>") == "~~gone twice~~\n")
        #expect(read("<p style='text-decoration:underline'>kept</p>") == "kept\n")
    }

    /// The last of several declarations holds, and words that only look like one do not.
    @Test func ownStylesHideElements() {
        func read(_ style: String) -> String? { Readers.text(Array("<p style='\(style)'>a</p><p>b</p>".utf8), "page.html") }
        for style in ["display:none", "DISPLAY : none !important", "color:red; visibility : hidden"] {
            #expect(read(style) == "b\n", "\(style)")
        }
        for style in ["display:none;display:block", "--display:none", "visibility:hidden;visibility:visible"] {
            #expect(read(style) == "a\n\nb\n", "\(style)")
        }
    }
}
