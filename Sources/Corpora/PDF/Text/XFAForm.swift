/// The text of a form that only programs of Adobe draw (XFA): its XML, with the texts of the form and the values that were filled in.
///
/// The texts come in the order of the template. What stands where on the page is the work of layout, which is not done here.
struct XFAForm {
    /// The texts and fields, each on a line of its own: `Name: Ilse Kern`, `[x] Pets`.
    private(set) var lines: [String] = []

    /// The values that were filled in, by the names of their fields, in the order of the form.
    private var values: [String: [String]] = [:]
    /// The names in the order of their first values.
    private var names: [String] = []
    /// The most names whose values are read though no field of the template has taken them.
    private static let mostValues = 10_000

    /// Reads the XML of a form. Nil where it is none.
    init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, let part = XMLPart(bytes) else { return nil }
        var parts = [part.root]
        if part.root.name != "template", part.root.name != "datasets" { parts = part.root.elements }
        for datasets in parts where datasets.name == "datasets" {
            for data in datasets.elements where data.name == "data" { collect(data) }
        }
        for name in names { values[name]?.reverse() }
        for template in parts where template.name == "template" { read(template) }
        // Rows that the form repeats have more values than the template has fields.
        for name in names.prefix(Self.mostValues) {
            while let value = values[name]?.popLast() { append("\(name): \(value)") }
        }
    }

    /// Collects the values below an element of the data.
    private mutating func collect(_ element: XMLElement) {
        for child in element.elements {
            guard child.elements.isEmpty else {
                collect(child)
                continue
            }
            let value = Self.text(child)
            guard !value.isEmpty else { continue }
            if values[child.name] == nil { names.append(child.name) }
            values[child.name, default: []].append(value)
        }
    }

    /// Reads what an element of the template holds. Scripts, bindings and what is hidden are left out.
    private mutating func read(_ element: XMLElement) {
        for child in element.elements where !["hidden", "invisible", "inactive"].contains(child["presence"] ?? "") {
            switch child.name {
            case "draw": append(child.first("value").map(Self.text) ?? "")
            case "field": append(field(child))
            case "subform", "subformSet", "area", "exclGroup", "pageSet", "pageArea", "template": read(child)
            default: break
            }
        }
    }

    /// The caption and value of a field.
    private mutating func field(_ element: XMLElement) -> String {
        let caption = element.first("caption")?.first("value").map(Self.text) ?? ""
        let own = element.first("value").map(Self.text) ?? ""
        let value = element["name"].flatMap { values[$0]?.popLast() } ?? own
        if element.first("ui")?.first("checkButton") != nil {
            let on = element.first("items")?.elements.first.map(Self.text) ?? "1"
            return (value == on ? "[x] " : "[ ] ") + caption
        }
        guard !value.isEmpty, !caption.isEmpty else { return caption + value }
        return caption.hasSuffix(":") ? "\(caption) \(value)" : "\(caption): \(value)"
    }

    private mutating func append(_ text: String) { if !text.isEmpty { lines.append(text) } }

    /// The text below an element with single spaces. Pictures have none.
    private static func text(_ element: XMLElement) -> String {
        var text = ""
        gather(element, &text)
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func gather(_ element: XMLElement, _ text: inout String) {
        for child in element.children {
            switch child {
            case .text(let letters): text += letters
            case .element(let inner):
                guard inner.name != "image", inner.name != "script" else { continue }
                if inner.name == "p" || inner.name == "br" { text += " " }
                gather(inner, &text)
            }
        }
    }
}
