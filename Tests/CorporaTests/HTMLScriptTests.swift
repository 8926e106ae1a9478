import Corpora
import Testing

/// Raised and lowered words: exponents, indexes and marks of notes.
@Suite struct HTMLScriptTests {
    private func read(_ page: String) -> String? { Readers.text("<html><p>\(page)</p></html>", "page.html") }

    @Test(arguments: [
        ("4·10<sup>–9</sup> m", "4·10⁻⁹ m"), ("10<sup>−3.5</sup>", "10^(−3.5)"), ("10<sup>-0.25</sup>", "10^(−0.25)"),
        ("e<sup>-t</sup>", "e^(−t)"), ("e<sup>3t</sup>", "e^(3t)"), ("y<sup>k</sup>", "y^k"), ("3<sup>K</sup>", "3^K"),
        ("O(3<sup>N</sup>)", "O(3^N)"), ("3<sup>2k</sup>", "3^(2k)"), ("5<sup>2<sup>4</sup></sup>", "5^(2⁴)"),
        ("(1+q)<sup>n</sup>", "(1+q)^n"), ("a<sub>k+1</sub>", "a_(k+1)"), ("a<sub>k-1</sub>", "a_(k-1)"),
        ("10<sup>&nbsp;8</sup>", "10⁸"), ("10<sup>&#x2060;8</sup>", "10⁸"), ("λ<sup>n</sup>", "λ^n"),
        ("t<sup>1/2</sup>", "t^(1/2)"),
        ("t<sup>1.5</sup>", "t^1.5"), ("x<sup>n</sup>y", "x^n y"), ("y<sup>n-1</sup>", "y^(n-1)"),
        ("see below<sup>2–4</sup>", "see below[2–4]"),
    ])
    func exponentsOfLettersAndSignsStandOnTheLine(html: String, text: String) { #expect(read(html) == text + "\n") }

    /// Ordinals, abbreviations, and marks of notes after words.
    @Test(arguments: [
        ("2<sup>nd</sup>", "2nd"), ("11<sup>th</sup>", "11th"), ("the n<sup>th</sup>", "the nth"),
        ("word<sup>b</sup>", "word[b]"),
        ("M<sup>lle</sup>", "Mlle"), ("X<sup>e</sup>", "Xe"), ("Lego<sup>TM</sup>", "LegoTM"), ("A<sup>TM</sup>", "ATM"),
        ("Ca<sup>2+</sup>", "Ca2+"), ("7<sup>a</sup>", "7a"), ("5<sup>–</sup>", "5–"), ("a<sub>i</sub>", "ai"),
        ("T<sub>min</sub>", "Tmin"), ("go<sup>n</sup>", "gon"),
    ])
    func raisedWordsAreNoExponents(html: String, text: String) { #expect(read(html) == text + "\n") }

    @Test(arguments: [
        "vertical-align:4px", "vertical-align:25%", "vertical-align: .5em", "font-size:7px;vertical-align:top",
        "font-size:70%; vertical-align:text-top", "position:relative;top:-4pt;font-size:8pt",
        "position:relative;bottom:.5em", "position:relative;top:-3.0pt;mso-text-raise:3.0pt",
    ])
    func stylesRaise(style: String) {
        #expect(read("10<span style='\(style)'>4</span> Pa") == "10⁴ Pa\n")
        let sheet = "<style>.r{\(style)}</style>"
        #expect(read(sheet + "10<span class=r>4</span> Pa") == "10⁴ Pa\n")
    }

    @Test func stylesLowerAndMove() {
        for style in ["vertical-align:-4px", "vertical-align:-20%", "position:relative;top:4px;font-size:70%"] {
            #expect(read("H<span style='\(style)'>2</span>O") == "H₂O\n")
        }
        // Places that links lead to, and labels moved by little.
        for style in [
            "position:relative;top:-80px", "vertical-align:1px", "vertical-align:top", "vertical-align:middle", "top:-4pt",
            "position:relative;top:-1px;font-size:90%",
        ] { #expect(read("Rule <a style='\(style)'>4</a>") == "Rule 4\n", "\(style)") }
        #expect(
            read("<svg><text>10<tspan baseline-shift=super>6</tspan> m<tspan dy=-4 font-size=7>2</tspan></text></svg>")
                == "10⁶ m²\n")
        #expect(
            read("<svg><text><tspan x=0 dy=12 font-size=7>7</tspan><tspan x=0 dy=12>8</tspan></text></svg>") == "7\n\n8\n")
    }

    /// Each part of a formula is written once, however deep it lies.
    @Test func deepFormulasTakeNoLonger() throws {
        for part in [
            ("<mfenced><mfrac linethickness=0>", "<mi>b</mi></mfrac></mfenced>"), ("<mfrac>", "</mfrac>"),
            ("<mrow><mo>(</mo><mfrac linethickness=0>", "<mi>b</mi></mfrac><mo>)</mo></mrow>"),
        ] {
            let (open, close) = (String(repeating: part.0, count: 60), String(repeating: part.1, count: 60))
            let read = try #require(Readers.text(Array("<p>Deep <math>\(open)<mi>a</mi>\(close)</math></p>".utf8), "a.html"))
            #expect(read.hasPrefix("Deep ") && read.contains("a"))
        }
    }
}
