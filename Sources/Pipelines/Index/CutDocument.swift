import Corpora
import Memory

/// A text cut into passages of tokens.
struct CutDocument: Sendable {
    let text: [UInt8]
    let tokens: [UInt16]
    /// The byte offset after each token.
    private let ends: [Int]
    /// The tokens of each passage.
    let passages: [Range<Int>]

    /// Cuts a text into passages of at most `limit` tokens.
    init(_ text: [UInt8], _ vocabulary: Vocabulary, limit: Int) {
        self.text = text
        (tokens, ends) = vocabulary.tokenizer.encodeWithEnds(text)
        passages = PassageCutter.cut(text: text, tokenEnds: ends, limit: limit)
    }

    /// The tokens of a passage.
    func tokens(of passage: Int) -> ArraySlice<UInt16> { tokens[passages[passage]] }

    /// The bytes of a passage.
    func bytes(of passage: Int) -> ArraySlice<UInt8> {
        let range = passages[passage]
        return text[(range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1])..<ends[range.upperBound - 1]]
    }
}
