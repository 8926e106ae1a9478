import Memory

/// How near the nearest sentence of a text comes to a query, by the vectors of their words.
///
/// A passage's vector is the mean of all it speaks of; a question asks for one thing. The text is at hand once it is reconstructed, so this
/// costs no byte of the index, and a sentence has its function words too.
struct SentenceSimilarity {
    /// Shorter sentences are titles and list marks, which repeat words and say nothing, but where a text has no others.
    private static let fewestWords = 3

    private let vectors: WordVectors, weight: ([UInt8]) throws -> Float
    private var known: [[UInt8]: (rows: [Int], weight: Float)] = [:]
    private var query: [Float] = []

    /// - Parameter weight: what a term counts, as the index's passages make it rare or common.
    init(_ terms: [[UInt8]], vectors: WordVectors, weight: @escaping ([UInt8]) throws -> Float) throws {
        self.vectors = vectors
        self.weight = weight
        query = WordVectors.unit(try sum(terms))
    }

    /// The mean of two cosines, none below 0: with the nearest sentence, and with the nearest two sentences that follow each other. 0 for a text
    /// without words.
    mutating func nearest(in text: [UInt8]) throws -> Double {
        let sentences = Sentences.ranges(in: text).map { Array(text[$0]) }
        let counts = sentences.map { Words.forms(in: $0.span).count }
        let fewest = counts.contains { $0 >= SentenceSimilarity.fewestWords } ? SentenceSimilarity.fewestWords : 0
        var single = 0.0, pair = 0.0, previous: [Float]?
        for (sentence, count) in zip(sentences, counts) {
            guard count >= fewest else {
                previous = nil
                continue
            }
            let sum = try sum(of: sentence), cosines = cosines(of: sum, after: previous)
            single = max(single, cosines.alone)
            pair = max(pair, cosines.withPrevious)
            previous = sum
        }
        return (single + pair) / 2
    }

    /// The weighed sum of the vectors of a sentence's terms.
    mutating func sum(of sentence: [UInt8]) throws -> [Float] { try sum(Words.terms(in: sentence.span)) }

    /// Cosines of a sentence's sum with the query: alone, and together with that of the sentence before, if there is one.
    func cosines(of sum: [Float], after previous: [Float]?) -> (alone: Double, withPrevious: Double) {
        (cosine(sum), cosine(previous.map { zip($0, sum).map(+) } ?? sum))
    }

    private mutating func sum(_ terms: [[UInt8]]) throws -> [Float] {
        var sum = [Float](repeating: 0, count: vectors.dimension)
        for term in terms {
            if known[term] == nil { known[term] = (vectors.rows(of: term), try weight(term)) }
            if let (rows, weight) = known[term] { vectors.add(rows, times: weight, to: &sum) }
        }
        return sum
    }

    private func cosine(_ sum: [Float]) -> Double { Double(zip(WordVectors.unit(sum), query).reduce(0) { $0 + $1.0 * $1.1 }) }
}
