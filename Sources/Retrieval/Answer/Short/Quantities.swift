import Bytes
import Memory

/// The parts of a unit that each tell a number with what it counts: "8 GB of memory and 2.5 GB of disk space".
///
/// A question for a number is answered by one of them. What a later part says of its own tells which; the first part speaks for
/// all that the others leave out.
struct Quantities {
    let question: AskedQuestion
    let query: Query

    private static let joints = Set(["and", "but", "while", "whereas", "und", "aber", "während"].map { Array($0.utf8) })

    /// The bytes of the part that a question for a number asks for; nil where a text has but one, and where nothing tells.
    func part(of text: ArraySlice<UInt8>) -> Range<Int>? {
        let row = WordRow(Array(text))
        let parts = Quantities.parts(of: row)
        guard parts.count > 1 else { return nil }
        let held = parts.map { part in
            Set(
                query.words.indices.filter { i in
                    WordBag(Array(row.text[bytes(of: part, row)])).frequency(of: i, in: query) > 0
                })
        }
        // What only one part says of the question.
        let own = held.indices.map { i in
            held[i].count { word in held.indices.allSatisfy { $0 == i || !held[$0].contains(word) } }
        }
        let chosen: Int
        if let later = own.indices.dropFirst().max(by: { own[$0] < own[$1] }), own[later] > 0 {
            chosen = later
        } else if own[0] > 0 || parts.count == 2 {
            chosen = 0
        } else {
            return nil
        }
        let found = bytes(of: parts[chosen], row)
        return text.startIndex + found.lowerBound..<text.startIndex + found.upperBound
    }

    /// Whether a text has several such parts.
    static func holdsSeveral(_ text: ArraySlice<UInt8>) -> Bool { parts(of: WordRow(Array(text))).count > 1 }

    private func bytes(of part: Range<Int>, _ row: WordRow) -> Range<Int> {
        row.places[part.lowerBound].lowerBound..<row.places[part.upperBound - 1].upperBound
    }

    /// Runs of words, cut before "and" and after commas and semicolons where each side has a number with a unit behind it.
    private static func parts(of row: WordRow) -> [Range<Int>] {
        let quantities = row.words.indices.filter { isQuantity(row, $0) }
        var parts: [Range<Int>] = []
        var start = 0
        for (first, second) in zip(quantities, quantities.dropFirst()) {
            guard let cut = (first + 1...second).first(where: { isCut(row, $0) }) else { continue }
            parts.append(start..<cut)
            start = cut
        }
        return parts.isEmpty ? [] : parts + [start..<row.words.count]
    }

    /// The word behind each number of a text; nil where none follows.
    static func counted(in row: WordRow) -> [[UInt8]?] {
        row.words.indices.filter { i in
            (row.words[i][0].isDigit || QuestionWords.numbers.contains(row.words[i]))
                && !(i + 1 < row.words.count && row.words[i + 1][0].isDigit)
        }.map { i in
            guard i + 1 < row.words.count, row.places[i + 1].lowerBound == row.places[i].upperBound + 1 else { return nil }
            return row.words[i + 1]
        }
    }

    private static func isCut(_ row: WordRow, _ i: Int) -> Bool {
        if joints.contains(row.words[i]) { return true }
        let gap = row.text[row.places[i - 1].upperBound..<row.places[i].lowerBound]
        return gap.contains(UInt8(ascii: ";")) || gap.starts(with: ", ".utf8)
    }

    /// A number with a word behind it that it may count, or with the sign of money.
    private static func isQuantity(_ row: WordRow, _ i: Int) -> Bool {
        guard row.words[i][0].isDigit || QuestionWords.numbers.contains(row.words[i]) else { return false }
        // The decimals of 2.5 are no number of their own.
        if i > 0, row.places[i].lowerBound == row.places[i - 1].upperBound + 1, row.words[i - 1][0].isDigit { return false }
        var last = i
        while last + 1 < row.words.count, row.words[last + 1][0].isDigit,
            row.places[last + 1].lowerBound == row.places[last].upperBound + 1
        { last += 1 }
        let before = row.text[..<row.places[i].lowerBound]
        if ["€", "$", "£"].contains(where: { before.suffix($0.utf8.count).elementsEqual($0.utf8) }) { return true }
        let rest = row.text[row.places[last].upperBound...]
        if ["%", " %", "€", " €", "°", " °"].contains(where: { rest.starts(with: $0.utf8) }) { return true }
        guard last + 1 < row.words.count, row.places[last + 1].lowerBound <= row.places[last].upperBound + 1 else {
            return false
        }
        let next = row.words[last + 1]
        return !next[0].isDigit && !AnswerWords.isCommon(next) && !AnswerWords.closed.contains(next)
            && Months.number(of: String(decoding: next, as: UTF8.self)) == nil
    }
}
