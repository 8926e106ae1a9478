import Corpora
import TestSupport
import Testing

@Suite struct BookReaderTests {
    private func book(_ chapters: [(name: String, text: String)], spine: [String], more: [(String, String)] = []) -> [UInt8]
    {
        let items = chapters.map {
            "<item id=\"\($0.name)\" href=\"text/\($0.name).xhtml\" media-type=\"application/xhtml+xml\"/>"
        }.joined()
        let order = spine.map { "<itemref idref=\"\($0)\"/>" }.joined()
        return ZipSample.make(
            [
                (
                    "META-INF/container.xml",
                    "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>"
                ),
                (
                    "OPS/book.opf",
                    "<package xmlns:dc=\"d\"><metadata><dc:title>The Watch</dc:title></metadata><manifest>\(items)</manifest><spine>\(order)</spine></package>"
                ),
            ] + chapters.map { ("OPS/text/\($0.name).xhtml", $0.text) } + more)
    }

    @Test func styleSheetsOfTheBookHold() {
        let page = "<html><body><p>10<span class=\"s\">8</span> m, word<span class=\"s\">2</span></p></body></html>"
        let bytes = book([("a", page)], spine: ["a"], more: [("OPS/s.css", ".s { vertical-align: super }")])
        #expect(Readers.text(bytes, "a.epub") == "10⁸ m, word[2]\n")
    }

    @Test func aPageThatStandsForAnotherFormatIsRead() {
        let list =
            "<item id=\"p\" href=\"p.pdf\" media-type=\"application/pdf\" fallback=\"q\"/>"
            + "<item id=\"q\" href=\"q.xhtml\" media-type=\"application/xhtml+xml\"/>"
        let bytes = ZipSample.make([
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"b.opf\"/></rootfiles></container>"),
            ("b.opf", "<package><manifest>\(list)</manifest><spine><itemref idref=\"p\"/></spine></package>"),
            ("q.xhtml", "<html><body><p>The tide.</p></body></html>"),
        ])
        let document = Readers.read(bytes, path: "a.epub").document
        #expect(document?.string == "The tide.\n" && document?.notes == [])
    }

    @Test func chaptersComeInTheOrderOfTheBook() throws {
        let bytes = book(
            [
                ("b", "<html><body><h1>Second</h1><p>The lapwing.</p></body></html>"),
                ("a", "<html><body><h1>First</h1><p>Caf&eacute; at dawn.</p></body></html>"),
            ],
            spine: ["a", "b"])
        let document = try #require(Readers.read(bytes, path: "a.epub").document)
        #expect(document.string == "First\n\nCafé at dawn.\n\nSecond\n\nThe lapwing.\n")
        #expect(document.title == "The Watch")
        #expect(document.spans.headings(at: document.text.count - 1) == ["Second"])
    }

    @Test func pathsMayBeWrittenAsAddresses() throws {
        let bytes = ZipSample.make([
            (
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path=\"OPS/the%20book.opf\"/></rootfiles></container>"
            ),
            (
                "OPS/the book.opf",
                "<package><manifest><item id=\"a\" href=\"a%20b.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"
            ),
            ("OPS/a b.xhtml", "<p>The tern.</p>"),
        ])
        #expect(Readers.text(bytes, "a.epub") == "The tern.\n")
    }

    @Test func aLockedBookNeedsItsKeyAndLockedFontsDoNoHarm() {
        func locked(_ path: String) -> (String, String) {
            (
                "META-INF/encryption.xml",
                "<encryption><EncryptedData><CipherReference URI=\"\(path)\"/></EncryptedData></encryption>"
            )
        }
        let chapter = ("a", "<html><body><p>Words.</p></body></html>")
        #expect(
            Readers.read(book([chapter], spine: ["a"], more: [locked("OPS/text/a.xhtml")]), path: "a.epub").refusal
                == .needsPassword)
        #expect(Readers.text(book([chapter], spine: ["a"], more: [locked("OPS/font.otf")]), "a.epub") == "Words.\n")
    }

    /// A chapter that is no page is told; a chapter without words is not, and the others are read.
    @Test func aChapterThatCannotBeReadIsTold() throws {
        let binary = String(decoding: (0..<400).map { UInt8($0 % 8) }, as: UTF8.self)
        let bytes = book(
            [("a", "<p>Words.</p>"), ("b", binary), ("c", "<p></p>"), ("d", "")], spine: ["a", "b", "c", "d"])
        let document = try #require(Readers.read(bytes, path: "a.epub").document)
        #expect(document.string == "Words.\n")
        #expect(document.notes == [.damagedParts(["OPS/text/b.xhtml"])])
    }

    @Test func aBookWithoutItsListIsDamaged() {
        #expect(
            Readers.read(ZipSample.make([("a.xhtml", "<p>x</p>")]), path: "a.epub").refusal
                == .containerDamaged("the list of chapters"))
    }
}

extension BookReaderTests {
    @Test func pagesThatOnlyALinkShowsAreRead() {
        let bytes = book(
            [
                ("key", "<p>The key is under the mat.</p>"),
                ("a", "<p>It rose<a epub:type=\"noteref\" href=\"key\">1</a>.</p>"),
            ],
            spine: ["a"])
        #expect(Readers.text(bytes, "a.epub") == "It rose[1].\n\nThe key is under the mat.\n")
    }
}

extension BookReaderTests {
    @Test func notesThatBooksHideAreRead() {
        let page = """
            <html><body><p>Tea<a epub:type="noteref" href="#a">1</a> <b hidden="hidden">gone</b></p>
            <aside epub:type="footnote" id="a" hidden="hidden"><p>A drink.</p></aside>
            <div hidden="hidden"><p>menu</p><section role="doc-endnotes"><p>Other notes.</p></section></div>
            <aside role="doc-footnote" style="display:none">Styled.</aside></body></html>
            """
        #expect(
            Readers.text(book([("a", page)], spine: ["a"]), "a.epub")
                == "Tea[1]\n\nA drink.\n\nOther notes.\n\nStyled.\n")
    }

    @Test func sectionsOfXMLAreText() {
        let page = """
            <html><head><style><![CDATA[.s { vertical-align: super }]]></style></head><body>
            <p>10<span class="s">8</span> and <![CDATA[a <now> & b]]>.</p><script><![CDATA[ x ]]></script>
            <p><![CDATA[open</p></body></html>
            """
        #expect(Readers.text(book([("a", page)], spine: ["a"]), "a.epub")?.hasPrefix("10⁸ and a <now> & b.\n") == true)
    }

    @Test func drawingsAmongTheChaptersAreRead() {
        let drawing =
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Map</title><text x=\"1\">Depth 14 m</text></svg>"
        let bytes = ZipSample.make([
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>"),
            (
                "a.opf",
                "<package><manifest><item id=\"s\" href=\"s.svg\" media-type=\"image/svg+xml\"/></manifest><spine><itemref idref=\"s\"/></spine></package>"
            ), ("s.svg", drawing),
        ])
        #expect(Readers.text(bytes, "a.epub")?.contains("Depth 14 m") == true)
    }
}
