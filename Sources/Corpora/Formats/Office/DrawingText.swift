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

extension XMLElement {
    /// The words of a paragraph of DrawingML.
    var paragraphText: String {
        var runs = RunText()
        for part in elements {
            switch part.name {
            case "r", "fld": runs.add(part.first("t")?.text ?? "", part.baseline, isStruck: part.isStruck)
            case "br": runs.add(" ")
            case "pPr", "endParaRPr": break
            case "AlternateContent": runs.add((part.first("Choice") ?? part.first("Fallback"))?.text ?? "")
            default: runs.add(part.text)
            }
        }
        return runs.text
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
