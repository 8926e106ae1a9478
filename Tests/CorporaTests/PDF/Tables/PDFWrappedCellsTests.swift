import Corpora
import Testing

/// Tables without rules between their rows, whose cells have several lines.
@Suite struct PDFWrappedCellsTests {
    /// Rows of cells, each with its lines: 12 points from line to line, and `gap` more from row to row.
    private func table(_ rows: [[[String]]], gap: Double = 6) -> String {
        var top = 740.0
        var texts: [(Double, Double, String)] = []
        for row in rows {
            for (column, lines) in row.enumerated() {
                for (i, line) in lines.enumerated() { texts.append(([60, 180, 330][column], top - 12 * Double(i), line)) }
            }
            top -= 12 * Double(row.map(\.count).max() ?? 1) + gap
        }
        return PDFSample.drawn(texts)
    }

    private let head =
        PDFSample.drawn([(60, 760, "Duty"), (180, 760, "Who is responsible"), (330, 760, "When")])
        + "60 755 m 500 755 l S\n"

    @Test func linesOfACellAreOne() throws {
        let rows = [
            [
                ["Wash the deck", "of the ship"], ["The boatswain and", "two sailors of the", "morning watch"],
                ["Every Monday", "before nine"],
            ],
            [["Grease winches"], ["The second engineer", "with an apprentice"], ["On the first day of", "the month"]],
            [["Count the stores", "and write the list", "of what is missing"], ["The cook"], ["Fridays"]],
        ]
        #expect(
            try PDFSample.text(head + table(rows))
                == "Duty | Who is responsible | When\n"
                + "Wash the deck of the ship | The boatswain and two sailors of the morning watch | Every Monday before nine\n"
                + "Grease winches | The second engineer with an apprentice | On the first day of the month\n"
                + "Count the stores and write the list of what is missing | The cook | Fridays\n")
    }

    /// Rows that stand in groups are rows: they have numbers, or as many cells as the first one.
    @Test func rowsInGroupsStayRows() throws {
        let rows = [
            [["Rope", "tar"], ["hemp of the north", "made of pine"], ["4", "7"]],
            [["Oar", "sail"], ["ash from the hills", "cotton"], ["9", "2"]],
            [["Nail", "bolt"], ["iron", "steel with a head"], ["1", "3"]],
        ]
        let text = try PDFSample.text(head + table(rows))
        #expect(text.contains("\ntar | made of pine | 7\n"), "\(text)")
        #expect(text.hasSuffix("\nbolt | steel with a head | 3\n"), "\(text)")
    }

    @Test func headsThatStandSidewaysHeadTheirColumns() throws {
        func up(_ x: Double, _ text: String) -> String { "BT /F1 10 Tf 0 1 -1 0 \(x) 700 Tm (\(text)) Tj ET\n" }
        let rows = PDFSample.drawn([
            (60, 780, "The boats that lay at the piers of the harbour are these."), (60, 680, "Monday"), (192, 680, "3"),
            (252, 680, "4"), (312, 680, "5"),
            (60, 664, "Tuesday"), (192, 664, "6"), (252, 664, "7"), (312, 664, "8"),
        ])
        #expect(
            try PDFSample.text(rows + up(200, "North pier") + up(260, "South pier") + up(320, "Old dock"))
                == "The boats that lay at the piers of the harbour are these.\n\n| North pier | South pier | Old dock\nMonday | 3 | 4 | 5\nTuesday | 6 | 7 | 8\n"
        )
        // One alone, or one far above, is a text of its own.
        #expect(
            try PDFSample.text(rows + up(200, "North pier")).hasSuffix(
                "Monday | 3 | 4 | 5\nTuesday | 6 | 7 | 8\n\nNorth pier\n"))
    }
}
