import Corpora
import Testing

/// Forms of pages that libxml2 or a plain walk would read otherwise than a browser shows them.
@Suite struct HTMLFormTests {
    private func read(_ html: String) -> String? { Readers.text(html, "page.html") }

    @Test func listsAreNumberedAsTheyAreShown() {
        #expect(read("<ol type=a><li>bow<li>stern</ol>") == "a. bow\nb. stern\n")
        #expect(read("<ol type=I start=4><li>act</ol>") == "IV. act\n")
        #expect(read("<ol reversed><li>two<li>one</ol>") == "2. two\n1. one\n")
        #expect(read("<ol style='list-style-type: lower-roman'><li>a<li value=4>d<li>e</ol>") == "i. a\niv. d\nv. e\n")
    }

    @Test func boxesInALineStandApart() {
        #expect(read("<style>.r{float:right}</style><p>Sum<span class=r>400</span></p>") == "Sum 400\n")
        #expect(read("<p>Sum<span style='float:right'>500</span></p>") == "Sum 500\n")
        // A large first letter is part of its word.
        #expect(read("<p><span style='float:left'>H</span>arbour</p>") == "Harbour\n")
        #expect(read("<div><button>Yes</button><button>No</button></div>") == "Yes No\n")
        #expect(
            read("<p>Used <meter>60 %</meter><progress>3/10</progress><output>42</output></p>") == "Used 60 % 3/10 42\n")
    }

    @Test func aFormulaIsWrittenOnce() {
        let math = "<math><mi>m</mi><mo>=</mo><mn>7</mn></math>"
        let drawn = "<span aria-hidden=true><b>m</b>=<b>7</b></span>"
        #expect(read("<p>It is <span><span>\(math)</span>\(drawn)</span> now</p>") == "It is m=7 now\n")
        #expect(read("<p>It is <span>\(drawn)</span> now</p>") == "It is m=7 now\n")
        let hidden = "<span style='display:none'>\(math)</span>"
        #expect(read("<p>It is <span>\(hidden)\(drawn)</span> now</p>") == "It is m=7 now\n")
    }

    @Test func elementsOfAPageStandInTheLineBesideWords() {
        #expect(read("<p>Call <x-tel>112</x-tel>; now</p>") == "Call 112; now\n")
        #expect(read("<x-list><x-item>Rope</x-item><x-item>Hemp</x-item></x-list>") == "Rope\n\nHemp\n")
    }

    @Test func conditionsOfWordAreNoText() {
        #expect(
            read("<p><![if !supportLists]>3. <![endif]>Grease it</p><!--[if x]><p>no</p><![endif]-->") == "3. Grease it\n")
        #expect(read("<xmp><b>raw</b> &amp; so</xmp><p>end</p>") == "<b>raw</b> &amp; so\n\nend\n")
    }

    @Test func namesOfCharactersMayLackTheirSemicolon() {
        #expect(read("<p>a&nbspb caf&eacutes &copyleft AT&T</p>") == "a b cafés ©left AT&T\n")
        #expect(read("<p><img alt='x&copyy'>&region=1</p>") == "x&copyy &region=1\n")
    }

    @Test func codeInTablesKeepsItsLinesWithoutTheirNumbers() {
        let gutter = "<td class=gutter><pre>1\n2\n</pre></td><td class=code><pre>if x:\n    y = 1\n</pre></td>"
        #expect(read("<table><tr>\(gutter)</tr></table>") == "if x:\n    y = 1\n")
        let rows = [("1", "def a():"), ("2", "    return 2")].map {
            "<tr><td class=blob-num>\($0.0)</td><td class=blob-code>\($0.1)</td></tr>"
        }
        #expect(read("<table>\(rows.joined())</table>") == "def a():\n    return 2\n")
        #expect(
            read("<table><tr><th>n<th>run<tr><td>1<td><pre>a\nb</pre></table>") == "n | run\n1 | a\nb\n")
        #expect(read("<table><tr><td class=lineno>1<td>Rope<tr><td class=lineno>2<td>Oar</table>") == "1 | Rope\n2 | Oar\n")
    }

    /// A rule for small screens or paper does not hold, and a selector names the elements around.
    @Test func stylesMakeTables() {
        let sheet = """
            <style>.t { display: table } .t .r {display:table-row} /* {} */ .t .r > span, .c { display: table-cell }
            @media (max-width: 9em) { .c { display: block } } @media print { .t { display: block } }</style>
            """
        let rows =
            "<div class=r><span>Port</span><span>Tide</span></div><div class=r><span>Kiel</span><span>3.1</span></div>"
        #expect(read(sheet + "<div class=t>\(rows)</div>") == "Port | Tide\nKiel | 3.1\n")
        #expect(read(sheet + "<div class=u>\(rows)</div>") == "PortTide\n\nKiel3.1\n")
        let list = "<dl class=t><div class=r><dt class=c>Age</dt><dd class=c>40</dd></div>"
        #expect(
            read(sheet + list + "<div class=r><dt class=c>Name</dt><dd class=c>Ode</dd></div></dl>")
                == "Age | 40\nName | Ode\n")
        let own = ["A", "B", "C", "D"].map { "<div style='display:table-cell'>\($0)</div>" }
        let row = "<div style='display: table-row'>"
        #expect(
            read("<div style='display:table'>\(row)\(own[0])\(own[1])</div>\(row)\(own[2])\(own[3])</div></div>")
                == "A | B\nC | D\n")
    }

    /// Styles also lay out pages: such a table holds one row, or long texts.
    @Test func aLayoutOfStylesIsNoTable() {
        let sheet = "<style>.t{display:table} .r{display:table-row} .c{display:table-cell}</style>"
        let menu = "<div class=r><div class=c>Menu</div><div class=c><p>One</p><p>Two</p></div></div>"
        #expect(read(sheet + "<div class=t>\(menu)</div>") == "Menu\n\nOne\n\nTwo\n")
        let long = String(repeating: "The ferry leaves at noon. ", count: 60)
        #expect(
            read(sheet + "<div class=t>\(menu)<div class=r><div class=c>\(long)</div></div></div>")?.contains("|") == false)
    }

    @Test func stylesRaiseAndNumberAndPart() {
        let sheet = "<style>.up{vertical-align:super} ol.a{list-style-type:lower-alpha} p i.b, .n .b{display:block}</style>"
        #expect(
            read(
                sheet
                    + "<p>10<span class=up>-6</span> m<span style='vertical-align: super'>2</span>, rule<span class=up>4</span></p>"
            )
                == "10⁻⁶ m², rule[4]\n")
        #expect(read(sheet + "<ol class=a><li>bow</ol>") == "a. bow\n")
        #expect(read(sheet + "<p><i class=b>North</i><i class=b>South</i></p>") == "North South\n")
    }

    @Test func boxesOfRolesShowTheirState() {
        #expect(read("<p><span role=checkbox aria-checked=true>Oars</span> in</p>") == "[x] Oars in\n")
        #expect(read("<p>On</p><div role=switch aria-checked=false aria-label=Alarm></div>") == "On\n\n[ ] Alarm\n")
    }

    @Test func rolesMakeTables() {
        let row = "<div role=row><span role=cell>Yawl</span><span role=cell>67</span></div>"
        #expect(read("<div role=table>\(row)</div>") == "Yawl | 67\n")
    }
}

