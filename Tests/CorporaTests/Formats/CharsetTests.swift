import Corpora
import Testing

@Suite struct CharsetTests {
    /// The bytes are those of the standards: RFC 1843 and RFC 1468.
    @Test func encodingsOfSevenBitsAreRead() throws {
        try checkReading(
            Array("This sentence is in ASCII.\n~{<:Ky2;S{#,NpJ)l6HK!#~}\nBye ~{<:~}.\n".utf8),
            "This sentence is in ASCII.\n己所不欲，勿施於人。\nBye 己.\n")
        try checkReading(Array("\u{1B}$BF|K\\8l\u{1B}(B text\r\n\u{1B}$B$G$9\u{1B}(B\r\n".utf8), "日本語 text\nです\n")
    }

    @Test func escapesThatSayNothingComeBack() throws {
        try checkReading(Array("\u{1B}$BF|\u{1B}(B\u{1B}$BK\\\u{1B}(B\nx\n\u{1B}$BF|\u{1B}(B\n".utf8), "日本\nx\n日\n")
        try checkReading(Array("~{<:~}~{Ky~}\n~{<:~}\n".utf8), "己所\n己\n")
    }

    @Test func tildesOfProgramsAreNoShifts() throws {
        let source = "let a = x ? ~{1} : ~b\nlet c = [~{2}, \"~~\"]\n"
        try checkReading(Array(source.utf8), source)
    }

    @Test func aPageThatLiesAboutItsCharsetIsGuessed() {
        var page = Array("<meta charset=\"utf-8\"><p>Le caf".utf8) + [0xE9] + Array(" ferme ".utf8)
        page +=
            [0xE0] + Array(" midi ".utf8) + [0x93] + Array("pr".utf8) + [0xE9] + Array("cis".utf8) + [0x94]
            + Array("</p>".utf8)
        #expect(Readers.text(page, "a.html") == "Le café ferme à midi “précis”\n")
    }

    @Test func theSignOfTheEuroTellsLatin9() throws {
        let end = " du march".utf8 + [0xE9] + ", d".utf8 + [0xE9, 0x6A, 0xE0] + " pay".utf8 + [0xE9] + ".\n".utf8
        try checkReading(
            "Prix : 20 ".utf8 + [0xA4] + " pour le c".utf8 + [0xBD] + "ur".utf8 + end,
            "Prix : 20 € pour le cœur du marché, déjà payé.\n")
        try checkReading(
            "Prix : 1".utf8 + [0xBD] + " franc au bord".utf8 + end, "Prix : 1½ franc au bord du marché, déjà payé.\n")
    }

    /// Servers and programs declare Latin 1 where they do not know better.
    @Test(arguments: [
        ("Ворота закрываются в восемь часов вечера.", TextEncoding.koi8r, "iso-8859-1"),
        ("Ворота закрываются в восемь часов вечера.", .windows1251, "Latin-1"),
        ("Brama zamyka się o ósmej. Żółty wózek stoi w szopie.", .windows1250, "windows-1252"),
        ("השער נסגר בשעה שמונה בערב", .windows1255, "us-ascii"), ("門は午後八時に閉まります。", .shiftJIS, "ISO_8859-1"),
        ("Η πύλη κλείνει στις οκτώ το βράδυ.", .windows1253, "cp1252"),
    ])
    func lettersThatMakeNoWordsContradictALabel(text: String, encoding: TextEncoding, label: String) throws {
        let bytes = try EncodedForm(encoding: encoding).bytes(from: Array(text.utf8))
        #expect(Readers.text(Array("<meta charset=\"\(label)\"><p>".utf8) + bytes, "a.html") == text + "\n")
        let mail = "Subject: x\nContent-Type: text/plain; charset=\"\(label)\"\n\n"
        #expect(Readers.text(Array(mail.utf8) + bytes, "a.eml")?.hasSuffix(text + "\n") == true)
    }

    /// A label that is true is believed, however short the text is. Texts are left out that an encoding cannot hold, and those of
    /// encodings whose labels stand for another one.
    @Test func aTrueLabelIsBelieved() throws {
        var wrong: [String] = []
        var pages = 0
        for language in ShortTexts.all where language.name != "Vietnamese" {
            for encoding in language.encodings where ![.latin5, .macCyrillic, .big5].contains(encoding) {
                for text in language.texts {
                    guard let bytes = try? EncodedForm(encoding: encoding).bytes(from: Array(text.utf8)) else { continue }
                    pages += 1
                    let page = Array("<meta charset=\(encoding.rawValue)><p>".utf8) + bytes
                    if Readers.text(page, "a.html") != text + "\n" { wrong.append("\(language.name) \(encoding): \(text)") }
                }
            }
        }
        #expect(wrong.isEmpty && pages > 300, "\(pages) pages; \(wrong.joined(separator: "\n"))")
    }

    @Test func lettersOfWindowsUnderTheLabelOfItsSister() {
        let page =
            Array("<meta charset=iso-8859-15><p>12 ".utf8) + [0x80] + Array(" pour l".utf8) + [0x92, 0x9C]
            + Array("il</p>".utf8)
        #expect(Readers.text(page, "a.html") == "12 € pour l’œil\n")
    }

    @Test func quotationsAndWordsOfWindowsInUTF8() {
        let start = Array("<meta charset=utf-8><p>Déjà été élevé à côté. Il dit ".utf8)
        let page =
            start + [0x93] + Array("oui".utf8) + [0x94] + Array(" ".utf8) + [0xE0] + Array(" l".utf8) + [0x92, 0xE9]
            + Array("cole, 5 ".utf8) + [0x80] + Array(" ".utf8) + [0x96] + Array(" non.</p>".utf8)
        #expect(Readers.text(page, "a.html") == "Déjà été élevé à côté. Il dit “oui” à l’école, 5 € – non.\n")
    }
}

extension CharsetTests {
    /// "船が出る。" and "港の規則。" in EUC-JP, whose bytes are characters of Big5, too.
    @Test func charactersOfBig5HaveTrailsOfASCII() throws {
        let line: [UInt8] = [0xC1, 0xA5, 0xA4, 0xAC, 0xBD, 0xD0, 0xA4, 0xEB, 0xA1, 0xA3]
        let next: [UInt8] = [0xB9, 0xC1, 0xA4, 0xCE, 0xB5, 0xAC, 0xC2, 0xA7, 0xA1, 0xA3]
        try checkReading(line + next + [10], "船が出る。港の規則。\n")
    }

    @Test func lettersBeforeNumbersAreSignsOfMoney() throws {
        try checkReading(
            "The fee is ".utf8 + [0xA3] + "5 or ".utf8 + [0x80] + "6 ".utf8 + [0x96] + " now.\n".utf8,
            "The fee is £5 or €6 – now.\n")
    }

    /// One program wrote UTF-8, another one windows-1252.
    @Test func linesOfTwoEncodingsAreRead() throws {
        let other = "Latin: caf".utf8 + [0xE9] + " ".utf8 + [0xFC] + "ber\n".utf8
        try checkReading("UTF-8: café über\n".utf8 + other + other, "UTF-8: café über\nLatin: café über\nLatin: café über\n")
        // The capital and the quotation mark after it would be a letter of UTF-8.
        let quote = "Le CAFÉ» est fermé à midi, près de la forêt, là où l'été dure.\n"
        try checkReading(quote.unicodeScalars.map { UInt8($0.value) }, quote)
    }
}
