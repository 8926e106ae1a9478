/// Headers and footers of pages.
extension WordText {
    /// Writes the headers or footers. One that several sections share is written once.
    mutating func edges(_ kind: String, _ package: inout OfficePackage) {
        var seen: Set<String> = []
        for (_, relationship) in relationships.sorted(by: { $0.value.target < $1.value.target })
        where relationship.kind == kind && !relationship.isOutside {
            guard let part = package.xml(relationship.target) else { continue }
            let drawn = part.descendants("textpath").compactMap { $0["string"] } + part.alternatives
            let words = (part.descendants("t").map(\.text) + drawn).joined()
            // A page number alone says nothing.
            let hasNumbers = part.textWithoutPages.contains(where: \.isNumber)
            guard hasNumbers || words.contains(where: \.isLetter), seen.insert(words).inserted else { continue }
            blocks(part)
            markup.closeLists()
        }
    }
}

extension XMLElement {
    /// The alternative texts of pictures. Those of shapes say little more than that they are shapes.
    fileprivate var alternatives: [String] {
        let drawings = ["drawing", "pict"].flatMap(descendants)
        return drawings.filter { !($0.descendants("blip") + $0.descendants("imagedata")).isEmpty }.flatMap { drawing in
            drawing.descendants("docPr").compactMap { $0["descr"] ?? $0["title"] }
                + drawing.descendants("shape").compactMap { $0["alt"] }
        }
    }

    /// The text of runs without that of fields for numbers of pages.
    fileprivate var textWithoutPages: String {
        var fields: [(instruction: String, showsResult: Bool)] = []
        var text = ""
        add(to: &text, &fields, depth: 0)
        return text
    }

    private func add(to text: inout String, _ fields: inout [(instruction: String, showsResult: Bool)], depth: Int) {
        guard depth < 100 else { return }
        func isPage(_ instruction: String) -> Bool { instruction.uppercased().contains("PAGE") }
        for child in elements {
            switch child.name {
            case "t":
                if fields.allSatisfy({ $0.showsResult && !isPage($0.instruction) }) { text += child.text }
            // The name of a field may be in several runs.
            case "instrText":
                if fields.isEmpty { fields.append(("", true)) }
                fields[fields.count - 1].instruction += child.text
            case "fldChar":
                switch child["fldCharType"] {
                case "begin": fields.append(("", false))
                case "separate": if !fields.isEmpty { fields[fields.count - 1].showsResult = true }
                default: _ = fields.popLast()
                }
            case "fldSimple":
                fields.append((child["instr"] ?? "", true))
                child.add(to: &text, &fields, depth: depth + 1)
                _ = fields.popLast()
            default: child.add(to: &text, &fields, depth: depth + 1)
            }
        }
    }
}
