import Memory

/// How near the nearest sentence of a text comes to a query, by the vectors of their words.
///
/// The vector of a passage is the mean of everything that the passage speaks of, and a question asks for one thing. The
/// reconstructed text is at hand, so the comparison costs no byte of the index.
struct SentenceSimilarity {
    /// Sentences with fewer words are titles and list marks. They count only where a text has no longer sentence.
    private static let fewestWords = 3

    private let vectors: WordVectors
    private let weights: ([[UInt8]]) throws -> [Float]
    private var known: [[UInt8]: (rows: [Int], weight: Float)] = [:]
    private var query: [Float] = []

    /// - Parameter weights: what each of some terms counts, large for a term that few passages of the index hold.
    init(_ terms: [[UInt8]], vectors: WordVectors, weights: @escaping ([[UInt8]]) throws -> [Float]) throws {
        self.vectors = vectors
        self.weights = weights
        query = WordVectors.unit(try sum(terms))
    }

    /// Looks all terms of some texts up together, which takes less time than one after the other.
    mutating func learn(_ texts: [[UInt8]]) throws { try learn(texts.lazy.flatMap { Words.terms(in: $0.span) }) }

    private mutating func learn(_ terms: some Sequence<[UInt8]>) throws {
        let new = Set(terms.filter { known[$0] == nil }).sorted { $0.lexicographicallyPrecedes($1) }
        guard !new.isEmpty else { return }
        for (term, weight) in zip(new, try weights(new)) { known[term] = (vectors.rows(of: term), weight) }
    }

    /// The mean of two cosines, each at least 0: with the nearest sentence, and with the nearest two sentences in a row. 0
    /// for a text without words.
    mutating func nearest(in text: [UInt8]) throws -> Double {
        let sentences = Sentences.ranges(in: text).map { Array(text[$0]) }
        let counts = sentences.map { Words.forms(in: $0.span).count }
        let fewest = counts.contains { $0 >= SentenceSimilarity.fewestWords } ? SentenceSimilarity.fewestWords : 0
        var single = 0.0
        var pair = 0.0
        var previous: [Float]?
        for (sentence, count) in zip(sentences, counts) {
            guard count >= fewest else {
                previous = nil
                continue
            }
            let sum = try sum(of: sentence)
            let cosines = cosines(of: sum, after: previous)
            single = max(single, cosines.alone)
            pair = max(pair, cosines.withPrevious)
            previous = sum
        }
        return (single + pair) / 2
    }

    /// The weighted sum of the vectors of a sentence's terms.
    mutating func sum(of sentence: [UInt8]) throws -> [Float] { try sum(Words.terms(in: sentence.span)) }

    /// The cosines of the query with a sentence's sum: alone, and together with the sum of the sentence before, if there is
    /// one.
    func cosines(of sum: [Float], after previous: [Float]?) -> SentenceCosines {
        SentenceCosines(alone: cosine(sum), withPrevious: cosine(previous.map { zip($0, sum).map(+) } ?? sum))
    }

    private mutating func sum(_ terms: [[UInt8]]) throws -> [Float] {
        var sum = [Float](repeating: 0, count: vectors.dimension)
        try learn(terms)
        for term in terms {
            if let (rows, weight) = known[term] { vectors.add(rows, times: weight, to: &sum) }
        }
        return sum
    }

    private func cosine(_ sum: [Float]) -> Double {
        Double(zip(WordVectors.unit(sum), query).reduce(0) { $0 + $1.0 * $1.1 })
    }
}

/// Cosines of a sentence with a query.
package struct SentenceCosines: Sendable {
    /// The similarity of the sentence by itself.
    package let alone: Double
    /// Together with the sentence before.
    package let withPrevious: Double

    /// The two similarities of a sentence.
    package init(alone: Double = 0, withPrevious: Double = 0) {
        self.alone = alone
        self.withPrevious = withPrevious
    }
}
