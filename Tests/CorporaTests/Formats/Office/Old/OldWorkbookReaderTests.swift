import Corpora
import Testing
import TestSupport

private typealias Sample = OldWorkbookSample

private func number(_ value: Int, _ count: Int = 2) -> [UInt8] { OldOfficeSample.number(value, count) }

@Suite struct OldWorkbookReaderTests {
    private func text(_ records: [UInt8], kind: Int = 0) -> String? {
        Readers.text(Sample.file([("S", kind, records)]), "a.xls")
    }

    /// A chart holds copies of the cells that it shows, in records of the same kind.
    @Test func cellsOfAChartAreNotThoseOfItsSheet() {
        let title = Sample.record(0x100D, number(0) + Sample.text("Ropes sold", lengthBytes: 1))
        let chart = Sample.object(0x20, title + Sample.cell(0, 0, 99) + Sample.label(1, 0, "wrong"))
        let cells = Sample.label(0, 0, "Rope") + chart + Sample.cell(1, 0, 7)
        #expect(text(cells) == "S\n\nRope\n7\nRopes sold\n")
        // A sheet that is a chart has only its words.
        #expect(text(title + Sample.cell(0, 0, 99), kind: 2) == "S\n\nRopes sold\n")
    }

    /// A chart without a sheet holds the only copy of its data. Microsoft Graph and old programs write such files.
    @Test func cellsOfAChartWithoutASheetAreRead() {
        func role(_ role: Int) -> [UInt8] { Sample.record(0x1065, number(role)) }
        func value(_ row: Int, _ series: Int, _ value: Double) -> [UInt8] {
            let bits = Int(truncatingIfNeeded: value.bitPattern)
            return Sample.record(0x203, number(row) + number(series) + number(0) + number(bits, 8))
        }
        let values = role(1) + value(0, 0, 4.5) + value(1, 0, 7) + value(0, 1, 12)
        let names = role(2) + Sample.label(0, 0, "May") + Sample.label(1, 0, "June") + Sample.label(0, 1, "May")
        let title = Sample.record(0x100D, number(0) + Sample.text("Ropes", lengthBytes: 1))
        let bytes = Sample.file([("", 2, title + values + names)])
        #expect(Readers.text(bytes, "a.xls") == "May | 4.5 | 12\nJune | 7\nRopes\n")
        let both = Sample.file([("", 2, title + values + names), ("S", 0, Sample.label(0, 0, "Rope"))])
        #expect(Readers.text(both, "a.xls") == "Ropes\n\nS\n\nRope\n")
    }

    @Test func commentsBoxesAndEdgesOfPagesAreRead() {
        let ticked = number(0x12) + number(8) + number(1) + number(0, 6) + number(0) + number(0)
        var records = Sample.record(0x14, Sample.text("&LHarbour office&R&D")) + Sample.record(0x15, [])
        records += Sample.label(0, 0, "Fee") + Sample.cell(0, 1, 12) + Sample.label(1, 0, "Deposit")
        records +=
            Sample.box(kind: 0x19, number: 1, "Ann:\nonly in summer")
            + Sample.box(kind: 6, number: 2, "Pay at the gate\nby noon")
        records += Sample.box(kind: 0x0B, number: 3, "Insured", more: ticked)
        records += Sample.record(0x1C, number(0) + number(1) + number(0) + number(1) + Sample.text("Ann"))
        #expect(
            text(records)
                == "S\n\nFee | 12\n[Comment on B1, Ann: Ann: only in summer]\nDeposit\nPay at the gate\nby noon\n[x] Insured\nHarbour office\n"
        )
    }

    @Test func whatACellAsksForIsRead() {
        let texts = ["Berth", "", "A number from 1 to 40", ""].flatMap { Sample.text($0.isEmpty ? "\0" : $0) }
        let validation =
            number(0, 4) + texts + number(0, 4) + number(0, 4) + number(1) + [1, 1, 2, 2].flatMap { number($0) }
        #expect(
            text(Sample.label(0, 0, "Boat") + Sample.record(0x1BE, validation))
                == "S\n\nBoat\n[Note on C2: Berth: A number from 1 to 40]\n")
    }

    /// Excel 5 and 95 write texts as bytes in an encoding.
    @Test func textsOfBytesAreRead() {
        let label = Sample.record(0x204, number(0) + number(0) + number(0) + number(5) + [0xC3, 0xEE, 0xE4, 0xFB, 0x21])
        let format = Sample.record(0x41E, number(164) + [10] + Array("yyyy-mm-dd".utf8))
        let style = Sample.record(0xE0, number(0) + number(164) + OldOfficeSample.zeros(12))
        let edge = Sample.record(0x15, [4] + Array("Page".utf8))
        let note = Sample.record(0x1C, number(0) + number(1) + number(4) + Array("late".utf8))
        let bytes = Sample.file(
            [("Sheet", 0, label + Sample.cell(0, 1, 36526) + note + edge)], stream: "Book", version: 0x500,
            globals: Sample.record(0x42, number(1251)) + format + style)
        #expect(Readers.text(bytes, "a.xls") == "Sheet\n\nГоды! | 2000-01-01\n[Comment on B1: late]\nPage\n")
    }

    /// Names of streams are the same in capitals and in small letters.
    @Test(arguments: ["WORKBOOK", "workbook"]) func streamsAreFoundInAnyCapitals(name: String) {
        let bytes = Sample.file([("S", 0, Sample.label(0, 0, "Rope"))], stream: name)
        #expect(Readers.text(bytes, "a.xls") == "S\n\nRope\n")
    }

    /// Records that are too short for what they must hold.
    @Test(arguments: [0x500, 0x600]) func shortRecordsDoNotTrap(version: Int) {
        for type in [
            0x204, 0x207, 0xD6, 0x85, 0x100D, 0x1BE, 0x1C, 0x14, 0x41E, 0x5D, 0x1B6, 0xBD, 0xE5, 0x06, 0x31, 0xE0, 0xFC,
        ] {
            for count in 0..<12 {
                let record = Sample.record(type, [UInt8](repeating: 0xFF, count: count))
                let chart = Sample.object(0x20, record, version: version)
                let bytes = Sample.file(
                    [("S", 0, record + chart + Sample.cell(0, 0, 7))], stream: "Book", version: version, globals: record)
                _ = Readers.read(bytes, path: "a.xls")
            }
        }
    }

    /// The text of a formula may go on in the records that follow.
    @Test func longTextsOfFormulasAreWhole() {
        let formula = Sample.record(0x06, number(0, 6) + number(0, 6) + number(0xFFFF) + OldOfficeSample.zeros(8))
        let text = Sample.record(0x207, number(7) + [0] + Array("from ".utf8)) + Sample.record(0x3C, [0] + Array("9!".utf8))
        #expect(self.text(formula + text) == "S\n\nfrom 9!\n")
    }
}
