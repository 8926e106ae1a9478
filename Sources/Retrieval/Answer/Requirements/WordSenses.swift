import Memory

/// The unit vectors of words that the units of one question are compared by, each computed once.
final class WordSenses {
    private let vectors: WordVectors
    private var known: [[UInt8]: [Float]] = [:]

    init(_ vectors: WordVectors) { self.vectors = vectors }

    func vector(of word: [UInt8]) -> [Float] {
        if let vector = known[word] { return vector }
        var sum = [Float](repeating: 0, count: vectors.dimension)
        vectors.add(vectors.rows(of: word), to: &sum)
        let vector = WordVectors.unit(sum)
        known[word] = vector
        return vector
    }

    /// Whether a word has a vector of its own, and not only those of its parts.
    func isWhole(_ word: [UInt8]) -> Bool { vectors.rows(of: word).count == 1 }
}
