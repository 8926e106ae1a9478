import Retrieval

/// The ranks of right results, one question after the other.
package struct RankMetrics: Sendable {
    private var ranks: [Int?] = []

    package init() {}

    /// Adds a question.
    /// - Parameter rank: the rank of the first right result, from 1; nil where no result is right.
    package mutating func add(rank: Int?) { ranks.append(rank) }

    package var questions: Int { ranks.count }

    /// The number of questions with a right result among the first `k`.
    package func hits(within k: Int) -> Int { ranks.count { ($0 ?? .max) <= k } }

    /// Recall at `k`: the share of questions with a right result among the first `k`; 0 without questions.
    package func recall(at k: Int) -> Double { Double(hits(within: k)) / Double(max(1, questions)) }

    /// The mean reciprocal rank: a question counts 1 / rank, or nothing where its rank is beyond `k`.
    package func reciprocalRank(within k: Int) -> Double {
        ranks.reduce(0) { sum, rank in sum + (rank.map { $0 <= k ? 1 / Double($0) : 0 } ?? 0) } / Double(max(1, questions))
    }
}

/// How many of some questions went as expected.
package struct Share: Sendable, Equatable {
    package private(set) var right = 0
    package private(set) var total = 0

    package init() {}

    package mutating func add(_ isRight: Bool) {
        total += 1
        right += isRight ? 1 : 0
    }

    /// The share that went as expected; 0 where there are none.
    package var share: Double { Double(right) / Double(max(1, total)) }
}

/// What is measured of answers: where the right passage stands, whether the answer is given, and whether unanswerable
/// questions are refused.
package struct AnswerMetrics: Sendable {
    /// Questions whose document or answer is known.
    package var ranks = RankMetrics()
    /// Questions whose answer is known: whether the text holds it.
    package var answered = Share()
    /// Questions that nothing answers: whether nothing was said.
    package var refused = Share()

    package init() {}

    /// Adds what was said to a question.
    /// - Parameter text: nil where nothing was said to be found.
    /// - Returns: whether the question went as expected; nil where nothing is known of its answer.
    @discardableResult
    package mutating func add(_ question: Question, said text: String?) -> Bool? {
        if question.answerable == false {
            refused.add(text == nil)
            return text == nil
        }
        guard let answer = question.answer else { return nil }
        let isRight = text.map { AnswerText.holds($0, answer) } ?? false
        answered.add(isRight)
        return isRight
    }
}
