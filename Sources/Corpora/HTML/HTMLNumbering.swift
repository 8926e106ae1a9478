/// How an ordered list of a page is numbered.
enum HTMLNumbering {
    case decimal, lowerLetter, upperLetter, lowerRoman, upperRoman

    /// The numbering that the attribute `type` names; nil for another value.
    init?(type: String) {
        switch type {
        case "1": self = .decimal
        case "a": self = .lowerLetter
        case "A": self = .upperLetter
        case "i": self = .lowerRoman
        case "I": self = .upperRoman
        default: return nil
        }
    }

    /// The numbering that a style in lower case and without spaces names; nil for one that names none.
    init?(style: String) {
        guard let place = style.firstRange(of: "list-style") else { return nil }
        let value = style[place.upperBound...].prefix { $0 != ";" }
        if value.contains("lower-alpha") || value.contains("lower-latin") {
            self = .lowerLetter
        } else if value.contains("upper-alpha") || value.contains("upper-latin") {
            self = .upperLetter
        } else if value.contains("lower-roman") {
            self = .lowerRoman
        } else if value.contains("upper-roman") {
            self = .upperRoman
        } else {
            return nil
        }
    }

    /// The number of an item.
    func text(_ number: Int) -> String {
        switch self {
        case .decimal: "\(number)"
        case .lowerLetter: Numerals.text(number, "lowerLetter")
        case .upperLetter: Numerals.text(number, "upperLetter")
        case .lowerRoman: Numerals.text(number, "lowerRoman")
        case .upperRoman: Numerals.text(number, "upperRoman")
        }
    }
}
