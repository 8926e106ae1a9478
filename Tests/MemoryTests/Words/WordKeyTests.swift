import Foundation
import Memory
import Testing

/// The keys by which an index orders terms with accents.
@Suite struct WordKeyTests {
    private func key(_ term: String) -> String { String(decoding: Words.key(Array(term.utf8)), as: UTF8.self) }

    @Test func lettersOfTheLatinScriptLoseTheirMarks() {
        for (term, expected) in [
            ("résumé", "resume"), ("Ärger", "arger"), ("straße", "strasse"), ("œuvre", "oeuvre"),
            ("smørrebrød", "smorrebrod"),
            ("łódź", "lodz"), ("çağrı", "cagri"), ("việt", "viet"), ("Ḁ", "a"), ("ﬁnal", "final"), ("ＡＢＣ", "abc"),
            ("m²", "m2"),
            ("nᵗʰ", "nth"), ("Roma Ⅳ", "roma iv"), ("Aⱼ", "aj"), ("groẞ", "gross"), ("x\u{20D7}", "x"), ("x₁₀", "x10"),
            ("McGee", "mcgee"), ("plain", "plain"), ("e\u{301}", "e"), ("", ""),
        ] {
            #expect(key(term) == expected, "\(term)")
        }
    }

    @Test func lettersOfOtherScriptsStay() {
        for term in ["й", "ёж", "άλφα", "東京", "가다", "ไทย", "שלום"] { #expect(key(term) == term) }
        #expect(key("Москва") == "москва")
    }

    /// What the format says of Unicode holds for the tables at hand: no character is taken apart into one that is.
    @Test func aKeyIsItsOwnKey() {
        for c in UInt32(0x20)...0xFFFF {
            guard let scalar = Unicode.Scalar(c) else { continue }
            let once = Words.key(Array(String(scalar).utf8))
            #expect(Words.key(once) == once)
        }
    }

    @Test func aBeginningHasAKeyThatBeginsTheKey() {
        for term in ["éclairées", "Größenordnungen", "ﬂuß", "naïveté", "Ærøskøbing"] {
            var start = ""
            for character in term.unicodeScalars {
                start.unicodeScalars.append(character)
                #expect(key(term).hasPrefix(key(start)))
            }
        }
    }
}
