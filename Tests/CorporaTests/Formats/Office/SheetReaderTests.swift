import Corpora
import TestSupport
import Testing

@Suite struct SheetReaderTests {
    private func cell(_ place: String, _ value: String, _ attributes: String = "") -> String {
        "<c r=\"\(place)\" \(attributes)><v>\(value)</v></c>"
    }

    @Test func sheetsAreHeadingsAndRowsAreLines() throws {
        let rows =
            "<row r=\"1\">" + cell("A1", "0", "t=\"s\"") + cell("C1", "1", "t=\"s\"") + "</row><row r=\"2\">"
            + cell("A2", "20")
            + cell("B2", "1", "t=\"b\"") + "<c r=\"C2\" t=\"inlineStr\"><is><t>by hand</t></is></c></row><row r=\"5\">"
            + cell("B5", "far")
            + "</row>"
        let bytes = OfficeSample.workbook([("Ropes", rows), ("Empty", "")], strings: ["width", "made"])
        let document = try #require(Readers.read(bytes, path: "a.xlsx").document)
        #expect(document.string == "Ropes\n\nwidth |  | made\n20 | TRUE | by hand\n\n | far\n")
        #expect(document.spans.headings(at: 10) == ["Ropes"])
    }

    @Test func numbersAreWrittenAsTheirFormatsShowThem() throws {
        let styles =
            "<numFmts><numFmt numFmtId=\"170\" formatCode=\"#,##0.00\\ [$€-407]\"/><numFmt numFmtId=\"171\" formatCode=\"[h]:mm\"/></numFmts>"
            + "<cellXfs>" + [0, 2, 14, 9, 22, 170, 171, 20].map { "<xf numFmtId=\"\($0)\"/>" }.joined() + "</cellXfs>"
        let cells = [
            ("A1", "5.7000000000000002", 0), ("B1", "5.7", 1), ("C1", "45292", 2), ("D1", "0.25", 3), ("E1", "45292.5", 4),
            ("F1", "1840.5", 5), ("G1", "1.5", 6), ("H1", "0.75", 7), ("I1", "3.14159", 1),
        ]
        let row = "<row r=\"1\">" + cells.map { cell($0.0, $0.1, "s=\"\($0.2)\"") }.joined() + "</row>"
        let text = Readers.text(OfficeSample.workbook([("S", row)], styles: styles), "a.xlsx")
        #expect(text == "S\n\n5.7 | 5.70 | 2024-01-01 | 25% | 2024-01-01 12:00 | 1840.50 € | 36:00:00 | 18:00 | 3.14159\n")
    }

