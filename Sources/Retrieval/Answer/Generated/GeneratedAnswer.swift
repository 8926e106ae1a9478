/// The answer that a language model wrote from passages, checked against the passages.
package struct GeneratedAnswer: Sendable, Codable, Equatable {
    /// A sentence of the answer, with what was checked of it.
    package struct Sentence: Sendable, Codable, Equatable {
        /// The sentence without its citations.
        package let text: String
        /// Whether the passages support the sentence; `QuotationCheck` states the rule.
        package let isSupported: Bool
        /// The numbers of the passages that the sentence cites.
        package let sources: [Int]
        /// The quotations in the sentence.
        package let quotations: [Quotation]
    }

    /// A text between quotation marks.
    package struct Quotation: Sendable, Codable, Equatable {
        /// The quotation without its marks.
        package let text: String
        /// The place of the quotation; nil when no passage holds it.
        package let citation: Citation?
    }

    /// The name of the language model.
    package let model: String
    /// The answer as the server wrote it.
    package let text: String
    /// The answer sentence by sentence.
    package let sentences: [Sentence]
}
