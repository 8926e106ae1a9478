import Corpora
import TestSupport
import Testing

@Suite struct SlidesReaderTests {
    @Test func slidesAreHeadingsWithTitleTextTablesAndNotes() throws {
        let table =
            "<p:graphicFrame><a:tbl><a:tr><a:tc><p:txBody/></a:tc></a:tr></a:tbl></p:graphicFrame>"
            .replacing(
                "<p:txBody/>",
                with:
                    "<a:txBody><a:p><a:r><a:t>rope</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>4.10</a:t></a:r></a:p></a:txBody>"
            )
        let group = "<p:grpSp><p:grpSp>\(OfficeSample.shape("Inside a group."))</p:grpSp></p:grpSp>"
        let picture = "<p:pic><p:nvPicPr><p:cNvPr descr=\"A red lifebuoy\"/></p:nvPicPr></p:pic>"
        let bytes = OfficeSample.slides([
            (
                OfficeSample.shape("Body first.") + OfficeSample.shape("Safety", kind: "title")
                    + OfficeSample.shape("7", kind: "sldNum"), "Smile."
            ),
            (table + group + picture, ""),
        ])
        let document = try #require(Readers.read(bytes, path: "a.pptx").document)
        #expect(
            document.string
                == "Slide 1\n\nSafety\n\nBody first.\n\n[Notes: Smile.]\n\nSlide 2\n\nrope | 4.10\n\nInside a group.\n\nA red lifebuoy\n"
        )
        #expect(document.title == "Safety")
        #expect(document.spans.headings(at: 20) == ["Slide 1", "Safety"])
        #expect(document.spans.headings(at: document.text.count - 1) == ["Slide 2"])
    }

    @Test func cellsOverColumnsAndRowsStandInEachOfThem() throws {
        func cell(_ text: String, _ attributes: String = "") -> String {
            "<a:tc \(attributes)><a:txBody><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></a:txBody></a:tc>"
        }
        let rows = [
            cell("Pier", "rowSpan=\"2\"") + cell("Dues", "gridSpan=\"2\"") + cell("", "hMerge=\"1\""),
            cell("", "vMerge=\"1\"") + cell("day") + cell("night"), cell("East") + cell("3") + cell("5"),
        ]
        let table = rows.map { "<a:tr>\($0)</a:tr>" }.joined()
        let bytes = OfficeSample.slides([("<p:graphicFrame><a:tbl>\(table)</a:tbl></p:graphicFrame>", "")])
        #expect(
            try #require(Readers.read(bytes, path: "a.pptx").document).string
                == "Slide 1\n\nPier | Dues | Dues\nPier | day | night\nEast | 3 | 5\n")
    }

    @Test func pagesOfOpenDocumentAreSlidesToo() throws {
        func frame(_ kind: String, _ text: String) -> String {
            "<draw:frame presentation:class=\"\(kind)\"><draw:text-box><text:p>\(text)</text:p></draw:text-box></draw:frame>"
        }
        let page =
            "<draw:page>" + frame("outline", "Check the pump.") + frame("title", "Before departure")
            + "<presentation:notes>\(frame("notes", "Ask the crew."))</presentation:notes></draw:page>"
        let document = try #require(
            Readers.read(OfficeSample.open("<office:presentation>\(page)</office:presentation>"), path: "a.odp").document)
        #expect(document.string == "Slide 1\n\nBefore departure\n\nCheck the pump.\n\n[Notes: Ask the crew.]\n")
        #expect(document.title == "Before departure")
    }

    @Test func deepGroupsEnd() {
        let deep =
            String(repeating: "<p:grpSp>", count: 200) + OfficeSample.shape("x")
            + String(repeating: "</p:grpSp>", count: 200)
        #expect(
            Readers.text(OfficeSample.slides([(OfficeSample.shape("kept") + deep, "")]), "a.pptx")?.contains("kept") == true)
    }

    @Test func everyBoxOfTheNotesAndTheNamesOfPicturesAreKept() throws {
        let picture = "<p:pic><p:nvPicPr><p:cNvPr title=\"The old crane\"/></p:nvPicPr></p:pic>"
        let notes =
            "Smile.</a:t></a:r></a:p></p:txBody></p:sp>" + OfficeSample.shape("Wave.")
            + OfficeSample.shape("4", kind: "sldNum")
            + "<p:sp><p:txBody><a:p><a:r><a:t>Bow."
        #expect(
            Readers.text(OfficeSample.slides([(picture, notes)]), "a.pptx")
                == "Slide 1\n\nThe old crane\n\n[Notes: Smile.\nWave.\nBow.]\n")
    }

    @Test(arguments: [
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr descr=\"Fares by month\"/></p:nvGraphicFramePr></p:graphicFrame>",
        "<p:grpSp><p:nvGrpSpPr><p:cNvPr descr=\"Fares by month\"/></p:nvGrpSpPr></p:grpSp>",
        "<p:cxnSp><p:nvCxnSpPr><p:cNvPr descr=\"Fares by month\"/></p:nvCxnSpPr></p:cxnSp>",
        "<p:sp><p:nvSpPr><p:cNvPr title=\"Fares by month\"/></p:nvSpPr></p:sp>",
        "<p:pic><p:nvPicPr><p:cNvPr title=\"Fares by month\"/></p:nvPicPr></p:pic>",
    ])
    func wordsThatStandForAShapeAreKept(shape: String) {
        let text = Readers.text(OfficeSample.slides([(shape, "")]), "a.pptx")
        #expect(text?.contains("Fares by month") == true, "\(text ?? "")")
    }

    /// The numbers of a box may stand in its own styles, in its layout or in the master. Those without one are no items.
    @Test(arguments: ["own", "layout", "master", "none"]) func paragraphsHaveTheNumbersOfTheirLayout(place: String) {
        let list =
            "<a:lvl1pPr><a:buAutoNum type=\"arabicPeriod\"/></a:lvl1pPr><a:lvl2pPr><a:buAutoNum type=\"alphaLcParenR\"/></a:lvl2pPr>"
        func box(_ text: String, _ lists: String) -> String {
            "<p:sp><p:nvSpPr><p:nvPr><p:ph idx=\"4\"/></p:nvPr></p:nvSpPr><p:txBody><a:lstStyle>\(lists)</a:lstStyle>\(text)</p:txBody></p:sp>"
        }
        func item(_ text: String, _ properties: String = "") -> String {
            "<a:p>\(properties)<a:r><a:t>\(text)</a:t></a:r></a:p>"
        }
        let text =
            item("Fill") + item("Oil", "<a:pPr lvl=\"1\"/>") + item("Start") + item("Done", "<a:pPr><a:buNone/></a:pPr>")
        func part(_ kind: String, _ shapes: String, _ more: String = "") -> String {
            "<p:\(kind) xmlns:p=\"p\" xmlns:a=\"a\" xmlns:r=\"r\"><p:cSld><p:spTree>\(shapes)</p:spTree></p:cSld>\(more)</p:\(kind)>"
        }
        let master = place == "master" ? "<p:txStyles><p:bodyStyle>\(list)</p:bodyStyle></p:txStyles>" : ""
        let bytes = ZipSample.make([
            ("_rels/.rels", OfficeSample.relationships([("r1", "officeDocument", "ppt/presentation.xml")])),
            (
                "ppt/presentation.xml",
                "<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"r0\"/></p:sldIdLst></p:presentation>"
            ),
            ("ppt/_rels/presentation.xml.rels", OfficeSample.relationships([("r0", "slide", "s.xml")])),
            ("ppt/s.xml", part("sld", box(text, place == "own" ? list : ""))),
            ("ppt/_rels/s.xml.rels", OfficeSample.relationships([("l", "slideLayout", "l.xml")])),
            ("ppt/l.xml", part("sldLayout", box("", place == "layout" ? list : ""))),
            ("ppt/_rels/l.xml.rels", OfficeSample.relationships([("m", "slideMaster", "m.xml")])),
            ("ppt/m.xml", part("sldMaster", "", master)),
        ])
        #expect(
            Readers.text(bytes, "a.pptx")
                == (place == "none"
                    ? "Slide 1\n\nFill\n\n- Oil\n\nStart\n\nDone\n" : "Slide 1\n\n1. Fill\n   a) Oil\n2. Start\n\nDone\n"))
    }

    @Test func exponentsOfTitlesStayExponents() {
        let run = "Limit 10</a:t></a:r><a:r><a:rPr baseline=\"30000\"/><a:t>-6"
        #expect(
            Readers.text(OfficeSample.slides([(OfficeSample.shape(run, kind: "title"), "")]), "a.pptx")
                == "Slide 1\n\nLimit 10⁻⁶\n")
    }

    @Test func paragraphsKeepTheirNumbers() throws {
        func item(_ text: String, _ kind: String) -> String {
            "<a:p><a:pPr><a:buAutoNum type=\"\(kind)\" startAt=\"4\"/></a:pPr><a:r><a:t>\(text)</a:t></a:r></a:p>"
        }
        let box =
            "<p:sp><p:txBody>" + item("Open", "arabicPeriod") + item("Wait", "arabicPeriod")
            + item("Shut", "alphaLcParenR") + "</p:txBody></p:sp>"
        let bytes = OfficeSample.slides([(box, "")])
        #expect(
            try #require(Readers.read(bytes, path: "a.pptx").document).string
                == "Slide 1\n\n4. Open\n5. Wait\nd) Shut\n")
    }
}

