import Testing

import Retrieval

struct CellNumberTests {
    @Test(arguments: [
        ("9.8 kg", 9.8), ("16,500 l/h", 16_500), ("€279", 279), ("29,00 €", 29), ("1 204 567", 1_204_567), ("-4 °C", -4),
        ("70-85 kg", 70), ("about 12 t", 12), ("2016", 2016),
        ("none", 0), ("unlimited", .infinity),
    ])
    func theFirstNumberCounts(cell: String, expected: Double) {
        #expect(CellNumber(WordRow(cell))?.value == expected)
    }

    @Test(arguments: ["", "on request", "1 hour 50 minutes", "3:1", "Mi-17"])
    func whatIsNotPlainIsNone(cell: String) { #expect(CellNumber(WordRow(cell)) == nil) }

    @Test func unitsAreMadeEqual() throws {
        let numbers = try ["900 kg", "2 t", "12 t"].map { try #require(CellNumber(WordRow($0))) }
        #expect(CellNumber.inOneUnit(numbers) == [900, 2000, 12_000])
        let others = try ["900 kg", "2 litres"].map { try #require(CellNumber(WordRow($0))) }
        #expect(CellNumber.inOneUnit(others) == nil)
    }

    private static let columns: [(cells: [String], expected: [Double])] = [
        (["1.150 €", "540 €", "810 €"], [1150, 540, 810]), (["unlimited", "20 GB"], [Double.infinity, 20]),
        (["none", "12 months", "2 weeks"], [0, 31_557_600, 1_209_600]),
    ]

    @Test(arguments: columns)
    func pointsAndWordsAreReadByTheColumn(cells: [String], expected: [Double]) throws {
        let numbers = try cells.map { try #require(CellNumber(WordRow($0))) }
        #expect(CellNumber.inOneUnit(numbers) == expected)
    }

    @Test(arguments: [["1.204", "4"], ["1.659 €", "1.719 €"], ["1.204 kg", "980 g"]])
    func pointsThatNothingTellsAreUnclear(cells: [String]) throws {
        let numbers = try cells.map { try #require(CellNumber(WordRow($0))) }
        #expect(CellNumber.inOneUnit(numbers) == nil)
    }
}