    @Test func raisedAndLoweredRunsStayApart() {
        func run(_ text: String, _ place: String? = nil) -> String {
            "<r>" + (place.map { "<rPr><vertAlign val=\"\($0)script\"/></rPr>" } ?? "")
                + "<t xml:space=\"preserve\">\(text)</t></r>"
        }
        let inside = run("area m") + run("2", "super") + run(" wide")
        let row =
            "<row r=\"1\">" + cell("A1", "0", "t=\"s\"") + cell("B1", "1", "t=\"s\"")
            + "<c r=\"C1\" t=\"inlineStr\"><is>\(inside)</is></c></row>"
        let strings = [run("10") + run("-6", "super") + run(" bar"), run("H") + run("2", "sub") + run("O")].map {
            "</t>\($0)<t>"
        }
        #expect(
            Readers.text(OfficeSample.workbook([("S", row)], strings: strings), "a.xlsx")
                == "S\n\n10⁻⁶ bar | H₂O | area m² wide\n")
        let styles = ["super", "sub"].map {
            "<style:style style:name=\"\($0)\"><style:text-properties style:text-position=\"\($0) 58%\"/></style:style>"
        }
        let words =
            "10<text:span text:style-name=\"super\">-6</text:span> of CO<text:span text:style-name=\"sub\">2</text:span>"
        let table =
            "<table:table table:name=\"S\"><table:table-row><table:table-cell><text:p>\(words)</text:p></table:table-cell></table:table-row></table:table>"
        #expect(
            Readers.text(
                OfficeSample.open("<office:spreadsheet>\(table)</office:spreadsheet>", styles: styles.joined()), "a.ods")
                == "S\n\n10⁻⁶ of CO₂\n")
    }

    @Test func boxesToTickShowTheirState() {
        func shape(_ id: Int, _ text: String) -> String {
            "<sp><nvSpPr><cNvPr id=\"\(id)\"/></nvSpPr><txBody><p><r><t>\(text)</t></r></p></txBody></sp>"
        }
        let controls = (1...3).map { "<control shapeId=\"\($0)\" r:id=\"c\($0)\" name=\"Box \($0)\"/>" }.joined()
        let links =
            (1...3).map { (id: "c\($0)", kind: "ctrlProp", target: "c\($0).xml") } + [
                (id: "d", kind: "drawing", target: "d.xml")
            ]
        let bytes = ZipSample.make([
            ("_rels/.rels", OfficeSample.relationships([("r1", "officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"r0\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", OfficeSample.relationships([("r0", "worksheet", "s.xml")])),
            ("xl/s.xml", "<worksheet xmlns:r=\"r\"><sheetData/><controls>\(controls)</controls></worksheet>"),
            ("xl/_rels/s.xml.rels", OfficeSample.relationships(links)),
            ("xl/c1.xml", "<formControlPr objectType=\"CheckBox\" checked=\"Checked\"/>"),
            ("xl/c2.xml", "<formControlPr objectType=\"CheckBox\"/>"),
            ("xl/c3.xml", "<formControlPr objectType=\"Radio\" checked=\"Checked\"/>"),
            ("xl/d.xml", "<wsDr>" + shape(1, "Insured") + shape(2, "Fragile") + shape(9, "Remark") + "</wsDr>"),
        ])
        #expect(Readers.text(bytes, "a.xlsx") == "S\n\n[x] Insured\n[ ] Fragile\nRemark\n[x] Box 3\n")
    }

    @Test func hiddenSheetsSayThatTheyAreHidden() {
        let styles = ["h", "s"].map { name in
            "<style:style style:name=\"\(name)\" style:family=\"table\"><style:table-properties table:display=\"\(name == "s")\"/></style:style>"
        }
        let tables = ["h", "s"].map { name in
            "<table:table table:name=\"\(name)\" table:style-name=\"\(name)\"><table:table-row><table:table-cell><text:p>7</text:p>"
                + "</table:table-cell></table:table-row></table:table>"
        }
        let sheets = OfficeSample.open(
            "<office:spreadsheet>\(tables.joined())</office:spreadsheet>", styles: styles.joined())
        #expect(Readers.text(sheets, "a.ods") == "h (hidden)\n\n7\n\ns\n\n7\n")
        let bytes = OfficeSample.workbook([("Old", "<row>" + cell("A1", "7") + "</row>")], attributes: "state=\"hidden\"")
        #expect(Readers.text(bytes, "a.xlsx") == "Old (hidden)\n\n7\n")
    }

    @Test func aCellFarOutTakesNoRoomForTheCellsBetween() {
        let row = "<row r=\"1048576\">" + cell("ZZZZZZZZZZ1", "x") + cell("A1048576", "near") + "</row>"
        #expect(Readers.text(OfficeSample.workbook([("S", row)]), "a.xlsx") == "S\n\nnear\n")
        for number in [Int.min, -1, 0, Int.max].map(String.init) + ["99999999999999999999", "x"] {
            let row = "<row r=\"\(number)\"><c><v>7</v></c></row>"
            #expect(Readers.text(OfficeSample.workbook([("S", row)]), "a.xlsx")?.hasSuffix("7\n") == true, "\(number)")
        }
        let rows = (1...2000).map { "<row r=\"\($0)\">" + cell("XFD\($0)", "x") + cell("A\($0)", "y") + "</row>" }.joined()
        var limits = ExtractionLimits()
        limits.textBytes = 1 << 20
        let wide = OfficeSample.workbook([("S", rows)])
        #expect(Readers.read(wide, path: "a.xlsx", limits: limits).refusal == .textTooLong(limit: 1 << 20))
    }

    /// The rows of a sheet from words in columns. An empty word makes no cell.
    private func rows(_ table: [[String]]) -> String {
        table.enumerated().map { row, words in
            let cells = words.enumerated().filter { !$0.element.isEmpty }.map { column, word in
                cell("\(["A", "B", "C", "D", "E"][column])\(row + 1)", word, "t=\"str\"")
            }
            return "<row r=\"\(row + 1)\">\(cells.joined())</row>"
        }.joined()
    }

    @Test func mergedCellsStandInEachColumnAndRow() {
        let table = [
            ["Fares of the ferry"], ["Pier", "Summer", "", "Winter"], ["", "day", "night", "day", "night"],
            ["East", "2", "3", "1", "1"], ["", "4", "5", "closed", ""], ["West", "none", "", "", ""],
        ]
        let merged = ["A1:E1", "A2:A3", "B2:C2", "D2:E2", "A4:A5", "D5:E5", "B6:E6", "A6:XFD1048576"]
        #expect(
            Readers.text(OfficeSample.workbook([("S", rows(table))], merged: merged), "a.xlsx")
                == """
                S

                Fares of the ferry
                Pier | Summer | Summer | Winter | Winter
                Pier | day | night | day | night
                East | 2 | 3 | 1 | 1
                East | 4 | 5 | closed | closed
                West | none | none | none | none

                """)
    }

    @Test func columnsOfTheLayoutAloneHoldNothing() {
        let table = [["Pier", "Fare", "", "", "Day"], ["East", "free", "", "", "Monday"]]
        #expect(
            Readers.text(OfficeSample.workbook([("S", rows(table))], merged: ["B1:D1", "B2:D2"]), "a.xlsx")
                == "S\n\nPier | Fare |  |  | Day\nEast | free |  |  | Monday\n")
    }

    @Test func aLongValueInMergedCellsStandsOnce() {
        let long = "the ferry does not call here from the first of May on"
        let bytes = OfficeSample.workbook(
            [("S", rows([["Day", "Out", "Back"], ["Sunday", long]]))], merged: ["B2:C2", "B9:A1", "junk", "C1:C1"])
        #expect(Readers.text(bytes, "a.xlsx") == "S\n\nDay | Out | Back\nSunday | \(long)\n")
    }

    /// A merged cell over a million rows does not make a long text of a short sheet.
    @Test func mergedCellsWithoutEndAreLimited() {
        let long = String(repeating: "a", count: 190)
        let table = [["", long, "x"]] + Array(repeating: ["", "", "x"], count: 999)
        var limits = ExtractionLimits()
        limits.textBytes = 100_000
        let bytes = OfficeSample.workbook([("S", rows(table))], merged: Array(repeating: "B1:B1048576", count: 10))
        let text = Readers.read(bytes, path: "a.xlsx", limits: limits).document?.string
        #expect(text?.hasPrefix("S\n\n\(long) | x\n\(long) | x\n") == true && text?.hasSuffix("\n | x\n") == true)
    }

    @Test func mergedCellsOfOpenDocumentStandInEachColumnAndRow() {
        func cell(_ text: String, _ attributes: String = "") -> String {
            "<table:table-cell \(attributes)><text:p>\(text)</text:p></table:table-cell>"
        }
        let covered = "<table:covered-table-cell/>"
        let rows = [
            cell("Pier", "table:number-rows-spanned=\"2\"") + cell("Fare", "table:number-columns-spanned=\"2\"") + covered,
            covered + cell("day") + cell("night"),
            cell("East") + cell("free", "table:number-columns-spanned=\"2\"") + covered,
        ].map { "<table:table-row>\($0)</table:table-row>" }.joined()
        let bytes = OfficeSample.open(
            "<office:spreadsheet><table:table table:name=\"S\">\(rows)</table:table></office:spreadsheet>")
        #expect(
            Readers.text(bytes, "a.ods") == "S\n\nPier | Fare | Fare\nPier | day | night\nEast | free | free\n")
    }

    @Test func openDocumentSheetsRepeatCellsAndRowsButNotForever() throws {
        func cell(_ text: String, _ attributes: String = "") -> String {
            "<table:table-cell \(attributes)><text:p>\(text)</text:p></table:table-cell>"
        }
        let table =
            "<table:table table:name=\"Ropes\"><table:table-row>" + cell("width") + cell("price") + "</table:table-row>"
            + "<table:table-row table:number-rows-repeated=\"2\">" + cell("4", "table:number-columns-repeated=\"2\"")
            + "</table:table-row>"
            + "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
            + "<table:table-row>" + cell("end") + "</table:table-row></table:table>"
        let bytes = OfficeSample.open("<office:spreadsheet>\(table)</office:spreadsheet>")
        let document = try #require(Readers.read(bytes, path: "a.ods").document)
        #expect(document.string == "Ropes\n\nwidth | price\n4 | 4\n4 | 4\n\nend\n")
        #expect(document.spans.headings(at: 10) == ["Ropes"])
    }

    @Test func promptsAndEdgesOfAllKindsAreKept() {
        let rows =
            "<row r=\"1\">" + cell("A1", "1") + "</row></sheetData>"
            + "<dataValidations><dataValidation promptTitle=\"Fee\" prompt=\"in crowns\" sqref=\"A1:A9\"/></dataValidations>"
            + "<headerFooter><oddHeader>&amp;LHarbour</oddHeader><firstHeader>&amp;CDraft</firstHeader>"
            + "<evenHeader>Harbour</evenHeader></headerFooter><sheetData>"
        #expect(
            Readers.text(OfficeSample.workbook([("S", rows)]), "a.xlsx")
                == "S\n\n1\n[Note on A1:A9: Fee: in crowns]\nHarbour\nDraft\n")
    }

    @Test func aNumberThatItsFormatDividesIsWrittenInFull() {
        let styles =
            "<numFmts><numFmt numFmtId=\"170\" formatCode=\"0.0,,&quot;M&quot;\"/></numFmts><cellXfs><xf numFmtId=\"170\"/></cellXfs>"
        let bytes = OfficeSample.workbook(
            [("S", "<row r=\"1\">" + cell("A1", "1500000", "s=\"0\"") + "</row>")], styles: styles)
        #expect(Readers.text(bytes, "a.xlsx") == "S\n\n1500000\n")
    }
}

