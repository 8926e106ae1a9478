import Corpora
import Testing

/// Tables with rules around groups of rows, and headers of two lines.
@Suite struct PDFGroupsTests {
    private typealias Word = (x: Double, y: Double, text: String)

    private func text(_ words: [Word], across: [Double], down: [Double] = [], right: Double = 400) throws -> String {
        let content =
            PDFSample.drawn(words.map { ($0.x, $0.y, $0.text) })
            + across.map { "72 \($0) m \(right) \($0) l S\n" }.joined()
            + down.map { "\($0) \(across.max()!) m \($0) \(across.min()!) l S\n" }.joined()
        return try PDFSample.text(content)
    }

    private func words(_ rows: [[String]], xs: [Double], top: Double, step: Double = 14) -> [Word] {
        rows.enumerated().flatMap { row, cells in
            cells.enumerated().map { (xs[$0], top - step * Double(row), $1) }
        }.filter { !$0.2.isEmpty }
    }

    private static let fleets = """
        Fleet | Boat | Crew
        North | Tern | 4
        North | Gull | 5
        South | Kite | 6
        South | Swan | 2
        South | Crow | 9

        """

    /// The name stands beside the first row, or at half height; the columns are parted by rules, or by space alone.
    @Test(arguments: [false, true], [[], [72.0, 160, 260, 400]])
    func theNameOfAGroupStandsInEachRow(isInMiddle: Bool, down: [Double]) throws {
        let rows = [["Tern", "4"], ["Gull", "5"], ["Kite", "6"], ["Swan", "2"], ["Crow", "9"]]
        let names: [Word] =
            isInMiddle ? [(75, 679, "North"), (75, 644, "South")] : [(75, 686, "North"), (75, 658, "South")]
        let head = words([["Fleet", "Boat", "Crew"]], xs: [75, 175, 275], top: 700)
        #expect(
            try text(head + names + words(rows, xs: [175, 275], top: 686), across: [712, 697, 668, 625], down: down)
                == Self.fleets)
    }

    @Test func severalColumnsMayNameAGroup() throws {
        let rows = [
            ["Land", "Capital", "Port", "Depth"], ["Norway", "Oslo", "Bergen", "12"], ["", "", "Narvik", "18"],
            ["Sweden", "Stockholm", "Visby", "9"], ["", "", "Lulea", "7"],
        ]
        #expect(
            try text(words(rows, xs: [75, 155, 235, 335], top: 700), across: [712, 697, 669, 641])
                == """
                Land | Capital | Port | Depth
                Norway | Oslo | Bergen | 12
                Norway | Oslo | Narvik | 18
                Sweden | Stockholm | Visby | 9
                Sweden | Stockholm | Lulea | 7

                """)
    }

    /// A name of two lines beside three rows of words.
    @Test(arguments: [[], [72.0, 160, 260, 400]]) func aNameMayGoOnInTheNextLine(down: [Double]) throws {
        let rows = [
            ["Ann Lee", "Hall 2"], ["Bo Chu", "Pier"], ["Cy Dent", "Attic"], ["Dee Fox", "Hall 1"], ["Ed Gray", "Cellar"],
            ["Flo Hart", "Yard"],
        ]
        let names: [Word] = [(75, 686, "Repairs and"), (75, 674, "upkeep"), (75, 644, "Sales")]
        let head = words([["Crew", "Person", "Place"]], xs: [75, 175, 275], top: 700)
        let text = try text(
            head + names + words(rows, xs: [175, 275], top: 686), across: [712, 697, 655, 613], down: down)
        #expect(
            text.contains("\nRepairs and upkeep | Bo Chu | Pier\n") && text.contains("\nSales | Flo Hart | Yard\n"),
            "\(text)")
    }

    /// Addresses of two lines are cells, and so are headers.
    @Test func cellsOfTwoLinesAreNoRows() throws {
        let cells: [Word] = [
            (75, 700, "Name"), (175, 700, "Place of"), (175, 688, "living"), (305, 700, "Means of"), (305, 688, "contact"),
            (75, 670, "Ann Lee"), (175, 670, "Pier Road 4"), (175, 658, "Lund"), (305, 670, "tel 555 12"),
            (305, 658, "fax 555 13"),
            (75, 640, "Bo Chu"), (175, 640, "Hill Street 9"), (175, 628, "Moss"), (305, 640, "tel 555 77"),
            (305, 628, "fax 555 78"),
        ]
        #expect(
            try text(cells, across: [712, 682, 652, 622], down: [72, 170, 300, 400])
                == """
                Name | Place of living | Means of contact
                Ann Lee | Pier Road 4 Lund | tel 555 12 fax 555 13
                Bo Chu | Hill Street 9 Moss | tel 555 77 fax 555 78

                """)
    }

    /// No rule stands between the two lines. The first column has its header beside one of them, or at half height.
    @Test(arguments: [700.0, 693, 686], [false, true])
    func twoLinesOfHeadersAreTwoRows(height: Double, isDrawn: Bool) throws {
        let rows = [["11", "12", "13", "14"], ["21", "22", "23", "24"], ["31", "32", "33", "34"]]
        let xs = [190.0, 250, 330, 390]
        // The islands go on in a second line, so that spaces part the columns where rules do not.
        let cells: [Word] =
            [
                (75, height, "Yard"), (218, 700, "Income"), (362, 700, "Costs"), (75, 666, "Lund and its"),
                (75, 654, "islands"),
            ]
            + [(75, 632, "Kiel"), (75, 610, "Moss and the"), (75, 598, "old dock")]
            + words([["gross", "net", "fixed", "other"]], xs: xs, top: 686)
            + rows.enumerated().flatMap { words([$1], xs: xs, top: [666, 632, 610][$0]) }
        let content =
            [712.0, 680, 646, 624, 592].map { "72 \($0) m 440 \($0) l S\n" }.joined()
            + (isDrawn
                ? [72.0, 180, 320, 440].map { "\($0) 712 m \($0) 592 l S\n" }.joined()
                    + [240.0, 380].map { "\($0) 680 m \($0) 592 l S\n" }.joined() : "")
            + PDFSample.drawn(cells.map { ($0.x, $0.y, $0.text) })
        let text = try PDFSample.text(content)
        #expect(
            text == """
                Yard | Income | Income | Costs | Costs
                Yard | gross | net | fixed | other
                Lund and its islands | 11 | 12 | 13 | 14
                Kiel | 21 | 22 | 23 | 24
                Moss and the old dock | 31 | 32 | 33 | 34

                """)
    }

    /// The year is shorter than the space between the two columns that it heads.
    @Test func aShortHeaderInTheMiddleHeadsTwoColumns() throws {
        let rows = [
            ["", "H1", "H2", "H1", "H2"], ["Rent", "110", "120", "130", "140"], ["Wages", "210", "220", "230", "240"],
        ]
        let years: [Word] = [(218, 700, "2023"), (348, 700, "2024")]
        #expect(
            try text(years + words(rows, xs: [75, 190, 255, 320, 385], top: 686), across: [])
                == "| 2023 | 2023 | 2024 | 2024\n| H1 | H2 | H1 | H2\nRent | 110 | 120 | 130 | 140\nWages | 210 | 220 | 230 | 240\n"
        )
    }
}
