/// The answer that a language model wrote from passages, checked against the passages.
package struct GeneratedAnswer: Sendable, Codable, Equatable {
    package struct Sentence: Sendable, Codable, Equatable {
        package let text: String
        /// Whether the passages support the sentence; `QuotationCheck` states the rule.
        package let isSupported: Bool
        /// The numbers of the passages that the sentence cites.
        package let sources: [Int]
        package let quotations: [Quotation]
    }

    /// A text between quotation marks.
    package struct Quotation: Sendable, Codable, Equatable {
        package let text: String
        /// The place of the quotation; nil when no passage holds it.
        package let citation: Citation?
    }

    /// The name of the language model.
    package let model: String
    package let text: String
    package let sentences: [Sentence]
}
