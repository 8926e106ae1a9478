import Corpora
import Foundation
import Testing

/// Tables with drawn rules, and narrow columns without them.
@Suite struct PDFRulesTests {
    /// How a page draws its rules.
    enum Drawing: CaseIterable { case stroked, filled, cells }

    /// The rules of a grid.
    private func rules(_ xs: [Double], _ ys: [Double], _ drawing: Drawing) -> String {
        let (left, right, top, bottom) = (xs.first!, xs.last!, ys.first!, ys.last!)
        switch drawing {
        case .stroked:
            return xs.map { "\($0) \(top) m \($0) \(bottom) l S\n" }.joined()
                + ys.map { "\(left) \($0) m \(right) \($0) l S\n" }.joined()
        case .filled:
            return xs.map { "\($0) \(bottom) 0.7 \(top - bottom) re f\n" }.joined()
                + ys.map { "\(left) \($0) \(right - left) 0.7 re f\n" }.joined()
        case .cells:
            // Cells with a background and a little space between.
            return zip(xs, xs.dropFirst()).map { x, next in
                zip(ys, ys.dropFirst()).map { y, below in
                    "0.9 g \(x + 1) \(below + 1) \(next - x - 2) \(y - below - 2) re f 0 g\n"
                }.joined()
            }.joined()
        }
    }

