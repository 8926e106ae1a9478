import Bytes
import Memory

/// The parts of a unit that each tell a number with what it counts: "8 GB of memory and 2.5 GB of disk space".
///
/// A question for a number is answered by one of them. What a later part says of its own tells which; the first part speaks for
/// all that the others leave out.
struct QuantityParts {
    let question: AskedQuestion
    let query: Query

    /// A run of words with one number.
    private struct Part {
        let words: Range<Int>
        /// Whether nothing but "and" stands before its number.
        let isBare: Bool
    }

    private static let joints = Set.words("and und")
    private static let whole = Set.words("them these those which whom")
    /// What begins a statement of its own, however far from its number.
    private static let turns = Set.words(
        "but while whereas however though although aber während jedoch obwohl")
    /// The most words between "and" or a comma and the number of the part that begins there.
    private static let reach = 5

    /// The bytes of the part that a question for a number asks for; nil where a text has but one, and where nothing tells.
    ///
    /// - Parameter found: the bytes that the reader found in the text.
    func part(of text: ArraySlice<UInt8>, found: Range<Int>) -> Range<Int>? {
        let row = WordRow(Array(text))
        let numbers = QuantityParts.counting(row)
        let fitting = question.asksUnit ? numbers.filter { question.fits($0, in: row) } : numbers
        let parts = QuantityParts.parts(of: row, numbers: fitting.isEmpty && question.kind != .time ? numbers : fitting)
        guard parts.count > 1 else { return nil }
        let ranges = parts.map { part in
            row.places[part.words.lowerBound].lowerBound..<row.places[part.words.upperBound - 1].upperBound
        }
        let held = ranges.map { range in
            let bag = WordBag(Array(row.text[range]))
            return Set(query.words.indices.filter { bag.frequency(of: $0, in: query) > 0 })
        }
        // How many words of the question each part says, and no other one.
        let own = held.indices.map { i in
            held[i].count { word in held.indices.allSatisfy { $0 == i || !held[$0].contains(word) } }
        }
        let inside = found.lowerBound - text.startIndex..<found.upperBound - text.startIndex
        let read = ranges.indices.filter { ranges[$0].overlaps(inside) }
        let chosen: Int
        if let most = own.dropFirst().max(), most > 0 {
            let later = own.indices.dropFirst().filter { own[$0] == most }
            chosen = later.first(where: read.contains) ?? later[0]
        } else if read.count > 1, read.dropFirst().allSatisfy({ parts[$0].isBare }) {
            return nil  // "8.0 and 7.9" are one answer
        } else if own[0] > 0 {
            chosen = 0
        } else {
            return nil
        }
        return text.startIndex + ranges[chosen].lowerBound..<text.startIndex + ranges[chosen].upperBound
    }

    /// Whether a text has several such parts.
    static func areSeveral(in text: ArraySlice<UInt8>) -> Bool {
        let row = WordRow(Array(text))
        return parts(of: row, numbers: counting(row)).count > 1
    }

    /// Runs of words, cut where each side has one of the numbers.
    private static func parts(of row: WordRow, numbers: [Quantity]) -> [Part] {
        var parts: [Part] = []
        var start = 0
        var isBare = false
        for (first, second) in zip(numbers, numbers.dropFirst()) {
            let number = second.words.lowerBound
            guard let cut = (first.words.upperBound...number).last(where: { isCut(row, $0, before: number) }) else {
                continue
            }
            parts.append(Part(words: start..<cut, isBare: isBare))
            start = cut
            isBare = joints.contains(row.words[cut]) && cut + 1 == number
        }
        return parts.isEmpty ? [] : parts + [Part(words: start..<row.words.count, isBare: isBare)]
    }

    private static func isCut(_ row: WordRow, _ i: Int, before number: Int) -> Bool {
        let gap = row.gap(after: i - 1)
        if turns.contains(row.words[i]) || gap.contains(UInt8(ascii: ";")) { return true }
        return number - i <= reach && (joints.contains(row.words[i]) || gap.starts(with: ", ".utf8))
    }

    /// The numbers with a sign, or with a word behind them that they may count, and the times of day.
    private static func counting(_ row: WordRow) -> [Quantity] {
        row.quantities.filter { number in
            if number.hasSign || number.isHour { return true }
            guard let unit = number.unit, !number.isCompound, !number.isYear else { return false }
            let word = row.words[unit]
            // "9 of them are taken".
            if word.elementsEqual("of".utf8), unit + 1 < row.words.count, whole.contains(row.words[unit + 1]) { return true }
            if word.elementsEqual("davon".utf8) { return true }
            return !word[0].isDigit && !AnswerWords.isCommon(word) && !AnswerWords.closed.contains(word)
                && !Months.isMonth(word)
        }
    }
}
