/// The fields of forms.
extension OpenText {
    /// Writes what the fields of a form show, but for those that stand in the text.
    mutating func fields(_ form: XMLElement) {
        for field in form.elements {
            if field.name == "form" || field.name == "grid" { fields(field) }
            let line = Self.shown(field)
            if !line.isEmpty, field["id"].map({ controls[$0] != nil }) ?? true { markup.element(.p, line) }
        }
    }

    mutating func collectFields(_ form: XMLElement) {
        for field in form.elements {
            if field.name == "form" || field.name == "grid" { collectFields(field) }
            if let id = field["id"] { controls[id] = Self.shown(field) }
        }
    }

    /// Writes what the field of a form shows where it stands.
    mutating func control(_ element: XMLElement) {
        if let line = controls.removeValue(forKey: element["control"] ?? ""), !line.isEmpty { markup.text(" \(line) ") }
    }

    /// What the fields of a form show.
    static func lines(of form: XMLElement) -> [String] {
        form.elements.flatMap { field in
            [shown(field)].filter { !$0.isEmpty } + (field.name == "form" || field.name == "grid" ? lines(of: field) : [])
        }
    }

    /// What a field of a form shows: its label and its value.
    static func shown(_ field: XMLElement) -> String {
        var words = [field["label"], field["current-value"] ?? field["value"]]
        func isSelected(_ element: XMLElement) -> Bool { (element["current-selected"] ?? element["selected"]) == "true" }
        words += field.all("option").filter(isSelected).map { $0["label"] }
        if field.name == "checkbox" || field.name == "radio" {
            let isChecked = (field["current-state"] ?? field["state"]) == "checked" || isSelected(field)
            words = [isChecked ? "[x]" : "[ ]", field["label"]]
        }
        guard field.name != "hidden", field.name != "password" else { return "" }
        return words.compactMap { $0?.trimmed }.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