extension SheetReaderTests {
    @Test(arguments: [
        ("float", "1234.5678", "1,234.57", "1234.5678"), ("float", "-5", "(5)", "-5"),
        ("percentage", "0.125", "13%", "12.5%"),
        ("float", "1500000", "1.5M", "1500000"), ("float", "42", "", "42"), ("float", "0.5", "1/2", "0.5"),
        ("currency", "5", "5.00 €", "5.00 €"), ("currency", "1234.5", "1.234,50 €", "1.234,50 €"),
        ("currency", "-3.456", "-3.46 €", "-3.456 €"), ("float", "4471234567", "(447) 123-4567", "(447) 123-4567"),
        ("float", "5", "00005", "00005"), ("float", "0", "none", "none"), ("float", "3", "some", "some (3)"),
    ])
    func numbersOfOpenDocumentAreInFull(type: String, value: String, shown: String, text: String) {
        let table =
            "<table:table table:name=\"S\"><table:table-row><table:table-cell office:value-type=\"\(type)\" "
            + "office:value=\"\(value)\"><text:p>\(shown)</text:p></table:table-cell></table:table-row></table:table>"
        #expect(
            Readers.text(OfficeSample.open("<office:spreadsheet>\(table)</office:spreadsheet>"), "a.ods")
                == "S\n\n\(text)\n")
    }

    @Test func headersOfPagesOfOpenDocumentAreKept() {
        let master =
            "<style:master-page><style:header><text:p><text:sheet-name>S</text:sheet-name></text:p></style:header>"
            + "<style:footer><style:region-left><text:p>Harbour<text:s/>office, Odde</text:p></style:region-left>"
            + "<style:region-right><text:p>Page <text:page-number>1</text:page-number></text:p></style:region-right></style:footer>"
            + "</style:master-page>"
        let table =
            "<table:table table:name=\"S\"><table:table-row><table:table-cell><text:p>oar</text:p></table:table-cell></table:table-row></table:table>"
        let bytes = OfficeSample.open("<office:spreadsheet>\(table)</office:spreadsheet>", master: master)
        #expect(Readers.text(bytes, "a.ods") == "S\n\noar\n\nHarbour office, Odde\n")
    }

    /// Lists in a cell, a value or formula alone, and what stands for a drawing.
    @Test func whatCellsOfOpenDocumentHoldBesidesParagraphsIsKept() {
        let list = "<text:list><text:list-item><text:p>tar</text:p></text:list-item></text:list>"
        let cells = [
            "<table:table-cell><text:p>oar</text:p>\(list)</table:table-cell>",
            "<table:table-cell office:value-type=\"float\" office:value=\"77\"/>",
            "<table:table-cell office:value-type=\"date\" office:date-value=\"2024-05-03\"/>",
            "<table:table-cell table:formula=\"of:=[.A1]+1\"/>",
            "<table:table-cell table:formula=\"of:=T()\" office:value-type=\"string\" office:string-value=\"\"/>",
            "<table:table-cell><text:p>end</text:p></table:table-cell>",
        ]
        let shapes =
            "<table:shapes><draw:frame><svg:desc xmlns:svg=\"v\">Chart of tides</svg:desc></draw:frame></table:shapes>"
        let table =
            "<table:table table:name=\"S\">\(shapes)<table:table-row>\(cells.joined())</table:table-row></table:table>"
        #expect(
            Readers.text(OfficeSample.open("<office:spreadsheet>\(table)</office:spreadsheet>"), "a.ods")
                == "S\n\noar tar | 77 | 2024-05-03 | =[.A1]+1 |  | end\nChart of tides\n")
    }

    /// Drawings that stand in a cell: shapes of all kinds, groups with shapes of their own, charts.
    @Test func whatIsDrawnInCellsOfOpenDocumentIsKept() {
        let chart =
            "<office:document xmlns:office=\"o\" xmlns:chart=\"h\" xmlns:table=\"b\" xmlns:text=\"t\"><office:body><office:chart><chart:chart>"
            + "<chart:title><text:p>Catch of the year</text:p></chart:title><chart:plot-area><chart:axis><chart:title><text:p>Tonnes"
            + "</text:p></chart:title></chart:axis></chart:plot-area><table:table><table:table-rows><table:table-row><table:table-cell>"
            + "<text:p>Herring</text:p></table:table-cell><table:table-cell office:value=\"7\"><text:p>7</text:p></table:table-cell>"
            + "<table:table-cell office:value=\"NaN\"><text:p>NaN</text:p></table:table-cell></table:table-row></table:table-rows>"
            + "</table:table></chart:chart></office:chart></office:body></office:document>"
        let note = "<draw:frame><draw:text-box><text:p>Closed in May</text:p></draw:text-box></draw:frame>"
        let drawings = [
            "<draw:rect><text:p>Quay</text:p></draw:rect>", "<draw:caption><text:p>Crane here</text:p></draw:caption>",
            "<draw:g><svg:desc>Plan</svg:desc><draw:ellipse><text:p>Pond</text:p></draw:ellipse><draw:g>\(note)</draw:g></draw:g>",
            "<draw:frame><draw:object xlink:href=\"./Object 1/\" xmlns:xlink=\"x\"/></draw:frame>",
            "<draw:frame><draw:object>\(chart.replacing("year", with: "month"))</draw:object></draw:frame>",
        ]
        let cell = "<table:table-cell><text:p>oar</text:p>\(drawings.joined())</table:table-cell>"
        let table = "<table:table table:name=\"S\"><table:table-row>\(cell)</table:table-row></table:table>"
        let bytes = OfficeSample.open(
            "<office:spreadsheet>\(table)</office:spreadsheet>", parts: [("Object 1/content.xml", chart)])
        let data = "Tonnes\nHerring | 7 | \n"
        #expect(
            Readers.text(bytes, "a.ods")
                == "S\n\noar\nQuay\nCrane here\nPlan\nPond\nClosed in May\nCatch of the year\n\(data)Catch of the month\n\(data)"
        )
        // A chart that holds itself ends.
        let frame = "<draw:frame xmlns:draw=\"d\" xmlns:xlink=\"x\"><draw:object xlink:href=\"Object 1\"/></draw:frame>"
        let endless = chart.replacing("</chart:chart>", with: String(repeating: frame, count: 9) + "</chart:chart>")
        let loop = OfficeSample.open(
            "<office:spreadsheet>\(table)</office:spreadsheet>", parts: [("Object 1/content.xml", endless)])
        #expect(Readers.text(loop, "a.ods") == Readers.text(bytes, "a.ods"))
        let lost = OfficeSample.open(
            "<office:spreadsheet>\(table.replacing("Object 1", with: "Object 2"))</office:spreadsheet>")
        #expect(Readers.read(lost, path: "a.ods").document?.notes == [.objects(["embedded object"])])
    }
}
