/// The text of a chart of Office: of the usual kinds (ECMA-376, part 1, 21.2), and of those since 2016 ([MS-ODRAWXML],
/// 2.24.3).
struct ChartText {
    /// Whether series or points are left out.
    private(set) var isCut = false
    private var epoch1904 = false

    private static let mostSeries = 100
    /// The most points of a series.
    private static let mostPoints = 1000

    /// What a series shows.
    private struct Series {
        var name = ""
        var categories: [String] = []
        var values: [(label: String, points: [String])] = []
        var labels: [String] = []
    }

    /// The titles of a chart, and a line for each series with its values, below one with the names of its points. Nil for a
    /// part without series.
    mutating func lines(_ part: XMLElement) -> [String]? {
        let usual = part.descendants("ser")
        let other = part.descendants("series")
        guard !usual.isEmpty || !other.isEmpty else { return nil }
        epoch1904 = ["1", "true"].contains(part.first("date1904").map { $0["val"] ?? "1" })
        // A title is a text, or the value of a cell.
        var lines = part.descendants("title").map { title in
            (title.descendants("p").map(\.paragraphText) + title.descendants("v").map(\.text)).joined(separator: " ").trimmed
        }
        .filter { !$0.isEmpty }
        if usual.count + other.count > Self.mostSeries { isCut = true }
        let data = part.descendants("data")
        let sets = Dictionary(data.map { ($0["id"] ?? "", $0) }) { first, _ in first }
        var names: [String] = []
        for element in (usual + other).prefix(Self.mostSeries) {
            let set = sets[element.first("dataId")?["val"] ?? ""] ?? (data.count == 1 ? data.first : nil)
            let one = element.name == "ser" ? series(element) : series(element, set)
            // Series that share their names have one line for these.
            if !one.categories.isEmpty, one.categories != names {
                names = one.categories
                lines.append(([""] + names).joined(separator: " | "))
            }
            for (label, points) in one.values {
                let name = label.isEmpty ? one.name : one.name.isEmpty ? label : "\(one.name) (\(label))"
                lines.append(([name] + points).joined(separator: " | "))
            }
            lines += one.labels
        }
        return lines
    }

    private mutating func series(_ element: XMLElement) -> Series {
        var series = Series()
        series.name = values(element.first("tx")).first ?? ""
        series.categories = values(element.first("cat") ?? element.first("xVal"))
        series.values = [("", values(element.first("val") ?? element.first("yVal")))]
        if let sizes = element.first("bubbleSize") { series.values.append(("size", values(sizes))) }
        series.labels = labels(of: element)
        return series
    }

    /// A series of a chart since 2016, whose points stand in a set of their own.
    private mutating func series(_ element: XMLElement, _ set: XMLElement?) -> Series {
        var series = Series()
        series.name = element.first("tx")?.descendants("v").first?.text ?? ""
        series.categories = values(set?.first("strDim"))
        series.values = (set?.all("numDim") ?? []).map { numbers in
            (numbers["type"].flatMap { $0 == "val" ? nil : $0 } ?? "", values(numbers))
        }
        if series.values.isEmpty, !series.name.isEmpty { series.values = [("", [])] }
        return series
    }

    /// The labels of points that say something of their own: their texts, and those that they take from cells. Fields for
    /// the value or the name of a point are left out.
    private mutating func labels(of series: XMLElement) -> [String] {
        let all = series.descendants("dLbl")
        if all.count > Self.mostPoints { isCut = true }
        let written = all.prefix(Self.mostPoints).map { label in
            let lines = label.descendants("p").map { $0.all("r").flatMap { $0.all("t") }.map(\.text).joined() }
            return (lines + label.descendants("v").map(\.text)).joined(separator: " ").trimmed
        }
        let taken = series.descendants("dlblRangeCache").first.map { points($0).joined(separator: " | ") }
        return (written + [taken ?? ""]).filter { $0.contains { $0.isLetter || $0.isNumber } }
    }

    /// The values of a series or its categories. A point without a value is empty.
    private mutating func values(_ element: XMLElement?) -> [String] {
        guard let element else { return [] }
        // Categories of several levels: the innermost first. A name holds up to the next one of its level.
        let levels = element.descendants("lvl").prefix(9)
        if levels.count > 1 {
            let inner = points(levels[0])
            let outer = levels.dropFirst().map { level -> [String] in
                var last = ""
                return points(level).map { name in
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
        guard let cache = caches.lazy.compactMap({ element.descendants($0).first }).first ?? levels.first else {
            let texts = element.descendants("v")
            if texts.count > Self.mostPoints { isCut = true }
            return texts.prefix(Self.mostPoints).map(\.text)
        }
        return points(cache, isOfNumbers: cache.name.hasPrefix("num") || element.name == "numDim")
    }

    /// The points of a cache in their places. Numbers are shown as their format says.
    private mutating func points(_ cache: XMLElement, isOfNumbers: Bool = false) -> [String] {
        let code = cache.first("formatCode")?.text ?? cache["formatCode"]
        let format = code.map { NumberFormat(code: $0) } ?? .general
        let all = cache.all("pt")
        if all.count > Self.mostPoints { isCut = true }
        var values: [String] = []
        for (place, point) in all.prefix(Self.mostPoints).enumerated() {
            let index = max(0, point["idx"].flatMap { Int($0) } ?? place)
            guard index < Self.mostPoints else {
                isCut = true
                continue
            }
            while values.count <= index { values.append("") }
            let raw = point.first("v")?.text ?? point.text
            let own = point["formatCode"].map { NumberFormat(code: $0) }
            values[index] = isOfNumbers ? (own ?? format).text(raw, epoch1904: epoch1904) : raw
        }
        return values
    }
}
