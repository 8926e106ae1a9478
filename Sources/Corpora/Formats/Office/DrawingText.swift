/// The text of charts, diagrams and boxes of Office.
enum DrawingText {
    /// The titles of a chart, and a line for each series with its values; or the texts of a diagram.
    static func lines(_ part: XMLElement) -> [String] {
        let series = part.descendants("ser")
        guard !series.isEmpty else { return part.descendants("p").map(\.paragraphText).filter { !$0.isEmpty } }
        // A title is a text, or the value of a cell.
        var lines = part.descendants("title").map { title in
            (title.descendants("p").map(\.paragraphText) + title.descendants("v").map(\.text)).joined(separator: " ").trimmed
        }
        .filter { !$0.isEmpty }
        let epoch1904 = ["1", "true"].contains(part.first("date1904").map { $0["val"] ?? "1" })
        func values(_ element: XMLElement?) -> [String] { self.values(element, epoch1904) }
        let names = values(series[0].first("cat") ?? series[0].first("xVal"))
        if !names.isEmpty { lines.append(([""] + names).joined(separator: " | ")) }
        for one in series.prefix(100) {
            let name = values(one.first("tx")).first ?? ""
            lines.append(([name] + values(one.first("val") ?? one.first("yVal"))).joined(separator: " | "))
            lines += labels(of: one)
        }
        return lines
    }

    /// The labels of points that say something of their own: their texts, and those that they take from cells. Fields for the
    /// value or the name of a point are left out.
    private static func labels(of series: XMLElement) -> [String] {
        let written = series.descendants("dLbl").prefix(mostPoints).map { label in
            let lines = label.descendants("p").map { $0.all("r").flatMap { $0.all("t") }.map(\.text).joined() }
            return (lines + label.descendants("v").map(\.text)).joined(separator: " ").trimmed
        }
        let taken = series.descendants("dlblRangeCache").first.map { points($0, false).joined(separator: " | ") }
        return (written + [taken ?? ""]).filter { $0.contains { $0.isLetter || $0.isNumber } }
    }

    /// The most points of a series.
    private static let mostPoints = 1000

    /// The values of a series or its categories. A point without a value is empty.
    private static func values(_ element: XMLElement?, _ epoch1904: Bool) -> [String] {
        guard let element else { return [] }
        // Categories of several levels: the innermost first. A name holds up to the next one of its level.
        let levels = element.descendants("lvl").prefix(9).map { points($0, epoch1904) }
        if let inner = levels.first, levels.count > 1 {
            let outer = levels.dropFirst().map { level -> [String] in
                var last = ""
                return level.map { name in
                    if !name.isEmpty { last = name }
                    return last
                }
            }
            return inner.indices.map { index in
                let names = outer.reversed().map { $0.isEmpty ? "" : $0[min(index, $0.count - 1)] } + [inner[index]]
                return names.filter { !$0.isEmpty }.joined(separator: " ")
            }
        }
        let caches = ["strCache", "numCache", "strLit", "numLit"]
        guard let cache = caches.lazy.compactMap({ element.descendants($0).first }).first else {
            return element.descendants("v").prefix(mostPoints).map(\.text)
        }
        return points(cache, epoch1904)
    }

    /// The points of a cache in their places. Numbers are shown as their format says.
    private static func points(_ cache: XMLElement, _ epoch1904: Bool) -> [String] {
        let isOfNumbers = cache.name.hasPrefix("num")
        let format = cache.first("formatCode").map { NumberFormat(code: $0.text) } ?? .general
        var values: [String] = []
        for (place, point) in cache.all("pt").prefix(mostPoints).enumerated() {
            let index = max(0, min(mostPoints - 1, point["idx"].flatMap { Int($0) } ?? place))
            while values.count <= index { values.append("") }
            let raw = point.first("v")?.text ?? ""
            let own = point["formatCode"].map { NumberFormat(code: $0) }
            values[index] = isOfNumbers ? (own ?? format).text(raw, epoch1904: epoch1904) : raw
        }
        return values
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
