import Corpora
import Foundation
import Testing

/// Columns, tables, notes in the margin, initials.
@Suite struct PDFLayoutTests {
    /// Lines of a column.
    private func column(_ x: Int, _ top: Int, size: Int = 10, step: Int = 12, _ lines: [String]) -> [PDFSample.Line] {
        lines.enumerated().map { (x, top - step * $0, size, $1) }
    }

    private static let regatta = [
        "The regatta of the rowing", "club was won by the crew", "of the north shore after a", "long and windy race.",
    ]
    private static let bakery = [
        "The bakery on the quay", "closes for repairs until the", "end of the month and sells", "bread from a cart.",
    ]
    private static let choir = [
        "The choir seeks two basses", "and one tenor for the mass", "in the old customs house", "on Sunday.",
    ]
    private static let sentences = [
        "The regatta of the rowing club was won by the crew of the north shore after a long and windy race.",
        "The bakery on the quay closes for repairs until the end of the month and sells bread from a cart.",
        "The choir seeks two basses and one tenor for the mass in the old customs house on Sunday.",
    ]

    /// The columns are drawn one after the other, or line by line.
    @Test(arguments: [false, true], [170, 140])
    func threeColumnsAreReadOneAfterTheOther(byLine: Bool, pitch: Int) throws {
        let columns = [Self.regatta, Self.bakery, Self.choir].enumerated().map { column(60 + pitch * $0, 700, $1) }
        let drawn = byLine ? (0..<4).flatMap { i in columns.map { $0[i] } } : columns.flatMap { $0 }
        let text = try PDFSample.text(of: [(60, 740, 18, "Regatta won by north shore")] + drawn)
        #expect(text == (["Regatta won by north shore"] + Self.sentences).joined(separator: "\n\n") + "\n")
    }

