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
