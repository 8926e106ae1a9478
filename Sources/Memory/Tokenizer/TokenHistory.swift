/// The last four tokens, the newest first.
typealias LastTokens = (UInt16, UInt16, UInt16, UInt16)

/// The tokens of a passage, each with the tokens before it. BOS stands before the first token.
struct TokenHistory {
    private let tokens: ArraySlice<UInt16>

    init(_ tokens: ArraySlice<UInt16>) { self.tokens = tokens }

    /// The token at `index` and the three tokens before it.
    func ending(at index: Int) -> LastTokens {
        func token(_ i: Int) -> UInt16 { i >= 0 ? tokens[tokens.startIndex + i] : SpecialToken.begin }
        return (token(index), token(index - 1), token(index - 2), token(index - 3))
    }
}
