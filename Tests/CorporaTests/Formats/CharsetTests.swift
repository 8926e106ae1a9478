import Corpora
import Testing

@Suite struct CharsetTests {
    private func check(_ bytes: [UInt8], _ text: String, _ path: String = "a.txt") throws {
        let document = try #require(Readers.read(bytes, path: path).document)
        #expect(document.string == text)
        #expect(try document.original.bytes(from: document.text) == bytes)
    }

    /// The bytes are those of the standards: RFC 1843 and RFC 1468.
    @Test func encodingsOfSevenBitsAreRead() throws {
        try check(
            Array("This sentence is in ASCII.\n~{<:Ky2;S{#,NpJ)l6HK!#~}\nBye ~{<:~}.\n".utf8),
            "This sentence is in ASCII.\n己所不欲，勿施於人。\nBye 己.\n")
        try check(Array("\u{1B}$BF|K\\8l\u{1B}(B text\r\n\u{1B}$B$G$9\u{1B}(B\r\n".utf8), "日本語 text\nです\n")
    }

    @Test func escapesThatSayNothingComeBack() throws {
        try check(Array("\u{1B}$BF|\u{1B}(B\u{1B}$BK\\\u{1B}(B\nx\n\u{1B}$BF|\u{1B}(B\n".utf8), "日本\nx\n日\n")
        try check(Array("~{<:~}~{Ky~}\n~{<:~}\n".utf8), "己所\n己\n")
    }

    @Test func tildesOfProgramsAreNoShifts() throws {
        let source = "let a = x ? ~{1} : ~b\nlet c = [~{2}, \"~~\"]\n"
        try check(Array(source.utf8), source)
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
        try check(
            "Prix : 20 ".utf8 + [0xA4] + " pour le c".utf8 + [0xBD] + "ur".utf8 + end,
            "Prix : 20 € pour le cœur du marché, déjà payé.\n")
        try check("Prix : 1".utf8 + [0xBD] + " franc au bord".utf8 + end, "Prix : 1½ franc au bord du marché, déjà payé.\n")
    }
}
