import Corpora
import TestSupport
import Testing

/// Workbooks whose parts are records in place of XML ([MS-XLSB]).
@Suite struct BinaryWorkbookTests {
    private func number(_ value: Int, _ count: Int) -> [UInt8] { OldOfficeSample.number(value, count) }

    private func text(_ text: String) -> [UInt8] {
        number(text.utf16.count, 4) + text.utf16.flatMap { number(Int($0), 2) }
    }

    private func record(_ type: Int, _ data: [UInt8]) -> [UInt8] {
        let kind = type < 128 ? [UInt8(type)] : [UInt8(type & 0x7F | 0x80), UInt8(type >> 7)]
        return kind + [UInt8(data.count & 0x7F | 0x80), UInt8(data.count >> 7)] + data
    }

    private func cell(_ type: Int, _ column: Int, _ data: [UInt8], style: Int = 0) -> [UInt8] {
        record(type, number(column, 4) + number(style, 4) + data)
    }

    private func file(sheet: [UInt8], comments: [UInt8] = []) -> [UInt8] {
        let book =
            record(153, number(0, 12)) + record(156, number(0, 4) + number(1, 4) + text("r1") + text("Ropes"))
            + record(156, number(1, 4) + number(2, 4) + text("r2") + text("Old"))
        let fonts =
            record(43, number(220, 2) + number(0, 2) + number(0, 18))
            + record(43, number(220, 2) + number(8, 2) + number(0, 18))
        let styles =
            record(44, number(170, 2) + text("DD.MM.YYYY")) + fonts + record(47, number(0, 2) + number(9, 2) + number(1, 12))
            + record(617, number(3, 4)) + record(47, number(0, 16))
            + record(47, number(0, 2) + number(170, 2) + number(0, 12))
            + record(47, number(0, 4) + number(1, 2) + number(0, 10)) + record(618, [])
        let strings =
            record(19, [0] + text("Hemp — 12 m"))
            + record(19, [1] + text("was 4") + number(1, 4) + number(4, 2) + number(1, 2))
        let hidden = record(0, number(0, 16)) + cell(6, 0, text("kept"))
        let relationships: [(String, [(id: String, kind: String, target: String)])] = [
            ("_rels/.rels", [("r1", "officeDocument", "xl/workbook.bin")]),
            (
                "xl/_rels/workbook.bin.rels",
                [
                    ("r1", "worksheet", "worksheets/sheet1.bin"), ("r2", "worksheet", "worksheets/sheet2.bin"),
                    ("r3", "styles", "styles.bin"), ("r4", "sharedStrings", "sharedStrings.bin"),
                ]
            ), ("xl/worksheets/_rels/sheet1.bin.rels", [("r1", "comments", "../comments1.bin")]),
        ]
        var zip = ZipSample()
        for (name, links) in relationships { zip.add(name, Array(OfficeSample.relationships(links).utf8)) }
        zip.add("xl/workbook.bin", book)
        zip.add("xl/styles.bin", styles)
        zip.add("xl/sharedStrings.bin", strings)
        zip.add("xl/worksheets/sheet1.bin", sheet)
        zip.add("xl/worksheets/sheet2.bin", hidden)
        zip.add("xl/comments1.bin", comments)
        return zip.finished()
    }

    @Test func cellsOfEachKindAreRead() {
        let real = number(Int(bitPattern: UInt(12.5.bitPattern)), 8)
        let sheet =
            record(0, number(0, 16)) + cell(7, 0, number(0, 4)) + cell(2, 1, number(45415 << 2 | 2, 4), style: 1)
            + cell(9, 3, real + number(0, 6)) + record(0, number(1, 16)) + cell(7, 0, number(1, 4)) + cell(4, 1, [1])
            + cell(6, 2, text("gone"), style: 2) + record(0, number(4, 16)) + cell(62, 0, [0] + text("end"))
            + record(176, [1, 2, 2, 2].flatMap { number($0, 4) })
            + record(479, number(0, 2) + text("&LHarbour &P") + number(0xFFFF_FFFF, 4) + (0..<4).flatMap { _ in text("") })
        let comments =
            record(632, text("Ann")) + record(635, number(0, 4) + [4, 4, 0, 0].flatMap { number($0, 4) } + number(0, 16))
            + record(637, [0] + text("see\nbelow"))
        #expect(
            Readers.text(file(sheet: sheet, comments: comments), "a.xlsb")
                == "Ropes\n\nHemp — 12 m | 2024-05-03 |  | 12.5\nwas ~~4~~ | TRUE | ~~gone~~\n\nend\n[Comment on A5, Ann: see below]\nHarbour\n\n"
                + "Old (hidden)\n\nkept\n")
    }

    /// Some programs write a cell beside another one without the number of its column.
    @Test func cellsWithoutAColumnStandBesideTheOneBefore() {
        func short(_ type: Int, _ data: [UInt8]) -> [UInt8] { record(type, number(0, 4) + data) }
        let sheet =
            record(0, number(0, 16)) + cell(1, 0, []) + short(18, number(0, 4)) + short(12, [])
            + short(13, number(7 << 2 | 2, 4))
            + short(17, text("end"))
        #expect(Readers.text(file(sheet: sheet), "a.xlsb")?.hasPrefix("Ropes\n\nHemp — 12 m |  | 7 | end\n") == true)
    }

    @Test func whatACellAsksForIsRead() {
        let ranges = number(1, 4) + [1, 1, 2, 2].flatMap { number($0, 4) }
        let validation = number(0, 4) + ranges + text("Wrong") + text("No berth") + text("Berth") + text("From 1 to 40")
        let sheet = record(0, number(0, 16)) + cell(6, 0, text("Boat")) + record(64, validation)
        #expect(
            Readers.text(file(sheet: sheet), "a.xlsb")?.contains("Boat\n[Note on C2: Berth: From 1 to 40]\n") == true)
    }

    /// A file that ends too early, or has any byte wrong, is read as far as it goes.
    @Test func damagedRecordsDoNotTrap() {
        let sheet = record(0, number(0, 16)) + cell(7, 0, number(0, 4)) + cell(6, 1, text("x"))
        for index in sheet.indices {
            for byte: UInt8 in [0, 0x7F, 0xFF] {
                var forged = sheet
                forged[index] = byte
                _ = Readers.read(file(sheet: forged), path: "a.xlsb")
            }
            _ = Readers.read(file(sheet: Array(sheet[..<index])), path: "a.xlsb")
        }
    }
}
