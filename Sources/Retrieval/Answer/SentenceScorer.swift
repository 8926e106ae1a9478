import Bytes
import Memory

/// Scores sentences against a question.
package struct SentenceScorer: Sendable {
    /// What a sentence of fewer than four words loses.
    static let fewWords = 0.35

    private let query: Query
    private let weights: [Double]
    private let total: Double
    private let kind: QuestionKind
    /// The stem of the unit that "how many" asks for.
    private let unit: [UInt8]?

    /// - Parameter weights: the weight of each of the query's words.
    package init(query: Query, weights: [Double], kind: QuestionKind) {
        self.query = query
        self.weights = weights
        self.kind = kind
        total = max(1e-9, weights.reduce(0, +))
        unit = kind == .number ? query.counted : nil
    }

    /// The share of the question's weight whose words occur in a text, in any of their senses: 0 to 1.
    package func coverage(_ bag: WordBag) -> Double {
        weights.indices.reduce(0) { $0 + (bag.frequency(of: $1, in: query) > 0 ? weights[$1] : 0) } / total
    }

    /// What the form of a sentence says: whether it holds what the question asks for, and whether it is a sentence at all. In
    /// units of full coverage.
    ///
    /// - Parameter startsWithName: whether the first word is known to be a name. A capital letter alone says nothing there.
    package func form(of sentence: [UInt8], startsWithName: Bool = false) -> Double {
        var score = 0.0
        switch kind {
        case .number:
            if hasNewNumber(sentence) { score += 0.4 }
            if let unit, SentenceScorer.counts(unit, in: sentence) { score += 0.4 }
        case .time:
            if hasNewNumber(sentence) { score += 0.4 }
        case .person, .place:
            if startsWithName || hasNewName(sentence) { score += 0.4 }
        case .other:
            break
        }
        if sentence.first == UInt8(ascii: "#") {
            score -= 1  // a heading names a subject and says nothing of it
        } else if Words.forms(in: sentence.span).count < 4 {
            score -= SentenceScorer.fewWords
        }
        return score
    }

    /// Whether a sentence holds a number that the question does not hold.
    private func hasNewNumber(_ sentence: [UInt8]) -> Bool {
        Words.forms(in: sentence.span).contains { range in
            sentence[range.lowerBound].isDigit && !query.words.contains(Array(sentence[range]))
        }
    }

    /// Whether a capitalised word that the question does not hold stands inside a sentence, after its first word.
    private func hasNewName(_ sentence: [UInt8]) -> Bool {
        Words.forms(in: sentence.span).dropFirst().contains { range in
            sentence[range.lowerBound].isUppercase && !query.stems.contains(Stem.of(Words.fold(Array(sentence[range]))))
        }
    }

    /// Whether a number stands in a sentence at most two words before a unit.
    private static func counts(_ unit: [UInt8], in sentence: [UInt8]) -> Bool {
        // Words since the last number.
        var since = Int.max
        for range in Words.forms(in: sentence.span) {
            let word = Words.fold(Array(sentence[range]))
            if Numerals.isNumber(word) {
                since = 0
            } else {
                if since < 3, Stem.of(word) == unit { return true }
                since = since < 3 ? since + 1 : Int.max
            }
        }
        return false
    }
}