    /// The caption reaches into the space between the columns, nearly to the second one.
    @Test func aCaptionBelowColumnsMakesThemNoTable() throws {
        let columns = column(72, 700, Self.regatta) + column(300, 700, Self.choir)
        let text = try PDFSample.text(of: columns + [(172, 630, 9, "Figure 1: The boats in May")])
        #expect(
            text == [Self.sentences[0], Self.sentences[2], "Figure 1: The boats in May"].joined(separator: "\n\n") + "\n")
    }

    @Test func aNarrowGutterPartsColumns() throws {
        let left = [
            "The harbour master reads the", "tide gauge at six in the and", "writes the height into the log",
            "that lies beside the lamp of the",
            "office, where the clerk finds it", "when the day begins again.",
        ]
        let right = [
            "Ropes are checked on the first", "day of each month by two of the", "crew, who mark each worn one",
            "with red paint and bring it to the",
            "store, where the keeper cuts it", "up and sells what is left.",
        ]
        // The lines of the left column are up to 140 points wide: the gutter has 9 points.
        let text = try PDFSample.text(of: column(72, 700, left) + column(221, 700, right))
        #expect(text.contains("writes the height into the log that lies beside"), "\(text)")
        #expect(text.contains("who mark each worn one with red paint"), "\(text)")
        #expect(!text.contains(" | "))
    }

    @Test func notesInTheMarginCutNoSentence() throws {
        let body = [
            "The tenant keeps the drains clean and tells the owner of each leak on",
            "the day on which it is found, and where the owner does not mend it in a",
            "week, the tenant may have it mended and take the cost from the rent of",
            "the next month. The owner pays for the roof, the walls and the stairs, and",
            "for the lamps in the yard, which burn from dusk to dawn, and he sees to it",
            "that snow is cleared from the steps before seven in the morning.",
        ]
        let text = try PDFSample.text(of: column(170, 700, body) + [(60, 688, 8, "Leaks"), (60, 664, 8, "Snow and lamps")])
        #expect(
            text.contains("of each leak on the day on which it is found, and where the owner does not mend it in a week"),
            "\(text)")
        #expect(text.contains("Leaks") && text.contains("Snow and lamps"))
    }

    @Test func aHeaderOverColumnsStandsInEachOfThem() throws {
        let rows = [["East", "30", "50", "yes"], ["West", "20", "45", "no"], ["North", "25", "40", "yes"]]
        let cells = rows.enumerated().flatMap { number, row in
            row.enumerated().map { (72 + 100 * $0, 640 - 16 * number, 10, $1) }
        }
        let text = try PDFSample.text(
            of: [(72, 656, 10, "Pier"), (172, 656, 10, "Dues in crowns of the year"), (372, 656, 10, "Open")] + cells)
        let dues = "Dues in crowns of the year"
        #expect(text.hasPrefix("Pier | \(dues) | \(dues) | Open\nEast | 30 | 50 | yes\n"), "\(text)")
    }

    @Test func labelsStandBeforeTheirParagraphs() throws {
        let first = [
            "The list of all persons who may open the gate after dark, with the number",
            "of the key that each of them holds.",
        ]
        let second = [
            "The book in which the guard writes who came and went, with the hour and", "the reason that was given.",
        ]
        let text = try PDFSample.text(
            of:
                column(170, 700, first) + column(170, 664, second) + [(60, 700, 10, "Register"), (60, 664, 10, "Journal")])
        let order = ["Register", "The list of all", "Journal", "The book in which"].map { text.range(of: $0)?.lowerBound }
        #expect(order.allSatisfy { $0 != nil } && order.compactMap { $0 } == order.compactMap { $0 }.sorted(), "\(text)")
    }

    @Test func emptyCellsKeepTheirColumn() throws {
        let rows = [
            ["Room", "Monday", "Tuesday", "Wednesday"], ["Hall A", "choir", "", "fencing"], ["Hall B", "", "judo", ""],
            ["Loft", "paint-", "", "yoga and"], ["", "ing", "", "stretching"],
        ]
        let places = [72, 170, 270, 370]
        let lines = rows.enumerated().flatMap { i, row in
            row.indices.filter { !row[$0].isEmpty }.map { (places[$0], 760 - 14 * i, 12, row[$0]) as PDFSample.Line }
        }
        #expect(
            try PDFSample.text(of: lines) == """
                Room | Monday | Tuesday | Wednesday
                Hall A | choir |  | fencing
                Hall B |  | judo
                Loft | painting |  | yoga and stretching

                """)
    }

    /// Rows stand further apart than the lines of a cell.
    @Test func linesOfACellAreOneCell() throws {
        let lines: [PDFSample.Line] = [
            (72, 700, 10, "1.1"), (120, 700, 10, "Furniture, tools and"), (400, 700, 10, "none"),
            (120, 688, 10, "Machines of the yard"),
            (72, 666, 10, "1.2"), (120, 666, 10, "Boats and their"), (400, 666, 10, "two"),
            (120, 654, 10, "Engines"),
            (72, 632, 10, "1.3"), (120, 632, 10, "Ropes"), (400, 632, 10, "many"),
        ]
        #expect(
            try PDFSample.text(of: lines) == """
                1.1 | Furniture, tools and Machines of the yard | none
                1.2 | Boats and their Engines | two
                1.3 | Ropes | many

                """)
    }

    @Test func aLabelWithAColonBelongsToItsValue() throws {
        let text = try PDFSample.text(of: [
            (72, 700, 11, "Tenant:"), (200, 700, 11, "Ilse Kern"), (72, 680, 11, "Floor:"), (200, 680, 11, "third"),
        ])
        #expect(text == "Tenant: Ilse Kern\nFloor: third\n")
    }

    @Test func aLargeInitialBelongsToItsWord() throws {
        func page(_ initial: String, _ first: String, _ gap: Int) throws -> String {
            try PDFSample.text(of: [
                (72, 735, 40, initial), (gap, 756, 12, first + " when the tenant hands back"),
                (gap, 742, 12, "the keys to the porter at the lodge by noon,"),
                (72, 728, 12, "and when the porter has seen the rooms."),
            ])
        }
        #expect(
            try page("T", "he lease ends", 99) == """
                The lease ends when the tenant hands back the keys to the porter at the lodge by noon, and when the porter has seen the rooms.

                """)
        #expect(try page("A", "lease ends", 108).hasPrefix("A lease ends when"))
    }

    @Test func spacedLettersAndDoubledLettersAreWords() throws {
        let spaced = "BT /F1 12 Tf 3 Tc 72 700 Td (HARBOUR RULES) Tj ET\n"
        let bold = PDFSample.line(72, 660, 12, "Quiet hours") + PDFSample.line(72.3, 660, 12, "Quiet hours")
        let text = try #require(Readers.read(PDFSample.file([spaced + bold]), path: "a.pdf").document).string
        #expect(text == "HARBOUR RULES\n\nQuiet hours\n")
        let inside = "BT /F1 12 Tf 72 700 Td (Read this: ) Tj 3 Tc (WARNING) Tj 0 Tc ( the quay is wet) Tj ET\n"
        let line = try #require(Readers.read(PDFSample.file([inside]), path: "a.pdf").document).string
        #expect(line == "Read this: WARNING the quay is wet\n")
    }
}

extension PDFLayoutTests {
    /// The heading stands in the middle of the page, and is narrower than the space between the columns or hardly wider.
    @Test(arguments: [("Rules", 282), ("We", 290), ("Winter Rules", 262)])
    func aHeadingInTheMiddlePartsTheColumns(heading: String, x: Int) throws {
        let above = column(72, 700, Self.regatta) + column(330, 700, Self.bakery)
        let below = column(72, 600, Self.choir) + column(330, 600, Self.regatta)
        // The columns reach from 72 to 222 and from 330 to 520.
        let wide = [(72, 712, 10, "Words for the width of th"), (330, 712, 10, "and words of the other column there is")]
        let text = try PDFSample.text(of: wide + above + [(x, 630, 13, heading)] + below)
        let order = ["windy race.", "bread from a cart.", heading, "The choir seeks", "The regatta"]
        let places = order.map { text.range(of: $0, options: $0 == "The regatta" ? .backwards : [])?.lowerBound }
        #expect(!places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted(), "\(text)")
    }

    /// The lines of boxes stand at other heights than those of their neighbours.
    @Test func boxesAtOtherHeightsAreReadOneAfterTheOther() throws {
        let boxes = [["Draft the plan", "with the crew"], ["Ask the owner", "for money"], ["Buy wood", "and paint"]]
        let lines = boxes.enumerated().flatMap { column(40 + 160 * $0, 300 - 10 * $0, size: 14, step: 18, $1) }
        #expect(
            try PDFSample.text(of: [(40, 360, 24, "Steps")] + lines)
                == "Steps\n\nDraft the plan with the crew\n\nAsk the owner for money\n\nBuy wood and paint\n")
    }
}
