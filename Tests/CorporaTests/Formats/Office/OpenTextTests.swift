import Corpora
import TestSupport
import Testing

@Suite struct OpenTextTests {
    @Test func fieldsStandWhereTheyAreInTheText() {
        let form =
            "<office:forms><f:form xmlns:f=\"f\"><f:checkbox f:id=\"a\" f:current-state=\"checked\"/>"
            + "<f:checkbox f:id=\"b\" f:label=\"Oars\"/><f:text f:id=\"c\" f:current-value=\"Ode\"/></f:form></office:forms>"
        let text =
            "<text:p>Vest <draw:control draw:control=\"a\"/> on board</text:p><text:p>Name: <draw:control draw:control=\"c\"/></text:p>"
        #expect(
            Readers.text(OfficeSample.open("<office:text>\(form)\(text)</office:text>"), "a.odt")
                == "Vest [x] on board\n\nName: Ode\n\n[ ] Oars\n")
    }

    @Test(arguments: [Int.min, Int.max]) func numbersOfListsMayBeAny(start: Int) {
        let items = String(repeating: "<text:list-item><text:p>Oar</text:p></text:list-item>", count: 2)
        let list = "<text:list text:style-name=\"L\"><text:list-item text:start-value=\"\(start)\"/>\(items)</text:list>"
        let style =
            "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" text:start-value=\"\(start)\"/></text:list-style>"
        let bytes = OfficeSample.open("<office:text>\(list)</office:text>", styles: style)
        #expect(Readers.text(bytes, "a.odt")?.contains("Oar") == true)
    }

    private func read(_ body: String, styles: String = "", master: String = "") -> Document? {
        Readers.read(OfficeSample.open("<office:text>\(body)</office:text>", styles: styles, master: master), path: "a.odt")
            .document
    }

    @Test func headingsListsAndTablesKeepTheirForm() throws {
        let styles =
            "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/>"
            + "<text:list-level-style-bullet text:level=\"2\"/></text:list-style>"
        let list =
            "<text:list text:style-name=\"L1\"><text:list-item><text:p>rope</text:p><text:list><text:list-item><text:p>hemp</text:p>"
            + "</text:list-item></text:list></text:list-item><text:list-item><text:p>chain</text:p></text:list-item></text:list>"
        let table =
            "<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>rope</text:p>"
            + "</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned=\"2\">"
            + "<text:p>hemp</text:p></table:table-cell><table:table-cell><text:p>4.10</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>"
            + "<table:table-cell><text:p>4.90</text:p></table:table-cell></table:table-row></table:table>"
        let document = try #require(
            read(
                "<text:h text:outline-level=\"1\">Stores</text:h><text:h text:outline-level=\"2\">Deck</text:h>" + list
                    + table, styles: styles))
        #expect(document.string == "Stores\n\nDeck\n\n1. rope\n   - hemp\n2. chain\n\nrope\nhemp | 4.10\nhemp | 4.90\n")
        #expect(document.spans.headings(at: 12) == ["Stores", "Deck"])
    }

    @Test func notesCommentsAndDeletedTextAreMarked() throws {
        let body =
            "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion><text:p>monthly</text:p></text:deletion>"
            + "</text:changed-region></text:tracked-changes><text:p>Dues are paid<text:note><text:note-citation>1</text:note-citation>"
            + "<text:note-body><text:p>In advance.</text:p></text:note-body></text:note> <text:change text:change-id=\"c1\"/> yearly"
            + "<office:annotation><dc:creator>Ilse</dc:creator><text:p>Since when?</text:p></office:annotation>.</text:p>"
        #expect(
            try #require(read(body)).string
                == "Dues are paid[1] ~~monthly~~ yearly.\n\n[1] In advance.\n\n[Comment, Ilse: Since when?]\n")
    }

    @Test func headersPagesSpacesAndHiddenTextAreTold() throws {
        let master =
            "<style:master-page><style:header><text:p>Odde Ferries</text:p></style:header></style:master-page>"
        let styles = "<style:style style:name=\"T1\"><style:text-properties text:display=\"none\"/></style:style>"
        let body =
            "<text:p>One<text:s text:c=\"3\"/>two<text:line-break/>three</text:p><text:soft-page-break/><text:p>four"
            + "<text:span text:style-name=\"T1\">secret</text:span></text:p>"
        let document = try #require(read(body, styles: styles, master: master))
        #expect(document.string == "Odde Ferries\n\nOne two\nthree\n\nfour\n")
        #expect(document.spans.page(at: 20) == 1)
        #expect(document.spans.page(at: 31) == 2)
    }

    @Test func flatFilesAreReadToo() {
        let flat =
            "<office:document xmlns:office=\"o\" xmlns:text=\"t\"><office:body><office:text><text:p>Flat words.</text:p></office:text>"
            + "</office:body></office:document>"
        #expect(Readers.text(flat, "a.fodt") == "Flat words.\n")
    }

    @Test func lockedFilesNeedTheirPassword() {
        let manifest = "<m:file-entry m:full-path=\"content.xml\"><m:encryption-data/></m:file-entry>"
        let bytes = OfficeSample.open("<office:text/>", manifest: manifest)
        #expect(Readers.read(bytes, path: "a.odt").refusal == .needsPassword)
    }

    @Test func formsShowTheirLabelsAndValues() {
        let fields =
            "<form:text form:current-value=\"Ann Lee\"/><form:checkbox form:label=\"Berth needed\" form:current-state=\"checked\"/>"
            + "<form:listbox><form:option form:label=\"North\"/><form:option form:label=\"South\" form:current-selected=\"true\"/>"
            + "</form:listbox><form:hidden form:value=\"secret\"/>"
        let body =
            "<office:text xmlns:form=\"f\"><office:forms><form:form>\(fields)</form:form></office:forms>"
            + "<text:p>Words.</text:p></office:text>"
        #expect(
            Readers.text(OfficeSample.open(body), "a.odt") == "Words.\n\nAnn Lee\n\n[x] Berth needed\n\nSouth\n")
    }

    /// A form that nobody has filled in shows its defaults.
    @Test func formsShowTheirDefaults() {
        let fields =
            "<form:checkbox form:label=\"Berth\" form:state=\"checked\"/><form:radio form:label=\"Mast\" form:selected=\"true\"/>"
            + "<form:checkbox form:label=\"Crane\" form:state=\"checked\" form:current-state=\"unchecked\"/>"
            + "<form:listbox><form:option form:label=\"North\" form:selected=\"true\"/></form:listbox>"
        let form = "<office:forms><form:form>\(fields)</form:form></office:forms>"
        let body = "<office:text xmlns:form=\"f\">\(form)</office:text>"
        #expect(Readers.text(OfficeSample.open(body), "a.odt") == "[x] Berth\n\n[x] Mast\n\n[ ] Crane\n\nNorth\n")
    }

    /// LibreOffice writes a list of a lower level inside of an item without words.
    @Test func anItemThatHoldsAListAloneHasNoLabel() {
        let body =
            "<text:list><text:list-item><text:p>rope</text:p></text:list-item></text:list><text:list><text:list-item><text:list>"
            + "<text:list-item><text:p>hemp</text:p></text:list-item></text:list></text:list-item></text:list>"
        let text = read(body)?.string
        #expect(text?.contains("- hemp") == true && text?.contains("- - ") == false)
        let table =
            "<table:table><table:table-row><table:table-cell><text:p>June</text:p></table:table-cell><table:table-cell "
            + "office:value-type=\"float\" office:value=\"NaN\"><text:p>NaN</text:p></table:table-cell><table:table-cell><text:p>11</text:p>"
            + "</table:table-cell></table:table-row></table:table>"
        #expect(read(table)?.string == "June |  | 11\n")
    }
}

extension OpenTextTests {
    @Test func symbolsAreReadByTheirFonts() {
        let styles =
            "<style:style style:name=\"a\"><style:text-properties style:font-name=\"Symbol\"/></style:style>"
            + "<style:style style:name=\"b\"><style:text-properties style:font-name=\"Wingdings\"/></style:style>"
        let body =
            "<office:text><text:p><text:span text:style-name=\"a\">\u{F06D}</text:span>m "
            + "<text:span text:style-name=\"b\">\u{F0FC} yes</text:span></text:p></office:text>"
        #expect(Readers.text(OfficeSample.open(body, styles: styles), "a.odt") == "μm ✓ yes\n")
    }
}
