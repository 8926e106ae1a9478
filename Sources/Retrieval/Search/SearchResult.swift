/// Where a passage or sentence stands, as a reader would find it.
package struct Citation: Sendable, Codable, Equatable {
    /// Path of the file relative to the corpus root, and the other paths with the very same text.
    package let path: String, alsoAt: [String]
    package let title: String
    /// Page, from 1, where the format has pages; headings from the outermost in.
    package let page: Int?, headings: [String]
    /// UTF-8 byte range in the document's text.
    package let start: Int, end: Int
}

/// One passage that answers a query, reconstructed from its memory.
package struct SearchResult: Sendable, Codable, Equatable {
    package let rank: Int, score: Double
    package let citation: Citation
    /// Number of the passage in its document, from 0.
    package let passage: Int
    package let text: String
    /// Query words that occur, in any form of their stems, and how the score came about.
    package let matched: [String]
    package let explanation: ScoreExplanation
}

/// The parts of a score.
package struct ScoreExplanation: Sendable, Codable, Equatable {
    /// BM25 over the stored word sets (term frequency 1), then over the reconstructed text.
    package var stored = 0.0, exact = 0.0
    /// Cosine of the query's memory and the passage's; of summed word vectors, the query's with the passage's; with its nearest sentence, and with
    /// its nearest two, their mean (0 where the model has no vectors).
    package var memory = 0.0, wordVectors = 0.0, sentence = 0.0
    /// Share of the query's weight found close together.
    package var proximity = 0.0
    package var total = 0.0
}

package struct SearchOptions: Sendable {
    package var top = 5
    /// Passages that are reconstructed and scored exactly, at most; those far behind the best are not.
    package var rescored = 24
    package init() {}
}

/// An answer that quotes what it says.
package struct Answer: Sendable, Codable, Equatable {
    package struct Sentence: Sendable, Codable, Equatable {
        package let text: String
        /// Number of the citation in `sources` that holds it, from 1.
        package let source: Int
        package let citation: Citation
    }
    package let question: String
    /// False where nothing in the index answers the question well enough.
    package let isFound: Bool
    /// 0…1: how much of the question the evidence covers.
    package let confidence: Double
    /// The sentences that answer, best first; every one was located in reconstructed text.
    package let sentences: [Sentence]
    /// The passages that were read.
    package let sources: [SearchResult]
    /// Text of a generator, when one was asked for.
    package var generated: GeneratedAnswer?
}

/// What a language model wrote from the passages, checked.
package struct GeneratedAnswer: Sendable, Codable, Equatable {
    package struct Sentence: Sendable, Codable, Equatable {
        package let text: String
        /// Whether every quotation in it occurs in a source and its sources exist and share its words.
        package let isSupported: Bool
        package let sources: [Int]
        package let quotations: [Quotation]
    }
    /// A quoted span and where it was found; nil where it occurs in no source.
    package struct Quotation: Sendable, Codable, Equatable {
        package let text: String
        package let citation: Citation?
    }
    package let model: String
    package let text: String
    package let sentences: [Sentence]

    package init(model: String, text: String, sentences: [Sentence]) {
        self.model = model
        self.text = text
        self.sentences = sentences
    }
}
