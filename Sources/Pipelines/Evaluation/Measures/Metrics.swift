import Retrieval

/// The ranks of right results, one question after the other.
package struct RankMetrics: Sendable {
    private var ranks: [Int?] = []

    /// No question yet.
    package init() {}

    /// Adds a question.
    /// - Parameter rank: the rank of the first right result, from 1; nil where no result is right.
    package mutating func add(rank: Int?) { ranks.append(rank) }

    /// The questions that were added.
    package var questions: Int { ranks.count }

    /// The number of questions with a right result among the first `k`.
    package func hits(within k: Int) -> Int { ranks.count { ($0 ?? .max) <= k } }
}

/// How many of some questions went as expected.
package struct Share: Sendable, Equatable {
    /// Those that went as expected.
    package private(set) var right = 0
    /// All that were counted.
    package private(set) var total = 0

    /// Nothing counted yet.
    package init() {}

    /// Counts one.
    package mutating func add(_ isRight: Bool) {
        total += 1
        right += isRight ? 1 : 0
    }

    /// The share that went as expected; 0 when nothing was counted.
    package var share: Double { Double(right) / Double(max(1, total)) }
}

/// Measures of answers: the rank of the right passage, whether the answer is given, and whether unanswerable questions are
/// refused.
package struct AnswerMetrics: Sendable {
    /// Questions whose document or answer is known.
    package var ranks = RankMetrics()
    /// Questions whose answer is known: whether the text holds it.
    package var answered = Share()
    /// Questions that nothing answers: whether nothing was said.
    package var refused = Share()

    /// No question yet.
    package init() {}

    /// Adds the answer to a question.
    /// - Parameter text: the text of the answer; nil when no answer was found.
    /// - Returns: whether the question went as expected; nil when the right answer is not known.
    @discardableResult
    package mutating func add(_ question: Question, said text: String?) -> Bool? {
        if question.answerable == false {
            refused.add(text == nil)
            return text == nil
        }
        guard !question.rightAnswers.isEmpty else { return nil }
        let isRight = text.map { said in question.rightAnswers.contains { AnswerText.holds(said, $0) } } ?? false
        answered.add(isRight)
        return isRight
    }
}
