/// A small workbook of Excel before 2007 ([MS-XLS]).
package enum OldWorkbookSample {
    private static func number(_ value: Int, _ count: Int = 2) -> [UInt8] { OldOfficeSample.number(value, count) }

    package static func record(_ type: Int, _ data: [UInt8]) -> [UInt8] { number(type) + number(data.count) + data }

    /// The records of an object, such as a sheet (0x10) or a chart (0x20), inside their begin and end.
    package static func object(_ kind: Int, _ records: [UInt8], version: Int = 0x600) -> [UInt8] {
        record(0x809, number(version) + number(kind) + OldOfficeSample.zeros(12)) + records + record(0x0A, [])
    }

    /// A text of ASCII with its length in so many bytes.
    package static func text(_ text: String, lengthBytes: Int = 2) -> [UInt8] {
        number(text.utf8.count, lengthBytes) + [0] + Array(text.utf8)
    }

    /// A cell with a text of its own.
    package static func label(_ row: Int, _ column: Int, _ words: String) -> [UInt8] {
        record(0x204, number(row) + number(column) + number(0) + text(words))
    }

    /// A cell with a number, here in the records of a compact number.
    package static func cell(_ row: Int, _ column: Int, _ value: Int) -> [UInt8] {
        record(0x27E, number(row) + number(column) + number(0) + number(value << 2 | 2, 4))
    }

    /// An object that stands on a sheet, with a text.
    package static func box(kind: Int, number: Int, _ words: String, more: [UInt8] = []) -> [UInt8] {
        record(
            0x5D,
            self.number(0x15) + self.number(18) + self.number(kind) + self.number(number) + OldOfficeSample.zeros(14) + more)
            + record(
                0x1B6, OldOfficeSample.zeros(10) + self.number(words.utf8.count) + self.number(16) + OldOfficeSample.zeros(4)
            )
            + record(0x3C, [0] + Array(words.utf8)) + record(0x3C, OldOfficeSample.zeros(16))
    }

    /// A file of sheets, each with the records inside it. The kind of most is 0, and 2 that of a chart.
    package static func file(
        _ sheets: [(name: String, kind: Int, records: [UInt8])], stream: String = "Workbook", version: Int = 0x600,
        globals: [UInt8] = []
    ) -> [UInt8] {
        func beginning(_ starts: [Int]) -> [UInt8] {
            object(
                5,
                globals
                    + zip(sheets, starts).flatMap { sheet, start in
                        let name =
                            version == 0x500
                            ? [UInt8(sheet.name.utf8.count)] + sheet.name.utf8 : text(sheet.name, lengthBytes: 1)
                        return record(0x85, number(start, 4) + [0, UInt8(sheet.kind)] + name)
                    }, version: version)
        }
        let bodies = sheets.map { object($0.kind == 2 ? 0x20 : 0x10, $0.records, version: version) }
        var starts: [Int] = []
        var next = beginning(sheets.map { _ in 0 }).count
        for body in bodies {
            starts.append(next)
            next += body.count
        }
        return OldOfficeSample.compound([(stream, beginning(starts) + bodies.joined())])
    }
}