extension SlidesReaderTests {
    @Test func repliesFollowTheirComment() {
        func words(_ text: String) -> String { "<c:txBody><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></c:txBody>" }
        let replies = "<c:replyLst><c:reply>\(words("Since May."))</c:reply></c:replyLst>"
        let bytes = ZipSample.make([
            ("_rels/.rels", OfficeSample.relationships([("r1", "officeDocument", "ppt/p.xml")])),
            (
                "ppt/p.xml",
                "<p:p xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst><p:sldId r:id=\"s\"/></p:sldIdLst></p:p>"
            ),
            ("ppt/_rels/p.xml.rels", OfficeSample.relationships([("s", "slide", "s.xml")])),
            ("ppt/s.xml", "<p:sld xmlns:p=\"p\"/>"),
            ("ppt/_rels/s.xml.rels", OfficeSample.relationships([("c", "comments", "c.xml")])),
            (
                "ppt/c.xml",
                "<c:cmLst xmlns:c=\"c\" xmlns:a=\"a\"><c:cm>\(replies)\(words("Is it true?"))</c:cm></c:cmLst>"
            ),
        ])
        #expect(Readers.text(bytes, "a.pptx") == "Slide 1\n\n[Comment: Is it true?]\n\n[Reply: Since May.]\n")
    }
}

