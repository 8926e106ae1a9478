import Corpora
import Testing

/// Tables whose columns no rule parts, and rules that part nothing.
@Suite struct PDFRuledRowsTests {
    /// Rules across the page at some heights.
    private func across(_ ys: [Double]) -> String { ys.map { "72 \($0) m 400 \($0) l S\n" }.joined() }

    private let cells: [(Double, Double, String)] = [
        (75, 700, "Part"), (170, 700, "What it does"), (350, 700, "Check"),
        (75, 682, "Bilge"), (170, 682, "Lifts water out of the hull when"), (350, 682, "weekly"),
        (75, 670, "pump"), (170, 670, "the float rises, and stops by"), (170, 658, "itself once it is dry"),
        (75, 640, "Sea cock"), (170, 640, "Closes the inlet"), (350, 640, "monthly"),
        (75, 622, "Lamp"), (170, 622, "Shines all round at night while"), (350, 622, "yearly"),
        (170, 610, "the boat lies at anchor"),
    ]

    private let table = """
        Part | What it does | Check
        Bilge pump | Lifts water out of the hull when the float rises, and stops by itself once it is dry | weekly
        Sea cock | Closes the inlet | monthly
        Lamp | Shines all round at night while the boat lies at anchor | yearly

        """

    /// Rules around each row, and below each.
    @Test(arguments: [[712.0, 694, 652, 634, 604], [694, 652, 634, 604]])
    func theLinesBetweenTwoRulesAreOneRow(ys: [Double]) throws {
        #expect(try PDFSample.text(across(ys) + PDFSample.drawn(cells)) == table)
    }

    @Test func backgroundsPartRowsToo() throws {
        let shades = [(694.0, 652.0), (634, 604)].map { "0.9 g 72 \($0.1) 328 \($0.0 - $0.1) re f 0 g\n" }.joined()
        #expect(try PDFSample.text(shades + PDFSample.drawn(cells)) == table)
    }

    /// Without rules between the rows, a line in small letters goes on in its cell.
    @Test func aLineInSmallLettersGoesOnInItsCell() throws {
        #expect(
            try PDFSample.text(PDFSample.drawn(cells.filter { $0.2 != "pump" }))
                == table.replacing("Bilge pump", with: "Bilge"))
    }

    @Test func articlesBetweenRulesAreNoTable() throws {
        let lines = [
            "The harbour master reads the tide gauge at six in the morning and",
            "writes the height into the log that lies beside the",
            "lamp of the office, where the clerk finds it when the day begins.",
        ]
        let words = (0..<3).flatMap { part in
            lines.indices.map { (72.0, 700 - 50 * Double(part) - 12 * Double($0), lines[$0]) }
        }
        let text = try PDFSample.text(across([712, 662, 612, 562]) + PDFSample.drawn(words))
        #expect(!text.contains("|") && text.split(separator: "day begins.").count == 4, "\(text)")
    }

    /// The box is near to the rule above it.
    @Test func boxesToTickPartNoRows() throws {
        let rows = (0..<3).map { row in
            let y = 700 - 40 * Double(row)
            return PDFSample.drawn([
                (75, y, "1.\(row)"), (110, y, "Goods"), (220, y + 2, "none"), (220, y - 9, "some, namely"),
            ])
                + "205 \(y + 1) 8 8 re S 205 \(y - 10) 8 8 re S\n"
        }
        let rules =
            [72.0, 102, 200, 320].map { "\($0) 712 m \($0) 592 l S\n" }.joined()
            + (0...3).map { "72 \(712 - 40 * $0) m 320 \(712 - 40 * $0) l S\n" }.joined()
        #expect(
            try PDFSample.text(rules + rows.joined())
                == (0..<3).map { "1.\($0) | Goods | none some, namely\n" }.joined())
    }

    /// The gap between them is no column.
    @Test func twoBoxesMayStandInOneCell() throws {
        let rows = ["Insured", "Sealed", "Weighed", "Paid"].enumerated().map { i, name in
            let y = 700 - 16 * Double(i)
            return PDFSample.drawn(
                i % 3 == 0 ? [(75, y, name), (170, y, "on 4 May")] : [(75, y, name), (170, y, "yes"), (230, y, "no")])
        }
        let ys = (0...4).map { 711 - 16 * Double($0) }
        let down = [72.0, 160, 300].map { "\($0) 711 m \($0) 647 l S\n" }.joined()
        let rules = down + ys.map { "72 \($0) m 300 \($0) l S\n" }.joined()
        let text = try PDFSample.text(rules + rows.joined())
        #expect(text.contains("Insured | on 4 May\n") && text.contains("Paid | on 4 May\n"), "\(text)")
    }

    /// Rows that start with small words, as names of types do.
    @Test func shortSmallWordsSideBySideAreRows() throws {
        let rows = [
            ("oak", "16-year growth, dry stored wood", "Oak"), ("ash", "12-year growth, dry stored wood", "Ash"),
            ("elm", "20-year growth, dry stored wood", "Elm"),
        ]
        let words = rows.enumerated().flatMap { i, row -> [(Double, Double, String)] in
            let y = 684 - 12 * Double(i)
            return [(75, y, row.0), (105, y, row.1), (265, y, row.2)]
        }
        let rules =
            [72.0, 102, 260, 295].map { "\($0) 711 m \($0) 654 l S\n" }.joined()
            + [711.0, 695, 654].map { "72 \($0) m 295 \($0) l S\n" }.joined()
        let head: [(Double, Double, String)] = [(75, 700, "Wood"), (105, 700, "Age"), (265, 700, "Name")]
        #expect(
            try PDFSample.text(rules + PDFSample.drawn(head + words))
                == "Wood | Age | Name\n" + rows.map { "\($0.0) | \($0.1) | \($0.2)\n" }.joined())
    }

    /// Words of neighbouring cells may stand as near as words of one cell.
    @Test func nearCellsAreATable() throws {
        let rows = [["Port of Lund and its piers", "1", "2"], ["Kiel", "10", "7"], ["Moss", "4", "3"]]
        let xs = [72, 195, 206.0]
        let words = rows.enumerated().flatMap { row, cells in
            cells.enumerated().map { (xs[$0] + 1.5, 700 - 14 * Double(row), $1) }
        }
        let rules =
            [72.0, 195, 209, 222].map { "\($0) 711 m \($0) 669 l S\n" }.joined()
            + (0...3).map { "72 \(711 - 14 * $0) m 222 \(711 - 14 * $0) l S\n" }.joined()
        let moved = words.map { ($0.0 > 207 ? $0.0 + 3.5 : $0.0, $0.1, $0.2) }
        #expect(
            try PDFSample.text(rules + PDFSample.drawn(moved))
                == "Port of Lund and its piers | 1 | 2\nKiel | 10 | 7\nMoss | 4 | 3\n")
    }
}
