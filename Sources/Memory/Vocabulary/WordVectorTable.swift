/// One vector of int8 entries for each function word, each word of the base lexicon and each token, distilled from a
/// sentence encoder. The sum of the vectors of a text's words points where the encoder's vector of the text points.
///
/// A word in neither list is the sum of the vectors of its tokens.
package struct WordVectorTable: Sendable {
    /// The entries, row by row.
    package let values: MappedTensor
    /// The real value of an entry of a row is the entry times the row's scale.
    package let scale: [Float]
    /// The entries of a row.
    package let dimension: Int
    /// The rows of the function words.
    package let functionWords: Range<Int>
    /// The rows of the words of the base lexicon.
    package let words: Range<Int>
    /// The rows of the tokens.
    package let pieces: Range<Int>

    /// The table of a model file, or nil where the file has none.
    init?(_ tensors: ModelTensors, _ vocabulary: Vocabulary) throws(MemoryError) {
        guard let shape = tensors.file.tensors["lexicon.vectors.weight"]?.shape else { return nil }
        functionWords = 0..<vocabulary.functionWords.count
        words = functionWords.upperBound..<functionWords.upperBound + vocabulary.baseLexicon.words.count
        pieces = words.upperBound..<words.upperBound + vocabulary.tokenCount
        guard shape.count == 2, shape[0] == pieces.upperBound else {
            throw tensors.invalid("the word vectors do not fit the lexicon")
        }
        dimension = shape[1]
        values = try tensors.file.int8Mapped("lexicon.vectors.weight")
        scale = try tensors.float("lexicon.vectors.scale", shape: [shape[0]])
    }
}
