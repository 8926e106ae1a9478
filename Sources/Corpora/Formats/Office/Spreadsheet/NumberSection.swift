/// A section of the code of a number format (ECMA-376, part 1, 18.8.31).
struct NumberSection {
    /// For which numbers a section holds, as `[<=100]`.
    struct Condition {
        let comparison: String
        let limit: Double

        func holds(_ value: Double) -> Bool {
            switch comparison {
            case "<": value < limit
            case "<=": value <= limit
            case ">": value > limit
            case ">=": value >= limit
            case "=": value == limit
            default: value != limit
            }
        }
    }

    private enum Kind {
        case general
        /// The number in full and alone, because the section scales it, or shows it in a way that is not written here.
        case full
        case number(decimals: Int, isPercent: Bool)
        /// Digits with other characters between them, as in `000-00-0000`.
        case mask
        /// Words in place of the number.
        case words
        case date(hasDay: Bool, hasTime: Bool, hasFraction: Bool)
        case duration(hasFraction: Bool)
    }

    /// A piece of the code.
    private enum Token {
        /// A place for a digit: `0`, `#` or `?`.
        case digit(Character)
        case point
        /// Text that the code quotes.
        case quoted(String)
        /// A mark that stands for itself.
        case mark(Character)
    }

    private(set) var condition: Condition?
    /// Whether the section is for texts.
    private(set) var isForText = false
    private var isDuration = false
    private var kind = Kind.full
    private var tokens: [Token] = []
    private var prefix = ""
    private var suffix = ""
    /// Whether only the number 0 is written so.
    private var isForZero = false

    /// The section, where it is the one for 0.
    var forZero: NumberSection {
        var section = self
        section.isForZero = true
        return section
    }

    /// The codes of the sections of a format.
    static func parts(of code: String) -> [Substring] {
        var parts: [Substring] = []
        var start = code.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in code.indices {
            let character = code[index]
            if isEscaped {
                isEscaped = false
            } else if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, character == "\\" {
                isEscaped = true
            } else if !isQuoted, character == ";" {
                parts.append(code[start..<index])
                start = code.index(after: index)
            }
        }
        return parts + [code[start...]]
    }

    init(_ code: Substring) {
        // The code without what it quotes.
        var plain = ""
        var index = code.startIndex
        func next() -> Substring.Index? {
            let after = code.index(after: index)
            return after < code.endIndex ? after : nil
        }
        while index < code.endIndex {
            let character = code[index]
            switch character {
            case "\"":
                let start = code.index(after: index)
                let end = code[start...].firstIndex(of: "\"") ?? code.endIndex
                tokens.append(.quoted(String(code[start..<end])))
                index = end
            case "\\":
                if let after = next() {
                    tokens.append(.quoted(String(code[after])))
                    index = after
                }
            case "_", "*": if let after = next() { index = after }
            case "[":
                let end = code[index...].firstIndex(of: "]") ?? code.endIndex
                bracket(code[code.index(after: index)..<end])
                index = end
            case "$", "€", "£", "¥": tokens.append(.quoted(String(character)))
            default:
                plain.append(character)
                switch character {
                case "0", "#", "?": tokens.append(.digit(character))
                case ".": tokens.append(.point)
                case ",", "%", "@": break
                default: if !character.isLetter { tokens.append(.mark(character)) }
                }
            }
            if index < code.endIndex { index = code.index(after: index) }
        }
        isForText = plain.contains("@")
        findEdges()
        kind = kind(plain)
    }

    /// Reads what stands in brackets: `[$€-407]` is a currency, `[h]` a duration, `[<5]` a condition. The others are colours
    /// and languages.
    private mutating func bracket(_ inner: Substring) {
        if inner.hasPrefix("$") {
            let sign = inner.dropFirst().prefix { $0 != "-" }
            if !sign.isEmpty { tokens.append(.quoted(String(sign))) }
        } else if ["h", "hh", "m", "mm", "s", "ss"].contains(inner.lowercased()) {
            isDuration = true
        } else {
            let comparison = String(inner.prefix { "<>=".contains($0) })
            if !comparison.isEmpty, let limit = Double(inner.dropFirst(comparison.count).filter { $0 != " " }) {
                condition = Condition(comparison: comparison, limit: limit)
            }
        }
    }

