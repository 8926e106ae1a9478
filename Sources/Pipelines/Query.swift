import Memory

/// A question as the index is asked it.
struct Query: Sendable {
    /// Distinct folded words in order of appearance, function words left out.
    let words: [[UInt8]]
    /// Their stems, and neighbours among all words of the question (stems), for proximity.
    let stems: [[UInt8]], pairs: [([UInt8], [UInt8])]
    let tokens: [UInt16]

    init(_ text: String, model: LoadedModel) {
        let bytes = Array(text.utf8)
        var words: [[UInt8]] = [], seen: Set<[UInt8]> = [], previous: [UInt8]?
        var pairs: [([UInt8], [UInt8])] = []
        for range in Words.forms(in: bytes.span) {
            let word = Words.fold(Array(bytes[range]))
            if model.lexicon.isFunctionWord(word) {
                previous = nil
                continue
            }
            let stem = Stem.of(word)
            if let previous { pairs.append((previous, stem)) }
            previous = stem
            if seen.insert(word).inserted { words.append(word) }
        }
        self.words = words
        stems = words.map(Stem.of)
        self.pairs = pairs
        tokens = model.tokenizer.encode(bytes)
    }
}

/// A light suffix stripper for English and German, for comparing words of reconstructed text; the index itself holds whole words.
enum Stem {
    private static let suffixes: [[UInt8]] = [
        "ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "en", "er", "s", "e", "y",
    ].map { Array($0.utf8) }

    static func of(_ word: [UInt8]) -> [UInt8] {
        guard word.count > 4 else { return word.count > 3 && word.last == UInt8(ascii: "s") ? Array(word.dropLast()) : word }
        for suffix in suffixes where word.count - suffix.count >= 4 && word.suffix(suffix.count).elementsEqual(suffix) {
            return Array(word.dropLast(suffix.count))
        }
        return word
    }
}
