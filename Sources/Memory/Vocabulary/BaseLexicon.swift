/// The terms that a model carries, the most frequent first.
package struct BaseLexicon: Sendable {
    /// UTF-8 of each term.
    package let words: [[UInt8]]
    /// How many passages in 65,536 hold each term.
    package let frequency: [UInt16]

    /// The base lexicon of a model file.
    init(_ tensors: ModelTensors) throws(MemoryError) {
        words = try tensors.lines("lexicon.words")
        frequency = try tensors.file.uint16("lexicon.frequency")
        guard words.count == frequency.count else {
            throw tensors.invalid("the base lexicon has \(words.count) words and \(frequency.count) frequencies")
        }
    }
}
