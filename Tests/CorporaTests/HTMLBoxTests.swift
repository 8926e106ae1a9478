import Corpora
import Testing

/// Boxes, lists, choices and tables that styles or attributes make, and markup that is none.
@Suite struct HTMLBoxTests {
    private func read(_ page: String) -> String? { Readers.text("<html>" + page, "page.html") }

    @Test(arguments: [
        "display:inline-block;width:60px", "float:left", "float:right", "position:absolute;left:3em",
        "display:inline-block;margin-right:1em", "padding:0 4px;display:inline-block", "position:fixed",
    ])
    func boxesStandApart(style: String) {
        let boxes = ["1914", "1915", "1916"]
        let own = boxes.map { "<span style='\(style)'>\($0)</span>" }.joined()
        #expect(read("<div>\(own)</div>") == "1914 1915 1916\n")
        let named = boxes.map { "<i class=b>\($0)</i>" }.joined()
        #expect(read("<style>.b{\(style)}</style><div>\(named)</div>") == "1914 1915 1916\n")
        #expect(read("<p>Press (<b style='\(style)'>Stop</b>), then wait.</p>") == "Press (Stop), then wait.\n")
    }

    @Test func lettersOfAWordStandTogether() {
        #expect(read("<p><span style='float:left;font-size:3em'>T</span>he gate</p>") == "The gate\n")
        #expect(read("<style>.d{float:left}</style><p><span class=d><b>“I</b></span>t is</p>") == "“It is\n")
        for style in ["display:inline-block", "display:inline-block;margin:0", "position:relative", "float:none"] {
            #expect(read("<p><b style='\(style)'>g</b><b style='\(style)'>o</b></p>") == "go\n", "\(style)")
        }
    }

    @Test func listsShowTheMarkersOfTheirStyles() {
        func list(_ tag: String, _ style: String) -> String? { read("<\(tag) style=\"\(style)\"><li>oar<li>rope</\(tag)>") }
        #expect(list("ol", "list-style:none") == "- oar\n- rope\n")
        #expect(list("ol", "list-style-type: none") == "- oar\n- rope\n")
        #expect(list("ol", "list-style: square inside") == "- oar\n- rope\n")
        #expect(list("ul", "list-style-type:decimal") == "1. oar\n2. rope\n")
        #expect(list("ol", "list-style-type:decimal-leading-zero") == "01. oar\n02. rope\n")
        #expect(list("ol", "list-style-type:lower-greek") == "α. oar\nβ. rope\n")
        #expect(list("ol", "list-style-type:hebrew") == "1. oar\n2. rope\n")
        #expect(list("ol", "list-style-type:'Rule '") == "Rule oar\nRule rope\n")
        #expect(list("ul", "list-style-type:disc") == "- oar\n- rope\n")
        #expect(list("ul", "list-style: none") == "- oar\n- rope\n")
        #expect(read("<ol><li style='list-style-type:upper-roman'>a<li>b</ol>") == "I. a\n2. b\n")
        // The numbers of counters are not read: those of the list stay.
        let counted = "<style>ol{list-style:none} li::before{counter-increment:n;content:counter(n) '. '}</style>"
        #expect(read(counted + "<ol><li>a<li>b</ol>") == "1. a\n2. b\n")
    }

