import Corpora
import Foundation
import TestSupport
import Testing

@Suite struct TextReaderTests {
    private static let russian = """
        В начале июля, в чрезвычайно жаркое время, под вечер, один молодой человек вышел из своей каморки на улицу \
        и медленно,
        как бы в нерешимости, отправился к мосту. Он благополучно избегнул встречи со своею хозяйкой на лестнице.
        """
    private static let french = """
        Où est le bœuf ? À la fête, près d’une forêt, le garçon a mangé des pâtes « à l’ancienne » ; \
        c’était très bon, paraît-il.
        L’été dernier, il préférait déjà les crêpes et le café noisette, même après minuit.
        """
    private static let german =
        "Der große Bär läuft über die schöne Straße; später fährt er zurück nach Köln und hört Flöten.\n"
    private static let polish =
        "Zażółć gęślą jaźń. Człowiek śpi, a życie płynie jak rzeka wśród łąk; więc idź, zanim będzie późno.\n"
    private static let greek = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.\n"
    private static let hebrew = "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון.\n"
    private static let arabic =
        "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا.\n"
    private static let turkish =
        "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar; akıl ve vicdana sahiptirler, kardeşçe.\n"
    private static let thai = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม\n"
    private static let japanese = "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。\n"
    private static let chinese = "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。\n"
    private static let taiwanese = "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。\n"
    private static let korean = "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았다.\n"

    static let samples: [(TextEncoding, String)] = [
        (.utf8, russian), (.windows1251, russian), (.koi8r, russian), (.isoCyrillic, russian), (.dosCyrillic, russian),
        (.macCyrillic, russian), (.windows1252, french), (.macRoman, french), (.latin1, german), (.windows1250, polish),
        (.latin2, polish), (.windows1253, greek), (.windows1255, hebrew), (.windows1256, arabic), (.latin5, turkish),
        (.thai, thai), (.shiftJIS, japanese), (.eucJapanese, japanese), (.iso2022Japanese, japanese),
        (.gb18030, chinese),
        (.big5, taiwanese), (.korean, korean), (.utf16LittleEndian, german), (.utf16BigEndian, german),
        (.utf32LittleEndian, german), (.utf32BigEndian, german), (.utf16LittleEndian, chinese),
        (.utf16BigEndian, chinese),
    ]

    @Test(arguments: samples)
    func everyEncodingIsRecognisedAndGivesItsBytesBack(_ encoding: TextEncoding, _ text: String) throws {
        let bytes = try EncodedForm(encoding: encoding).bytes(from: Array(text.utf8))
        let document = try #require(Readers.read(bytes, path: "a.txt").document)
        #expect(document.string == text)
        #expect(try document.original.bytes(from: document.text) == bytes)
    }

    @Test(arguments: [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian])
    func aByteOrderMarkDecidesAndIsGivenBack(_ encoding: TextEncoding) throws {
        let form = EncodedForm(encoding: encoding, hasByteOrderMark: true)
        let bytes = try form.bytes(from: Array(Self.japanese.utf8))
        let document = try #require(Readers.read(bytes, path: "a.txt").document)
        #expect(document.string == Self.japanese)
        #expect(document.original == .encoded(form))
        #expect(try document.original.bytes(from: document.text) == bytes)
    }

    @Test func knownBytesDecodeToKnownText() throws {
        // The bytes were taken by hand from the code tables of the encodings.
        let koi8: [UInt8] = [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4, 0x2C, 0x20, 0xCD, 0xC9, 0xD2, 0x21]
        #expect(Readers.read(koi8, path: "a.txt").document?.string == "Привет, мир!")
        let windows: [UInt8] = [0x93, 0x43, 0x61, 0x66, 0xE9, 0x94, 0x20, 0x96, 0x20, 0x35, 0x80]
        #expect(Readers.read(windows, path: "a.txt").document?.string == "“Café” – 5€")
    }

