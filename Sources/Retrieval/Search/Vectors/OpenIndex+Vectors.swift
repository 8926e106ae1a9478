import Memory

extension OpenIndex {
    /// The sentence vectors of texts, of length one; nil for a model without a sentence encoder.
    package func vectors(of texts: [String]) throws -> [[Float]]? {
        guard model.encoder != nil else { return nil }
        return try pool.map(texts.count) { codec, i in codec.encoding?.vector(of: Array(texts[i].utf8)) ?? [] }
    }
}