extension SlidesReaderTests {
    @Test func pointsOfAChartKeepTheirPlaces() {
        func points(_ values: [(Int, String)]) -> String {
            values.map { "<c:pt idx=\"\($0.0)\"><c:v>\($0.1)</c:v></c:pt>" }.joined()
        }
        let names =
            "<c:lvl>\(points([(0, "Q1"), (1, "Q2"), (2, "Q1")]))</c:lvl><c:lvl>\(points([(0, "2023"), (2, "2024")]))</c:lvl>"
        let chart =
            "<c:chartSpace xmlns:c=\"c\"><c:ser><c:tx><c:strRef><c:strCache>\(points([(0, "Rope")]))</c:strCache></c:strRef></c:tx>"
            + "<c:cat><c:multiLvlStrRef><c:multiLvlStrCache>\(names)</c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
            + "<c:val><c:numRef><c:numCache>\(points([(0, "4"), (2, "6")]))</c:numCache></c:numRef></c:val></c:ser></c:chartSpace>"
        let body = "<w:p><w:r><w:drawing><c:chart xmlns:c=\"c\" r:id=\"r0\"/></w:drawing></w:r></w:p>"
        let text = Readers.text(OfficeSample.word(body, parts: [("chart", "chart.xml", chart)]), "a.docx")
        #expect(text?.contains("| 2023 Q1 | 2023 Q2 | 2024 Q1") == true)
        #expect(text?.contains("Rope | 4 | | 6") == true)
    }

