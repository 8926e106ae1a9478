/// An answer that quotes what it says.
package struct Answer: Sendable, Codable, Equatable {
    /// A quoted sentence.
    package struct Sentence: Sendable, Codable, Equatable {
        /// The sentence as the text has it.
        package let text: String
        /// The rank of the result in `sources` that holds the sentence, from 1.
        package let source: Int
        /// Where it stands.
        package let citation: Citation
    }

    /// The question in words.
    package let question: String
    /// False where nothing in the index answers the question well enough.
    package let isFound: Bool
    /// The probability that the best sentence answers the question.
    package let confidence: Double
    /// The sentences that answer, the best first. Every sentence stands in reconstructed text.
    package let sentences: [Sentence]
    /// The passages that were read.
    package let sources: [SearchResult]
    /// What a generator wrote, where one was asked.
    package var generated: GeneratedAnswer?
}