    /// Cells with 3 points between text and rule: the words of neighbours stand as near as words of one cell.
    @Test(arguments: Drawing.allCases) func rulesPartNarrowColumns(drawing: Drawing) throws {
        let rows = [
            ["Port", "Jan", "Feb", "Mar"], ["Kiel", "10", "", "12"], ["Moss", "", "7", ""], ["Lund", "1", "2", "3"],
        ]
        let xs = [72, 98, 124, 150, 176.0]
        let cells = rows.enumerated().flatMap { row, cells in
            cells.enumerated().map { PDFSample.line(xs[$0] + 3, 700 - 16 * Double(row), 10, $1) }
        }
        let lines = rules(xs, (0...4).map { 711 - 16 * Double($0) }, drawing)
        #expect(
            try PDFSample.text(lines + cells.joined()) == """
                Port | Jan | Feb | Mar
                Kiel | 10 |  | 12
                Moss |  | 7
                Lund | 1 | 2 | 3

                """)
    }

    @Test func theLinesBetweenTwoRulesAreOneRow() throws {
        let cells: [(Double, Double, String)] = [
            (75, 700, "Rule"), (235, 700, "Who"), (335, 700, "Penalty"),
            (75, 684, "Boats must keep left of the red"), (75, 672, "buoy at all times of the day"),
            (235, 684, "all skippers and"), (235, 672, "their mates"), (335, 678, "40"),
            (75, 656, "No fires"), (235, 656, "guests"),
        ]
        let lines = rules([72, 232, 318, 372], [711, 695, 667, 650], .stroked)
        #expect(
            try PDFSample.text(lines + cells.map { PDFSample.line($0.0, $0.1, 10, $0.2) }.joined()) == """
                Rule | Who | Penalty
                Boats must keep left of the red buoy at all times of the day | all skippers and their mates | 40
                No fires | guests

                """)
    }

    /// Tables of papers have rules between groups of rows only; the label of a group stands at its middle.
    @Test func numbersBelowOneAnotherAreRows() throws {
        let cells: [(Double, Double, String)] = [
            (75, 700, "Set"), (105, 700, "Kind"), (145, 700, "Low"), (180, 700, "High"),
            (75, 678, "6"), (105, 684, "red"), (145, 684, "0.96"), (180, 684, "2.73"),
            (105, 672, "blue"), (145, 672, "0.93"), (180, 672, "5.39"),
        ]
        let lines = rules([72, 102, 142, 177, 212], [711, 695, 667], .stroked)
        #expect(
            try PDFSample.text(lines + cells.map { PDFSample.line($0.0, $0.1, 10, $0.2) }.joined()) == """
                Set | Kind | Low | High
                6 | red | 0.96 | 2.73
                6 | blue | 0.93 | 5.39

                """)
    }

    /// The label is not at the height of a row. A row without one of its numbers is a row, and takes none from its neighbour.
    @Test(arguments: [true, false]) func aRowBesideALabelMayLackANumber(lacksOneOfFour: Bool) throws {
        var cells: [(Double, Double, String)] = [
            (75, 700, "Set"), (105, 700, "Kind"), (145, 700, "Low"), (180, 700, "High"),
            (75, 678, "4"), (105, 684, "oak"), (145, 684, "0.31"), (180, 684, "1.77"),
            (105, 672, "birch"), (145, 672, "0.29"),
        ]
        if lacksOneOfFour { cells += [(180, 672, "1.52"), (215, 700, "Peak"), (215, 684, "8.40")] }
        let lines = rules([72, 102, 142, 177, 212] + (lacksOneOfFour ? [247] : []), [711, 695, 667], .stroked)
        #expect(
            try PDFSample.text(lines + PDFSample.drawn(cells))
                == (lacksOneOfFour
                    ? "Set | Kind | Low | High | Peak\n4 | oak | 0.31 | 1.77 | 8.40\n4 | birch | 0.29 | 1.52\n"
                    : "Set | Kind | Low | High\n4 | oak | 0.31 | 1.77\n4 | birch | 0.29\n"))
    }

    @Test func proseInTwoCellsIsNoListOfRows() throws {
        let cells: [(Double, Double, String)] = [
            (75, 700, "Ferry"), (235, 700, "Guests"),
            (75, 684, "The ferry leaves the east pier"), (75, 671, "at noon and comes back with"),
            (75, 658, "the mail of the islands"),
            (235, 684, "Nobody may board it before"), (235, 671, "the bell rings, which the mate"),
            (235, 658, "does when the ropes are dry"),
        ]
        #expect(
            try PDFSample.text(rules([72, 232, 392], [711, 695, 651], .stroked) + PDFSample.drawn(cells))
                == "Ferry | Guests\nThe ferry leaves the east pier at noon and comes back with the mail of the islands | "
                + "Nobody may board it before the bell rings, which the mate does when the ropes are dry\n")
    }

    /// Lines that could have held the next word, and short words in columns that are no wider than they.
    @Test(arguments: [150.0, 60]) func shortLinesSideBySideAreRows(width: Double) throws {
        let left = ["Odde", "Tar Hall", "Pier 9", "Moss"]
        let right = ["Kiel", "Rope Hall", "Lane 4", "Lund"]
        let cells = left.indices.flatMap { i -> [(Double, Double, String)] in
            let y = 684 - 12 * Double(i)
            return [(75, y, left[i]), (75 + width, y, right[i])]
        }
        let lines = rules([72, 72 + width, 72 + 2 * width], [711, 695, 642], .stroked)
        #expect(
            try PDFSample.text(lines + PDFSample.drawn([(75, 700, "Seller"), (75 + width, 700, "Buyer")] + cells))
                == "Seller | Buyer\nOdde | Kiel\nTar Hall | Rope Hall\nPier 9 | Lane 4\nMoss | Lund\n")
    }

    @Test func linesWideApartAboveATableAreOneParagraph() throws {
        let prose = [
            "The ferry leaves the east pier at noon and comes back with",
            "the mail of the islands, which the clerk of the office counts",
            "before the bell rings, and the mate has the ropes dried and",
            "put away until the next morning, when the ferry leaves again",
        ]
        let rows = prose.indices.map { (72.0, 740 - 20 * Double($0), prose[$0]) }
        let ys = (0...9).map { 660 - 16 * Double($0) }
        let cells = ys.dropLast().flatMap { [(76.0, $0 - 11, "Kiel"), (156.0, $0 - 11, "Moss")] }
        let text = try PDFSample.text(PDFSample.drawn(rows) + rules([72, 152, 232], ys, .stroked) + PDFSample.drawn(cells))
        #expect(text.hasPrefix(prose.joined(separator: " ") + "\n\nKiel | Moss\n"), "\(text)")
    }

    @Test func shortTablesSideBySideAreReadOneAfterTheOther() throws {
        let tables = [(72.0, ["Kiel", "10", "Moss", "12"]), (300.0, ["Odde", "31", "Lund", "44"])].map { left, cells in
            rules([left, left + 80, left + 160], [700, 680, 660], .stroked)
                + PDFSample.drawn(
                    cells.indices.map { (left + 4 + 80 * Double($0 % 2), 686 - 20 * Double($0 / 2), cells[$0]) })
        }
        #expect(try PDFSample.text(tables.joined()) == "Kiel | 10\nMoss | 12\n\nOdde | 31\nLund | 44\n")
    }

    /// The rules run between the words of two labels.
    @Test func aChartIsNoTable() throws {
        let labels: [(Double, Double, String)] = [
            (160.5, 610, "Q1 (3)"), (200, 560, "Q2 (8)"), (260.5, 520, "Q3 (9)"), (300, 680, "Q4 (6)"),
            (90, 640, "Q5 (7)"),
        ]
        let lines = rules([72, 172, 272, 372, 472], [700, 650, 600, 550, 500], .stroked)
        let text = try PDFSample.text(lines + PDFSample.drawn(labels, size: 8))
        #expect(!text.contains("|") && labels.allSatisfy { text.contains($0.2) }, "\(text)")
    }

    @Test(arguments: Drawing.allCases) func rulesThatNobodySeesPartNothing(drawing: Drawing) throws {
        let rows = [["Port", "Jan"], ["Kiel", "10"], ["Moss", "7"]]
        let cells = PDFSample.drawn(
            rows.enumerated().flatMap { row, cells in
                cells.enumerated().map { (75 + 26 * Double($0), 700 - 16 * Double(row), $1) }
            })
        let lines = rules([72, 98, 124], [711, 695, 679, 663], drawing)
        let states = "/ExtGState << /G << /CA 0 /ca 0 >> >>"
        let plain = try PDFSample.text(cells)
        #expect(try PDFSample.text("q /G gs \(lines) Q " + cells, resources: states) == plain)
        #expect(try PDFSample.text(lines + cells) != plain)
    }

    @Test func aCellOverColumnsStandsInEachOfThem() throws {
        let cells: [(Double, Double, String)] = [
            (75, 700, "Pier"), (150, 700, "Dues"), (75, 684, "East"), (115, 684, "30"), (155, 684, "50"),
            (75, 668, "West"), (115, 668, "20"), (155, 668, "45"),
        ]
        let lines =
            rules([72, 112, 192], [711, 695, 679, 663], .stroked) + "152 695 m 152 663 l S\n"
        #expect(
            try PDFSample.text(lines + cells.map { PDFSample.line($0.0, $0.1, 10, $0.2) }.joined())
                == "Pier | Dues | Dues\nEast | 30 | 50\nWest | 20 | 45\n")
    }

    /// The gaps of the table lie below the gap between the columns.
    @Test func columnsAboveATableAreReadByThemselves() throws {
        let left = [
            "The harbour master reads the", "tide gauge at six in the and", "writes the height into the log",
            "that lies beside the lamp of the", "office, where the clerk finds it", "when the day begins again.",
        ]
        let right = [
            "Ropes are checked on the first", "day of each month by two of the", "crew, who mark each worn one",
            "with red paint and bring it to the", "store, where the keeper cuts it", "up and sells what is left.",
        ]
        let prose = left.indices.map {
            PDFSample.line(72, 700 - 12 * Double($0), 10, left[$0])
                + PDFSample.line(230, 700 - 12 * Double($0), 10, right[$0])
        }
        let rows = [["Port", "Jan", "Feb"], ["Kiel", "10", "12"]]
        let xs = [72, 220, 300, 380.0]
        let cells = rows.enumerated().flatMap { row, cells in
            cells.enumerated().map { PDFSample.line(xs[$0] + 4, 616 - 16 * Double(row), 10, $1) }
        }
        let page = prose.joined() + rules(xs, [627, 611, 595], .filled) + cells.joined()
        let text = try PDFSample.text(page)
        #expect(text.contains("when the day begins again.\n\nRopes are checked"), "\(text)")
        #expect(text.hasSuffix("\n\nPort | Jan | Feb\nKiel | 10 | 12\n"), "\(text)")
    }

    /// The first rows of a long column tell that it is one.
    @Test func aLongColumnIsAligned() throws {
        let names = ["Kiel and Lund", "Moss and Odde", "Lund"]
        let rows = (0..<70).map { i in
            PDFSample.drawn(
                [(72, 760 - 10 * Double(i), names[i % 3]), (148, 760 - 10 * Double(i), "\(i + 100)")], size: 9.8)
        }
        let lines = try PDFSample.text(rows.joined()).split(separator: "\n")
        #expect(lines.count == 70 && lines.allSatisfy { $0.contains(" | ") }, "\(lines)")
    }

    /// The gaps are hardly wider than spaces, but words start, or numbers end, at one place.
    @Test func alignedColumnsNeedNoRules() throws {
        let names = ["Port of call", "Kiel and Lund", "Moss and Odde", "Lund"]
        let numbers = ["9.10", "8.55", "1.20", "7.00"]
        let rows = names.indices.map { i in
            PDFSample.line(72, 700 - 14 * Double(i), 10, names[i])
                + PDFSample.line(148, 700 - 14 * Double(i), 10, numbers[i])
        }
        #expect(
            try PDFSample.text(rows.joined()) == """
                Port of call | 9.10
                Kiel and Lund | 8.55
                Moss and Odde | 1.20
                Lund | 7.00

                """)
    }
}
