/// How an exponent that no raised digits of Unicode can write stands on the line: 2^n is not 2n, and x^(n+1) not xn+1.
enum PowerNotation {
    /// The letters that stand for numbers. Others make ordinals and abbreviations, such as 2e and nº.
    private static let variables = "ijkmnpqtxyz"

    /// The exponent on the line. Nil for a raised text that stands as it is.
    ///
    /// - Parameter base: what stands before, such as "2" or "x".
    static func text(_ raised: String, after base: Character?) -> String? {
        guard let base, base.isASCII, base.isLetter || base.isNumber || base == ")" else { return nil }
        if raised.count == 1 {
            return base.isLetter || !variables.contains(raised) ? nil : "^" + raised
        }
        let isSum = raised.contains { "+−*/".contains($0) } || raised.contains("-") && base.isNumber
        let isPlain = raised.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "+-−*/.".contains($0) }
        return isSum && isPlain && raised.contains(where: variables.contains) && raised.count < 12 ? "^(\(raised))" : nil
    }
}
