/// One passage that answers a query, reconstructed from its memory.
package struct SearchResult: Sendable, Codable, Equatable {
    /// From 1.
    package let rank: Int
    /// The score; higher is better.
    package let score: Double
    /// Where the passage stands.
    package let citation: Citation
    /// The number of the passage in its document, from 0.
    package let passage: Int
    /// The text of the passage.
    package let text: String
    /// The line of the text, from 1, with most of the words that were found; nil for other formats than text.
    package let line: Int?
    /// The words of the text that words of the query stand for, and words of the query that only the document's path, title
    /// or headings hold.
    package let matched: [String]
    /// How the score came about.
    package let explanation: ScoreExplanation

    /// A result of all its parts.
    package init(
        rank: Int, score: Double, citation: Citation, passage: Int, text: String, line: Int? = nil, matched: [String],
        explanation: ScoreExplanation
    ) {
        self.rank = rank
        self.score = score
        self.citation = citation
        self.passage = passage
        self.text = text
        self.line = line
        self.matched = matched
        self.explanation = explanation
    }
}
