import Corpora
import TestSupport
import Testing

/// Fields, headers, notes, pages and initials of Word.
@Suite struct WordFieldTests {
    private func field(_ instruction: String) -> String {
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>\(instruction)</w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    }

    @Test func fieldsWithoutResultsShowWhatTheyStandFor() {
        let button = field(" MACROBUTTON NoMacro [Name of the ship] ")
        let body =
            "<w:p>\(button)</w:p><w:p>\(field("AUTONUM"))</w:p><w:p>\(field("AUTONUM"))\(field("SYMBOL 97 \\f &quot;Symbol&quot;"))</w:p>"
            + "<w:p>\(field("LISTNUM"))\(field("LISTNUM \\l 2"))\(field("LISTNUM"))</w:p><w:p>\(field("PAGE"))</w:p>"
        #expect(Readers.text(OfficeSample.word(body), "a.docx") == "[Name of the ship]\n\n1.\n\n2.α\n\n1)a)2)\n")
    }

    @Test func headersWithNumbersOrPicturesAreKept() {
        func header(_ inner: String) -> String? {
            let part = "<w:hdr xmlns:w=\"w\" xmlns:wp=\"wp\" xmlns:a=\"a\"><w:p>\(inner)</w:p></w:hdr>"
            let body = OfficeSample.paragraph("Quay.")
            return Readers.text(OfficeSample.word(body, parts: [("header", "header1.xml", part)]), "a.docx")
        }
        let page = "<w:fldSimple w:instr=\"PAGE\"><w:r><w:t>3</w:t></w:r></w:fldSimple>"
        #expect(header("<w:r><w:t>2024-117 </w:t></w:r>" + page) == "2024-117 3\n\nQuay.\n")
        #expect(header("<w:r><w:t>- </w:t></w:r>" + page) == "Quay.\n")
        let picture = "<w:r><w:drawing><wp:docPr descr=\"Odde Ferries\"/>%</w:drawing></w:r>"
        #expect(header(picture.replacing("%", with: "<a:blip/>")) == "Odde Ferries\n\nQuay.\n")
        #expect(header(picture.replacing("%", with: "")) == "Quay.\n")
    }

    /// A comment on a note, whose comment marks itself and the note.
    @Test func notesHaveCommentsAndBoxes() {
        let mark = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>"
        let remark = "<w:r><w:commentReference w:id=\"5\"/></w:r>"
        let box = "<w:r><w:pict><w:txbxContent>\(OfficeSample.paragraph("Boxed."))</w:txbxContent></w:pict></w:r>"
        let note =
            "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>In advance.</w:t></w:r>\(remark)\(box)</w:p>"
            + "</w:footnote></w:footnotes>"
        let comment =
            "<w:comments xmlns:w=\"w\"><w:comment w:id=\"5\"><w:p><w:r><w:t>When?</w:t></w:r>\(remark)\(mark)</w:p></w:comment></w:comments>"
        let bytes = OfficeSample.word(
            "<w:p><w:r><w:t>Dues</w:t></w:r>\(mark)</w:p>",
            parts: [("footnotes", "footnotes.xml", note), ("comments", "comments.xml", comment)])
        #expect(Readers.text(bytes, "a.docx") == "Dues[1]\n\n[1] In advance.\n\n[Comment: When?[2]]\n\nBoxed.\n")
    }

    @Test func aRowThatGoesOnOnTheNextPageTurnsOnePage() throws {
        let turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
        let cell = "<w:tc><w:p><w:r><w:t>a</w:t></w:r>\(turn)</w:p></w:tc>"
        let body = "<w:tbl><w:tr>\(cell)\(cell)\(cell)</w:tr></w:tbl>" + OfficeSample.paragraph("Last words.")
        let document = try #require(Readers.read(OfficeSample.word(body), path: "a.docx").document)
        let pages = document.spans.compactMap { if case .page(let number) = $0.place { number } else { nil } }
        #expect(pages.max() == 2)
    }

    @Test func aLargeInitialJoinsItsWord() {
        let initial = OfficeSample.paragraph("O", properties: "<w:framePr w:dropCap=\"drop\"/>")
        let body = initial + OfficeSample.paragraph("nce upon a time.") + initial
        #expect(Readers.text(OfficeSample.word(body), "a.docx") == "Once upon a time.\n\nO\n")
    }

    @Test func marksOfFormulasAreKept() {
        func run(_ text: String) -> String { "<m:r><m:t>\(text)</m:t></m:r>" }
        let parts =
            "<m:bar><m:barPr><m:pos m:val=\"top\"/></m:barPr><m:e>\(run("x"))</m:e></m:bar>\(run("+"))<m:acc><m:e>\(run("v"))</m:e></m:acc>"
            + "\(run("+"))<m:groupChr><m:groupChrPr><m:chr m:val=\"→\"/></m:groupChrPr><m:e>\(run("k"))</m:e></m:groupChr>"
            + "<m:sPre><m:sub>\(run("6"))</m:sub><m:sup>\(run("14"))</m:sup><m:e>\(run("C"))</m:e></m:sPre>"
        let text = Readers.text(OfficeSample.word("<w:p><m:oMath>\(parts)</m:oMath></w:p>"), "a.docx")
        #expect(text == "x\u{305}+v\u{302}+k→6^14 C\n", "\(text ?? "")")
    }
}
