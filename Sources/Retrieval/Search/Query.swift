import Memory

/// A question in the form that an index is searched with.
package struct Query: Sendable {
    /// The question as it was asked, in UTF-8.
    package let text: [UInt8]
    /// Distinct folded words in order of appearance, without function words and question words.
    package let words: [[UInt8]]
    /// The stem of each of `words`.
    package let stems: [[UInt8]]
    /// The stems of words that stand side by side in the question.
    package let pairs: [([UInt8], [UInt8])]
    /// The parts that must stand in a text as they are written.
    package let exactForms: ExactForms
    /// All distinct terms, with function words and question words.
    package let terms: [[UInt8]]
    /// The stem of the word that "how many" asks to count, or "what percentage" of.
    package let counted: [UInt8]?

    /// The words and terms of a question.
    package init(_ text: String, model: LoadedModel) {
        let bytes = Array(text.utf8)
        let all = Words.forms(in: bytes.span).map { Words.fold(Array(bytes[$0])) }
        var words: [[UInt8]] = []
        var seen: Set<[UInt8]> = []
        var pairs: [([UInt8], [UInt8])] = []
        var previous: [UInt8]?
        for word in all {
            if model.vocabulary.isFunctionWord(word) || QuestionWords.all.contains(word) {
                previous = nil
                continue
            }
            let stem = Stem.of(word)
            if let previous { pairs.append((previous, stem)) }
            previous = stem
            if seen.insert(word).inserted { words.append(word) }
        }
        self.text = bytes
        exactForms = ExactForms(in: text)
        self.words = words
        self.pairs = pairs
        stems = words.map(Stem.of)
        terms = Words.terms(in: bytes.span)
        counted = zip(all, all.dropFirst()).first { QuestionWords.beforeCounted.contains($0.0) }.map { Stem.of($0.1) }
    }
}
