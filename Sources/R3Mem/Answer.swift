internal import Retrieval

/// What the documents say to a question. Every text is the documents' own.
public struct Answer: Sendable, Hashable, Codable {
    /// Whether the documents answer the question well enough.
    public let isFound: Bool
    /// The estimated probability that the best quotation answers.
    public let confidence: Double
    /// The words that answer, as they stand in a quotation, or "yes" or "no"; nil where the quotation has to say it.
    public let short: String?
    /// The quotations, the best first; of versions of one document the one in force comes before the others.
    public let quotations: [Quotation]
    /// Names and numbers of the question that the nearest text lacks, where nothing was found.
    public let missing: [String]
    /// The passages that were read, the best first.
    public let passages: [FoundPassage]
}

/// A quoted sentence, row, list or paragraph.
public struct Quotation: Sendable, Hashable, Codable {
    /// The text as it stands in the document.
    public let text: String
    /// Where it stands.
    public let place: Place
    /// The head of the table, or the lead-in, that the text belongs to.
    public let context: [String]
    /// Whether another version of the document is in force.
    public let isSuperseded: Bool
}

extension Answer {
    init(_ answer: Retrieval.Answer) {
        isFound = answer.isFound
        confidence = answer.confidence
        short = answer.shortAnswer?.text
        quotations = answer.sentences.map { sentence in
            Quotation(
                text: sentence.text, place: Place(sentence.citation), context: sentence.context.map(\.text),
                isSuperseded: sentence.isSuperseded)
        }
        missing = answer.missing
        passages = answer.sources.map(FoundPassage.init)
    }
}
