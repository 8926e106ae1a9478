import Corpora
import Testing

@Suite struct RichTextReaderTests {
    private func text(_ body: String) -> String? { Readers.text("{\\rtf1\\ansi\\ansicpg1252\\deff0 " + body + "}", "a.rtf") }

    @Test func charactersOfAllKindsAreDecoded() {
        let fonts = "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial Cyr;}}"
        #expect(
            text(fonts + "Caf\\'e9 \\u8364? \\u55357?\\u56832? \\emdash  {\\f1 \\'cf\\'f0\\'e8}\\par") == "Café € 😀 — При\n")
        #expect(text("{\\uc0 a\\u233 b}{\\uc2 c\\u233 xxd}\\par") == "aébcéd\n")
    }

    @Test func headingsListsAndTablesKeepTheirForm() throws {
        let styles = "{\\stylesheet{\\s1 heading 1;}{\\s2\\outlinelevel1 Own;}}"
        let body =
            styles
            + "\\pard\\s1 Stores\\par\\pard\\s2 Deck\\par\\pard{\\listtext 1.\\tab}rope\\par{\\listtext\\'b7\\tab}chain\\par"
            + "\\pard\\trowd\\intbl hemp\\cell 4.10\\cell\\row\\trowd\\intbl sisal\\cell\\cell\\row\\pard After.\\par"
        let document = try #require(Readers.read(Array("{\\rtf1 \(body)}".utf8), path: "a.rtf").document)
        #expect(document.string == "Stores\n\nDeck\n\n1. rope\n- chain\n\nhemp | 4.10\nsisal |\n\nAfter.\n")
        #expect(document.spans.headings(at: 12) == ["Stores", "Deck"])
    }

    @Test func mergedCellsStandInEachColumnAndRow() {
        let table = """
            \\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000 Pier\\cell Fare\\cell\\cell\\row
            \\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000 \\cell day\\cell night\\cell\\row
            \\trowd\\cellx1000\\cellx3010 East\\cell free\\cell\\row
            """
        #expect(
            text("\\pard\\intbl \(table)\\pard After.\\par")
                == "Pier | Fare | Fare\nPier | day | night\nEast | free | free\n\nAfter.\n")
    }

    @Test func cellsWithWordsAreNoPartOfOthers() {
        let table = """
            \\trowd\\clvmrg\\cellx1000\\clmrg\\cellx2000 one\\cell two\\cell\\row
            \\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000 three\\cell four\\cell\\row
            """
        #expect(text("\\pard\\intbl \(table)\\pard\\par") == "one | two\nthree | four\n")
    }

    @Test func notesStruckHiddenAndPicturesAreTold() {
        #expect(
            text(
                "Dues{\\footnote\\chftn  In advance.} {\\strike monthly} yearly{\\v secret}{\\pict 00ff}{\\*\\unknown gone}.\\par"
            )
                == "Dues[1] ~~monthly~~ yearly.\n\n[1] In advance.\n")
        #expect(text("{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt the link}}\\par") == "the link\n")
        #expect(text("{\\info{\\title The deed}{\\author X}}Words.\\par") == "Words.\n")
    }

    @Test func theSignatureDecidesNotTheName() {
        #expect(Readers.read(Array("{\\rtf1 Words.\\par}".utf8), path: "a.doc").document?.string == "Words.\n")
        #expect(Readers.text("plain words", "a.rtf") == "plain words")
    }

    @Test func brokenAndDeepFilesEnd() {
        #expect(text(String(repeating: "{", count: 100_000) + "deep")?.contains("deep") == true)
        #expect(text("kept\\par\\bin99999999 x")?.contains("kept") == true)
        #expect(text(String(repeating: "}", count: 1000) + "kept")?.contains("kept") == true)
    }

    @Test func ofTwoFormsOfATextTheOneInUnicodeIsRead() {
        #expect(text("a {\\upr{b ?}{\\*\\ud{b \\u946 ?}}} c\\par") == "a b β c\n")
        // In a note, a remark and a title, the choice is a part of them.
        let note = text("a{\\footnote see {\\upr{?}{\\*\\ud \\u945?}} here}\\par")
        #expect(note?.contains("[1] see α here") == true && note?.contains("[2]") == false, "\(note ?? "")")
        let remark = text("a{\\annotation see {\\upr{?}{\\*\\ud \\u945?}} here}\\par")
        #expect(remark?.contains("see α here") == true, "\(remark ?? "")")
    }

    /// Programs that write no `\listtext` leave the labels to the reader.
    @Test func listsWithoutLabelsAreNumbered() {
        let tables = #"""
            {\*\listtable{\list\listtemplateid1{\listlevel\levelnfc1\levelstartat1{\leveltext\leveltemplateid2\'03\'00.);}{\levelnumbers\'01;}}
            {\listlevel\levelnfc4\levelstartat1{\leveltext\'04\'00.\'01:;}{\levelnumbers\'01\'03;}}{\listname ;}\listid5}
            {\list{\listlevel\levelnfc23{\leveltext\'01\u-3913 ?;}{\levelnumbers;}}\listid6}}
            {\*\listoverridetable{\listoverride\listid5\listoverridecount0\ls1}{\listoverride\listid6\listoverridecount0\ls2}
            {\listoverride\listid5\listoverridecount1{\lfolevel\listoverridestartat\levelstartat7}\ls3}}
            """#
        let body =
            #"\pard\ls1\ilvl0 rope\par chain\par\pard\ls1\ilvl1 thin\par\pard\ls2 dot\par\pard\ls3 late\par\pard After\par"#
        #expect(text(tables + body) == "I.) rope\nII.) chain\n     II.a: thin\n- dot\nVII.) late\n\nAfter\n")
        #expect(text(tables + #"\pard{\listtext 9.\tab}\ls1 rope\par\pard\ls1 plain\par"#) == "9. rope\n\nplain\n")
    }
}

extension RichTextReaderTests {
    @Test func theTextOfABoxStandsApart() {
        #expect(text("See below{\\shp{\\*\\shpinst{\\shptxt Mind the step\\par}}}\\par") == "See below\n\nMind the step\n")
    }
}

extension RichTextReaderTests {
    @Test func labelsInCellsLeaveTheTableWhole() {
        let label = "{\\listtext\\pard\\plain 1.\\tab}"
        let row = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl \(label)rope\\par \\pard\\intbl tar\\cell 4\\cell\\row"
        #expect(text("\(row)\\pard After.\\par") == "1. rope tar | 4\n\nAfter.\n")
        #expect(
            text("{\\stylesheet{\\s1 heading 1;}}\\pard\\s1 Stores{\\footnote\\pard\\plain New.}\\par Rope.\\par")
                == "Stores[1]\n\n[1] New.\n\nRope.\n")
    }

    @Test func fieldsWithoutResultShowTheirFormula() {
        #expect(
            text("Half: {\\field{\\*\\fldinst { EQ \\\\f(1,2) }}{\\fldrslt {}}} of it.\\par") == "Half: 1/2 of it.\n")
        #expect(text("{\\field{\\*\\fldinst EQ \\\\f(1,2)}{\\fldrslt 0.5}} of it.\\par") == "0.5 of it.\n")
        let box =
            "{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres25\\ffdefres1{\\*\\ffname A}}}}{\\fldrslt}}"
        #expect(text("\(box) yes\\par") == "[x] yes\n")
    }

    @Test func symbolsAreReadByTheirFonts() {
        let fonts = "{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset2 Symbol;}{\\f2\\fcharset2 Wingdings;}}"
        #expect(text(fonts + "5 {\\f1 m}m {\\f1\\u-4009 ?} {\\f2\\'fc l}.\\par") == "5 μm Ω ✓ ●.\n")
    }

    @Test func notesKeepTheirForm() {
        #expect(
            text("Dues{\\footnote In {\\strike 3}4 days, 10{\\super 6}.}\\par") == "Dues[1]\n\n[1] In ~~3~~4 days, 10⁶.\n")
    }

    /// The sign of a destination that may be left out stands first in its group. Programs also write the sign before the styles of
    /// characters, in the middle of text.
    @Test func aStarInsideAGroupHidesNothing() {
        #expect(text("{\\loch\\f0\\i0\\*\\cs7\\cf0 The gate\n} opens.\\par") == "The gate opens.\n")
        #expect(text("{\n \\*\\generator 7;}Boats{\\*\\unknown of old}.\\par") == "Boats.\n")
    }
}

extension RichTextReaderTests {
    @Test func plainTextHasTheUsualFont() {
        let fonts = "{\\fonttbl{\\f0\\fcharset204 Arial;}{\\f3\\fcharset2 Symbol;}}"
        #expect(text(fonts + "\\'cf\\'f0\\'e8 {\\f3 a\\plain b}\\par") == "При αb\n")
    }

    @Test func aTableInsideACellIsPartOfItsText() {
        let inner = "\\pard\\intbl\\itap2 n1\\nestcell n2\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\nestrow}"
        let row = "\\trowd\\cellx1000\\cellx3000\\pard\\intbl Pier\\cell "
        let end = "{\\nonesttables\\par}\\pard\\intbl after\\cell\\row"
        #expect(
            text("\(row)\\pard\\intbl before\\par \(inner)\(inner.replacing("n1", with: "m1"))\(end)\\pard End.\\par")
                == "Pier | before; n1, n2; m1, n2; after\n\nEnd.\n")
    }

    @Test func formulasBoxesAndWordsOfShapesAreText() {
        let formula =
            "{\\mmath{\\*\\moMath{\\mr E=m}{\\msSup{\\me{\\mr\\mscr0 c}}{\\msup{\\mr 2}}}{\\md{\\mdPr{\\mbegChr [}}{\\me{\\mr x}}}}}"
        #expect(text("Energy \(formula) here.\\par") == "Energy E=mc^2[x) here.\n")
        let box = "{\\*\\do\\dobxcolumn\\dptxbx{\\dptxbxtext\\pard Boxed.\\par}\\dpx1}"
        #expect(text("Quay \(box)after\\par") == "Quay\n\nBoxed.\n\nafter\n")
        let art = "{\\sp{\\sn gtextUNICODE}{\\sv OPEN}}{\\sp{\\sn wzDescription}{\\sv a flag}}{\\sp{\\sn fillColor}{\\sv 7}}"
        let copy = "{\\shprslt{\\*\\do\\dptxbx{\\dptxbxtext OPEN\\par}}}"
        #expect(text("Now{\\shp{\\*\\shpinst\(art)}\(copy)}\\par") == "Now OPEN a flag\n")
    }

    /// A file tells of few of its pages.
    @Test func columnsAndPagesPartWords() {
        let document = Readers.read(Array("{\\rtf1 left\\column right\\par a\\page b\\softline c\\par}".utf8), path: "a.rtf")
        #expect(document.document?.string == "left\nright\n\na\nb c\n")
        #expect(document.document?.spans.isEmpty == true)
    }
}
