import Corpora
import Testing

@Suite struct HTMLReaderTests {
    private func read(_ html: String) -> Document? {
        Readers.read(Array(html.utf8), path: "page.html").document
    }

    private static let paragraph = String(
        repeating: "The committee met again in the evening, read the letters aloud, and agreed on little. ", count: 5)

    @Test func blocksAreParagraphsAndWhiteSpaceIsFolded() {
        #expect(read("<p>One\n  two</p><p>three <b>four</b></p>")?.string == "One two\n\nthree four\n")
        #expect(read("<div>a<br>b<br><br>c&nbsp;&amp; d</div>")?.string == "a\nb\n\nc & d\n")
    }

    @Test func listsTablesAndPreformattedTextKeepTheirForm() {
        #expect(read("<ul><li>one<li>two<ul><li>deep</ul></ul>")?.string == "- one\n- two\n  - deep\n")
        #expect(read("<ol start=3><li>c<li>d</ol>")?.string == "3. c\n4. d\n")
        #expect(
            read("<table><tr><th>a<th>b<tr><td>1<td><p>2</p><p>3</p></table>")?.string == "a | b\n1 | 2 3\n")
        #expect(read("<pre>\n  x\n    y</pre>")?.string == "  x\n    y\n")
    }

    @Test func headingsMakePathsAndTheTitleIsTheTitle() throws {
        let document = try #require(read("<title>T &amp; U</title><h1>A</h1><p>x</p><h2>B <i>c</i></h2><p>y</p>"))
        #expect(document.title == "T & U")
        #expect(document.string == "A\n\nx\n\nB c\n\ny\n")
        #expect(
            document.spans == [
                SourceSpan(start: 0, place: .heading(["A"])), SourceSpan(start: 6, place: .heading(["A", "B c"])),
            ])
        #expect(!document.original.isExact)
        #expect(try document.original.bytes(from: document.text) == document.text)
    }

    /// libxml2 does not know that these elements are empty. It makes the following nodes their children.
    @Test(arguments: ["wbr", "embed src='x'"])
    func whatFollowsAnElementWithoutContentIsText(element: String) {
        let page = "<h1>API</h1><div>Call get<\(element)>Element<\(element)>ById.<p>Second.</p></div><p>Third.</p>"
        #expect(read(page)?.string == "API\n\nCall getElementById.\n\nSecond.\n\nThird.\n")
        let many = String(repeating: "<\(element)>x", count: 100_000)
        #expect(read("<p>\(many)</p><p>after</p>")?.string == String(repeating: "x", count: 100_000) + "\n\nafter\n")
    }

    /// By default, libxml2 cuts a page off where 256 elements are open.
    @Test func elementsThatNestDeepOrAreNeverClosedEndNoText() {
        let deep = String(repeating: "<div>", count: 3000)
        let end = String(repeating: "</div>", count: 3000)
        let mixed = "\(deep)a<p>b</p>c<br>d<span>e</span> f<div>g</div>h\(end)i"
        #expect(read(mixed)?.string == "a\n\nb\n\nc\nde f\n\ng\n\nh\n\ni\n")
        let closed = "<p>before</p>\(deep)<p>deep</p>\(deep.replacing("<", with: "</"))<p>after</p>"
        #expect(read(closed)?.string == "before\n\ndeep\n\nafter\n")
        let open = (0..<1000).map { "<font>word\($0) " }.joined()
        #expect(read(open + "<p>after</p>")?.string.hasSuffix("word999\n\nafter\n") == true)
    }

    @Test func aHeadingThatHoldsHeadingsIsNone() {
        #expect(
            read("<h1>a<div><h2>b</h2><p>c</p></div></h1>")?.spans == [SourceSpan(start: 3, place: .heading(["b"]))])
    }

    @Test func whatIsNotShownIsNotText() {
        let hidden = [
            "<script>bad()</script>", "<style>bad{}</style>", "<template>bad</template>",
            "<p hidden>bad</p>", "<p style='display: none'>bad</p>", "<p style='VISIBILITY:hidden'>bad</p>",
            "<!-- bad -->", "<dialog>bad</dialog>", "<iframe>bad</iframe>", "<video>bad</video>",
        ]
        for html in hidden { #expect(read("<body>\(html)<p>good</p></body>")?.string == "good\n", "\(html)") }
    }

    /// No name of a class, no neighbour of prose, no kind of element makes text disappear.
    @Test func allThatABrowserShowsIsText() throws {
        let links = (0..<20).map { "<li><a href=x>Form number \($0)</a></li>" }.joined()
        let page = """
            <body><header><h1>Head</h1><p>Valid from May.</p></header><nav><a href=y>Start</a></nav>
            <div id="wrap"><div class="story"><p>\(Self.paragraph)</p><p>\(Self.paragraph)</p><ul>\(links)</ul></div>
            <section class="related-research-budget"><p>The budget is 7300 crowns.</p></section>
            <aside class="sidebar"><p>Never pour water on oil.</p></aside>
            <details><summary>More</summary><p>Sick pay starts on day four.</p></details>
            <address>Pier 4, extension 4471</address><p aria-hidden=true>Shown to the eye.</p>
            <form><label>Name</label> <button>Send</button><textarea>Draft</textarea></form></div>
            <div class="comments"><p>The pump fails at night.</p></div><dialog open><p>Closed on Monday.</p></dialog>
            <footer><p>No service on public holidays.</p></footer></body>
            """
        let text = try #require(read(page)).string
        for part in [
            "Head", "Valid from May.", "Start", "The committee met again", "Form number 0", "Form number 19", "7300 crowns",
            "Never pour water", "More", "day four", "extension 4471", "Shown to the eye.", "Name", "Send", "Draft",
            "The pump fails", "Closed on Monday.", "public holidays",
        ] { #expect(text.contains(part), "\(part)") }
    }

    /// No script runs here, and no frame is loaded: what stands for them is shown.
    @Test func whatStandsForScriptsAndFramesIsText() {
        #expect(read("<body><noscript><p>Call 4471.</p></noscript><p>good</p></body>")?.string == "Call 4471.\n\ngood\n")
        #expect(
            read(
                "<html><frameset cols=50%,*><frame src=a.html><noframes><p>The menu is in a.html.</p></noframes></frameset>")?
                .string == "The menu is in a.html.\n")
    }

    @Test func drawingsHaveText() {
        let chart = "<svg><title>Rain</title><metadata>bad</metadata><style>bad</style><text x=1>May 31 mm</text>"
        #expect(
            read("<p>a</p>\(chart)<text>June <tspan>40</tspan>mm</text></svg>")?.string
                == "a\n\nRain\n\nMay 31 mm\n\nJune 40mm\n")
        #expect(
            read("<svg><text><tspan x=0 y=1>Line one</tspan><tspan x=0 y=2>Line two</tspan></text></svg>")?.string
                == "Line one\n\nLine two\n")
        let page = read("<body><svg><title>Not the title</title></svg><h1>Head</h1></body>")
        #expect(page?.title == "Head")
    }

    @Test func fieldsShowTheirValuesOrWhatTheyAskFor() {
        #expect(
            read("<p>Name <input value='Ann Lee'> <input type=submit value=Send><input type=hidden value=bad></p>")?.string
                == "Name Ann Lee Send\n")
        #expect(read("<p>go</p><input type=search placeholder='Find a form'>")?.string == "go\n\nFind a form\n")
        #expect(read("<p>go</p><input type=password value=bad>")?.string == "go\n")
        #expect(
            read("<p><input type=checkbox checked value=on> rope <input type=radio> hemp</p>")?.string
                == "[x] rope [ ] hemp\n")
        #expect(read("<p>go <input type=checkbox role=button aria-label=Menu></p>")?.string == "go\n")
    }

    @Test func elementsWithoutTextSpeakByTheirLabels() {
        #expect(read("<p>Call <a aria-label='the desk'><svg><path d=x></svg></a> now</p>")?.string == "Call the desk now\n")
        #expect(read("<nav aria-label=Main><a>Start</a></nav><p>x</p>")?.string == "Start\n\nx\n")
        #expect(read("<p>See <map><area alt='the north wing'></map></p>")?.string == "See the north wing\n")
    }

    @Test func cellsOverSeveralRowsAndColumnsMakeAGrid() {
        let table = """
            <table><tr><th>Line<th colspan=2>Fare<th>Day<tr><td rowspan=2>North<td>2<td>5<td>Mon<tr><td>3<td>6<td>Tue
            <tr><td>South<td colspan=2 rowspan=2>free<td>Wed<tr><td>West<td>Thu</table>
            """
        #expect(
            read(table)?.string
                == "Line | Fare | Fare | Day\nNorth | 2 | 5 | Mon\nNorth | 3 | 6 | Tue\nSouth | free | free | Wed\nWest | free | free | Thu\n"
        )
        #expect(
            read("<table><tr><td colspan=2>All fares<tr><td>a<td>1<tr><td>b<td>2</table>")?.string
                == "All fares\na | 1\nb | 2\n")
    }

    @Test func headersReachTheirColumnsAndRows() {
        let table = """
            <table><tr><th rowspan=2>Pier<th colspan=2>Dues<th rowspan=2>Open<tr><th>day<th>night
            <tr><td>East<td colspan=2>none<td>yes<tr><td colspan=3>Both piers<td>no</table>
            """
        #expect(
            read(table)?.string
                == "Pier | Dues | Dues | Open\nPier | day | night | Open\nEast | none | none | yes\nBoth piers |  |  | no\n")
        // A long value stands once.
        let long = "the ferry does not call here from the first of May on"
        #expect(
            read("<table><tr><th>Day<th>Out<th>Back<tr><td>Sunday<td colspan=2>\(long)</table>")?.string
                == "Day | Out | Back\nSunday | \(long) |\n")
        // A title in the first row is a line.
        #expect(
            read("<table><tr><th colspan=2>Dues of 2024<tr><td>East<td>4</table>")?.string == "Dues of 2024\nEast | 4\n")
    }

    @Test func cellsSpanNoFurtherThanTheirTable() {
        #expect(
            read("<table><tr><th>Day<th>Out<th>Back<tr><td>Sunday<td colspan=999999>none</table>")?.string
                == "Day | Out | Back\nSunday | none | none\n")
        // Zero rows are all rows of the group.
        let groups = "<tbody><tr><td rowspan=0>East<td>1<tr><td>2</tbody><tbody><tr><td>West<td>3</tbody>"
        #expect(read("<table>\(groups)</table>")?.string == "East | 1\nEast | 2\nWest | 3\n")
        // Spans do not make a long text of a short page.
        let wide = "<tr><td>a<td rowspan=65534 colspan=998>x<td>b" + String(repeating: "<tr><td>y", count: 60_000)
        #expect(read("<table>\(wide)</table>")?.text.count ?? 0 < 12 << 20)
    }

    @Test func quotationsHaveMarks() {
        #expect(read("<p>The sign says <q>keep <b>left</b></q>.<q></q></p>")?.string == "The sign says “keep left”.\n")
    }

    @Test func aTableInACellIsPartOfItsRow() {
        let inner = "<table><tr><th colspan=2>Hours<tr><td>8<td>12</table>"
        let text = read("<table><tr><th>Desk<th>When<tr><td>North<td>\(inner)<tr><td>South<td>closed</table>")?.string
        #expect(text == "Desk | When\nNorth | Hours; 8, 12\nSouth | closed\n")
    }

    /// A gallery that scripts open, a note for screens of another size and a closed dialog are not shown; scripts and templates are no
    /// text.
    @Test func hiddenTextIsTold() {
        let page = """
            <p>Seen.</p><div style="display: none"><p>Slide 2</p><p hidden>Slide 3</p></div><p hidden>Later</p><p hidden> </p>
            <script hidden>let a = 1</script><template>Card</template><dialog>Are you sure?</dialog><input type=hidden value=7>
            """
        #expect(read(page)?.notes == [.hiddenPieces(3)] && read(page)?.string == "Seen.\n")
        #expect(read("<p>Seen.</p><p hidden=until-found>Found.</p><dialog open>Open.</dialog>")?.notes == [])
    }

    @Test func textBetweenTheRowsOfATableIsKept() {
        let text = read("<table><tr><th>a<th>b</tr>stray<tr>loose<td>x<td>y</tr><p>below</p></table>")?.string ?? ""
        for word in ["a | b", "stray", "loose", "x | y", "below"] { #expect(text.contains(word), "\(word): \(text)") }
    }

    @Test func picturesSpeakByTheirAlternativeText() {
        #expect(read("<table><tr><th>a<th>b<tr><td>x<td><img alt='Yes'></table>")?.string == "a | b\nx | Yes\n")
        #expect(read("<p>go<img src=x alt=''>ne <img alt='to the pier'>, now</p>")?.string == "gone to the pier , now\n")
    }

    @Test func struckTextIsMarked() {
        #expect(
            read("<p>It costs <del>40</del> <ins>35</ins>.</p><p><s>Dogs may enter.</s></p>")?.string
                == "It costs ~~40~~ 35.\n\n~~Dogs may enter.~~\n")
        #expect(read("<p>a<s> </s>b</p>")?.string == "ab\n")
        #expect(read("<del><p>Old.</p><p>Older.</p></del><p>New.</p>")?.string == "~~Old.~~\n\n~~Older.~~\n\nNew.\n")
    }

    @Test(arguments: [
        ("2<sup>10</sup> l", "2¹⁰ l"), ("10<sup>-6</sup>", "10⁻⁶"), ("10<sup>\u{2212}6</sup>", "10⁻⁶"),
        ("5 m<sup>2</sup>", "5 m²"),
        ("full liability<sup>3</sup>.", "full liability[3]."), ("the 1<sup>st</sup> day", "the 1st day"),
        ("H<sub>2</sub>O", "H₂O"), ("log<sub>2</sub>8", "log₂8"), ("101<sub>2</sub>", "101₂"),
        ("a <sub>2024 edition</sub>", "a 2024 edition"), ("x<sub>i</sub>", "xi"), ("7<sub>2a</sub>", "7_2a"),
        ("x<sup>-</sup>", "x-"), ("as seen<sup>1,2</sup>", "as seen[1,2]"), ("the rule<sup>a</sup>", "the rule[a]"),
        ("10<sup>1,5</sup>", "10^1,5"), ("mc<sup>2</sup>", "mc²"), ("<sup>7</sup>Li", "⁷Li"),
    ])
    func exponentsAreNotGluedToTheirNumber(html: String, text: String) {
        #expect(read("<p>\(html)</p>")?.string == text + "\n")
    }

    @Test func formulasRubyAndShadowRootsArePartOfTheText() {
        let formula = "<math><mi>q</mi><mo>=</mo><mfrac><mn>5</mn><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>"
        #expect(
            read("<p>Load \(formula) times <math><msup><mi>x</mi><mn>2</mn></msup></math></p>")?.string
                == "Load q=5/(a+1) times x^2\n")
        #expect(read("<math><mi>f</mi><mfenced><mi>a</mi><mi>b</mi></mfenced></math>")?.string == "f(a, b)\n")
        #expect(read("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby></p>")?.string == "漢(kan)字(ji)\n")
        #expect(read("<x-card><template shadowrootmode=open><p>Inside.</p></template></x-card>")?.string == "Inside.\n")
        #expect(read("<span style='display:block'>a</span><span style='display: block'>b</span>")?.string == "a\n\nb\n")
    }

    @Test func aTableThatHoldsATableKeepsItsRows() {
        let inner = "<table><tr><td>2.10</td></tr></table>"
        #expect(read("<table><tr><th>Zone<th>Fee<tr><td>North<td>\(inner)</table>")?.string == "Zone | Fee\nNorth | 2.10\n")
        let layout = "<table><tr><td><table><tr><td>a<td>b</table><td><p>c</p></table>"
        #expect(read(layout)?.string == "a | b\n\nc\n")
    }

    @Test func aPageWithoutProseIsReadWhole() {
        #expect(read("<body><ul><li><a href=a>One</a><li><a href=b>Two</a></ul></body>")?.string == "- One\n- Two\n")
    }

    @Test func aPageWithoutTextIsSkipped() {
        let page = Array("<html><body><script>x</script></body></html>".utf8)
        #expect(Readers.read(page, path: "a.html").refusal == .pageWithoutText)
    }

    @Test func theDeclaredCharsetIsBelievedUnlessTheBytesAreUTF8() throws {
        let latin = try EncodedForm(encoding: .koi8r).bytes(from: Array("<meta charset=koi8-r><p>Мир</p>".utf8))
        #expect(Readers.read(latin, path: "a.html").document?.string == "Мир\n")
        #expect(read("<meta charset=gb2312><p>中文</p>")?.string == "中文\n")
        let wide = try EncodedForm(encoding: .utf16LittleEndian, hasByteOrderMark: true).bytes(
            from: Array("<html><meta charset=utf-8><p>中文</p></html>".utf8))
        #expect(Readers.read(wide, path: "a.html").document?.string == "中文\n")
    }

    @Test func externalEntitiesAndTheirBombsAreNothing() throws {
        let bomb = """
            <!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
            <!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>text &b; &x;</p></body></html>
            """
        let text = try #require(read(bomb)).string
        #expect(text.contains("text"))
        #expect(!text.contains("root:") && !text.contains("aaaaaaaaaa "))
    }

    @Test func aMillionOpenTagsAreRead() {
        let deep = "<html><p>before</p>" + String(repeating: "<div>", count: 1_000_000) + "deep"
        let result = Readers.read(Array(deep.utf8), path: "a.html")
        #expect(result.document?.string.hasPrefix("before") == true)
    }

    @Test func characterReferencesAreReadAsBrowsersDo() {
        #expect(
            read("<p>&copy 2024 &check; &fjlig;ord &#128;5 don&#146;t &#x96; AT&T &unknown; 3 &lt 4</p>")?.string
                == "© 2024 ✓ fjord €5 don’t – AT&T &unknown; 3 < 4\n")
        #expect(read("<p><img alt='Fish &AMP; chips' src='?a=1&copy=2'></p>")?.string == "Fish & chips\n")
    }

    @Test func formulasKeepTheirParts() {
        let table = "<mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd><mtd>4</mtd></mtr></mtable>"
        #expect(read("<math><mi>A</mi><mo>=</mo>\(table)</math>")?.string == "A=[1, 2; 3, 4]\n")
        #expect(
            read(
                "<math><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>"
            )?
            .string == "∑_i^n x_i^2\n")
        #expect(
            read("<math><mroot><mi>z</mi><mn>3</mn></mroot><mtext>if</mtext><mi>z</mi></math>")?.string == "√[3](z) if z\n")
    }

    @Test func lineNumbersStandApartFromCode() {
        #expect(
            read("<pre><i>1</i>def f():\n<i>2</i>    return 1\n<b>3</b>4\n <i>20</i>;</pre>")?.string
                == "1 def f():\n2    return 1\n34\n 20;\n")
    }

    @Test func aPictureWithoutAlternativeTextHasItsTip() {
        let pictures = "<img title='The old crane'> <img alt='North' title='x'> <img alt='' title='y'>"
        #expect(read("<p>See \(pictures)</p>")?.string == "See The old crane North\n")
    }
}
