import Corpora
import Testing

/// What style sheets write before and after elements.
@Suite struct HTMLContentTests {
    private func read(_ styles: String, _ body: String) -> String? {
        Readers.read(Array("<style>\(styles)</style>\(body)".utf8), path: "page.html").document?.string
    }

    @Test func textBeforeAndAfterAnElementIsRead() {
        #expect(
            read(".fee::before { content: \"Fee: \" } .fee:AFTER {content:' crowns'}", "<p class=fee>40</p>")
                == "Fee: 40 crowns\n")
        #expect(
            read(
                "i.yes:before{content:'\\2713'} i.no::before{content:\"\\2717 \"}",
                "<p>a <i class=yes></i> b <i class=no></i></p>") == "a ✓ b ✗\n")
        #expect(
            read(
                "td::before{content:attr(data-label);float:left}",
                "<table><tr><td data-label=Rope>hemp<td data-label='Price '>4</table>") == "Rope hemp | Price 4\n")
    }

    @Test func severalPartsAndEscapesAreOneText() {
        let rule =
            #"b::after { content: " [" attr(title, "x") "]" open-quote "\"a\" \41 b\00e9\a c" close-quote ; color: red }"#
        #expect(read(rule, "<p>see <b title='rule 4'>here</b></p>") == "see here [rule 4]“\"a\" Abé c”\n")
        #expect(
            read("b::after{content:'};{'} b::before{content:url(x.png) / \"Star \"}", "<p><b>a</b></p>") == "Star a};{\n")
    }

    @Test func whatIsNotShownIsNotRead() {
        let rules = [
            "b::after{content:'bad'; display:none}", "b::after{content:'bad'} b::after{visibility:hidden}",
            "b::after{content:'bad';opacity:0}", "b:hover::after{content:'bad'}",
            "b::after{content:'bad'} b::after{content:none}",
            "@media print { b::after {content:'bad'} }", "b::before{content:'\\f00c'}",
            "b::after{content:'A';font-family:icons}",
            ".icon-b::before{content:'c'}", "b::before{content:counter(n) '. '}", "b::after{content:'\\2060'}",
            "b::after{content:\"bad}",
            "b:after{content:}",
        ]
        for rule in rules { #expect(read(rule, "<p><b class=icon-b>a</b>b</p>") == "ab\n", "\(rule)") }
        // Bullets, marks of quotations and labels have their place already.
        #expect(read("li::before{content:'•'} q::before{content:'«'}", "<ul><li>a<li><q>b</q></ul>") == "- a\n- “b”\n")
        #expect(read("a::before{content:'×'}", "<p><a aria-label=Close></a></p>") == "Close\n")
    }

    @Test func placesAndAttributesAreAskedFor() {
        let list = "<p><i>a</i><i>b</i><i>c</i></p>"
        #expect(read("i:not(:last-child)::after{content:', '}", list) == "a, b, c\n")
        #expect(read("p > i + i::before{content:' / '}", list) == "a / b / c\n")
        #expect(read("i:first-child::before{content:'Of '}", list) == "Of abc\n")
        #expect(
            read(
                "a[rel=ext]::after{content:' (away)'} a[name]::after{content:'bad'}",
                "<p><a rel=ext>x</a> <a rel=in>y</a></p>") == "x (away) y\n")
    }

    /// Rules must not make a long text of a short page.
    @Test func whatRulesWriteIsLimited() {
        let word = String(repeating: "long ", count: 190)
        let page = String(repeating: "<p>a", count: 5000)
        let text = read("p::before{content:'\(word)'}", page) ?? ""
        #expect(text.utf8.count < 4 * page.utf8.count && text.hasSuffix("a\n\na\n"))
    }
}

/// Factors of formulas do not run into one another.
@Suite struct HTMLFormulaTests {
    private func read(_ math: String) -> String? { Readers.text("<html><p><math>\(math)</math></p>", "a.html") }
    private let half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"

    @Test func factorsBesideAFractionStandApart() {
        #expect(read(half + "<mi>x</mi>") == "(1/2)x\n")
        #expect(read("<mn>2</mn>" + half) == "2 1/2\n")
        #expect(read("<mi>x</mi><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>+</mo>" + half) == "x(a/b)+1/2\n")
        #expect(read("<mfrac><mn>1</mn><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>") == "1/(2a)\n")
        #expect(read("<msup><mi>x</mi><mrow><mn>2</mn><mi>n</mi></mrow></msup><mi>y</mi>") == "x^(2n)y\n")
    }

    @Test func namesOfFunctionsStandApart() {
        #expect(read("<mn>3</mn><mi>sin</mi><mo>&#x2061;</mo><mi>t</mi>") == "3 sin t\n")
        #expect(read("<mi>log</mi><mo>(</mo><mi>x</mi><mo>)</mo>") == "log(x)\n")
        #expect(read("<msup><mi>sin</mi><mn>2</mn></msup><mi>x</mi>") == "sin^2 x\n")
    }
}
