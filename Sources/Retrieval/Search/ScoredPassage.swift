import Indexes
import Memory

/// A passage with its text and its score.
package struct ScoredPassage: Sendable {
    /// The passage.
    package let id: PassageID
    /// Its reconstructed text.
    package let text: [UInt8]
    /// Positions in `Query.words` of the words that the text holds in any form with the same stem.
    package let matched: [Int]
    /// How its score was made.
    package let explanation: ScoreExplanation
    /// What the reader found in the text; nil where it did not read the passage.
    package var reading: Reading?
}

extension Array {
    /// Without the elements whose text nearly repeats that of a better one: over 95 % of the words of both are common, and all
    /// numbers are.
    package func withoutCopies(_ text: (Element) -> [UInt8]) -> [Element] {
        var numbers: [[UInt8]: Int32] = [:]
        // Whether each distinct word of all texts holds a digit.
        var isNumber: [Bool] = []
        var kept: [(element: Element, words: [Int32])] = []
        for element in self {
            let words = WordBag(text(element)).words.keys.map { word in
                if let known = numbers[word] { return known }
                numbers[word] = Int32(isNumber.count)
                isNumber.append(WordBag.isNumber(word))
                return Int32(isNumber.count - 1)
            }.sorted()
            if !kept.contains(where: { isCopy($0.words, words, isNumber) }) { kept.append((element, words)) }
        }
        return kept.map(\.element)
    }
}

/// Whether two texts are copies, by their distinct words in ascending order.
private func isCopy(_ a: [Int32], _ b: [Int32], _ isNumber: [Bool]) -> Bool {
    // Most pairs differ too much in length.
    guard a.isEmpty || Double(min(a.count, b.count)) > 0.95 * Double(max(a.count, b.count)) else { return false }
    var (i, j, common) = (0, 0, 0)
    while i < a.count || j < b.count {
        let (left, right) = (i < a.count ? a[i] : .max, j < b.count ? b[j] : .max)
        // Two years of one contract differ in a number.
        guard left == right || !isNumber[Int(min(left, right))] else { return false }
        if left == right { common += 1 }
        if left <= right { i += 1 }
        if right <= left { j += 1 }
    }
    return Double(common) > 0.95 * Double(max(1, a.count + b.count - common))
}
