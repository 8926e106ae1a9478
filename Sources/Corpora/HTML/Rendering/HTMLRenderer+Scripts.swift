import Bytes

/// Raised and lowered words: exponents, marks of notes and indexes.
extension HTMLRenderer {
    /// A superscript as exponent, as mark of a note after a word, or as it stands.
    mutating func superscript(_ index: Int, _ depth: Int) {
        if let inner = nested(index) {
            if plainText(index) == plainText(inner) { return write(inner, depth: depth + 1) }
            if !spaceDue, PowerNotation.takesFormula(lineEnd) {
                return folded((Array("^(".utf8) + inside(index, depth) + Array(")".utf8))[...])
            }
        }
        let mark = mark(index)
        let word = line.suffix(3).reversed().prefix { $0.isLetter || $0 >= 0x80 }.count
        if word > 2, !spaceDue, HTMLRenderer.isNoteMark(mark) {
            folded(Array("[\(mark)]".utf8)[...])
        } else if let exponent = HTMLRenderer.script(mark, HTMLRenderer.raised) {
            folded(exponent[...])
        } else if !spaceDue, let power = PowerNotation.text(mark, after: lineEnd) {
            folded(Array(power.utf8)[...])
            spaceDue = spaceDue || power.last != ")" && goesOn(after: index)
        } else {
            // Digits must not run on into a longer number.
            if !spaceDue, line.last?.isDigit == true, mark.utf8.first?.isDigit == true { line.append(0x5E) }
            children(index, depth)
        }
    }

    /// A subscript as index, so that its digits do not run on into others.
    mutating func subscripted(_ index: Int, _ depth: Int) {
        let mark = mark(index)
        // Small print is no index.
        let isApart = spaceDue || line.isEmpty
        if !isApart || mark.utf8.count < 4, let number = HTMLRenderer.script(mark, HTMLRenderer.lowered) {
            folded(number[...])
        } else if !isApart, let sum = PowerNotation.index(mark, after: lineEnd) {
            folded(Array(sum.utf8)[...])
        } else {
            if !spaceDue, line.last?.isDigit == true, mark.utf8.first?.isDigit == true { line.append(0x5F) }
            children(index, depth)
        }
    }

    /// Whether a word goes on behind an element, as the factor z in x^y z.
    private func goesOn(after index: Int) -> Bool {
        let next = tree.nodes[index].end
        guard next < tree.nodes.count, tree.nodes[next].tag == .text else { return false }
        return tree.bytes[tree.nodes[next].text].first?.isAlphanumeric ?? false
    }

    /// The end of the line that a raised word follows.
    private var lineEnd: String { String(decoding: line.suffix(16), as: UTF8.self) }

    /// The text of a raised or lowered element without spaces and characters that show nothing.
    private func mark(_ index: Int) -> String {
        String(
            String(decoding: plainText(index), as: UTF8.self).unicodeScalars.filter {
                !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint && $0.value > 32
            }.map(Character.init))
    }

    /// The first raised or lowered element with text inside of one.
    private func nested(_ index: Int) -> Int? {
        (index + 1..<tree.nodes[index].end).first {
            [.sup, .sub].contains(tree.nodes[$0].tag) && !isDropped[$0] && hasText($0)
        }
    }

    /// The text inside of an element, as on a line of its own.
    private func inside(_ index: Int, _ depth: Int) -> [UInt8] {
        var inner = self
        (inner.text, inner.line, inner.prefix) = ([], [], [])
        inner.spaceDue = false
        inner.children(index, depth)
        inner.flush()
        return Array(inner.text.split { $0 == 10 }.joined(separator: [32]))
    }

    /// Whether a superscript after a word is the mark of a note: numbers, or one letter.
    private static func isNoteMark(_ text: String) -> Bool {
        if text.utf8.count == 1, text.utf8.first?.isLetter == true { return true }
        return text.utf8.contains(where: \.isDigit)
            && text.allSatisfy { $0.isASCII && $0.isNumber || $0 == "," || $0 == "-" || $0 == "–" }
    }

    private static let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁺", "⁻"]
    private static let lowered: [Character] = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉", "₊", "₋"]

    /// A whole number as raised digits; nil for other text.
    static func raisedNumber(_ text: String) -> [UInt8]? { script(text, raised) }

    /// A whole number as lowered digits; nil for other text.
    static func loweredNumber(_ text: String) -> [UInt8]? { script(text, lowered) }

    /// A number in the digits and signs of a script; nil for other text.
    private static func script(_ text: String, _ characters: [Character]) -> [UInt8]? {
        guard !text.isEmpty, text.count <= 8 else { return nil }
        var out = ""
        for character in text {
            if let digit = character.wholeNumberValue, character.isASCII {
                out.append(characters[digit])
            } else if out.isEmpty, "+-−–‐‑".contains(character) {
                out.append(characters[character == "+" ? 10 : 11])
            } else {
                return nil
            }
        }
        return out.last.map { characters[10...].contains($0) } == true ? nil : Array(out.utf8)
    }
}
