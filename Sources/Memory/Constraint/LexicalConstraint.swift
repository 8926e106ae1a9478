/// The fixed part of the rule that says which tokens may come next: free tokens, function words, and how words are spelled
/// in tokens. `LexicalState` applies the rule to one passage.
///
/// `pipelines/training/network/lexical.py` states the rule.
package final class LexicalConstraint: Sendable {
    /// The tokenizer that spells the words.
    package let tokenizer: Tokenizer
    /// The candidates at every boundary, ascending: free tokens and the first tokens of function words.
    package let sharedCandidates: [UInt16]
    /// The words that every passage may use and no term set holds, in the order of the model file.
    package let functionWords: [[UInt8]]
    /// The spellings of the function words.
    let functionTrie: TokenTrie
    /// For each token, the node that the token leads to from the root of `functionTrie`, or 0.
    let functionRoots: [Int32]
    private let functionWordSet: Set<[UInt8]>
    private let traits: [TokenTraits]

    /// The constraint of a tokenizer and its function words.
    package init(tokenizer: Tokenizer, functionWords: [[UInt8]]) {
        self.tokenizer = tokenizer
        self.functionWords = functionWords
        functionWordSet = Set(functionWords)
        var traits = tokenizer.pieces.map(TokenTraits.init(piece:))
        var spellings = SpellingList()
        for (number, word) in functionWords.enumerated() {
            spellings.append(word, number: Int32(number), tokenizer)
        }
        functionTrie = TokenTrie(&spellings)
        var roots = [Int32](repeating: 0, count: traits.count)
        for node in functionTrie.children(of: 0) {
            let token = Int(functionTrie.token(of: node))
            roots[token] = Int32(node)
            traits[token].insert(.shared)
        }
        for token in traits.indices where traits[token].contains(.free) { traits[token].insert(.shared) }
        functionRoots = roots
        sharedCandidates = traits.indices.filter { traits[$0].contains(.shared) }.map { UInt16($0) }
        self.traits = traits
    }

    /// Whether a term is a function word.
    package func isFunctionWord(_ term: [UInt8]) -> Bool { functionWordSet.contains(term) }

    /// Whether a token has no character of a word. A free token may come at every boundary, and a boundary follows it.
    package func isFree(_ token: UInt16) -> Bool { traits[Int(token)].contains(.free) }

    /// Whether a token begins with a letter: it may not come right after a word of letters.
    package func isLetterFirst(_ token: UInt16) -> Bool { traits[Int(token)].contains(.letterFirst) }

    /// Whether a token is among `sharedCandidates`.
    package func isShared(_ token: UInt16) -> Bool { traits[Int(token)].contains(.shared) }
}

/// What the constraint knows of one token.
private struct TokenTraits: OptionSet {
    let rawValue: UInt8

    static let free = TokenTraits(rawValue: 1)
    static let letterFirst = TokenTraits(rawValue: 2)
    static let shared = TokenTraits(rawValue: 4)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The traits that follow from the bytes of a token. Special tokens have none.
    init(piece: [UInt8]) {
        self = piece.isEmpty ? [] : .free
        var i = 0
        while i < piece.count {
            let (wordClass, length) = Words.character(in: piece.span, at: i)
            if wordClass.isWordy { remove(.free) }
            if i == 0, wordClass == .letter { insert(.letterFirst) }
            i += length
        }
    }
}
