/// The rows that come before the tokens of a passage when it is expanded.
enum PassagePrefix {
    /// The memory code of the document.
    static let document = 0
    /// The memory code of the passage.
    static let passage = 1
    /// The term set.
    static let terms = 2
    /// BOS. Its output row predicts the first token; the row of token i predicts token i + 1.
    static let begin = 3
    /// The number of rows.
    static let count = 4
}
