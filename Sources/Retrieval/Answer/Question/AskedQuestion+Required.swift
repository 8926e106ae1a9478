import Bytes
import Memory

/// Names, numbers and identifiers of a question, which an answer must speak of.
extension AskedQuestion {
    static func required(_ text: String, isGerman: Bool) -> [Required] {
        let pieces = text.split(whereSeparator: \.isWhitespace)
        let capitals = pieces.count { $0.first { $0.isLetter }?.isUppercase == true }
        // In titles and in capitals, a capital letter tells nothing.
        let areCapitalsNames = 2 * capitals <= pieces.count + 1 || pieces.count < 3
        var required: [Required] = []
        var startsSentence = true
        var before = ""
        var wasCapital = false
        for (i, piece) in pieces.enumerated() {
            let core = piece.trimmed { !$0.isLetter && !$0.isNumber }
            let next = i + 1 < pieces.count ? pieces[i + 1].first { $0.isLetter }?.isUppercase == true : false
            let isFirst = startsSentence
            defer {
                let isTitle = AnswerWords.titles.contains(Array(core.lowercased().utf8))
                startsSentence = piece.last.map { ".!?:".contains($0) && !($0 == "." && isTitle) } ?? false
                before = core.lowercased()
                // Behind "Frau" stands a name.
                wasCapital = !isFirst && isName(core) || AnswerWords.addresses.contains(Array(before.utf8))
            }
            guard !core.isEmpty else { continue }
            if core.contains(where: \.isNumber) {
                let behind = i + 1 < pieces.count ? WordRow(String(pieces[i + 1])).words.first : nil
                required += numbers(core, after: Array(before.utf8), before: behind)
            } else if !startsSentence, areCapitalsNames, isName(core) {
                let isKnownName = !isGerman || wasCapital || next || AnswerWords.beforeGermanNames.contains(before)
                if isKnownName { required += words(core).map { Required(kind: .name, written: core, words: [$0]) } }
            }
        }
        return required
    }

    private static func words(_ text: String) -> [[UInt8]] { WordRow(withoutPossessive(text)).words.filter { $0.count > 1 } }

    private static func withoutPossessive(_ word: String) -> String {
        for ending in ["'s", "’s", "'", "’"] where word.hasSuffix(ending) { return String(word.dropLast(ending.count)) }
        return word
    }

    private static func isName(_ word: String) -> Bool {
        guard word.count > 1, word.first?.isUppercase == true else { return false }
        let folded = withoutPossessive(word).lowercased()
        return !AnswerWords.noNames.contains(folded) && !AnswerWords.addresses.contains(Array(folded.utf8))
    }

    /// "carries" before "90 cars", by its ending: what has a number, such as "bus" and "class", is mostly one thing.
    private static func isVerb(_ word: [UInt8]) -> Bool {
        word.last == UInt8(ascii: "s") && !["ss", "us", "is"].contains { word.suffix(2).elementsEqual($0.utf8) }
    }

    /// The number or the identifier of a word with a digit.
    private static func numbers(_ word: String, after before: [UInt8], before next: [UInt8]?) -> [Required] {
        let row = WordRow(withoutPossessive(word))
        guard let first = row.words.first else { return [] }
        let letters = row.words.filter { !$0[0].isDigit }
        if letters.isEmpty {
            let isPlain = word.allSatisfy { $0.isNumber }
            let isOfNoun =
                isPlain && word.count < 4 && isNoun(before) && before.allSatisfy { $0.isLetter || $0 >= 0x80 }
                && !AnswerWords.isCost(before) && !Months.isMonth(before)
                && !(isVerb(before) && next.map(isNoun) ?? false)
                && !AnswerWords.beforeAmounts.contains(before)
                && !(next.map { Measure.isUnit($0) || AnswerWords.money.contains($0) } ?? false)
            return [
                Required(
                    kind: isPlain ? .number : .identifier, written: word, words: row.words,
                    numberedNoun: isOfNoun ? before : nil)
            ]
        }
        // "2nd" and "20mm" are numbers; "P-301", "F14" and "6a" are identifiers.
        let isClass = letters[0].count == 1 && (0x61...0x66).contains(letters[0][0])
        if first[0].isDigit, row.words.count == 2, !word.contains("-"), letters[0].count <= 3, !isClass {
            return [Required(kind: .number, written: word, words: [first])]
        }
        return [Required(kind: .identifier, written: word, words: row.words)]
    }
}

extension Substring {
    fileprivate func trimmed(_ isOuter: (Character) -> Bool) -> String {
        var part = self
        while let first = part.first, isOuter(first) { part.removeFirst() }
        while let last = part.last, isOuter(last) { part.removeLast() }
        return String(part)
    }
}
