import Corpora
import TestSupport
import Testing

@Suite struct WordReaderTests {
    @Test func stylesOfCharactersRaiseAndLowerThem() {
        func run(_ text: String, _ style: String = "", _ more: String = "") -> String {
            "<w:r><w:rPr><w:rStyle w:val=\"\(style)\"/>\(more)</w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
        }
        let styles = """
            <w:styles xmlns:w="w"><w:style w:styleId="Up"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
            <w:style w:styleId="Child"><w:basedOn w:val="Up"/></w:style>
            <w:style w:styleId="Low"><w:rPr><w:position w:val="-6"/></w:rPr></w:style></w:styles>
            """
        let body =
            "<w:p>" + run("10") + run("-6", "Up") + run(" l of H") + run("2", "Low") + run("O, 5 km") + run("2", "Child")
            + run(", A") + run("4", "Up", "<w:vertAlign w:val=\"baseline\"/>") + run(", claim") + run("3", "Up") + "</w:p>"
        let bytes = OfficeSample.word(body, parts: [("styles", "styles.xml", styles)])
        #expect(Readers.text(bytes, "a.docx") == "10⁻⁶ l of H₂O, 5 km², A4, claim[3]\n")
    }

    private let styles =
        "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"H1\"><w:name w:val=\"heading 1\"/></w:style>"
        + "<w:style w:styleId=\"Own\"><w:basedOn w:val=\"H2\"/></w:style>"
        + "<w:style w:styleId=\"H2\"><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style></w:styles>"

    private func read(_ body: String, _ parts: [(kind: String, name: String, xml: String)] = []) -> Document? {
        Readers.read(OfficeSample.word(body, parts: parts), path: "a.docx").document
    }

