import Corpora
import Testing

/// Text of Western languages with few characters outside ASCII.
@Suite struct WesternTextTests {
    /// The bytes of a text whose characters have their numbers in Latin 1 as bytes.
    private func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

    @Test(arguments: [
        "Store at 4°C or below.", "The toll is £12 a day.", "See § 9 and ¶ 3 of the bylaws.",
        "A plot of 300 m² and 2 m³ of sand.",
        "Mix ¾ cup of flour with 2½ cups of milk.", "© 1998 Harbour Board", "A board of 3 × 5 m, ±2 mm thick", "Add 20 µl.",
        "Acme® oars", "The fine is 30¢ or ¥400.", "a\u{A0}b", "100\u{A0}000 tons", "5 ÷ 2", "He called «stop» twice.", "x²",
        "Das Tor ist 2,40 m hoch (±5 cm), 20° geneigt.", "Pier 4 · Berth 7", "No. 5: £3 & £4; 60°F",
    ])
    func signsAloneAreThoseOfWindows1252(text: String) throws {
        try checkReading(latin(text), text)
        let prose = String(repeating: "The gate is opened by the guard in the morning, and closed at night. ", count: 30)
        try checkReading(latin(prose + text), prose + text)
    }

    @Test func signsOfWindowsAreNoLettersOfOtherEncodings() throws {
        try checkReading(Array("Oars: 40 ".utf8) + [0x80, 10, 0x95] + " rope\n".utf8, "Oars: 40 €\n• rope\n")
        try checkReading(
            "Knots".utf8 + [0x99] + " by Lee ".utf8 + [0x97] + " new".utf8 + [0x85, 10], "Knots™ by Lee — new…\n")
        #expect(
            Readers.text(latin("Part;Fee\nKeel;£30\nMast;£45\n"), "a.csv")
                == "Part | Fee\nPart: Keel | Fee: £30\nPart: Mast | Fee: £45\n")
        #expect(Readers.text(latin("<p>The <b>£</b>9 fee, 10°C, 4 m²</p>"), "a.html") == "The £9 fee, 10°C, 4 m²\n")
        let label = "<meta charset=iso-8859-1><p>1°C, 2°C, 3°C, 4°C, 5°C</p>"
        #expect(Readers.text(latin(label), "a.html") == "1°C, 2°C, 3°C, 4°C, 5°C\n")
    }

    @Test(arguments: [
        "Größe: 5 m². Preis: 30 €. Straße § 7", "Il a dit « oui » à 25 °C, n° 4, 12 €", "Über 40 ‰ – das „Öl“ kostet £5…",
        "El niño pagó 3 € por ½ kg", "Å være: 7 € • pålegg",
    ])
    func signsBesideAccentsAreThoseOfWindows1252(text: String) throws {
        try checkReading(EncodedForm(encoding: .windows1252).bytes(from: Array(text.utf8)), text)
    }

    /// The letters of these words are signs in windows-1252.
    @Test(arguments: [
        ("są łąki", TextEncoding.latin2), ("Łąka była mała", .windows1250), ("gaż", .latin2), ("В 5 часов", .isoCyrillic),
        ("ё и ї", .windows1251), ("กขค 5", .thai), ("ΆΈΉ και 5", .windows1253), ("БАНК 24", .dosCyrillic),
    ])
    func lettersOfOtherEncodingsAreNoSigns(text: String, encoding: TextEncoding) throws {
        let bytes = try EncodedForm(encoding: encoding).bytes(from: Array(text.utf8))
        let read = try #require(Readers.text(bytes, "a.txt"))
        #expect(!read.unicodeScalars.contains { "°±²³µ¹£§¼½¾".unicodeScalars.contains($0) }, "\(read)")
    }

    @Test func aCutFileStaysUTF8() throws {
        let text = "The guard of the gate at Strømvær has a key.\nThe oar costs 5 €, the résumé is free.\n"
        let bytes = Array(text.utf8)
        for end in 24...bytes.count {
            let read = try #require(Readers.read(Array(bytes[..<end]), path: "a.txt").document).string
            let whole = String(read.prefix { $0 != "\u{FFFD}" })
            #expect(text.hasPrefix(whole) && read.count - whole.count < 4, "\(end): \(read)")
        }
    }

    @Test func aBadByteAmongFewAccentsIsOneBadByte() throws {
        let line = String(repeating: "The oar is kept in the shed by the gate. ", count: 20)
        for bad: [UInt8] in [[0xFF], [0x81], [0xC0], [0xE2, 0x82]] {
            let bytes = Array((line + "naïve ").utf8) + bad + Array((" " + line).utf8)
            let read = try #require(Readers.text(bytes, "a.log"))
            #expect(read.contains("naïve ") && !read.contains("Ã"))
        }
    }

    /// More letters of windows-1252 than characters of UTF-8.
    @Test func letterAndSignAtTheEndOfAWordAreNoUTF8() throws {
        for text in ["Le CAFÉ» ferme à midi.", "Il est au «café»", "Der Fuß» tut weh, früher nie.", "Das Gef\u{E4}ß\u{A0}"] {
            try checkReading(latin(text), text)
        }
    }
}
