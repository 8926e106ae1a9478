/// How an exponent that no raised digits of Unicode can write stands on the line: 2^n is not 2n, and x^(n+1) not xn+1.
///
/// Only a number, a bracket or a letter that stands alone has an exponent of letters. Other raised letters are those of ordinals,
/// abbreviations and notes, such as 2e, nº and wordª.
enum PowerNotation {
    /// The letters that stand for numbers.
    private static let variables: Set<Character> = Set("ijkmnpqtxyzKMNTX")
    private static let minuses: Set<Character> = ["-", "−", "–", "‐", "‑"]

    /// The exponent on the line. Nil for a raised text that stands as it is.
    ///
    /// - Parameter before: the line before the exponent, such as "2" or "3x".
    static func text(_ raised: String, after before: String) -> String? {
        guard let base = before.last else { return nil }
        let isAlone = isAlone(base, before)
        let takes = takesFormula(before)
        let (sign, rest) = signed(raised)
        if takes, rest.count == 1, let letter = rest.first, isVariable(letter) {
            return sign.isEmpty ? "^" + rest : "^(\(sign)\(rest))"
        }
        if takes, isDecimal(rest), !sign.isEmpty || isAlone {
            return sign.isEmpty && !rest.contains("/") ? "^" + rest : "^(\(sign)\(rest))"
        }
        if takes, isProduct(rest), !sign.isEmpty || rest.first?.isNumber == true || base == "e" {
            return "^(\(sign)\(rest))"
        }
        guard takes || base.isASCII && base.isLetter else { return nil }
        return isSum(raised, withHyphen: takes) ? "^(\(sign)\(rest))" : nil
    }

    /// A lowered sum on the line, as x_(n+1). Nil for a lowered text that stands as it is.
    static func index(_ lowered: String, after before: String) -> String? {
        guard let base = before.last, isAlone(base, before), isSum(lowered, withHyphen: true) else { return nil }
        return "_(\(lowered))"
    }

    /// Whether a formula may go on the line as an exponent of what stands before it.
    static func takesFormula(_ before: String) -> Bool {
        guard let base = before.last else { return false }
        return isAlone(base, before) || base == ")" || base.isASCII && base.isNumber
    }

    /// Whether a letter is a word of its own, as a variable is.
    private static func isAlone(_ base: Character, _ before: String) -> Bool {
        guard base.isLetter, base.isASCII || isGreek(base) else { return false }
        return before.dropLast().last.map { !$0.isLetter } ?? true
    }

    private static func isGreek(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { 0x391...0x3C9 ~= $0.value } ?? false
    }

    private static func isVariable(_ character: Character) -> Bool { variables.contains(character) || isGreek(character) }

    /// The sign of a text, and the text without it.
    private static func signed(_ text: String) -> (sign: String, rest: String) {
        guard let first = text.first, minuses.contains(first) || first == "+" else { return ("", text) }
        return (first == "+" ? "+" : "−", String(text.dropFirst()))
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Whether a text is a number with decimals, or a fraction.
    private static func isDecimal(_ text: String) -> Bool {
        let parts = text.split(separator: text.contains("/") ? "/" : ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { $0.count < 7 && isDigits($0) }
    }

    /// Whether a text is a number and a variable, or two variables, as 2n and kt.
    private static func isProduct(_ text: String) -> Bool {
        let letters = text.drop { $0.isASCII && $0.isNumber }
        guard text.count < 8, 1...2 ~= letters.count, letters.allSatisfy(isVariable) else { return false }
        return letters.count == 1 || letters.allSatisfy { $0.isLowercase || isGreek($0) }
    }

    /// Whether a text is a sum or a fraction with a variable.
    private static func isSum(_ text: String, withHyphen: Bool) -> Bool {
        guard text.contains(where: { "+−*/".contains($0) || withHyphen && minuses.contains($0) }) else { return false }
        let isPlain = text.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber) || "+*/.".contains($0) || minuses.contains($0)
        }
        return isPlain && text.contains(where: variables.contains) && text.count < 12
    }
}