    @Test func choicesAndButtonsSpeakByTheirLabels() {
        #expect(
            read(
                "<select><option label='By rail'></option><option label='By road'>road</option><option label=''>By air</select>"
            )
                == "By rail\n\nBy road\n\nBy air\n")
        #expect(read("<select><option selected label='By <sea> & land'>x</select>") == "[x] By <sea> & land\n")
        #expect(
            read("<p>a <button title='Save the form'></button> <button title=x>Go</button></p>") == "a Save the form Go\n")
    }

    @Test func aGridWithATableInACellKeepsItsRows() {
        let inner = "<table><tr><td>Desk 4</table>"
        #expect(
            read("<table border=1><tr><td>North<td>closed<td>\(inner)<tr><td>South<td>open<td>none</table>")
                == "North | closed | Desk 4\nSouth | open | none\n")
        #expect(
            read("<table><tr><td>North<td>12<td>\(inner)<tr><td>South<td>8<td>none</table>")
                == "North | 12 | Desk 4\nSouth | 8 | none\n")
        // Columns of a page.
        #expect(read("<table><tr><td>Menu<td>\(inner)<tr><td>News<td>Feet</table>") == "Menu\n\nDesk 4\n\nNews\n\nFeet\n")
        let long = String(repeating: "The gate is open. ", count: 20)
        #expect(read("<table border=1><tr><td>5<td>\(inner)<tr><td>6<td>\(long)</table>")?.contains("|") == false)
    }

    @Test func markupThatIsNoneIsAComment() {
        #expect(read("<p>a<?php echo 1 ?>b<!note>c</ i>d<!- e ->f</>g</p>") == "abcdfg\n")
        #expect(read("<p>3 <4 <- x</p>") == "3 <4 <- x\n")
        #expect(read("<p><img alt='<? x ?>'> <a href=\"</ y>\">in</a></p>") == "<? x ?> in\n")
        #expect(read("<script>let a = '</ b>'; let c = '<?'</script><p>seen</p><!-- <? --><p>too</p>") == "seen\n\ntoo\n")
        #expect(read("<p>open <? no end") != nil)
        let many = String(repeating: "<?", count: 200_000)
        #expect(read("<p>x</p>" + many)?.hasPrefix("x") == true)
    }

    @Test func documentTypesWithDeclarations() {
        let page = """
            <?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd" [
            <!ATTLIST p note CDATA #IMPLIED> <!ENTITY a "b">
            ]><html><body><p>Fee</p><p><![CDATA[4 < 5 & 6]]></p></body></html>
            """
        #expect(Readers.text(page, "page.xhtml") == "Fee\n\n4 < 5 & 6\n")
    }

    @Test func namesThatNeedNoSemicolonStartLongerWords() {
        #expect(read("<p>&notme; &notin; &copyleft; &amplify; &unknown;</p>") == "¬me; ∉ ©left; &lify; &unknown;\n")
    }

    private func formula(_ math: String) -> String? { read("<p><math>\(math)</math></p>") }

    @Test func fractionsWithoutALineAreChoices() {
        let stacked = "<mfrac linethickness=0><mi>n</mi><mn>3</mn></mfrac>"
        #expect(formula("<mo>(</mo>\(stacked)<mo>)</mo>") == "(n choose 3)\n")
        #expect(formula("<mn>2</mn><mrow><mo>(</mo><mrow>\(stacked)</mrow><mo>)</mo></mrow>") == "2(n choose 3)\n")
        #expect(formula("<mfenced>\(stacked)</mfenced>") == "(n choose 3)\n")
        #expect(formula(stacked) == "[n; 3]\n")
        #expect(formula("<mfrac linethickness=2px><mi>n</mi><mn>3</mn></mfrac>") == "n/3\n")
    }

    @Test func marksOnBothSidesOfABase() {
        #expect(formula("<mmultiscripts><mi>U</mi><mprescripts/><mn>92</mn><mn>238</mn></mmultiscripts>") == "²³⁸₉₂U\n")
        #expect(formula("<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>13</mn></mmultiscripts>") == "¹³C\n")
        #expect(formula("<mmultiscripts><mi>T</mi><mi>i</mi><mi>j</mi></mmultiscripts>") == "T_i^j\n")
        #expect(
            formula("<mmultiscripts><mi>F</mi><mi>k</mi><none/><mprescripts/><mi>n</mi><none/></mmultiscripts>")
                == "_n F_k\n")
    }

    @Test func factorsThatAreNumbersDoNotJoin() {
        #expect(formula("<mn>3</mn><mo>&InvisibleTimes;</mo><mn>4</mn>") == "3·4\n")
        #expect(formula("<mn>3</mn><mo>&#x2062;</mo><mi>x</mi>") == "3x\n")
    }
}
