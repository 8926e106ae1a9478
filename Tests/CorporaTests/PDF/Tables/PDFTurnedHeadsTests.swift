import Corpora
import Testing

/// Heads of columns and names of rows that stand sideways in the cells of ruled tables.
@Suite struct PDFTurnedHeadsTests {
    /// The operators that draw a text upwards from a place.
    private func up(_ x: Double, _ y: Double, _ text: String) -> String {
        "BT /F1 10 Tf 0 1 -1 0 \(x) \(y) Tm (\(text)) Tj ET\n"
    }

    /// Rules at these places.
    private func grid(_ xs: [Int], _ ys: [Int]) -> String {
        xs.map { "\($0) \(ys.first!) m \($0) \(ys.last!) l S\n" }.joined()
            + ys.map { "\(xs.first!) \($0) m \(xs.last!) \($0) l S\n" }.joined()
    }

    private let rows =
        PDFSample.drawn([
            (55, 665, "Vessel"), (55, 645, "Kestrel"), (205, 645, "31"), (235, 645, "4"), (265, 645, "9"),
            (55, 625, "Notus"),
            (205, 625, "28"), (235, 625, "6"), (265, 625, "7"),
        ])

    @Test func theyHeadTheirColumns() throws {
        let heads =
            up(214, 664, "Length in metres") + up(244, 664, "Crew") + up(269, 664, "Boats") + up(282, 664, "for rescue")
        let text = try PDFSample.text(
            PDFSample.line(50, 760, 10, "The tugs of the harbour are these.")
                + grid([50, 200, 230, 260, 290], [620, 640, 660, 750])
                + rows + heads)
        #expect(
            text == "The tugs of the harbour are these.\n\nVessel | Length in metres | Crew | Boats for rescue\n"
                + "Kestrel | 31 | 4 | 9\nNotus | 28 | 6 | 7\n")
    }

    @Test func namesOfGroupsStandInTheirRows() throws {
        let names = PDFSample.drawn([(85, 665, "Vessel"), (205, 665, "Crew")])
        let cells = PDFSample.drawn([(85, 645, "Kestrel"), (205, 645, "4"), (85, 625, "Notus"), (205, 625, "6")])
        let rules =
            "50 660 m 80 660 l S\n50 620 m 80 620 l S\n50 680 m 80 680 l S\n50 620 m 50 680 l S\n"
            + grid([80, 200, 240], [620, 640, 660, 680])
        #expect(
            try PDFSample.text(rules + names + cells + up(69, 630, "Tugs"))
                == "| Vessel | Crew\nTugs | Kestrel | 4\nTugs | Notus | 6\n")
    }

    /// Sideways words that cross rules, or stand beside the table, are a text of their own.
    @Test func otherTextsStayApart() throws {
        let text = try PDFSample.text(
            grid([50, 200, 230, 260, 290], [620, 640, 660, 750]) + rows + up(40, 600, "Printed by the harbour office in May")
                + up(233, 650, "Draft"))
        #expect(text.contains("Printed by the harbour office in May\n\nDraft\n"), "\(text)")
        #expect(text.contains("Kestrel | 31 | 4 | 9\n"))
    }
}