    @Test func labelsOfPointsAreRead() {
        let label =
            "<c:dLbls><c:dLbl><c:tx><c:rich><a:p><a:r><a:t>Strike</a:t></a:r><a:r><a:t> of May</a:t></a:r></a:p><a:p><a:r><a:t>2024</a:t></a:r></a:p></c:rich></c:tx></c:dLbl>"
            + "<c:dLbl><c:tx><c:strRef><c:strCache><c:pt idx=\"0\"><c:v>Storm</c:v></c:pt></c:strCache></c:strRef></c:tx></c:dLbl>"
            + "<c:dLbl><c:tx><c:rich><a:p><a:fld type=\"CELLRANGE\"><a:t>[CELLRANGE]</a:t></a:fld></a:p></c:rich></c:tx></c:dLbl></c:dLbls>"
        let cells = "<x:ext><y:datalabelsRange xmlns:y=\"y\"><y:dlblRangeCache><c:pt idx=\"1\"><c:v>Kari</c:v></c:pt>"
        let chart =
            "<c:chartSpace xmlns:c=\"c\" xmlns:a=\"a\" xmlns:x=\"x\"><c:ser>\(label)<c:val><c:numRef><c:numCache><c:pt idx=\"0\">"
            + "<c:v>4</c:v></c:pt></c:numCache></c:numRef></c:val>\(cells)</y:dlblRangeCache></y:datalabelsRange></x:ext></c:ser></c:chartSpace>"
        let body = "<w:p><w:r><w:drawing><c:chart xmlns:c=\"c\" r:id=\"r0\"/></w:drawing></w:r></w:p>"
        let text = Readers.text(OfficeSample.word(body, parts: [("chart", "chart.xml", chart)]), "a.docx")
        #expect(text?.contains("Strike of May 2024") == true && text?.contains("Storm") == true)
        #expect(text?.contains("Kari") == true && text?.contains("[") == false)
    }

    @Test func numbersOfAChartAreShownByTheirFormats() {
        let points =
            "<c:pt idx=\"0\"><c:v>8.1999999999999993</c:v></c:pt><c:pt idx=\"1\" formatCode=\"0%\"><c:v>0.25</c:v></c:pt>"
        let times =
            "<c:formatCode>h:mm</c:formatCode><c:pt idx=\"0\"><c:v>0.3125</c:v></c:pt><c:pt idx=\"1\"><c:v>0.5</c:v></c:pt>"
        let chart =
            "<c:chartSpace xmlns:c=\"c\"><c:ser><c:cat><c:numRef><c:numCache>\(times)</c:numCache></c:numRef></c:cat>"
            + "<c:val><c:numRef><c:numCache>\(points)</c:numCache></c:numRef></c:val></c:ser></c:chartSpace>"
        let body = "<w:p><w:r><w:drawing><c:chart xmlns:c=\"c\" r:id=\"r0\"/></w:drawing></w:r></w:p>"
        let text = Readers.text(OfficeSample.word(body, parts: [("chart", "chart.xml", chart)]), "a.docx")
        #expect(text?.contains("07:30 | 12:00") == true)
        #expect(text?.contains("8.2 | 25%") == true)
    }

    @Test func textsOfTheMasterOfAnOpenSlideStandOnce() {
        func frame(_ attributes: String, _ text: String) -> String {
            "<draw:frame xmlns:draw=\"d\" xmlns:presentation=\"p\" \(attributes)><draw:text-box><text:p>\(text)</text:p></draw:text-box></draw:frame>"
        }
        let master =
            "<style:master-page style:name=\"M\">" + frame("presentation:class=\"footer\"", "Harbour board")
            + frame("presentation:class=\"title\"", "Click here")
            + frame("presentation:class=\"page-number\"", "<text:page-number>number</text:page-number>")
            + "</style:master-page>"
        let page =
            "<draw:page draw:master-page-name=\"M\"><draw:frame><draw:text-box><text:p>Oars</text:p></draw:text-box></draw:frame></draw:page>"
        let bytes = OfficeSample.open("<office:presentation>\(page)\(page)</office:presentation>", master: master)
        #expect(Readers.text(bytes, "a.odp") == "Slide 1\n\nOars\n\nHarbour board\n\nSlide 2\n\nOars\n")
    }

    @Test func aDateThatIsNoFieldStandsOnce() {
        let date = OfficeSample.shape("3 May 2024", kind: "dt")
        let bytes = OfficeSample.slides([(date + OfficeSample.shape("a"), ""), (date + OfficeSample.shape("b"), "")])
        #expect(Readers.text(bytes, "a.pptx") == "Slide 1\n\n3 May 2024\n\na\n\nSlide 2\n\nb\n")
    }
}

extension SlidesReaderTests {
    @Test func symbolsAreReadByTheirFonts() {
        let run = "<a:r><a:rPr><a:sym typeface=\"Wingdings\"/></a:rPr><a:t>\u{F0E0} \u{F0FC}</a:t></a:r>"
        let shape = "<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:txBody><a:p>\(run)</a:p></p:txBody></p:sp>"
        #expect(Readers.text(OfficeSample.slides([(shape, "")]), "a.pptx") == "Slide 1\n\n→ ✓\n")
    }
}
