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
        var kept: [(element: Element, words: Set<[UInt8]>)] = []
        for element in self {
            let words = Set(WordBag(text(element)).words.keys)
            let isCopy = kept.contains { other in
                // Two years of one contract differ in a number.
                guard !other.words.symmetricDifference(words).contains(where: WordBag.isNumber) else { return false }
                let common = other.words.intersection(words).count
                return Double(common) > 0.95 * Double(Swift.max(1, other.words.union(words).count))
            }
            if !isCopy { kept.append((element, words)) }
        }
        return kept.map(\.element)
    }
}
