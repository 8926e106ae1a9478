/// Tokens that stand for no bytes. They come first in every vocabulary; token 2 (PAD) is used in training only.
package enum SpecialToken {
    /// BOS: stands before the first token of a passage.
    package static let begin: UInt16 = 0
    /// SEP: stands after the memory codes of a document's passages. The document's code is read there.
    package static let document: UInt16 = 1
    /// MEM: stands after the tokens of a passage. The passage's code is read there.
    package static let memory: UInt16 = 3
    /// The number of special tokens.
    package static let count = 4
}
