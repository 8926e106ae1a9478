import Testing

import Retrieval

struct CellNumberTests {
    @Test(arguments: [
        ("9.8 kg", 9.8), ("16,500 l/h", 16_500), ("€279", 279), ("29,00 €", 29), ("1 204 567", 1_204_567), ("-4 °C", -4),
        ("70-85 kg", 70), ("about 12 t", 12), ("2016", 2016),
    ])
    func theFirstNumberCounts(cell: String, expected: Double) {
        #expect(CellNumber(WordRow(cell))?.value == expected)
    }

    @Test(arguments: ["", "none", "1.204", "1 hour 50 minutes", "Mi-17"])
    func whatIsNotPlainIsNone(cell: String) { #expect(CellNumber(WordRow(cell)) == nil) }

    @Test func unitsAreMadeEqual() throws {
        let numbers = try ["900 kg", "2 t", "12 t"].map { try #require(CellNumber(WordRow($0))) }
        #expect(CellNumber.inOneUnit(numbers) == [900, 2000, 12_000])
        let others = try ["900 kg", "2 litres"].map { try #require(CellNumber(WordRow($0))) }
        #expect(CellNumber.inOneUnit(others) == nil)
    }
}
