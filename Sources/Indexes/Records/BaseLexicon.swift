/// The words that ship with the model, so that an index need not spell them.
public struct BaseLexicon: Sendable {
    /// The words, UTF-8, the most frequent first.
    public let words: [[UInt8]]
    /// How many of 65,536 passages hold each word, as counted when the model was made.
    public let frequency: [UInt16]
    /// The hash that names this lexicon; an index opens with the one it was written with.
    public let id: [UInt8]
    /// The case-folded form of a literal term.
    public let fold: @Sendable ([UInt8]) -> [UInt8]

    private let positions: [[UInt8]: Int]

    /// Of a word given twice the first counts.
    public init(words: [[UInt8]], frequency: [UInt16], id: [UInt8], fold: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        precondition(words.count == frequency.count)
        self.words = words
        self.frequency = frequency
        self.id = id
        self.fold = fold
        positions = Dictionary(words.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    }

    /// The position of a word, or nil for one that must be spelled.
    func position(of word: [UInt8]) -> Int? { positions[word] }
}