    /// Several programs write into one log, not all of them in UTF-8.
    @Test func lettersOfWindows1252AmongUTF8AreLetters() throws {
        let log = String(repeating: "a line of a log, “quoted” in UTF-8\n", count: 50)
        func line(_ bytes: [UInt8]) -> [UInt8] { log.utf8 + bytes }
        for (bytes, text) in [
            (line([0x9C, 0x75, 0x76, 0x72, 0x65]), "œuvre"), (line([0x53, 0x61, 0x9A, 0x61]), "Saša"),
            (line([0x64, 0x6F, 0x6E, 0x92, 0x74]), "don’t"), (line([0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72]), "Müller"),
        ] {
            let document = try #require(Readers.read(bytes + [10], path: "a.log").document)
            #expect(document.string == log + text + "\n")
            #expect(try document.original.bytes(from: document.text) == bytes + [10])
        }
        // The end of a broken character is no letter.
        let broken = line([0x61, 0xE2, 0x80]) + Array("b.\n".utf8)
        let document = try #require(Readers.read(broken, path: "a.log").document)
        #expect(document.string == log + "a\u{FFFD}\u{FFFD}b.\n")
        #expect(try document.original.bytes(from: document.text) == broken)
    }

    @Test func uniformLineEndsBecomeLFAndComeBack() throws {
        for (bytes, text) in [
            ("a\r\nb\r\n", "a\nb\n"), ("a\rb\r", "a\nb\n"), ("a\r\nb\nc\r", "a\r\nb\nc\r"), ("a\nb", "a\nb"),
        ] {
            let document = try #require(Readers.read(Array(bytes.utf8), path: "a.txt").document)
            #expect(document.string == text)
            #expect(try document.original.bytes(from: document.text) == Array(bytes.utf8))
        }
    }

    @Test func nothingIsTrimmedOrNormalised() throws {
        let text = "  \u{65}\u{301} \u{A0}\t\n\n\n x \n "
        #expect(Readers.read(Array(text.utf8), path: "a.txt").document?.text == Array(text.utf8))
    }

    @Test func aFewBadBytesInUTF8AreKeptBesideTheText() throws {
        var bytes = Array(String(repeating: Self.russian, count: 3).utf8)
        bytes.insert(0xFF, at: 100)
        bytes.removeLast()
        bytes += Array("\r\n".utf8) + Array(Self.russian.utf8.prefix(101))
        let document = try #require(Readers.read(bytes, path: "a.txt").document)
        guard case .encoded(let form) = document.original else {
            Issue.record("not encoded")
            return
        }
        #expect(form.encoding == .utf8)
        #expect(form.repairs.contains { $0.bytes == [0xFF] })
        #expect(try form.bytes(from: document.text) == bytes)
    }

    @Test func lettersOfAnotherEncodingDoNotMakeUTF8Korean() throws {
        for (others, word) in [([0xEF], "naïve"), ([0xE9, 0x20, 0xFC], "naé üve"), ([0x81], "na\u{FFFD}ve")]
            as [([UInt8], String)]
        {
            let bytes = Array("Über die Brücke, été à Zürich: na".utf8) + others + Array("ve Gäste.\n".utf8)
            let document = try #require(Readers.read(bytes, path: "a.txt").document)
            #expect(document.string == "Über die Brücke, été à Zürich: \(word) Gäste.\n")
            #expect(try document.original.bytes(from: document.text) == bytes)
        }
    }

    /// A byte of a sequence that was cut off, and letters beside those of other scripts, are not guessed.
    @Test func bytesThatAreNoLettersStayUnknown() throws {
        for (bytes, text) in [
            (
                Array("Gr\u{FC}\u{DF}e, Stra\u{DF}e und Br\u{FC}cke: caf".utf8) + [0xC3],
                "Grüße, Straße und Brücke: caf\u{FFFD}"
            ),
            (Array("Мост над рекой, улица ".utf8) + [0xE4] + Array(" a".utf8), "Мост над рекой, улица \u{FFFD} a"),
        ] {
            let document = try #require(Readers.read(bytes, path: "a.txt").document)
            #expect(document.string == text)
            #expect(try document.original.bytes(from: document.text) == bytes)
        }
    }

    @Test func anyBytesThatAreReadComeBackExactly() throws {
        for seed in UInt64(1)...400 {
            var random = SeededGenerator(seed)
            let alphabet =
                Array("abcdefghij klm.\r\n\u{E9}\u{44F}\u{4E2D}".utf8) + (seed % 3 == 0 ? Array(0x80...0xFF) : [])
            let bytes = (0..<Int.random(in: 1...400, using: &random)).map { _ in
                alphabet.randomElement(using: &random)!
            }
            guard let document = Readers.read(bytes, path: "a.txt").document else { continue }
            #expect(try document.original.bytes(from: document.text) == bytes, "seed \(seed)")
            #expect(String(validating: document.text, as: UTF8.self) != nil, "seed \(seed)")
        }
    }

