/// The text of charts, diagrams and boxes of Office.
enum DrawingText {
    /// The kinds of relationships to figures.
    static let kinds = ["chart", "chartEx", "diagramData"]

    /// The lines of the figure at a path, with those of the boxes drawn over it.
    static func lines(_ path: String, _ package: inout OfficePackage) -> [String] {
        guard let part = package.xml(path) else { return [] }
        var chart = ChartText()
        let lines = chart.lines(part) ?? diagram(part)
        if chart.isCut { package.remark(.beyondLimit("series and points of charts")) }
        return lines + texts(package.xml("chartUserShapes", of: path)?.descendants("p") ?? [])
    }

    private static func texts(_ paragraphs: [XMLElement]) -> [String] {
        paragraphs.map(\.paragraphText).filter { !$0.isEmpty }
    }

    /// The texts of a diagram (ECMA-376, part 1, 21.4), each before those that hang on it.
    private static func diagram(_ part: XMLElement) -> [String] {
        let points = part.first("ptLst")?.all("pt") ?? []
        guard let root = points.first(where: { $0["type"] == "doc" })?["modelId"] else {
            return texts(part.descendants("p"))
        }
        var below: [String: [(order: Int, id: String)]] = [:]
        for link in part.first("cxnLst")?.all("cxn") ?? [] where link["type"] ?? "parOf" == "parOf" {
            guard let source = link["srcId"], let id = link["destId"] else { continue }
            below[source, default: []].append((link["srcOrd"].flatMap { Int($0) } ?? 0, id))
        }
        var order: [String: Int] = [:]
        var waiting = [root]
        while let id = waiting.popLast() {
            guard order[id] == nil else { continue }
            order[id] = order.count
            let next = (below[id] ?? []).enumerated().sorted {
                ($0.element.order, $0.offset) > ($1.element.order, $1.offset)
            }
            waiting += next.map(\.element.id)
        }
        let sorted = points.enumerated().sorted { first, second in
            let (a, b) = (order[first.element["modelId"] ?? ""] ?? .max, order[second.element["modelId"] ?? ""] ?? .max)
            return (a, first.offset) < (b, second.offset)
        }
        return texts(sorted.flatMap { $0.element.descendants("p") })
    }
}

extension XMLElement {
    /// The words of a paragraph of DrawingML.
    var paragraphText: String {
        var runs = RunText()
        for part in elements {
            switch part.name {
            case "r", "fld": runs.add(part.runText, part.baseline, isStruck: part.isStruck)
            case "br": runs.add(" ")
            case "pPr", "endParaRPr": break
            case "AlternateContent": runs.add((part.first("Choice") ?? part.first("Fallback"))?.text ?? "")
            default: runs.add(part.text)
            }
        }
        return runs.text
    }

    /// The words of a run of DrawingML.
    var runText: String {
        let words = first("t")?.text ?? ""
        let properties = first("rPr")
        let fonts = ["sym", "latin"].lazy.compactMap { properties?.first($0)?["typeface"] }
        return SymbolFont.readable(words, font: fonts.first { SymbolFont.isKnown($0) })
    }

    /// Whether a run of DrawingML is struck through.
    var isStruck: Bool { first("rPr")?["strike"].map { $0 != "noStrike" } ?? false }

    /// Whether a run of DrawingML is raised or lowered.
    var baseline: HTMLTag? {
        guard let shift = first("rPr")?["baseline"].flatMap({ Int($0) ?? Int($0.prefix { $0 != "%" && $0 != "." }) }),
            shift != 0
        else { return nil }
        return shift > 0 ? .sup : .sub
    }
}
