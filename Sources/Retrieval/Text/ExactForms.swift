import Bytes
import Memory

/// The parts of a question that stand for themselves, letter for letter: 3.10, AB-1234/5, 7(2)(b), C++, -5,
/// .NET, C, 20419.
///
/// Terms are runs of letters, or of up to four digits, so the terms of 3.10 and 10.3 are the same. The text of a passage tells them apart.
/// Separators of groups of digits make no difference, nor do gaps in long numbers, and a date is one form in all notations.
package struct ExactForms: Sendable {
    /// The spellings of each form, folded, the one of the question first. Only a date has several.
    private let spellings: [[[UInt8]]]

    /// The forms as the question has them, folded.
    package var forms: [[UInt8]] { spellings.map { $0[0] } }

    private static let opening = Set("\"'([{<“‘«„‚".unicodeScalars)
    private static let closing = Set("\"'])}>?!,;:.”’»…".unicodeScalars)
    /// Signs that make a form of letters alone.
    private static let signs = Set("+#_/\\@&°".utf8)

    /// The exact forms that a question names.
    package init(in question: String) {
        let written = Array(question.utf8)
        let usual = UsualForms.of(written) ?? written
        var pieces = String(decoding: usual, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        let date = WrittenDate(in: usual)
        if let date {
            let parts = Set(date.written.split(whereSeparator: \.isWhitespace))
            pieces.removeAll { parts.contains(Substring($0.lowercased())) }
        }
        spellings =
            ExactForms.joiningGroups(pieces).compactMap { ExactForms.form(of: $0).map { [$0] } }
            + (date.map { [[Array($0.written.utf8)] + $0.notations] } ?? [])
    }

    /// Numbers that are typed in groups, such as those of accounts and cards, as one piece.
    private static func joiningGroups(_ pieces: [Substring]) -> [Substring] {
        func isGroup(_ piece: Substring) -> Bool { 2...4 ~= piece.utf8.count && piece.utf8.allSatisfy(\.isDigit) }
        func isYear(_ piece: Substring) -> Bool { Int(piece).map { 1500...2100 ~= $0 } ?? false }
        func isStart(_ piece: Substring) -> Bool {
            isGroup(piece)
                || piece.utf8.count == 4 && piece.utf8.prefix(2).allSatisfy(\.isLetter) && isGroup(piece.suffix(2))
        }
        var joined: [Substring] = []
        var rest = pieces[...]
        while let first = rest.popFirst() {
            let more = isStart(first) ? rest.prefix(while: isGroup) : []
            let isNumber =
                more.count > 1 && !(isYear(first) && more.allSatisfy(isYear))
                && more.reduce(first.utf8.count) { $0 + $1.utf8.count } > 9
            joined.append(isNumber ? Substring(([first] + more).joined()) : first)
            if isNumber { rest = rest.dropFirst(more.count) }
        }
        return joined
    }

    private static func form(of piece: Substring) -> [UInt8]? {
        var scalars = piece.unicodeScalars
        while let first = scalars.first, opening.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, closing.contains(last) {
            if last == ")", scalars.count(where: { $0 == ")" }) <= scalars.count(where: { $0 == "(" }) { break }
            scalars.removeLast()
        }
        let isPointed = scalars.first == "." && scalars.dropFirst().first?.properties.isAlphabetic == true
        let form = Words.fold(Array(String(scalars).utf8))
        if isLetter(scalars) || isLongNumber(form) || isPointed || isNumbered(form) { return form }
        let words = Words.forms(in: form.span).reduce(0) { $0 + $1.count }
        guard words > 0, words < form.count else { return nil }
        return form.contains(where: \.isDigit) || form.contains(where: signs.contains) ? form : nil
    }

    /// Whether a word is a capital letter that stands for itself: the language C, or gate B. "A" and "I" are words.
    private static func isLetter(_ word: Substring.UnicodeScalarView) -> Bool {
        word.count == 1 && "B"..."Z" ~= word.first! && word.first != "I"
    }

    /// Whether a form is letters with a number behind them: CO2, B12, MP3.
    private static func isNumbered(_ form: [UInt8]) -> Bool {
        let letters = form.prefix(while: isLetter)
        return !letters.isEmpty && letters.count < form.count && form.dropFirst(letters.count).allSatisfy(\.isDigit)
    }

    /// Whether a form is a whole number that is no year.
    private static func isLongNumber(_ form: [UInt8]) -> Bool {
        guard form.count >= 4, form.count < 40, form.allSatisfy(\.isDigit) else { return false }
        return form.count > 4 || !(1500...2100 ~= form.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }

    /// The share of the forms that stand in a text as they are written, 0 to 1; 0 where there are none.
    package func share(in text: [UInt8]) -> Double {
        guard !spellings.isEmpty else { return 0 }
        let text = FormText(text)
        return Double(spellings.count { $0.contains(where: text.holds) }) / Double(spellings.count)
    }

    /// A text that is searched for forms.
    private struct FormText {
        private let folded: [UInt8]
        private let ungrouped: [UInt8]
        private let joined: [UInt8]

        init(_ text: [UInt8]) {
            folded = Words.fold(UsualForms.of(text) ?? text)
            ungrouped = WrittenNumber.ungrouped(folded)
            joined = WrittenNumber.joined(folded)
        }

        func holds(_ form: [UInt8]) -> Bool {
            if ExactForms.holds(folded, form) { return true }
            guard form.contains(where: \.isDigit) else { return false }
            if ExactForms.holds(ungrouped, WrittenNumber.ungrouped(form)) { return true }
            let number = WrittenNumber.joined(form)
            return number.count(where: \.isDigit) >= WrittenNumber.fewestToJoin && ExactForms.holds(joined, number)
        }
    }

    private static func holds(_ text: [UInt8], _ form: [UInt8]) -> Bool {
        guard form.count <= text.count else { return false }
        return (0...text.count - form.count).contains { start in
            text[start] == form[0] && text[start..<start + form.count].elementsEqual(form)
                && isWhole(text, start..<start + form.count)
        }
    }

    /// Whether a place of a text is no part of a longer word, number or row of signs.
    private static func isWhole(_ text: [UInt8], _ place: Range<Int>) -> Bool {
        func byte(_ i: Int) -> UInt8? { text.indices.contains(i) ? text[i] : nil }
        let first = text[place.lowerBound]
        let last = text[place.upperBound - 1]
        if place.count == 1, isLetter(first) {
            let marks = [place.lowerBound - 1, place.upperBound].compactMap(byte)
            if marks.contains(where: { $0.isDigit || partsOfNames.contains($0) }) { return false }
        }
        if let before = byte(place.lowerBound - 1) {
            if runsOn(before, first) { return false }
            // 11.3 is no part of 3.11.3.
            if first.isDigit, before == 0x2E || before == 0x2C, byte(place.lowerBound - 2)?.isDigit == true { return false }
        }
        if let after = byte(place.upperBound) {
            if runsOn(last, after) { return false }
            if last.isDigit, after == 0x2E || after == 0x2C, byte(place.upperBound + 1)?.isDigit == true { return false }
            if !last.isDigit, !isLetter(last), after == last { return false }
        }
        return true
    }

    /// Signs beside a letter with which it is another name: C++, C#, R&D, Objective-C, it's.
    private static let partsOfNames = Set("+#&-_'’@/".utf8)

    /// Whether two neighbouring bytes belong to one word or number. A letter beside a digit parts them, as in v3.10.
    private static func runsOn(_ left: UInt8, _ right: UInt8) -> Bool {
        left.isDigit && right.isDigit || isLetter(left) && isLetter(right)
    }

    /// A letter of ASCII, or a byte of another character.
    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 }
}