    private var digits: [Int] { tokens.indices.filter { if case .digit = tokens[$0] { true } else { false } } }

    /// The places for digits before the point, with what stands between them.
    private var whole: [Token] {
        let point = tokens.firstIndex { if case .point = $0 { true } else { false } } ?? tokens.count
        let places = digits.filter { $0 < point }
        guard let first = places.first, let last = places.last else { return [] }
        return Array(tokens[first...last])
    }

    /// Finds the quoted text before the number and after its start, with the spaces in it. Signs and parentheses count only
    /// beside letters, as in "INV-".
    private mutating func findEdges() {
        let marks: Set<Character> = ["-", "−", "(", ")"]
        func words(_ tokens: ArraySlice<Token>) -> String {
            tokens.reduce(into: "") { text, token in
                switch token {
                case .quoted(let words):
                    text += words.contains(where: \.isLetter) ? words : words.filter { !marks.contains($0) }
                case .mark(" "): text += " "
                default: break
                }
            }
        }
        let first = digits.first ?? 0
        let before = words(tokens[..<first])
        prefix = before.contains(where: \.isLetter) ? before : before.trimmed
        suffix = words(tokens[first...]).trimmed
    }

    private func kind(_ plain: String) -> Kind {
        let lower = plain.lowercased().replacing("general", with: "")
        // The code of seconds may stand in brackets, which are left out here.
        let hasFraction = lower.contains(#/(^|s)[.,]0/#)
        if isDuration { return .duration(hasFraction: hasFraction) }
        // The marks of mornings and afternoons are no letters of a date.
        let timed = lower.replacing("am/pm", with: "").replacing("a/p", with: "")
        if isDate(timed) {
            let hasTime = timed.contains { "hs".contains($0) }
            let hasDay = timed.contains { "ydjga".contains($0) } || timed.contains("tt") || (timed.contains("m") && !hasTime)
            return .date(hasDay: hasDay, hasTime: hasTime, hasFraction: hasFraction)
        }
        if plain.lowercased().contains("general") { return .general }
        guard !digits.isEmpty, !lower.contains("e+"), !lower.contains("e-"), !lower.contains("/") else {
            return digits.isEmpty && suffix.contains(where: \.isLetter) && !isForText ? .words : .full
        }
        // A comma after the digits divides by a thousand: the number is written in full.
        if lower.contains(#/[0#?],+([^0#?,]|$)/#) { return .full }
        if isMask, !lower.contains("%") { return lower.contains(".") ? .full : .mask }
        let decimals = lower.split(separator: ".", maxSplits: 1).dropFirst().first?.filter { "0#?".contains($0) }.count ?? 0
        return .number(decimals: decimals, isPercent: lower.contains("%"))
    }

    /// Whether all words of a code in small letters stand for parts of a date or time. Some programs write the letters of their own
    /// language, as TT.MM.JJJJ, or the name of a format, as Standard, which is no date.
    private func isDate(_ code: String) -> Bool {
        guard !code.contains("#"), let first = code.firstIndex(where: { Self.ofDates.contains($0) }) else { return false }
        if code[..<first].contains(where: { "0?".contains($0) }) { return false }
        return code.split { !$0.isLetter }.allSatisfy(Self.isOfDate)
    }

    private static let ofDates: Set<Character> = ["y", "m", "d", "h", "s"]
    /// Other letters in the words of dates: of eras, names of days, quarters and weeks, and between date and time.
    private static let besideDates: Set<Character> = ["g", "e", "b", "n", "q", "w", "t", "z"]
    private static let ofLanguages: Set<Character> = ["t", "j", "a", "o"]

    private static func isOfDate(_ word: Substring) -> Bool {
        let letters = Set(word)
        if letters.subtracting(ofDates).isSubset(of: besideDates) { return true }
        return letters.count == 1 && letters.isSubset(of: ofLanguages)
    }

    /// Whether text stands between the digits. Spaces and apostrophes between thousands do not count.
    private var isMask: Bool {
        var groups = [""]
        var separators = ""
        for token in whole {
            switch token {
            case .digit(let place): groups[groups.count - 1].append(place)
            case .mark(let mark): separators.append(mark)
            case .quoted(let words): separators += words
            case .point: break
            }
            if case .digit = token { continue }
            groups.append("")
        }
        guard !separators.isEmpty else { return false }
        let places = groups.joined()
        let areThousands =
            separators.allSatisfy { $0.isWhitespace || $0 == "'" || $0 == "’" || $0 == "." }
            && groups.dropFirst().allSatisfy { $0.count == 3 } && places.count { $0 == "0" } <= 1
        return !areThousands
    }
}

extension NumberSection {
    /// A number as the section shows it.
    func text(_ value: Double, _ raw: String, epoch1904: Bool) -> String {
        switch kind {
        case .full: return NumberFormat.shortest(value, raw)
        case .general: return edged(NumberFormat.shortest(value, raw))
        case .words:
            let isCertain = isForZero || condition?.comparison == "="
            return isCertain ? suffix : "\(suffix) (\(NumberFormat.shortest(value, raw)))"
        case .number(let decimals, let isPercent):
            let shown = isPercent ? value * 100 : value
            return edged(padded(number(shown, decimals, isPercent ? nil : raw)) + (isPercent ? "%" : ""))
        case .mask: return masked(value, raw)
        case .date(let hasDay, let hasTime, let hasFraction):
            // A time below 0 is shown with its sign.
            let isNegative = value < 0 && !hasDay
            guard !isNegative || value > -1 else { return raw }
            let text = CalendarDay.text(
                serial: isNegative ? -value : value + (epoch1904 ? 1462 : 0), hasDay: hasDay, hasTime: hasTime,
                hasFraction: hasFraction)
            return text.map { (isNegative ? "-" : "") + $0 } ?? raw
        case .duration(let hasFraction):
            guard abs(value) < 1e6 else { return raw }
            let time = ClockTime(days: abs(value), hasFraction: hasFraction)
            return "\(value < 0 && time.milliseconds > 0 ? "-" : "")\(time.hours):\(time.minutesAndSeconds)"
        }
    }

    /// A number with as many decimals as the format has, or in full where that would round it.
    private func number(_ value: Double, _ decimals: Int, _ raw: String?) -> String {
        let rounded = NumberFormat.fixed(value, decimals)
        let full = NumberFormat.shortest(value, raw)
        return Double(rounded) == Double(full) && !full.contains("e") ? rounded : full
    }

    /// A number with as many digits before the point as the format has zeros.
    private func padded(_ number: String) -> String {
        let zeros = whole.count { if case .digit("0") = $0 { true } else { false } }
        let sign = number.hasPrefix("-") ? "-" : ""
        let digits = number.dropFirst(sign.count)
        let count = digits.prefix { $0.isNumber }.count
        guard zeros > count, !digits.contains("e"), !digits.contains("E") else { return number }
        return sign + String(repeating: "0", count: zeros - count) + digits
    }

    /// A number with the text before and after it. The sign stands before a currency, but not before words.
    private func edged(_ number: String) -> String {
        let isWord = prefix.count { $0.isLetter } > 1
        let sign = prefix.isEmpty || isWord || !number.hasPrefix("-") ? "" : "-"
        return sign + prefix + number.dropFirst(sign.count) + (suffix.isEmpty ? "" : " " + suffix)
    }

    /// A number with its digits in the places of a mask, from the right. A fraction is written in full, without the mask.
    private func masked(_ value: Double, _ raw: String) -> String {
        guard value == value.rounded(), abs(value) < 1e18 else { return NumberFormat.shortest(value, raw) }
        var digits = Array(String(Int(abs(value))))
        if digits == ["0"] { digits = [] }
        let places = self.digits
        guard let first = places.first else { return raw }
        var text: [Character] = []
        for index in tokens.indices.reversed() {
            switch tokens[index] {
            case .digit(let place):
                if index == first {
                    text += digits.reversed()
                    if digits.isEmpty, place == "0" { text.append("0") }
                } else if let digit = digits.popLast() {
                    text.append(digit)
                } else if place == "0" {
                    text.append("0")
                }
            case .point: text.append(".")
            case .quoted(let words): text += words.reversed()
            case .mark(let mark): if index > first || mark != "-" { text.append(mark) }
            }
        }
        return (value < 0 ? "-" : "") + String(text.reversed()).trimmed
    }
}