    @Test func everyBodyIsRead() throws {
        let document = try #require(
            read(OfficeSample.paragraph("Moor.") + "</w:body><w:body>" + OfficeSample.paragraph("Pay.")))
        #expect(document.string == "Moor.\n\nPay.\n")
    }

    @Test func headingsComeFromStylesAndTheStylesAbove() throws {
        let body =
            OfficeSample.paragraph("Harbour rules", style: "H1") + OfficeSample.paragraph("Moorings", style: "Own")
            + OfficeSample.paragraph("Two lines each.")
        let document = try #require(read(body, [("styles", "styles.xml", styles)]))
        #expect(document.string == "Harbour rules\n\nMoorings\n\nTwo lines each.\n")
        #expect(document.spans.headings(at: 20) == ["Harbour rules", "Moorings"])
        #expect(document.title == "Harbour rules")
        #expect(document.mediaType == .word)
        #expect(document.original == .extracted)
    }

    @Test func listsKeepTheirNumbersAndLevels() throws {
        let numbering =
            "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"7\">"
            + "<w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
            + "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%1.%2)\"/></w:lvl>"
            + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>"
        func item(_ text: String, _ level: Int) -> String {
            OfficeSample.paragraph(text, properties: "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"1\"/></w:numPr>")
        }
        let document = try #require(
            read(
                item("rope", 0) + item("hemp", 1) + item("sisal", 1) + item("chain", 0),
                [("numbering", "numbering.xml", numbering)]))
        #expect(document.string == "3. rope\n   3.a) hemp\n   3.b) sisal\n4. chain\n")
    }

    @Test func cellsOverColumnsAndRowsStandInEachOfThem() throws {
        func cell(_ text: String, _ properties: String = "") -> String {
            "<w:tc><w:tcPr>\(properties)</w:tcPr>\(OfficeSample.paragraph(text))</w:tc>"
        }
        let table =
            "<w:tbl><w:tr>" + cell("rope", "<w:gridSpan w:val=\"2\"/>") + cell("price") + "</w:tr><w:tr>" + cell("hemp")
            + cell("") + cell("4.10", "<w:vMerge w:val=\"restart\"/>") + "</w:tr><w:tr>" + cell("sisal") + cell("thin")
            + cell("", "<w:vMerge/>") + "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>" + cell("7.00")
            + "</w:tr></w:tbl>"
        #expect(
            try #require(read(table)).string
                == "rope | rope | price\nhemp |  | 4.10\nsisal | thin | 4.10\n |  | 7.00\n")
    }

    @Test func notesCommentsAndChangesAreMarked() throws {
        let body =
            "<w:p><w:r><w:t>Dues are paid</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>"
            + "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r><w:del><w:r><w:delText>monthly</w:delText></w:r></w:del><w:ins><w:r><w:t> yearly</w:t></w:r></w:ins>"
            + "<w:r><w:commentReference w:id=\"0\"/></w:r></w:p>"
        let notes =
            "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"-1\" w:type=\"separator\"/><w:footnote w:id=\"2\">"
            + OfficeSample.paragraph("In advance.") + "</w:footnote></w:footnotes>"
        let comments =
            "<w:comments xmlns:w=\"w\"><w:comment w:id=\"0\" w:author=\"Ilse\">" + OfficeSample.paragraph("Since when?")
            + "</w:comment></w:comments>"
        let document = try #require(
            read(body, [("footnotes", "footnotes.xml", notes), ("comments", "comments.xml", comments)]))
        #expect(
            document.string
                == "Dues are paid[1] ~~monthly~~ yearly\n\n[1] In advance.\n\n[Comment, Ilse: Since when?]\n")
    }

    @Test func headersFootersBoxesPicturesAndFormulasAreText() throws {
        let body =
            "<w:p><w:r><w:drawing><wp:docPr descr=\"Plan of berth three\"/></w:drawing></w:r></w:p>"
            + "<w:p><w:r><w:t>Load: </w:t></w:r><m:oMath><m:r><m:t>q=</m:t></m:r><m:f><m:num><m:r><m:t>5</m:t></m:r></m:num>"
            + "<m:den><m:r><m:t>a+1</m:t></m:r></m:den></m:f></m:oMath></w:p>"
            + "<w:p><w:r><w:pict><w:txbxContent>\(OfficeSample.paragraph("Boxed words."))</w:txbxContent></w:pict></w:r></w:p>"
        let header = "<w:hdr xmlns:w=\"w\">\(OfficeSample.paragraph("Odde Ferries"))</w:hdr>"
        let footer = "<w:ftr xmlns:w=\"w\">\(OfficeSample.paragraph("Registered in Odde"))</w:ftr>"
        let document = try #require(
            read(body, [("header", "h1.xml", header), ("header", "h2.xml", header), ("footer", "f1.xml", footer)]))
        #expect(
            document.string
                == "Odde Ferries\n\nPlan of berth three\n\nLoad: q=5/(a+1)\n\nBoxed words.\n\nRegistered in Odde\n")
    }

    @Test func pagesAreThoseThatWordLaidOut() throws {
        let body =
            OfficeSample.paragraph("First.") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Second.</w:t></w:r></w:p>"
        let document = try #require(read(body))
        #expect(document.spans.page(at: 0) == 1)
        #expect(document.spans.page(at: 8) == 2)
    }

    @Test func instructionsOfFieldsAndHiddenTextAreNotText() throws {
        let body =
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>begin</w:t></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>page 4</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t> here</w:t></w:r></w:p>"
        #expect(try #require(read(body)).string == "page 4 here\n")
    }

    @Test func deepNestingEnds() throws {
        let deep = String(repeating: "<w:sdt><w:sdtContent>", count: 100) + OfficeSample.paragraph("x")
        let tables = String(repeating: "<w:tbl><w:tr><w:tc>", count: 80)
        #expect(read(OfficeSample.paragraph("kept") + deep)?.string.contains("kept") == true)
        #expect(read(OfficeSample.paragraph("kept") + tables)?.string.contains("kept") == true)
    }

    @Test func whatFieldsListsAndWordArtShowIsKept() {
        let list =
            "<w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"north pier\"/><w:listEntry w:val=\"south pier\"/>"
            + "</w:ddList></w:ffData>"
        let body =
            "<w:p><w:r><w:t>Berth: </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\">\(list)</w:fldChar></w:r>"
            + "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
            + "<w:p><w:r><w:pict><v:shape xmlns:v=\"v\"><v:textpath string=\"Grand opening\"/></v:shape></w:pict></w:r></w:p>"
            + "<w:p><w:r><w:ruby><w:rt><w:r><w:t>minato</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>港</w:t></w:r></w:rubyBase>"
            + "</w:ruby></w:r></w:p>"
        #expect(
            Readers.text(OfficeSample.word(body), "a.docx") == "Berth: south pier\n\nGrand opening\n\n港(minato)\n")
    }

    @Test(arguments: [
        ("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>", "[x]"),
        ("<w:checkBox><w:default w:val=\"1\"/></w:checkBox>", "[x]"),
        ("<w:checkBox><w:default w:val=\"1\"/><w:checked w:val=\"0\"/></w:checkBox>", "[ ]"),
    ])
    func boxesOfOldFormsShowTheirState(box: String, mark: String) {
        let body =
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>\(box)</w:ffData></w:fldChar></w:r>"
            + "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            + "<w:r><w:t xml:space=\"preserve\"> Berth needed</w:t></w:r></w:p>"
        #expect(Readers.text(OfficeSample.word(body), "a.docx") == "\(mark) Berth needed\n")
    }

    /// Headers that differ in their watermarks alone, one of them beside a page number whose field is in pieces.
    @Test func watermarksAreKept() {
        func edge(_ inner: String) -> String { "<w:hdr xmlns:w=\"w\"><w:p>\(inner)</w:p></w:hdr>" }
        func mark(_ text: String) -> String {
            "<w:r><w:pict><v:shape xmlns:v=\"v\"><v:textpath string=\"\(text)\"/></v:shape></w:pict></w:r>"
        }
        let name = "<w:r><w:instrText>PA</w:instrText></w:r><w:r><w:instrText>GE</w:instrText></w:r>"
        let number = name + "<w:r><w:t>3</w:t></w:r>"
        let bytes = OfficeSample.word(
            OfficeSample.paragraph("Body."),
            parts: [
                ("header", "h1.xml", edge(mark("DRAFT"))), ("header", "h2.xml", edge(mark("CONFIDENTIAL") + number)),
                ("header", "h3.xml", edge(number)),
            ])
        let text = Readers.text(bytes, "a.docx") ?? ""
        #expect(text.contains("DRAFT") && text.contains("CONFIDENTIAL"), "\(text)")
        #expect(text.components(separatedBy: "3").count <= 2, "\(text)")
    }

    @Test func edgesOfDigitsAreKeptUnlessTheyArePageNumbers() {
        func edge(_ inner: String) -> String { "<w:ftr xmlns:w=\"w\"><w:p>\(inner)</w:p></w:ftr>" }
        let number = "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>3</w:t></w:r></w:fldSimple>"
        let bytes = OfficeSample.word(
            OfficeSample.paragraph("Body."),
            parts: [
                ("footer", "f1.xml", edge("<w:r><w:t>0421 7788</w:t></w:r>")), ("footer", "f2.xml", edge(number)),
            ])
        #expect(Readers.text(bytes, "a.docx") == "Body.\n\n0421 7788\n")
    }

    @Test func cellsMergedByMarksSpanTheirColumns() {
        func cell(_ text: String, _ mark: String = "") -> String {
            "<w:tc><w:tcPr>\(mark)</w:tcPr>\(OfficeSample.paragraph(text))</w:tc>"
        }
        let rows = [
            cell("Pier") + cell("Dues", "<w:hMerge w:val=\"restart\"/>") + cell("", "<w:hMerge/>"),
            cell("East") + cell("3") + cell("5"),
        ]
        let table = "<w:tbl>" + rows.map { "<w:tr>\($0)</w:tr>" }.joined() + "</w:tbl>"
        #expect(Readers.text(OfficeSample.word(table), "a.docx") == "Pier | Dues | Dues\nEast | 3 | 5\n")
    }

    @Test func loweredRunsEquationsAndOtherFilesAreText() throws {
        func run(_ text: String, _ properties: String = "") -> String {
            "<w:r><w:rPr>\(properties)</w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
        }
        let field =
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> EQ \\f(3,4) </w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        let body =
            "<w:p>" + run("log") + run("2", "<w:vertAlign w:val=\"subscript\"/>") + run("8 of 2")
            + run("10", "<w:position w:val=\"6\"/>") + run(", 1") + field + run(" litre") + "</w:p><w:altChunk r:id=\"r0\"/>"
        let page = "<html><body><p>Words of a page.</p><p hidden=\"\">No words.</p></body></html>"
        let document = try #require(read(body, [("aFChunk", "c.html", page)]))
        #expect(document.string == "log₂8 of 2¹⁰, 1 3/4 litre\n\nWords of a page.\n")
        #expect(document.notes.count == 1)
        if case .inside(let name, let note) = document.notes.first {
            #expect(name.hasSuffix("c.html") && note == .hiddenPieces(1))
        } else {
            Issue.record("\(document.notes)")
        }
    }

    @Test func fontsOfSymbolsMayBeThoseOfStyles() {
        let styles = """
            <w:styles xmlns:w="w"><w:style w:styleId="Greek"><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:style>
            <w:style w:styleId="Box"><w:basedOn w:val="Wing"/></w:style>
            <w:style w:styleId="Wing"><w:rPr><w:rFonts w:hAnsi="Wingdings"/></w:rPr></w:style></w:styles>
            """
        let body =
            "<w:p><w:r><w:rPr><w:rStyle w:val=\"Greek\"/></w:rPr><w:t>&#xF061;</w:t></w:r><w:r><w:t> and</w:t></w:r></w:p>"
            + "<w:p><w:pPr><w:pStyle w:val=\"Box\"/></w:pPr><w:r><w:t>&#xF0FC;</w:t></w:r></w:p>"
        #expect(Readers.text(OfficeSample.word(body, parts: [("styles", "styles.xml", styles)]), "a.docx") == "α and\n\n✓\n")
    }
}

