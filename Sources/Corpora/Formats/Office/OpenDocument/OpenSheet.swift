/// Writes the sheets of an OpenDocument spreadsheet, each as a heading with its rows below.
enum OpenSheet {
    /// The text of all sheets.
    static func extract(_ body: XMLElement, _ styles: OpenStyles, limit: Int) throws(Refusal) -> Extracted {
        var extracted = Extracted()
        for table in body.all("table") {
            let lines = try lines(table, styles, limit: max(0, limit - extracted.text.count))
            guard !lines.isEmpty else { continue }
            extracted.append(heading: table["name"] ?? "Sheet", level: 1)
            extracted.append(paragraph: String(lines.dropLast()))
        }
        return extracted
    }

    private static func lines(_ table: XMLElement, _ styles: OpenStyles, limit: Int) throws(Refusal) -> String {
        var grid = SheetGrid(limit: limit)
        var number = 0
        for row in OpenText.rows(table) {
            // Rows that say nothing may repeat a million times.
            let times = max(1, row["number-rows-repeated"].flatMap { Int($0) } ?? 1)
            let cells = cells(of: row, number, styles, &grid)
            if !cells.isEmpty {
                for copy in 0..<min(times, 1000) { try grid.add(row: number + copy, cells) }
            }
            number += min(times, 1 << 24)
        }
        for shape in table.first("shapes")?.elements ?? [] {
            let words = shape.descendants("p").map(\.text).joined(separator: " ").trimmed
            if !words.isEmpty { grid.note(row: .max - 2, words) }
        }
        return grid.lines
    }

    private static func cells(
        of row: XMLElement, _ number: Int, _ styles: OpenStyles, _ grid: inout SheetGrid
    ) -> [String] {
        var cells: [String] = []
        for cell in row.elements where cell.name == "table-cell" || cell.name == "covered-table-cell" {
            let times = max(1, cell["number-columns-repeated"].flatMap { Int($0) } ?? 1)
            let text = cell.all("p").map { $0.shown(styles) }.joined(separator: " ").trimmed
            for comment in cell.all("annotation") {
                let author = comment.first("creator").map { ", " + $0.text } ?? ""
                let words = comment.descendants("p").map(\.text).joined(separator: " ")
                grid.note(row: number, "[Comment\(author): \(words)]")
            }
            for frame in cell.elements where frame.name == "frame" || frame.name == "custom-shape" {
                let words = (frame.first("desc")?.text ?? "") + frame.descendants("p").map(\.text).joined(separator: " ")
                if !words.isEmpty { grid.note(row: number, words) }
            }
            guard cells.count < SheetGrid.mostColumns else { break }
            grid.merge(
                row: number, column: cells.count, rows: cell["number-rows-spanned"].flatMap { Int($0) } ?? 1,
                columns: cell["number-columns-spanned"].flatMap { Int($0) } ?? 1)
            let room = min(times, SheetGrid.mostColumns - cells.count)
            cells += Array(repeating: text, count: text.isEmpty ? room : min(room, 256))
        }
        return Array(cells[..<((cells.lastIndex { !$0.isEmpty } ?? -1) + 1)])
    }
}

extension XMLElement {
    /// The text of a paragraph, in which elements stand for several spaces, tabs and line ends.
    func shown(_ styles: OpenStyles) -> String {
        var runs = RunText()
        add(to: &runs, styles, nil, depth: 0)
        return runs.text
    }

    private func add(to runs: inout RunText, _ styles: OpenStyles, _ position: HTMLTag?, depth: Int) {
        guard depth < 100 else { return runs.add(text, position) }
        for child in children {
            switch child {
            case .text(let piece): runs.add(piece, position)
            case .element(let element):
                switch element.name {
                case "s", "tab", "line-break": runs.add(" ", position)
                case "annotation": break
                case "span":
                    element.add(to: &runs, styles, styles.position(element["style-name"]) ?? position, depth: depth + 1)
                default: element.add(to: &runs, styles, position, depth: depth + 1)
                }
            }
        }
    }
}
