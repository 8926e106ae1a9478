/// Formulas (RTF 1.9, "Math"). Their groups are the elements of formulas in XML, with an "m" before each name.
enum RichTextFormula {
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    /// Text of a formula as an element.
    static func text(_ text: String) -> String { "<t>\(escaped(text))</t>" }

    /// The elements that hold others. All others hold a value, as `{\mchr +}`.
    private static let holders: Set<String> = [
        "oMath", "r", "e", "num", "den", "sub", "sup", "lim", "deg", "mr", "fName", "f", "sSup", "sSub", "sSubSup", "sPre",
        "rad", "nary", "limLow", "limUpp", "d", "m", "eqArr", "func", "acc", "bar", "groupChr", "box", "borderBox", "phant",
    ]

    /// The element of this name with what is inside it, which is escaped.
    static func element(_ name: String, _ inner: String) -> String {
        if holders.contains(name) || name.hasSuffix("Pr") { return "<\(name)>\(inner)</\(name)>" }
        let value = inner.replacing("<t>", with: "").replacing("</t>", with: "").trimmed
        return "<\(name) val=\"\(value)\"/>"
    }
}

extension RichTextParser {
    /// Takes a word of a formula as the name of its group. Returns false for a word of another kind.
    mutating func mathElement(_ word: String) -> Bool {
        guard word.utf8.count > 1, word.hasPrefix("m"), word != "moMath", word != "moMathPara", word != "mmathPict" else {
            return false
        }
        // Words for the looks of a run stand in its group.
        if group.element == nil { group.element = String(word.dropFirst()) }
        return true
    }

    /// Adds a group of a formula to that around it, or the whole formula to the paragraph.
    mutating func finish(formula inner: Group, _ destination: Destination) {
        let markup = inner.element.map { RichTextFormula.element($0, inner.text) } ?? inner.text
        switch destination {
        case .math: group.text += markup
        case .body, .note, .comment:
            let piece = Piece(text: "", formula: markup)
            length += 1
            if destination == .body { paragraph.append(piece) } else { note.append(piece) }
        default: break
        }
    }
}
