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

    /// The numbering that the value of a style in lower case names; nil for one that names none.
    init?(style: String) {
        let names: [(String, HTMLNumbering)] = [
            ("decimal", .decimal), ("lower-alpha", .lowerLetter), ("lower-latin", .lowerLetter),
            ("upper-alpha", .upperLetter), ("upper-latin", .upperLetter), ("lower-roman", .lowerRoman),
            ("upper-roman", .upperRoman),
        ]
        guard let numbering = names.first(where: { style.contains($0.0) })?.1 else { return nil }
        self = numbering
    }

    /// The number of an item.
    func text(_ number: Int) -> String {
        switch self {
        case .decimal: "\(number)"
        case .lowerLetter: Self.letters(number)
        case .upperLetter: Self.letters(number).uppercased()
        case .lowerRoman: Numerals.text(number, "lowerRoman")
        case .upperRoman: Numerals.text(number, "upperRoman")
        }
    }

    /// A number in letters: a to z, then aa, ab. Digits for a number below 1.
    private static func letters(_ number: Int) -> String {
        guard number > 0 else { return "\(number)" }
        var rest = number
        var letters: [Character] = []
        while rest > 0 {
            rest -= 1
            letters.append(Character(Unicode.Scalar(UInt8(97 + rest % 26))))
            rest /= 26
        }
        return String(letters.reversed())
    }
}