    @Test func binaryDataIsSkippedWhateverItsName() {
        var random = SeededGenerator(7)
        let noise = (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let controls = (0..<4000).map { _ in UInt8.random(in: 1...6, using: &random) }
        for (bytes, refusal) in [
            (noise, Refusal.zeroBytes), (controls, .controlCharacters), ([0x61, 0, 0x62, 0x63], .zeroBytes),
        ] {
            #expect(Readers.read(bytes, path: "a.txt").refusal == refusal)
        }
    }

    @Test func bytesOfNoEncodingAreSkippedWithARemedy() {
        var random = SeededGenerator(8)
        let bytes = (0..<4000).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
        #expect(Readers.read(bytes, path: "a.txt").refusal == .unknownEncoding)
    }

    @Test func emptyAndBlankFilesAreSkipped() {
        #expect(Readers.read([], path: "a.txt").refusal == .empty)
        for path in ["a.txt", "a.md", "a.html"] {
            #expect(Readers.read(Array(" \n\t\r\n".utf8), path: path).refusal == .whiteSpaceOnly)
        }
    }

    @Test func unsupportedFormatsAreNamed() {
        for (path, head, name) in [
            ("a.jar", "PK\u{3}\u{4}", "jar"), ("b.bin", "PK\u{3}\u{4}", "zip archive"),
            ("c.txt", "%!PS-Adobe", "postscript"),
            ("d.MOBI", "plain", "mobi"),
        ] {
            #expect(Readers.read(Array(head.utf8), path: path).refusal == .unsupportedFormat(name))
        }
        // The number of the application tells an index from other databases.
        var database = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 84)
        #expect(Readers.read(database, path: "a.r3").refusal == .unsupportedFormat("sqlite database"))
        database.replaceSubrange(68..<72, with: "r3mm".utf8)
        #expect(Readers.read(database, path: "a.r3").refusal == .unsupportedFormat("index of r3mem"))
        #expect(Readers.read(database, path: "a.db").refusal == .unsupportedFormat("index of r3mem"))
    }

    @Test func aFileOverTheLimitIsSkipped() {
        var limits = ExtractionLimits()
        limits.longTextBytes = 10
        let refusal = Refusal.tooLarge(size: 11, limit: 10)
        #expect(Readers.read(Array("eleven byte".utf8), path: "a.txt", limits: limits).refusal == refusal)
        #expect(Readers.refusal(path: "a.txt", size: 11, limits: limits) == refusal)
        #expect(Readers.refusal(path: "a.pdf", size: 11, limits: limits) == nil)
    }

    @Test func aFileThatIsGoneOrALinkFails() throws {
        let folder = try TemporaryFolder(["a.txt": "text", "d/b.txt": "text"])
        let file = try folder.file("a.txt")
        let below = try folder.file("d/b.txt")
        try FileManager.default.moveItem(atPath: folder.path + "/d", toPath: folder.path + "/e")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/d", withDestinationPath: "e")
        #expect(readHere(below).refusal == .folderBecameLink)
        try FileManager.default.removeItem(atPath: folder.path + "/a.txt")
        #expect(readHere(file).refusal == .gone)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/a.txt", withDestinationPath: "/etc/passwd")
        #expect(readHere(file).refusal == .becameLink)
    }

    @Test func aFileThatIsNotWhatItsSizeSaysChangedMeanwhile() {
        // The kernel makes this file while it is read. Its size is 0 before and after.
        let file = CorpusFile(path: "a.txt", absolutePath: "/proc/cpuinfo", size: 9, modified: 0)
        #expect(readHere(file).refusal == .changedWhileRead)
    }

    @Test func aFormRefusesATextThatItWasNotMadeFor() {
        let form = OriginalForm.encoded(EncodedForm(encoding: .latin1))
        #expect(throws: CorporaError(.notEncodable(.latin1), subject: "text")) { try form.bytes(from: Array("中".utf8)) }
        let repaired = OriginalForm.encoded(
            EncodedForm(encoding: .utf8, repairs: [EncodedForm.Repair(offset: 9, bytes: [0xFF])]))
        #expect(throws: CorporaError.self) { try repaired.bytes(from: Array("short".utf8)) }
    }

    @Test func aLoneFirstLineIsTheTitle() {
        #expect(Readers.read(Array("The Title\n\nText.\n".utf8), path: "x/a.txt").document?.title == "The Title")
        let untitled = Readers.read(Array("Text that\ngoes on.\n".utf8), path: "x/a.b.txt").document
        #expect(untitled != nil && untitled?.title == nil)
        #expect(DocumentTitle.fromPath("x/a.b.txt") == "a.b")
    }
}
