/// The text of charts and diagrams of Office.
enum DrawingText {
    /// The titles of a chart, and a line for each series with its values; or the texts of a diagram.
    static func lines(_ part: XMLElement) -> [String] {
        let series = part.descendants("ser")
        guard !series.isEmpty else {
            return part.descendants("p").map { $0.descendants("t").map(\.text).joined() }.filter { !$0.isEmpty }
        }
        var lines = part.descendants("title").map { $0.descendants("t").map(\.text).joined() }.filter { !$0.isEmpty }
        let names = values(series[0].first("cat") ?? series[0].first("xVal"))
        if !names.isEmpty { lines.append(([""] + names).joined(separator: " | ")) }
        for one in series.prefix(100) {
            let name = values(one.first("tx")).first ?? ""
            lines.append(([name] + values(one.first("val") ?? one.first("yVal"))).joined(separator: " | "))
        }
        return lines
    }

    private static func values(_ element: XMLElement?) -> [String] {
        (element?.descendants("v") ?? []).prefix(1000).map(\.text)
    }
}