extension HTMLFormTests {
    /// Old pages have the foot of a table before its body.
    @Test func theHeadOfATableIsFirstAndItsFootLast() {
        #expect(
            read(
                "<table><caption>Dues</caption><tfoot><tr><td>Sum<td>9</tfoot><tbody><tr><td>Oar<td>4</tbody><thead><tr><th>Item<th>Fee</table>"
            )
                == "Dues\nItem | Fee\nOar | 4\nSum | 9\n")
        #expect(read("<table><tfoot><tr><td>a<td>b</tfoot><tfoot><tr><td>c<td>d</table>") == "c | d\na | b\n")
    }

    @Test func theColumnsOfATableInACellAreNoneOfTheOuterOne() {
        let inner = "<table><tr><td>in<td>out<tr><td>2<td>3</table>"
        #expect(
            read("<table><tr><th>Pier<th>Fee<th>Depth<tr><td>East<td>\(inner)<td>4</table>")
                == "Pier | Fee | Depth\nEast | in, out; 2, 3 | 4\n")
    }

    /// Ordinals and abbreviations stay as they stand.
    @Test func powersAreNoFactors() {
        #expect(read("<p>2<sup>n</sup> + x<sup>n+1</sup> + (a+b)<sup>k</sup></p>") == "2^n + x^(n+1) + (a+b)^k\n")
        #expect(
            read("<p>1<sup>st</sup>, 2<sup>e</sup>, n<sup>o</sup> 4, M<sup>me</sup>, on<sup>n</sup></p>")
                == "1st, 2e, no 4, Mme, onn\n")
    }

    @Test func listsToChooseFromShowTheirChoice() {
        #expect(
            read("<select><option>Kiel<option selected>Moss<optgroup label=South><option>Lund</optgroup></select>")
                == "Kiel\n\n[x] Moss\n\nSouth\n\nLund\n")
    }

    @Test func descriptionsWithoutEndsStandBesideOneAnother() {
        #expect(read("<dl><dt>Rope<dd>4 m<dd>hemp<dt>Oar<dd>2 m</dl>") == "Rope\n  4 m\n  hemp\nOar\n  2 m\n")
    }

    /// A rule with an identifier wins over classes, classes over tags, and a later rule over an equal one before.
    @Test func ofSeveralRulesTheNarrowestHolds() {
        let sheet =
            "<style>#a{vertical-align:sub} .b.c{vertical-align:super} .b{vertical-align:sub} i{vertical-align:super}</style>"
        #expect(
            read(sheet + "<p>m<i class='c b'>2</i> H<i id=a class='b c'>2</i>O, x<i class=b>1</i> y<i>3</i></p>")
                == "m² H₂O, x₁ y³\n")
        #expect(read("<style>i{vertical-align:super} i{vertical-align:sub}</style><p>H<i>2</i>O</p>") == "H₂O\n")
    }

    /// Many elements, rules and levels: the text stays, whatever the styles say.
    @Test func stylesOfAHostilePageAreLimited() {
        let rules = (0..<3000).map { ".z\($0) .b{display:block}" }.joined()
        let page =
            "<style>\(rules)</style>" + String(repeating: "<div>", count: 60)
            + String(repeating: "<i class=b>x</i> ", count: 20_000)
        #expect(read(page)?.count(where: { $0 == "x" }) == 20_000)
    }
}
