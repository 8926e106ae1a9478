import Retrieval
import TestSupport
import Testing

struct QuantityTests {
    @Test(arguments: [
        ("They paid $1.1 billion or 25 € for 1,140 oars", ["$1.1 billion", "25 €", "1,140"]),
        ("10 to 12 litres, between 3 and 4 oars, 5-6 days", ["10 to 12", "3 and 4", "5-6"]),
        ("zwischen 2 und 3 Euro, von 6 bis 22 Uhr", ["2 und 3", "6 bis 22"]),
        ("kept at 21 °C, 80% full", ["21 °C", "80%"]), ("the 15th and two hundred more", ["15th", "two hundred"]),
        ("Mi-17 and E32 fly; 4 and 5 row", ["4", "5"]), ("In 2011 40 came", ["2011", "40"]), ("none", []),
    ])
    func itIsReadWithItsSignsAndItsOtherEnd(text: String, numbers: [String]) {
        let row = WordRow(text)
        #expect(row.quantities.map { string(row.text[$0.range]) } == numbers)
    }

    @Test(arguments: [
        ("12 oars", "oars", false), ("12\u{A0}oars", "oars", false), ("12-year", "year", true), ("12, oars", nil, false),
        ("$12 oars", "oars", false),
    ])
    func theWordBehindItIsItsUnit(text: String, unit: String?, isCompound: Bool) throws {
        let row = WordRow(text)
        let number = try #require(row.quantities.first)
        #expect(number.unit.map { string(row.words[$0]) } == unit && number.isCompound == isCompound)
    }

    @Test(arguments: [
        ("at six", true), ("from 5 pm", true), ("9:30", true), ("14 Uhr", true), ("at 20 degrees", false),
        ("six oars", false),
        ("at 9 euros", false),
    ])
    func someTellAnHour(text: String, isHour: Bool) { #expect(WordRow(text).quantities.first?.isHour == isHour) }
}
