import Corpora
import Foundation
import Testing

@Suite struct ShortTextTests {
    /// Texts that were not used to choose the weights.
    @Test func textsOfAFewWordsAreReadInTheirEncodings() throws {
        var wrong: [String] = []
        var all = 0
        for language in ShortTexts.all {
            for encoding in language.encodings {
                for (place, text) in language.texts.enumerated() where place % 2 == 1 {
                    let written = language.name == "Vietnamese" ? text.decomposedMarks : text
                    // Latin 2 has no dash.
                    guard let bytes = try? EncodedForm(encoding: encoding).bytes(from: Array(written.utf8)) else { continue }
                    all += 1
                    let read = Readers.text(bytes, "a.txt")?.precomposedStringWithCanonicalMapping
                    if read != text { wrong.append("\(language.name) \(encoding.rawValue): \(text) -> \(read ?? "nil")") }
                }
            }
        }
        print("short texts: \(all - wrong.count) of \(all) right\n" + wrong.joined(separator: "\n"))
        #expect(all > 300 && wrong.count * 30 <= all, "\(wrong.joined(separator: "\n"))")
    }

    /// Each would be another text in an encoding that the letters alone do not rule out.
    @Test(arguments: [
        ("Kiadó szoba a főtér mellett", TextEncoding.latin2), ("Novi bok kuće", .windows1250), ("Kış güneşi", .latin5),
        ("Šaltas žiemos rytas", .windows1257), ("Zima državne reke", .latin2), ("Спящий кот", .macCyrillic),
        ("Вода е топла", .windows1251), ("ЗИМА И ЛЕТО", .windows1251),
        ("Il tè è già freddo", .latin1),
    ])
    func neighboursAndPlacesTell(_ text: String, _ encoding: TextEncoding) throws {
        #expect(Readers.text(try EncodedForm(encoding: encoding).bytes(from: Array(text.utf8)), "a.txt") == text)
    }
}

extension String {
    /// The text with the marks of its tones as characters of their own, as windows-1258 writes it.
    fileprivate var decomposedMarks: String {
        let tones: Set<Unicode.Scalar> = ["\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]
        var out = String.UnicodeScalarView()
        for scalar in precomposedStringWithCanonicalMapping.unicodeScalars {
            let parts = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
            let tone = parts.filter(tones.contains)
            let letter = String(String.UnicodeScalarView(parts.filter { !tones.contains($0) }))
            out.append(contentsOf: letter.precomposedStringWithCanonicalMapping.unicodeScalars)
            out.append(contentsOf: tone)
        }
        return String(out)
    }
}
