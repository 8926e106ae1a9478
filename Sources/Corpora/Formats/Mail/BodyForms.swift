import Bytes

/// The forms of the body of a mail, such as one in plain text and one in HTML, as one text.
///
/// Readers of the mail see one form. What another one says besides is written after it.
struct BodyForms {
    private var forms: [(text: Extracted, words: Set<String>)] = []
    /// The forms that mail programs show, in the order in which the mail prefers them.
    private var shown: [Int] = []

    /// Adds a form that the mail prefers to those before it. Programs show no file.
    mutating func add(_ form: Extracted, isShown: Bool) {
        if isShown { shown.append(forms.count) }
        forms.append((form, Self.words(form.text)))
    }

    /// The form that readers see, and what the others say besides.
    var text: Extracted {
        guard let best else { return Extracted() }
        var (text, told) = forms[best]
        for (index, form) in forms.enumerated() where index != best {
            if form.words.subtracting(told).count * 3 > max(10, form.words.count) {
                text.append(form.text)
                told.formUnion(form.words)
                continue
            }
            text.remarks.add(form.text.remarks)
            for paragraph in Self.paragraphs(form.text.text) {
                let words = Self.words(paragraph)
                let new = words.subtracting(told)
                // A word or two are such as "See above".
                guard words.count > 3 && !new.isEmpty || new.contains(where: Self.hasDigit) else { continue }
                text.append(paragraph: String(decoding: paragraph, as: UTF8.self))
                told.formUnion(words)
            }
        }
        return text
    }

    /// The last form that is shown, unless one before it has twice as many words: what is shown stands for it then.
    private var best: Int? {
        guard var best = shown.last ?? forms.indices.last else { return nil }
        for other in shown where forms[other].words.count > 2 * forms[best].words.count { best = other }
        return best
    }

    /// The paragraphs of a text, and the lines of those that are long.
    private static func paragraphs(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        let lines = text.split(separator: 10, omittingEmptySubsequences: false)
        let groups = lines.split { $0.allSatisfy(\.isControlOrSpace) }
        return groups.flatMap { group in
            group.count > 8 ? Array(group) : [text[group[group.startIndex].startIndex..<group[group.endIndex - 1].endIndex]]
        }
    }

    /// The words of a text in lower case. Long addresses, which only programs read, are none.
    private static func words(_ text: some Sequence<UInt8>) -> Set<String> {
        var words: Set<String> = []
        for piece in String(decoding: Array(text), as: UTF8.self).lowercased().split(whereSeparator: \.isWhitespace) {
            if piece.utf8.count > longestAddress, piece.contains("://") { continue }
            let letters = piece.unicodeScalars.filter { $0.properties.generalCategory != .format }
            let parts = letters.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            for part in parts { words.insert(String(String.UnicodeScalarView(part))) }
        }
        return words
    }

    private static let longestAddress = 100

    private static func hasDigit(_ word: String) -> Bool { word.utf8.contains(where: \.isDigit) }
}
