/// The documents inside an OpenDocument file: formulas, charts, texts, sheets.
struct OpenObjects {
    private let parts: [String: XMLElement]

    /// - Parameter parts: the roots of the documents by the paths of their folders.
    init(_ parts: [String: XMLElement]) { self.parts = parts }

    /// The root of what an object shows. It stands inside the element, as in flat files, or is a part of the file.
    func root(of object: XMLElement) -> XMLElement? {
        if let inside = object.elements.first(where: { $0.name == "math" || $0.name == "document" }) { return inside }
        let path = (object["href"] ?? "").split(separator: "/").filter { $0 != "." }
        return parts[path.joined(separator: "/")]
    }
}

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
                add(chart: chart, depth: depth)
            } else {
                add(words(of: root.first("body") ?? root))
            }
            return
        }
        // A group has shapes of its own, and a link has the shape that it is on.
        guard shape.name == "g" || shape.name == "a" else { return add(words(of: shape)) }
        for inner in shape.elements where inner.name != "desc" && inner.name != "title" { add(inner, depth: depth + 1) }
    }

    /// The titles of a chart and of its axes, its data, and the drawings on it.
    private mutating func add(chart: XMLElement, depth: Int) {
        for name in ["title", "subtitle", "footer"] { add(chart.first(name).map(words)) }
        for title in chart.first("plot-area")?.descendants("title") ?? [] { add(words(of: title)) }
        for table in chart.all("table") {
            for row in OpenText.rows(table).prefix(Self.mostRows) {
                // An empty point is no number.
                let cells = row.all("table-cell").map { $0["value"] == "NaN" ? "" : words(of: $0) }
                if cells.contains(where: { !$0.isEmpty }) { lines.append(cells.joined(separator: " | ")) }
            }
        }
        let parts: Set<String> = ["title", "subtitle", "footer", "legend", "plot-area", "table"]
        for shape in chart.elements.flatMap({ $0.name == "shapes" ? $0.elements : [$0] }) where !parts.contains(shape.name) {
            add(shape, depth: depth + 1)
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
