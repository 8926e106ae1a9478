/// The formulas of Word's fields, such as `EQ \f(3,4)` (ECMA-376, part 1, 17.16.5.19).
struct FieldEquation {
    private let characters: [Character]
    private var i = 0

    /// The formula on one line, as 3/4. Nil for the instruction of another field.
    static func text(_ instruction: String) -> String? {
        let trimmed = instruction.trimmed
        guard trimmed.prefix(3).uppercased() == "EQ " || trimmed.uppercased().hasPrefix("EQ\\") else { return nil }
        var equation = FieldEquation(Array(trimmed.dropFirst(2)))
        let text = equation.expression(depth: 0, ends: "").trimmed
        // A number in front must not run on into the formula.
        return text.isEmpty ? nil : text.first?.isNumber == true ? " " + text : text
    }

    private init(_ characters: [Character]) { self.characters = characters }

    /// The text up to one of the characters that end it.
    private mutating func expression(depth: Int, ends: String) -> String {
        var text = ""
        var inner = 0
        while i < characters.count {
            let character = characters[i]
            if inner == 0, ends.contains(character) { break }
            i += 1
            switch character {
            case "\\": text += depth < 20 ? element(depth) : ""
            case "(":
                inner += 1
                text.append(character)
            case ")":
                inner -= 1
                text.append(character)
            default: text.append(character)
            }
        }
        return text
    }

    /// The text of the element whose backslash was read.
    private mutating func element(_ depth: Int) -> String {
        guard i < characters.count else { return "" }
        // Another character than a letter stands for itself; `\*` is a form of the field.
        if characters[i] == "*" {
            i += 1
            skipWord()
            return ""
        }
        guard characters[i].isLetter, characters[i].isASCII else {
            i += 1
            return String(characters[i - 1])
        }
        let kind = word().lowercased()
        var options: [String] = []
        skipSpaces()
        while i < characters.count, characters[i] == "\\" {
            i += 1
            options.append(option())
            skipSpaces()
        }
        return write(kind, options, arguments(depth))
    }

    private func write(_ kind: String, _ options: [String], _ arguments: [String]) -> String {
        func grouped(_ text: String) -> String {
            text.count > 1 && text.contains { "+-*/=^_ ".contains($0) } ? "(\(text))" : text
        }
        let all = arguments.filter { !$0.isEmpty }
        switch kind.first {
        case "f": return all.map(grouped).joined(separator: "/")
        case "r" where all.count == 2: return "√[\(all[0])](\(all[1]))"
        case "r": return all.isEmpty ? "" : "√(\(all.joined()))"
        case "s":
            let isLow = options.contains { $0.hasPrefix("do") }
            return all.map { (isLow ? "_" : "^") + grouped($0) }.joined()
        case "b":
            let opening = options.first { $0.hasPrefix("lc") || $0.hasPrefix("bc") }?.last.map(String.init)
            return (opening ?? "(") + all.joined() + (Self.closing[opening ?? "("] ?? opening ?? ")")
        case "i":
            let sign = options.contains("su") ? "∑ " : options.contains("pr") ? "∏ " : "∫ "
            return sign + all.joined(separator: " ")
        // The reading of a word stands above it.
        case "o" where all.count == 2 && all[0].hasPrefix("^"):
            let reading = all[0].dropFirst()
            return reading.hasPrefix("(") ? all[1] + reading : all[1] + "(\(reading))"
        case "a": return all.joined(separator: "; ")
        case "l": return all.joined(separator: ", ")
        default: return all.joined(separator: " ")
        }
    }

    private static let closing = ["(": ")", "[": "]", "{": "}", "<": ">"]

    /// The arguments in parentheses.
    private mutating func arguments(_ depth: Int) -> [String] {
        guard i < characters.count, characters[i] == "(" else { return [] }
        let ends = hasSemicolon() ? ";)" : ",)"
        var found: [String] = []
        while i < characters.count, found.isEmpty || characters[i] != ")" {
            i += 1
            found.append(expression(depth: depth + 1, ends: ends).trimmed)
        }
        i += 1
        return found
    }

    /// Whether semicolons part the arguments in the parentheses that open here. A comma then is a character.
    private func hasSemicolon() -> Bool {
        var inner = 0
        var k = i + 1
        while k < characters.count, inner > 0 || characters[k] != ")" {
            switch characters[k] {
            case "\\": k += 1
            case "(": inner += 1
            case ")": inner -= 1
            case ";" where inner == 0: return true
            default: break
            }
            k += 1
        }
        return false
    }

    /// A switch of an element: a word with a number, or with the character that it sets.
    private mutating func option() -> String {
        var name = word()
        if i < characters.count, ["lc", "rc", "bc", "fc", "vc"].contains(name.lowercased()) {
            if characters[i] == "\\" { i += 1 }
            if i < characters.count {
                name.append(characters[i])
                i += 1
            }
            return name
        }
        skipSpaces()
        while i < characters.count, characters[i].isNumber { i += 1 }
        return name.lowercased()
    }

    private mutating func word() -> String {
        var word = ""
        while i < characters.count, characters[i].isLetter, characters[i].isASCII {
            word.append(characters[i])
            i += 1
        }
        return word
    }

    private mutating func skipWord() {
        skipSpaces()
        let isQuoted = i < characters.count && characters[i] == "\""
        if isQuoted { i += 1 }
        while i < characters.count, isQuoted ? characters[i] != "\"" : !characters[i].isWhitespace && characters[i] != "\\" {
            i += 1
        }
        if isQuoted { i += 1 }
    }

    private mutating func skipSpaces() {
        while i < characters.count, characters[i] == " " { i += 1 }
    }
}
