internal import Retrieval

/// A passage that a search found.
public struct FoundPassage: Sendable, Hashable, Codable {
    /// The whole text of the passage.
    public let text: String
    /// Where the passage stands.
    public let place: Place
    /// The number of the passage in its document, from 0.
    public let passage: Int
    /// Higher is better. Scores of different queries cannot be compared.
    public let score: Double
    /// Words of the text that words of the query stand for.
    public let matched: [String]
}

extension FoundPassage {
    init(_ result: SearchResult) {
        text = result.text
        place = Place(result.citation)
        passage = result.passage
        score = result.score
        matched = result.matched
    }
}
