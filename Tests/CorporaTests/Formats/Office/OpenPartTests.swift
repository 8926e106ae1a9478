import Corpora
import TestSupport
import Testing

/// Parts of OpenDocument files: slides, notes, changes, fields and pages.
@Suite struct OpenPartTests {
    @Test func slidesTellOfFeetCommentsAndHiding() {
        let declarations =
            "<presentation:footer-decl presentation:name=\"f\">Harbour board</presentation:footer-decl>"
            + "<presentation:date-time-decl presentation:name=\"d\" presentation:source=\"fixed\">3 May</presentation:date-time-decl>"
        let uses = "presentation:use-footer-name=\"f\" presentation:use-date-time-name=\"d\""
        let comment = "<office:annotation><dc:creator>Ann</dc:creator><text:p>Why?</text:p></office:annotation>"
        let frame = "<draw:frame><draw:text-box><text:p>Oars</text:p></draw:text-box></draw:frame>"
        let pages =
            "<draw:page \(uses)>\(frame)\(comment)</draw:page><draw:page \(uses) draw:style-name=\"h\">\(frame)</draw:page>"
        let style =
            "<style:style style:name=\"h\"><style:drawing-page-properties presentation:visibility=\"hidden\"/></style:style>"
        let bytes = OfficeSample.open(
            "<office:presentation>\(declarations)\(pages)</office:presentation>", styles: style)
        #expect(
            Readers.text(bytes, "a.odp")
                == "Slide 1\n\nOars\n\n[Comment, Ann: Why?]\n\nHarbour board\n\n3 May\n\nSlide 2 (hidden)\n\nOars\n")
    }

    private func text(_ body: String, styles: String = "") -> Document? {
        Readers.read(OfficeSample.open("<office:text>\(body)</office:text>", styles: styles), path: "a.odt").document
    }

    @Test func notesHoldHeadingsCommentsAndBoxes() {
        let comment = "<office:annotation><text:p>Sure?</text:p></office:annotation>"
        let box = "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>"
        let note = "<text:note-body><text:h>Dues</text:h><text:p>In advance.\(comment)\(box)</text:p></text:note-body>"
        let body = "<text:p>Paid<text:note><text:note-citation>1</text:note-citation>\(note)</text:note></text:p>"
        #expect(text(body)?.string == "Paid[1]\n\n[1] Dues In advance.\n\n[Comment: Sure?]\n\nBoxed.\n")
    }

    @Test func deletedListsAndTablesAreKept() {
        let list = "<text:list><text:list-item><text:p>rope</text:p></text:list-item></text:list>"
        let table =
            "<table:table><table:table-row><table:table-cell><text:p>hemp</text:p></table:table-cell></table:table-row></table:table>"
        let change =
            "<text:deletion><office:change-info><text:p>typo</text:p></office:change-info>\(list)\(table)</text:deletion>"
        let body =
            "<text:tracked-changes><text:changed-region text:id=\"d\">\(change)</text:changed-region></text:tracked-changes>"
            + "<text:p>Stores <text:change text:change-id=\"d\"/></text:p>"
        #expect(text(body)?.string == "Stores ~~rope hemp~~\n")
    }

    @Test func hiddenTextThatIsShownIsRead() {
        func field(_ hides: String) -> String {
            "<text:p>Fare <text:hidden-text text:is-hidden=\"\(hides)\" text:string-value=\"free\"/></text:p>"
        }
        #expect(text(field("false"))?.string == "Fare free\n")
        let hidden = text(field("true"))
        #expect(hidden?.string == "Fare\n" && hidden?.notes == [.hiddenPieces(1)])
    }

    @Test(arguments: ["line", "connector", "polygon", "path", "caption"]) func shapesInALineStandAlone(name: String) {
        #expect(
            text("<text:p>Pier<draw:\(name)><text:p>crane</text:p></draw:\(name)> end</text:p>")?.string
                == "Pier end\n\ncrane\n")
    }

    /// Pages end by themselves, where the text says so, or on purpose, where styles say so. The first paragraph ends no page.
    @Test func pagesThatEndOnPurposeCount() {
        let styles =
            "<style:style style:name=\"B\"><style:paragraph-properties fo:break-before=\"page\" xmlns:fo=\"f\"/></style:style>"
            + "<style:style style:name=\"A\"><style:paragraph-properties fo:break-after=\"page\" xmlns:fo=\"f\"/></style:style>"
        let body =
            "<text:p text:style-name=\"B\">one</text:p><text:p text:style-name=\"A\">one</text:p><text:p>two<text:soft-page-break/>"
            + "three</text:p><text:p text:style-name=\"B\">four</text:p>"
        let pages = text(body, styles: styles)?.spans.compactMap {
            if case .page(let number) = $0.place { number } else { nil }
        }
        #expect(pages == [1, 2, 3, 4])
    }

    @Test func boxesOfFormsOnSheetsAreRead() {
        let form =
            "<office:forms><f:form xmlns:f=\"f\"><f:checkbox f:label=\"Oars\" f:current-state=\"checked\"/></f:form></office:forms>"
        let table =
            "<table:table table:name=\"S\">\(form)<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>"
        #expect(
            Readers.text(OfficeSample.open("<office:spreadsheet>\(table)</office:spreadsheet>"), "a.ods")
                == "S\n\na\n[x] Oars\n")
    }
}