extension WordReaderTests {
    private static func numbering(_ levels: String, list: String = "") -> String {
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"1\">\(levels)</w:abstractNum>"
            + "<w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/>\(list)</w:num></w:numbering>"
    }

    private static func level(_ index: Int, _ format: String, _ text: String, _ more: String = "") -> String {
        "<w:lvl w:ilvl=\"\(index)\"><w:start w:val=\"1\"/><w:numFmt w:val=\"\(format)\"/>\(more)<w:lvlText w:val=\"\(text)\"/></w:lvl>"
    }

    private static func item(_ text: String, _ level: Int = 0) -> String {
        OfficeSample.paragraph(
            text, properties: "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"5\"/></w:numPr>")
    }

    private func list(_ body: String, _ numbering: String, styles: String = "") -> String? {
        let parts = [("numbering", "numbering.xml", numbering)] + (styles.isEmpty ? [] : [("styles", "styles.xml", styles)])
        return Readers.text(OfficeSample.word(body, parts: parts.map { (kind: $0.0, name: $0.1, xml: $0.2) }), "a.docx")
    }

    @Test func legalNumbersAndNumbersInWords() {
        let levels =
            Self.level(0, "upperRoman", "Part %1") + Self.level(1, "decimal", "%1.%2", "<w:isLgl/>")
            + Self.level(2, "ordinalText", "%3:") + Self.level(3, "cardinalText", "(%4)")
        let body = Self.item("a") + Self.item("b") + Self.item("c", 1) + Self.item("d", 2) + Self.item("e", 3)
        #expect(
            list(body, Self.numbering(levels))
                == "Part I a\nPart II b\n        2.1 c\n            First: d\n                   (One) e\n")
    }

    @Test func aParagraphWithoutTextCounts() {
        #expect(
            list(
                Self.item("a") + "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:p>"
                    + Self.item("b"), Self.numbering(Self.level(0, "decimal", "%1.")))
                == "1. a\n\n3. b\n")
    }

    @Test func levelsMayGoOnAndBelongToAList() {
        let levels = Self.level(0, "decimal", "%1.") + Self.level(1, "decimal", "(%2)", "<w:lvlRestart w:val=\"0\"/>")
        let body = Self.item("a") + Self.item("b", 1) + Self.item("c") + Self.item("d", 1)
        let own = "<w:lvlOverride w:ilvl=\"0\">\(Self.level(0, "upperLetter", "%1."))</w:lvlOverride>"
        #expect(list(body, Self.numbering(levels, list: own)) == "A. a\n   (1) b\nB. c\n   (2) d\n")
    }

    @Test func aLevelMayStartAtZero() {
        let levels =
            Self.level(0, "decimal", "%1.").replacing("w:val=\"1\"/><w:numFmt", with: "w:val=\"0\"/><w:numFmt")
            + Self.level(1, "decimal", "%1.%2")
        let body = Self.item("a") + Self.item("b") + Self.item("c", 1) + Self.item("d")
        #expect(list(body, Self.numbering(levels)) == "0. a\n1. b\n   1.1 c\n2. d\n")
    }

    /// A list that shares its numbering starts again from the level of its first paragraph on.
    @Test func aListStartsAgainBelowTheLevelsThatGoOn() {
        let levels = Self.level(0, "decimal", "%1.") + Self.level(1, "decimal", "%1.%2")
        let starts = [(0, 1), (1, 99)].map {
            "<w:lvlOverride w:ilvl=\"\($0.0)\"><w:startOverride w:val=\"\($0.1)\"/></w:lvlOverride>"
        }.joined()
        let numbering = Self.numbering(levels).replacing(
            "</w:numbering>", with: "<w:num w:numId=\"6\"><w:abstractNumId w:val=\"1\"/>\(starts)</w:num></w:numbering>")
        func other(_ text: String, _ level: Int) -> String {
            Self.item(text, level).replacing("w:numId w:val=\"5\"", with: "w:numId w:val=\"6\"")
        }
        let body = Self.item("a") + Self.item("b") + other("c", 1) + other("d", 1) + other("e", 0)
        #expect(list(body, numbering) == "1. a\n2. b\n   2.99 c\n   2.100 d\n3. e\n")
        #expect(list(Self.item("a") + other("b", 0), numbering) == "1. a\n1. b\n")
    }

    @Test func aNumberingMayBeThatOfAStyle() {
        let numbering =
            "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"S\"/></w:abstractNum>"
            + "<w:abstractNum w:abstractNumId=\"2\">\(Self.level(0, "decimal", "Listing %1"))</w:abstractNum>"
            + "<w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"6\"><w:abstractNumId w:val=\"2\"/></w:num></w:numbering>"
        let styles =
            "<w:styles xmlns:w=\"w\"><w:style w:type=\"numbering\" w:styleId=\"S\"><w:pPr><w:numPr><w:numId w:val=\"6\"/></w:numPr></w:pPr></w:style></w:styles>"
        #expect(list(Self.item("a") + Self.item("b"), numbering, styles: styles) == "Listing 1 a\nListing 2 b\n")
    }

    @Test func symbolsAreReadByTheirFonts() {
        let body =
            "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F06C\"/></w:r><w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr>"
            + "<w:t>\u{F06D}</w:t></w:r><w:r><w:t>m</w:t></w:r></w:p>"
        #expect(Readers.text(OfficeSample.word(body), "a.docx") == "●μm\n")
        let other = "<w:p><w:r><w:sym w:font=\"Symbol MT\" w:char=\"F061\"/></w:r></w:p>"
        #expect(Readers.text(OfficeSample.word(other), "a.docx") == "α\n")
    }

    @Test func formulasKeepDegreesNamesAndSpaces() {
        func run(_ text: String) -> String { "<m:r><m:t>\(text)</m:t></m:r>" }
        func read(_ formula: String) -> String? {
            Readers.text(OfficeSample.word("<w:p><m:oMath>\(formula)</m:oMath></w:p>"), "a.docx")
        }
        #expect(read("<m:rad><m:deg>\(run("3"))</m:deg><m:e>\(run("x"))</m:e></m:rad>") == "√[3](x)\n")
        #expect(
            read("<m:rad><m:radPr><m:degHide/></m:radPr><m:deg>\(run("2"))</m:deg><m:e>\(run("x"))</m:e></m:rad>")
                == "√(x)\n")
        #expect(read("<m:func><m:fName>\(run("sin"))</m:fName><m:e>\(run("t"))</m:e></m:func>" + run("+2")) == "sin t+2\n")
        let half = "<m:f><m:num>\(run("1"))</m:num><m:den>\(run("2"))</m:den></m:f>"
        #expect(read(half + run("x")) == "(1/2)x\n")
        #expect(read(run("3") + half) == "3 1/2\n")
        #expect(read(run("x") + "<m:r><m:t xml:space=\"preserve\"> if </m:t></m:r>" + run("y")) == "x if y\n")
    }
}
