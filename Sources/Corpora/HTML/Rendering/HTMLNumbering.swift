import Bytes

/// How a list of a page is numbered.
enum HTMLNumbering {
    case decimal, leadingZero, lowerLetter, upperLetter, lowerRoman, upperRoman, lowerGreek
    /// A dot or nothing before each item.
    case bullet
    /// A text before each item.
    case marker(String)

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

    private static let names: [(String, HTMLNumbering)] = [
        ("decimal-leading-zero", .leadingZero), ("decimal", .decimal), ("lower-alpha", .lowerLetter),
        ("lower-latin", .lowerLetter), ("upper-alpha", .upperLetter), ("upper-latin", .upperLetter),
        ("lower-roman", .lowerRoman), ("upper-roman", .upperRoman), ("lower-greek", .lowerGreek),
    ]

    private static let bullets = ["none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"]

    /// The numbering that the value of a style in lower case without spaces names; nil for one that names none.
    ///
    /// - Parameter isShort: whether the value may name a picture and a place, too.
    init?(style value: String, isShort: Bool) {
        if value.contains("\"") || value.contains("'") {
            self = .marker("")
        } else if let named = Self.names.first(where: { value.contains($0.0) }) {
            self = named.1
        } else if Self.bullets.contains(where: { value == $0 || isShort && (value.hasPrefix($0) || value.hasSuffix($0)) }) {
            self = .bullet
        } else if isShort || value.contains("(") || ["inherit", "initial", "unset", "revert"].contains(value) {
            return nil
        } else {
            // Browsers write digits for a style that they do not know, and other programs may for one that they do.
            self = .decimal
        }
    }

    /// The marker in quotation marks of the last such declaration; nil without one.
    init?(marker declarations: [UInt8]) {
        let name = Array("list-style".utf8)
        let all = declarations.split(separator: UInt8(ascii: ";")).map { $0.drop(while: \.isControlOrSpace) }
        guard let own = all.last(where: { $0.starts(with: name, by: { $0.lowercasedASCII == $1 }) }),
            let open = own.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
            let end = own[(open + 1)...].firstIndex(of: own[open]), end - open < 20
        else { return nil }
        self = .marker(String(decoding: own[(open + 1)..<end], as: UTF8.self))
    }

    /// What stands before an item, with a space after it.
    func text(_ number: Int) -> String {
        switch self {
        case .bullet: "- "
        case .marker(let text): text.trimmed.isEmpty ? "- " : text.trimmed + " "
        default: digits(number) + ". "
        }
    }

    private func digits(_ number: Int) -> String {
        switch self {
        case .leadingZero: 0...9 ~= number ? "0\(number)" : "\(number)"
        case .lowerLetter: Self.letters(number, Self.latin)
        case .upperLetter: Self.letters(number, Self.latin).uppercased()
        case .lowerGreek: Self.letters(number, Self.greek)
        case .lowerRoman: Numerals.text(number, "lowerRoman")
        case .upperRoman: Numerals.text(number, "upperRoman")
        case .decimal, .bullet, .marker: "\(number)"
        }
    }

    private static let latin = Array("abcdefghijklmnopqrstuvwxyz")
    private static let greek = Array("αβγδεζηθικλμνξοπρστυφχψω")

    /// A number in letters: a to z, then aa, ab. Digits for a number below 1.
    private static func letters(_ number: Int, _ alphabet: [Character]) -> String {
        guard number > 0 else { return "\(number)" }
        var rest = number
        var letters: [Character] = []
        while rest > 0 {
            rest -= 1
            letters.append(alphabet[rest % alphabet.count])
            rest /= alphabet.count
        }
        return String(letters.reversed())
    }
}
