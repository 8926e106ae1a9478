/// Writes the sheets of an OpenDocument spreadsheet, each as a heading with its rows below.
struct OpenSheet {
    private let styles: OpenStyles
    private let objects: OpenObjects
    private var remarks = Remarks()

    private init(_ styles: OpenStyles, _ objects: OpenObjects) {
        self.styles = styles
        self.objects = objects
    }

    /// The text of all sheets.
    static func extract(
        _ body: XMLElement, _ styles: OpenStyles, _ objects: OpenObjects, limit: Int
    ) throws(Refusal) -> Extracted {
        var sheet = OpenSheet(styles, objects)
        var extracted = Extracted()
        for table in body.all("table") {
            let lines = try sheet.lines(table, limit: max(0, limit - extracted.text.count))
            extracted.append(
                sheet: table["name"] ?? "Sheet", isHidden: styles.isHidden(table["style-name"]), lines: lines)
        }
        extracted.remarks.add(sheet.remarks)
        return extracted
    }

    /// The headers and footers of pages, each once. The number of a page, which LibreOffice adds by itself, is none.
    static func edges(_ masters: XMLElement?, _ styles: OpenStyles) -> [String] {
        var edges: [String] = []
        for edge in masters?.all("master-page").flatMap(\.elements) ?? []
        where ["header", "footer"].contains(where: edge.name.hasPrefix) && edge["display"] != "false" {
            for paragraph in edge.descendants("p") {
                let words = paragraph.shown(styles).split(whereSeparator: \.isWhitespace).joined(separator: " ")
                let plain = paragraph.plainText.split { !$0.isLetter }
                let isNumber = !paragraph.descendants("page-number").isEmpty && plain.count < 2
                if !plain.isEmpty, !isNumber, !edges.contains(words) { edges.append(words) }
            }
        }
        return edges
    }

    private mutating func lines(_ table: XMLElement, limit: Int) throws(Refusal) -> String {
        var grid = SheetGrid(limit: limit)
        var number = 0
        let columns = Self.columnStyles(table)
        for row in OpenText.rows(table) {
            // Rows that say nothing may repeat a million times.
            let times = max(1, row["number-rows-repeated"].flatMap { Int($0) } ?? 1)
            let cells = cells(of: row, number, columns, &grid)
            if !cells.isEmpty {
                for copy in 0..<min(times, 1000) { try grid.add(row: number + copy, cells) }
            }
            number += min(times, 1 << 24)
        }
        for shape in table.first("shapes")?.elements ?? [] {
            for line in lines(of: shape) { grid.addDrawn(line) }
        }
        for form in table.all("forms") {
            for line in OpenText.lines(of: form) { grid.addDrawn(line) }
        }
        return grid.lines
    }

    /// What a drawing says.
    private mutating func lines(of shape: XMLElement) -> [String] {
        let drawing = OpenDrawing(shape, objects)
        remarks.add(drawing.remarks)
        return drawing.lines
    }

    /// What a cell has besides drawings.
    private static let noDrawings: Set<String> = [
        "p", "h", "list", "section", "annotation", "detective", "cell-range-source", "event-listeners",
    ]

    /// The value of a cell without text, or its formula where it has no value either.
    private static func value(of cell: XMLElement) -> String {
        if cell["value-type"] == nil, let formula = cell["formula"] {
            return formula.firstIndex(of: "=").map { String(formula[$0...]) } ?? formula
        }
        let names = ["string-value", "date-value", "time-value", "boolean-value", "value"]
        return names.lazy.compactMap { cell[$0] }.first ?? ""
    }

    /// The names of the styles of the first columns, which hold for cells without a style.
    private static func columnStyles(_ table: XMLElement) -> [String?] {
        var names: [String?] = []
        for column in table.descendants("table-column") {
            let times = max(1, column["number-columns-repeated"].flatMap { Int($0) } ?? 1)
            let name = column["default-cell-style-name"]
            names += Array(repeating: name, count: min(times, SheetGrid.mostColumns - names.count))
        }
        return names
    }

    private mutating func cells(
        of row: XMLElement, _ number: Int, _ columns: [String?], _ grid: inout SheetGrid
    ) -> [String] {
        var cells: [String] = []
        let rowStyle = row["default-cell-style-name"]
        for cell in row.elements where cell.name == "table-cell" || cell.name == "covered-table-cell" {
            let times = max(1, cell["number-columns-repeated"].flatMap { Int($0) } ?? 1)
            let style =
                cell["style-name"] ?? rowStyle ?? (columns.indices.contains(cells.count) ? columns[cells.count] : nil)
            let isStruck = styles.isStruck(style) ?? false
            let texts = cell.paragraphs.map { $0.shown(styles, isStruck: isStruck) }
            let plain = cell.paragraphs.map { $0.shown(styles) }.joined(separator: " ").trimmed
            let text: String
            if texts.isEmpty {
                text = Self.value(of: cell)
            } else if let number = ShownNumber(cell), number.text(plain) != plain {
                text = isStruck ? "~~\(number.text(plain))~~" : number.text(plain)
            } else {
                text = texts.joined(separator: " ").trimmed
            }
            for comment in cell.all("annotation") {
                let author = comment.first("creator").map { ", " + $0.text } ?? ""
                let words = comment.descendants("p").map(\.text).joined(separator: " ")
                grid.note(row: number, "[Comment\(author): \(words)]")
            }
            for shape in cell.elements where !Self.noDrawings.contains(shape.name) {
                for line in lines(of: shape) { grid.note(row: number, line) }
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
    /// The text without fields, such as the name of the sheet.
    fileprivate var plainText: String {
        children.map { child in
            switch child {
            case .text(let text): text
            case .element(let element): element.name == "span" || element.name == "a" ? element.plainText : " "
            }
        }.joined()
    }

    /// The paragraphs of a cell, also those in lists. Comments and drawings are no part of its text.
    fileprivate var paragraphs: [XMLElement] {
        elements.flatMap { element in
            switch element.name {
            case "p", "h": [element]
            case "list", "section": element.descendants("p")
            default: [] as [XMLElement]
            }
        }
    }

    /// The text of a paragraph, in which elements stand for several spaces, tabs and line ends.
    ///
    /// - Parameter isStruck: whether the style of the cell strikes it.
    func shown(_ styles: OpenStyles, isStruck: Bool = false) -> String {
        var runs = RunText()
        add(to: &runs, styles, nil, nil, depth: 0)
        return runs.text(isStruck: isStruck)
    }

    private func add(
        to runs: inout RunText, _ styles: OpenStyles, _ position: HTMLTag?, _ isStruck: Bool?, depth: Int
    ) {
        guard depth < 100 else { return runs.add(text, position, isStruck: isStruck) }
        for child in children {
            switch child {
            case .text(let piece): runs.add(piece, position, isStruck: isStruck)
            case .element(let element):
                switch element.name {
                case "s", "tab", "line-break": runs.add(" ", position, isStruck: isStruck)
                case "annotation": break
                case "span":
                    let style = element["style-name"]
                    element.add(
                        to: &runs, styles, styles.position(style) ?? position, styles.isStruck(style) ?? isStruck,
                        depth: depth + 1)
                default: element.add(to: &runs, styles, position, isStruck, depth: depth + 1)
                }
            }
        }
    }
}
