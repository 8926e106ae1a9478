/// What a drawing of a sheet says.
struct OpenDrawing {
    private let objects: OpenObjects
    private(set) var lines: [String] = []
    private(set) var remarks = Remarks()

    /// The rows of a chart's data that are kept at most.
    private static let mostRows = 1000
    private static let deepest = 40

    init(_ shape: XMLElement, _ objects: OpenObjects) {
        self.objects = objects
        add(shape, depth: 0)
    }

    private mutating func add(_ shape: XMLElement, depth: Int) {
        guard depth < Self.deepest else { return remarks.add(.beyondLimit("shapes inside shapes")) }
        add((shape.first("desc") ?? shape.first("title"))?.text)
        if let object = shape.first("object") {
            guard let root = objects.root(of: object) else { return remarks.add(.object("embedded object")) }
            if let chart = root.first("body")?.first("chart")?.first("chart") {
                add(chart: chart)
            } else {
                add(words(of: root))
            }
            return
        }
        // A group has shapes of its own, and a link has the shape that it is on.
        guard shape.name == "g" || shape.name == "a" else { return add(words(of: shape)) }
        for inner in shape.elements where inner.name != "desc" && inner.name != "title" { add(inner, depth: depth + 1) }
    }

    /// The titles of a chart and of its axes, its data, and the texts of the drawings on it. Objects on a chart are not opened: an object
    /// may hold itself.
    private mutating func add(chart: XMLElement) {
        for name in ["title", "subtitle", "footer"] { add(chart.first(name).map(words)) }
        for title in chart.first("plot-area")?.descendants("title") ?? [] { add(words(of: title)) }
        for table in chart.all("table") {
            let rows = OpenText.rows(table)
            if rows.count > Self.mostRows { remarks.add(.beyondLimit("data of a chart")) }
            for row in rows.prefix(Self.mostRows) {
                // An empty point is no number.
                let cells = row.all("table-cell").map { $0["value"] == "NaN" ? "" : words(of: $0) }
                if cells.contains(where: { !$0.isEmpty }) { lines.append(cells.joined(separator: " | ")) }
            }
        }
        let parts: Set<String> = ["title", "subtitle", "footer", "legend", "plot-area", "table"]
        for shape in chart.elements where !parts.contains(shape.name) {
            for words in shape.descendants("desc") { add(words.text) }
            add(words(of: shape))
        }
    }

    private func words(of element: XMLElement) -> String {
        element.descendants("p").map(\.text).joined(separator: " ").trimmed
    }

    private mutating func add(_ line: String?) {
        guard let line = line?.trimmed, !line.isEmpty else { return }
        lines.append(line)
    }
}
