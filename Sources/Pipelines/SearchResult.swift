/// Where a passage or sentence stands, as a reader would find it.
public struct Citation: Sendable, Codable, Equatable {
    /// Path of the file relative to the corpus root, and the other paths with the very same text.
    public let path: String, alsoAt: [String]
    public let title: String
    /// Page, from 1, where the format has pages; headings from the outermost in.
    public let page: Int?, headings: [String]
    /// UTF-8 byte range in the document's text.
    public let start: Int, end: Int
}

/// One passage that answers a query, reconstructed from its memory.
public struct SearchResult: Sendable, Codable, Equatable {
    public let rank: Int, score: Double
    public let citation: Citation
    /// Number of the passage in its document, from 0.
    public let passage: Int
    public let text: String
    /// Query words that occur, in any form of their stems, and how the score came about.
    public let matched: [String]
    public let explanation: ScoreExplanation
}

/// The parts of a score.
public struct ScoreExplanation: Sendable, Codable, Equatable {
    /// BM25 over the stored word sets (term frequency 1), then over the reconstructed text.
    public var stored = 0.0, exact = 0.0
    /// Cosine of the query's memory and the passage's; of summed word vectors, the query's with the passage's; with its nearest sentence, and with
    /// its nearest two, their mean (0 where the model has no vectors).
    public var memory = 0.0, wordVectors = 0.0, sentence = 0.0
    /// Share of the query's weight found close together.
    public var proximity = 0.0
    public var total = 0.0
}

public struct SearchOptions: Sendable {
    public var top = 5
    /// Passages that are reconstructed and scored exactly, at most; those far behind the best are not.
    public var rescored = 24
    public init() {}
}

/// An answer that quotes what it says.
public struct Answer: Sendable, Codable, Equatable {
    public struct Sentence: Sendable, Codable, Equatable {
        public let text: String
        /// Number of the citation in `sources` that holds it, from 1.
        public let source: Int
        public let citation: Citation
    }
    public let question: String
    /// False where nothing in the index answers the question well enough.
    public let isFound: Bool
    /// 0…1: how much of the question the evidence covers.
    public let confidence: Double
    /// The sentences that answer, best first; every one was located in reconstructed text.
    public let sentences: [Sentence]
    /// The passages that were read.
    public let sources: [SearchResult]
    /// Text of a generator, when one was asked for.
    public var generated: GeneratedAnswer?
}

/// What a language model wrote from the passages, checked.
public struct GeneratedAnswer: Sendable, Codable, Equatable {
    public struct Sentence: Sendable, Codable, Equatable {
        public let text: String
        /// Whether every quotation in it occurs in a source and its sources exist and share its words.
        public let isSupported: Bool
        public let sources: [Int]
        public let quotations: [Quotation]
    }
    /// A quoted span and where it was found; nil where it occurs in no source.
    public struct Quotation: Sendable, Codable, Equatable {
        public let text: String
        public let citation: Citation?
    }
    public let model: String
    public let text: String
    public let sentences: [Sentence]
}
