import Corpora
import Testing

/// What a browser shows at another place, or of words that pages write in other ways.
@Suite struct HTMLPlaceTests {
    private func read(_ page: String) -> String? { Readers.text(page, "page.html") }

    @Test func commentsThatEndAtOnceHideNothing() {
        #expect(read("<p>a</p><!-->b<!-- c --><p>d</p><!--->e<!>f") == "a\n\nb\n\nd\n\nef\n")
        #expect(read("<!--[if !IE]><!--><p>a</p><!--<![endif]--><!-- <!> --><p>b</p>") == "a\n\nb\n")
    }

    @Test func slotsShowTheChildrenOfTheirHost() {
        let page = """
            <my-card><template shadowrootmode="open"><p>Boats leave at <slot name=time>no time</slot> from <slot></slot>.</p>
            <p><slot name=fee>No fee is known.</slot></p></template><span slot=time>16:45</span>pier nine</my-card>
            """
        #expect(read(page) == "Boats leave at 16:45 from pier nine.\n\nNo fee is known.\n")
        // A slot in what another slot shows without children takes none of them.
        let inner = """
            <a-b><template shadowrootmode=open><slot name=x>usual <slot name=y></slot></slot></template><i slot=x>own</i>
            <i slot=y>lost?</i></a-b>
            """
        #expect(read(inner)?.contains("own") == true && read(inner)?.contains("lost?") == true)
        #expect(read(inner)?.contains("usual") == false)
        #expect(read("<template><p>inert</p><slot></slot></template><p>seen</p>") == "seen\n")
    }

    @Test func aPageNeedsNoTagsForItsHeadAndBody() {
        #expect(read("<!doctype html><title>T</title><nav>Menu</nav><p>text</p>") == "Menu\n\ntext\n")
        #expect(
            read(
                "<!doctype html><meta charset=utf-8><title>T</title><style>p{}</style><main><h1>Head</h1><p>words</p></main>"
            )
                == "Head\n\nwords\n")
        #expect(
            read("<html lang=en><head><title>T</title><link rel=x><my-el>Own words</my-el><p>t</p>") == "Own words\n\nt\n")
        #expect(read("<html><head><title>T</title><script>x</script></head><body><p>t</p></body></html>") == "t\n")
    }

    @Test func tipsTellWhatSymbolsAndCellsShow() {
        let table =
            "<table><tr><th>Export<th>Fax<th>Map<tr><td><i class=no title=No></i><td title=Never></td><td>"
            + "<abbr title='hidden words'>ok</abbr></table>"
        #expect(read(table) == "Export | Fax | Map\nNo | Never | ok\n")
    }

    @Test func boxesInARowStandApart() {
        #expect(
            read("<div style='display:flex'><span>North</span><span>South</span>tail<b>end</b></div>")
                == "North South tail end\n")
        #expect(
            read("<style>nav{display:inline-grid}</style><nav><a>one</a><a>two</a></nav>") == "one two\n")
        #expect(read("<p style='display:flex'><b>12</b><b>.50</b><i>crowns</i></p>") == "12.50 crowns\n")
    }

    @Test func hiddenUntilFoundIsRead() {
        #expect(read("<p>a</p><p hidden=until-found>b</p><p hidden>c</p>") == "a\n\nb\n")
    }

    @Test func whatStandsForAnObjectIsRead() {
        #expect(
            read("<p>See <object data=a.svg>the plan of pier two</object></p>")?.contains("the plan of pier two") == true)
    }

    @Test func numbersOfAttributesMayHaveMoreAroundThem() {
        let table = "<table><tr><th>A<th>B<th>C<tr><td rowspan=' 2 '>x<td colspan='2;'>y<tr><td>z<td>w</table>"
        #expect(read(table) == "A | B | C\nx | y | y\nx | z | w\n")
        #expect(read("<ol start=' 4.'><li>a</ol>") == "4. a\n")
    }
}
