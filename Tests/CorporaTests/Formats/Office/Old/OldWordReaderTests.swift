import Corpora
import TestSupport
import Testing

/// Documents of Word before 2007 say of their characters and paragraphs what those of today say.
@Suite struct OldWordReaderTests {
    private typealias Paragraph = OldWordSample.Paragraph
    private static let struck = OldWordSample.property(0x0837, [1])
    private static let struckTwice = OldWordSample.property(0x2A53, [1])
    private static let deleted = OldWordSample.property(0x0800, [1])
    private static let inserted = OldWordSample.property(0x0801, [1])
    private static let hidden = OldWordSample.property(0x083C, [1])

    private func text(_ sample: OldWordSample) -> String? { Readers.text(sample.file(), "a.doc") }
    private func text(_ paragraphs: [Paragraph]) -> String? { text(OldWordSample(paragraphs)) }

    @Test func struckAndDeletedWordsAreMarked() {
        #expect(
            text([Paragraph([("Rent is ", []), ("40", Self.struck), ("35", []), (" euros.", [])])])
                == "Rent is ~~40~~35 euros.\n")
        #expect(text([Paragraph([("Tax ", []), ("50", Self.deleted), ("65", Self.inserted)])]) == "Tax ~~50~~65\n")
        #expect(text([Paragraph([("70", Self.struckTwice), ("75", [])])]) == "~~70~~75\n")
        let off = OldWordSample.property(0x0837, [0])
        #expect(text([Paragraph([("a ", off), ("b", Self.struck + off)])]) == "a b\n")
    }

    @Test func hiddenWordsAreToldAndNotRead() throws {
        let sample = OldWordSample([Paragraph([("Seen ", []), ("secret ", Self.hidden), ("words.", [])])])
        let document = try #require(Readers.read(sample.file(), path: "a.doc").document)
        #expect(document.string == "Seen words.\n")
        #expect(document.notes == [.hiddenPieces(1)])
    }

    @Test func raisedAndLoweredDigitsAreNoPartOfNumbers() {
        let raised = OldWordSample.property(0x2A48, [1])
        let lowered = OldWordSample.property(0x4845, [0xF8, 0xFF])
        #expect(text([Paragraph([("10", []), ("6", raised), (" H", []), ("2", lowered), ("O", [])])]) == "10⁶ H₂O\n")
    }

    @Test func stylesStrikeAndHide() {
        var sample = OldWordSample([
            Paragraph("All gone", style: 1), Paragraph([("kept ", []), ("12", OldWordSample.property(0x4A30, [2, 0]))]),
            Paragraph([("on", OldWordSample.property(0x0837, [0x81]))], style: 1), Paragraph("based", style: 3),
        ])
        sample.parts[162] = OldWordSample.styles([
            (1, 0xFFF, [], []), (1, 0, [], Self.struck), (2, 0xFFF, [], Self.struckTwice), (1, 1, [], []),
        ])
        #expect(text(sample) == "~~All gone~~\n\nkept ~~12~~\n\non\n\n~~based~~\n")
    }

    @Test func propertiesOfAPieceHoldForAllOfIt() {
        var sample = OldWordSample([Paragraph("All of it")])
        sample.pieceProperties = Self.struck
        #expect(text(sample) == "~~All of it~~\n")
    }

    @Test func symbolsAreReadByTheirFonts() {
        var sample = OldWordSample([
            Paragraph([
                ("(", OldWordSample.property(0x0855, [1]) + OldWordSample.property(0x6A09, [1, 0, 0x6D, 0xF0])), ("m ", []),
                ("\u{F0FC}", OldWordSample.property(0x4A4F, [2, 0])), (" (x)", []),
            ])
        ])
        sample.parts[274] =
            OldOfficeSample.number(3) + OldOfficeSample.number(0)
            + ["Arial", "Symbol", "Wingdings"].flatMap { name -> [UInt8] in
                let font = OldOfficeSample.zeros(39) + name.utf16.flatMap { OldOfficeSample.number(Int($0)) } + [0, 0]
                return [UInt8(font.count)] + font
            }
        #expect(text(sample) == "μm ✓ (x)\n")
    }

    @Test func listsHaveTheirNumbers() {
        func level(_ start: Int, _ kind: UInt8, _ text: [UInt16], flags: UInt8 = 0) -> [UInt8] {
            OldOfficeSample.number(start, 4) + [kind, flags] + OldOfficeSample.zeros(22)
                + OldOfficeSample.number(text.count) + text.flatMap { OldOfficeSample.number(Int($0)) }
        }
        let levels =
            level(1, 0, [0, 0x2E]) + level(1, 4, [0, 0x2E, 1, 0x29]) + (2..<9).flatMap { _ in level(1, 0, []) }
        let bullets = level(1, 23, [0xF0B7])
        func format(_ id: Int, isSimple: Bool) -> [UInt8] {
            OldOfficeSample.number(id, 4) + OldOfficeSample.zeros(22) + [isSimple ? 1 : 0, 0]
        }
        func list(_ id: Int, changes: UInt8 = 0) -> [UInt8] {
            OldOfficeSample.number(id, 4) + OldOfficeSample.zeros(8) + [changes, 0, 0, 0]
        }
        func item(_ text: String, _ list: UInt8, _ level: UInt8 = 0) -> Paragraph {
            Paragraph(text, OldWordSample.property(0x460B, [list, 0]) + OldWordSample.property(0x260A, [level]))
        }
        var sample = OldWordSample([
            item("Rope", 1), item("", 1), item("Tar", 1), item("hemp", 1, 1), item("sisal", 1, 1), item("Oar", 2),
            item("Sail", 3), Paragraph("End"),
        ])
        sample.parts[738] =
            OldOfficeSample.number(2) + format(7, isSimple: false) + format(8, isSimple: true) + levels + bullets
        // The third list is the first one, which starts again with 9.
        let changed = OldOfficeSample.number(9, 4) + OldOfficeSample.number(0x10, 4)
        sample.parts[746] =
            OldOfficeSample.number(3, 4) + list(7) + list(8) + list(7, changes: 1) + OldOfficeSample.number(-1, 4)
            + OldOfficeSample.number(-1, 4) + OldOfficeSample.number(-1, 4) + changed
        #expect(
            text(sample)
                == "1. Rope\n3. Tar\n   3.a) hemp\n   3.b) sisal\n- Oar\n9. Sail\n\nEnd\n")
    }

    private static func row(_ edges: [Int], _ flags: [Int]) -> [UInt8] {
        let cells =
            [UInt8(flags.count)] + edges.flatMap { OldOfficeSample.number($0) }
            + flags.flatMap { OldOfficeSample.number($0) + OldOfficeSample.zeros(18) }
        return inTable + OldWordSample.property(0x2417, [1])
            + OldWordSample.property(0xD608, OldOfficeSample.number(cells.count + 1) + cells)
    }

    private static let inTable = OldWordSample.property(0x2416, [1])

    private static func cell(_ text: String) -> Paragraph { Paragraph(text, inTable, mark: 7) }

    @Test func cellsStandInAllTheirColumnsAndRows() {
        func end(_ edges: [Int], _ flags: [Int]) -> Paragraph { Paragraph("", Self.row(edges, flags), mark: 7) }
        let table = [
            Self.cell("Pier"), Self.cell("Fare"), end([0, 1000, 3000], [0x60, 0]),
            Self.cell(""), Self.cell("day"), Self.cell("night"), end([0, 1000, 2000, 3010], [0x20, 0, 0]),
            Self.cell("East"), Self.cell("free"), Self.cell(""), end([0, 1000, 2000, 3000], [0, 1, 2]),
        ]
        #expect(
            text(table + [Paragraph("After.")])
                == "Pier | Fare | Fare\nPier | day | night\nEast | free | free\n\nAfter.\n")
    }

    @Test func aCellHoldsParagraphsAndTables() {
        func deep(_ number: Int) -> [UInt8] { Self.inTable + OldWordSample.property(0x6649, [UInt8(number), 0, 0, 0]) }
        let paragraphs = [
            Paragraph("first", deep(1)),
            Paragraph("a", deep(2) + OldWordSample.property(0x244B, [1])),
            Paragraph("b", deep(2) + OldWordSample.property(0x244B, [1])),
            Paragraph("", deep(2) + OldWordSample.property(0x244C, [1])), Paragraph("last", deep(1), mark: 7),
            Self.cell("next"), Paragraph("", Self.row([0, 1, 2], [0, 0]), mark: 7), Paragraph("After."),
        ]
        let text = text(paragraphs)
        #expect(text?.contains("first") == true)
        #expect(text?.contains("last | next") == true)
        #expect(text?.hasSuffix("\n\nAfter.\n") == true)
    }

    @Test func notesAndCommentsFollowTheirParagraph() {
        let mark = OldWordSample.property(0x0855, [1])
        var sample = OldWordSample([
            Paragraph([("Dues", []), ("\u{2}", mark), (" due", []), ("\u{5}", mark), (".", [])]), Paragraph("Next."),
        ])
        sample.footnotes = [Paragraph([("\u{2}", mark), (" In ", []), ("3", Self.struck), ("4 days.", [])]), Paragraph("")]
        sample.comments = [Paragraph([("\u{5}", mark), ("Check.", [])]), Paragraph("")]
        sample.parts[170] = OldWordSample.places([4, 17], more: [[1, 0]])
        sample.parts[178] = OldWordSample.places([0, sample.footnotes[0].count, sample.footnotes[0].count + 1])
        let record = OldOfficeSample.number(2) + OldOfficeSample.number(0x41) + OldOfficeSample.number(0x42)
        sample.parts[186] = OldWordSample.places([9, 17], more: [record + OldOfficeSample.zeros(24)])
        sample.parts[194] = OldWordSample.places([0, sample.comments[0].count, sample.comments[0].count + 1])
        sample.parts[442] = OldOfficeSample.number(3) + "Ann".utf16.flatMap { OldOfficeSample.number(Int($0)) }
        #expect(
            text(sample) == "Dues[1] due.\n\n[1] In ~~3~~4 days.\n\n[Comment, Ann: Check.]\n\nNext.\n")
        // Notes that no mark names are kept.
        sample.parts[170] = nil
        #expect(text(sample)?.contains("In ~~3~~4 days.") == true)
    }

    @Test func headersStandOnceAndNumbersOfPagesNot() {
        var sample = OldWordSample([Paragraph("Body.")])
        let field = "\u{13} PAGE \u{14}1\u{15}"
        sample.headers = [Paragraph("Board"), Paragraph(field), Paragraph("Board"), Paragraph("Foot")]
        let counts = sample.headers.map(\.count)
        var places = [0, 0, 0, 0, 0, 0, 0]
        // For each part of the document: headers of even and odd pages, footers of even and odd pages, those of the first page.
        for count in [0, counts[0], 0, counts[1], 0, 0, 0, counts[2], 0, counts[3], 0, 0] {
            places.append(places.last! + count)
        }
        sample.parts[242] = OldWordSample.places(places + [places.last!])
        #expect(text(sample) == "Board\n\nBody.\n\nFoot\n")
    }

    @Test func fieldsShowWhatFormsHold() {
        func form(_ kind: UInt8, _ state: UInt8, _ more: [UInt8]) -> [UInt8] {
            OldOfficeSample.number(200, 4) + OldOfficeSample.number(0x44) + OldOfficeSample.zeros(62)
                + OldOfficeSample.number(-1, 4) + [kind | state << 2, 0] + OldOfficeSample.zeros(4)
                + OldOfficeSample.number(0) + [0, 0] + more
        }
        func words(_ text: String) -> [UInt8] {
            OldOfficeSample.number(text.utf16.count) + text.utf16.flatMap { OldOfficeSample.number(Int($0)) }
        }
        let box = form(1, 25, OldOfficeSample.number(1))
        let list = form(
            2, 1,
            OldOfficeSample.number(0) + OldOfficeSample.zeros(20) + OldOfficeSample.number(0xFFFF)
                + OldOfficeSample.number(2)
                + OldOfficeSample.number(0) + words("tin") + words("zinc"))
        func picture(_ place: Int) -> [UInt8] { OldWordSample.property(0x6A03, OldOfficeSample.number(place, 4)) }
        var sample = OldWordSample([
            Paragraph([
                ("\u{13} FORMCHECKBOX ", []), ("\u{1}", picture(0)), ("\u{14}\u{15}", []), (" Of \u{13} FORMDROPDOWN ", []),
                ("\u{1}", picture(box.count)), ("\u{14}\u{15}.", []), (" Half: \u{13} EQ \\f(1,2) \u{15}.", []),
            ])
        ])
        sample.data = box + list
        #expect(text(sample) == "[x] Of zinc. Half: 1/2.\n")
    }

    @Test func damagedFilesEnd() {
        var sample = OldWordSample([
            Paragraph([("Rope ", []), ("40", Self.struck)]), Self.cell("a"), Paragraph("", Self.row([0, 9], [0]), mark: 7),
        ])
        sample.parts[162] = OldWordSample.styles([(1, 0, [], Self.struck)])
        sample.parts[738] = OldOfficeSample.number(9) + OldOfficeSample.zeros(40)
        sample.parts[746] = OldOfficeSample.number(9, 4) + OldOfficeSample.zeros(40)
        let file = sample.file()
        for place in stride(from: 512, to: file.count, by: 7) {
            var bytes = file
            bytes[place] ^= 0xFF
            _ = Readers.read(bytes, path: "a.doc")
        }
        for count in stride(from: 600, to: file.count, by: 97) { _ = Readers.read(Array(file.prefix(count)), path: "a.doc") }
    }
}
