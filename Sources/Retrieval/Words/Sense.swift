/// What a word of a query can stand for in an index: a stored term, or several terms that follow one another in the text.
package struct Sense: Sendable, Equatable {
    /// How a term belongs to the word of the query. `docs/retrieval.md` has a table with the weights.
    package enum Kind: Sendable {
        /// The word itself.
        case exact
        /// The same word with other accents, or in another form of Unicode.
        case variant
        /// Another form of the word: plural, case, tense; a particle or an article that is written with the word.
        case inflected
        /// A part of an identifier: `seconds` in `backoffSeconds`.
        case identifier
        /// Two words of the query, written as one.
        case joined
        /// The word, written as several words.
        case split
        /// A part of a compound.
        case compound
        /// A stretch of a script that puts no spaces between words.
        case stretch
        /// A word that is spelled almost alike, where the index lacks the word.
        case spelling
    }

    /// Folded terms. Several terms must follow one another.
    package let terms: [[UInt8]]
    /// What an occurrence counts; 1 for the word itself.
    package let weight: Double
    /// How the word came to be looked for.
    package let kind: Kind

    /// Terms that stand for a word of a query.
    package init(_ terms: [[UInt8]], _ kind: Kind, weight: Double) {
        self.terms = terms
        self.kind = kind
        self.weight = weight
    }

    /// The sense of a word as itself.
    package static func exact(_ word: [UInt8]) -> Sense { Sense([word], .exact, weight: 1) }
}

/// A word that the index lacks, and the words that were looked for instead.
package struct Correction: Sendable, Codable, Equatable {
    /// The word.
    package let word: String
    /// The words that were looked for instead.
    package let used: [String]

    /// A word with the words that were looked for instead.
    package init(word: String, used: [String]) {
        self.word = word
        self.used = used
    }
}
