import Console
import Testing

@Suite struct ExcerptTests {
    private static let words = (0..<100).map { "word\($0)" }

    /// The excerpt on one line, matched words in brackets.
    private static func excerpt(_ text: String, _ matched: [String], _ limit: Int = 1000) -> String {
        Excerpt(text, characters: limit) { matched.contains(String($0)) }.text(width: 10_000, indent: "") { "[\($0)]" }
    }

    @Test func aShortTextIsWhole() {
        #expect(Self.excerpt("Bikes are lent\nout daily.", ["Bikes"]) == "[Bikes] are lent out daily.")
        #expect(Self.excerpt("", ["Bikes"]).isEmpty)
    }

    @Test func theStretchWithMostMatchesIsTaken() {
        var words = Self.words
        words[10] = "harbour"
        words[60] = "harbour"
        words[63] = "pilot"
        let excerpt = Self.excerpt(words.joined(separator: " "), ["harbour", "pilot"], 80)
        #expect(excerpt.contains("[harbour]") && excerpt.contains("[pilot]"), "\(excerpt)")
        #expect(excerpt.hasPrefix("… ") && excerpt.hasSuffix(" …"), "\(excerpt)")
        #expect(excerpt.filter { $0 != "[" && $0 != "]" }.count <= 80 + 4, "\(excerpt)")
    }

    @Test func withoutAMatchTheStartIsTaken() {
        let excerpt = Self.excerpt(Self.words.joined(separator: " "), ["absent"], 50)
        #expect(excerpt.hasPrefix("word0 word1 ") && excerpt.hasSuffix(" …") && excerpt.count <= 52, "\(excerpt)")
    }

    @Test func linesKeepTheirWidthWhateverTheEmphasis() {
        var words = Self.words
        words[5] = "harbour"
        let text = Excerpt(words.joined(separator: " "), characters: 200) { $0 == "harbour" }
            .text(width: 30, indent: "    ") { "\u{1B}[1m\($0)\u{1B}[0m" }
        for line in text.split(separator: "\n") {
            let plain = line.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "")
            #expect(plain.hasPrefix("    ") && plain.count <= 30, "\(line)")
        }
        #expect(text.contains("\u{1B}[1mharbour\u{1B}[0m"))
    }

    @Test func controlCharactersAreNotShown() {
        #expect(Self.excerpt("a \u{1B}[31mred\u{07} b", []) == "a [31mred b")
    }
}
