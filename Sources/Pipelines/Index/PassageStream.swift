import Corpora
import Memory

/// A passage of a document before it is coded.
package struct CutPassage: Sendable, Hashable {
    package let tokens: [UInt16]
    package let bytes: [UInt8]
}

/// The passages of a document, a portion at a time. They are the passages that `PassageCutter` makes of the whole text, but
/// only the tokens of a portion are in memory.
package struct PassageStream: Sequence, IteratorProtocol {
    private let text: FileBytes
    private let tokenizer: Tokenizer
    /// Tokens of a passage, at most.
    private let limit: Int
    /// Bytes of a portion, at least.
    private let portion: Int
    /// Tokens that belong to no passage yet, with the offset after each.
    private var tokens: [UInt16] = []
    private var ends: [Int] = []
    /// The offset after the last passage, and after the last token.
    private var cut = 0
    private var read = 0
    private var merger = PairMerger()

    /// The passages of a text.
    package init(_ text: FileBytes, _ tokenizer: Tokenizer, limit: Int, portion: Int) {
        self.text = text
        self.tokenizer = tokenizer
        self.limit = limit
        self.portion = portion
    }

    /// The next passages, at least one; nil after the last one.
    package mutating func next() -> [CutPassage]? {
        var passages: [CutPassage] = []
        while passages.isEmpty, read < text.count || !ends.isEmpty { passages = portionAhead() }
        return passages.isEmpty ? nil : passages
    }

    private mutating func portionAhead() -> [CutPassage] {
        text.withSpan { text in
            read = tokenizer.encode(text, from: read, atLeast: portion, into: &tokens, ends: &ends, &merger)
            let ranges = PassageCutter.cut(text: text, tokenEnds: ends.span, limit: limit, isEnd: read == text.count)
            let passages = ranges.map { range in
                let start = cut
                cut = ends[range.upperBound - 1]
                let bytes = text.extracting(start..<cut)
                return CutPassage(
                    tokens: Array(tokens[range]), bytes: bytes.withUnsafeBufferPointer { Array($0) })
            }
            let taken = ranges.last?.upperBound ?? 0
            tokens.removeFirst(taken)
            ends.removeFirst(taken)
            return passages
        }
    }
}
