/// Writes indices and exponents on the line, so that numbers stay true.
///
/// The notation is that of the HTML reader: 10⁻⁶, m², and word[3] for the mark of a note. Lowered digits stand as they are, as in
/// H2O, but log₂8 and log 2_10 where the digits beside would join them.
enum PDFScript {
    /// The text of a raised or lowered word that follows `before`.
    ///
    /// - Parameter isBeforeDigit: whether a digit of the line follows without a space.
    static func text(_ script: String, raised: Bool, after before: String, isBeforeDigit: Bool) -> String {
        let ends = before.unicodeScalars.reversed()
        let endsInDigit = ends.first.map(isDigit) ?? false
        let startsWithDigit = script.unicodeScalars.first.map(isDigit) ?? false
        guard raised else {
            if isBeforeDigit, let index = number(script, "₀₁₂₃₄₅₆₇₈₉", plus: "₊", minus: "₋") { return index }
            return (endsInDigit && startsWithDigit ? "_" : "") + script
        }
        let word = ends.prefix { $0.properties.isAlphabetic }.count
        let closes = ends.first.map { ".,;:!?)\"”’»".unicodeScalars.contains($0) } ?? false
        if word > 2 || closes && startsWithDigit, isNoteMark(script) { return "[" + script + "]" }
        if let exponent = number(script, "⁰¹²³⁴⁵⁶⁷⁸⁹", plus: "⁺", minus: "⁻") { return exponent }
        if let power = PowerNotation.text(script, after: before) { return power }
        return (endsInDigit && startsWithDigit ? "^" : "") + script
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }

    /// Whether a raised text after a word is the mark of a note: numbers, one letter, or a star or dagger.
    private static func isNoteMark(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        if scalars.count == 1, let first = scalars.first, first.isASCII, first.properties.isAlphabetic { return true }
        return scalars.contains(where: isDigit) && scalars.allSatisfy { isDigit($0) || $0 == "," || $0 == "-" || $0 == "–" }
    }

    /// A number in the superscripts or subscripts of Unicode; nil for other text.
    private static func number(
        _ text: String, _ digits: String, plus: Unicode.Scalar, minus: Unicode.Scalar
    ) -> String? {
        let signs = ["-": minus, "\u{2212}": minus, "–": minus, "+": plus] as [Unicode.Scalar: Unicode.Scalar]
        let digits = Array(digits.unicodeScalars)
        guard text.unicodeScalars.count <= 8 else { return nil }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isDigit(scalar) {
                out.append(digits[Int(scalar.value - 0x30)])
            } else if out.isEmpty, let sign = signs[scalar] {
                out.append(sign)
            } else {
                return nil
            }
        }
        return out.last.map { $0 == minus || $0 == plus } ?? true ? nil : String(out)
    }
}
