/// How many unanswerable questions are refused when the threshold of confidence is moved until a stated share of the right
/// answers is lost.
package struct RefusalAtLoss: Sendable {
    private var right: [Double] = []
    private var unanswerable: [Double] = []

    /// No question yet.
    package init() {}

    /// Adds the confidence of a right answer.
    package mutating func add(right confidence: Double) { right.append(confidence) }

    /// Adds the confidence of the answer to a question that nothing answers.
    package mutating func add(unanswerable confidence: Double) { unanswerable.append(confidence) }

    /// The highest threshold at which at most `loss` of the right answers are refused: those with less confidence are.
    package func threshold(loss: Double) -> Double {
        let sorted = right.sorted()
        guard !sorted.isEmpty else { return .infinity }
        return sorted[min(sorted.count - 1, Int(loss * Double(sorted.count)))]
    }

    /// Whether each unanswerable question is refused at that threshold.
    package func refusals(loss: Double) -> [Bool] {
        let threshold = threshold(loss: loss)
        return unanswerable.map { $0 < threshold }
    }
}
