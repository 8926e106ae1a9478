/// The words and tokens of a model: what text is to a backbone. No weights are in it.
package struct Vocabulary: Sendable {
    /// Text to tokens and back.
    package let tokenizer: Tokenizer
    /// The rule that says which tokens may come next.
    package let constraint: LexicalConstraint
    /// The words that the model carries with their frequencies.
    package let baseLexicon: BaseLexicon

    /// The vocabulary of a model file.
    init(_ tensors: ModelTensors) throws(MemoryError) {
        let file = tensors.file
        tokenizer = try Tokenizer(
            bytes: file.uint8("tokenizer.bytes"), lengths: file.uint8("tokenizer.lengths"),
            merges: file.uint16("tokenizer.merges"), subject: file.path)
        constraint = LexicalConstraint(tokenizer: tokenizer, functionWords: try tensors.lines("lexicon.function"))
        baseLexicon = try BaseLexicon(tensors)
    }

    /// The number of tokens, special tokens included.
    package var tokenCount: Int { tokenizer.pieces.count }

    /// The words that every passage may use and no term set holds.
    package var functionWords: [[UInt8]] { constraint.functionWords }

    /// Whether a term is a function word.
    package func isFunctionWord(_ term: [UInt8]) -> Bool { constraint.isFunctionWord(term) }

    /// The term set of a text: its distinct terms without function words, sorted by bytes.
    package func termSet(of text: Span<UInt8>) -> [[UInt8]] {
        Words.terms(in: text).filter { !constraint.isFunctionWord($0) }
    }
}
