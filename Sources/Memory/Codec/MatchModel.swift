/// Where a passage repeats itself: for each place in it, how many of the tokens before it equal the last tokens, and what that adds to the
/// logit of the token that came there.
///
/// The match model of PAQ (Mahoney, 2005) as a bias beside the network's logits. It knows one passage only, so that any passage can be read by
/// itself.
package struct MatchModel: Sendable {
    /// The passage's tokens so far.
    package private(set) var tokens: [UInt16] = []
    /// Of each place before the end, in tokens.
    private var lengths: [UInt16] = []

    /// What a match of so many tokens adds: 0.51 + 0.96 log₂ of the length. Both numbers were fitted on training text under r3mem-3
    /// (`pipelines/training/EXPERIMENTS.md`); the sums are written out because indexes rest on their very bits.
    package static let bias: [Float] = [
        0, 0.51, 1.47, 2.03, 2.43, 2.74, 2.99, 3.21, 3.39, 3.55, 3.7, 3.83, 3.95, 4.06, 4.17, 4.26, 4.35, 4.43, 4.51, 4.59, 4.66, 4.73,
        4.79, 4.85, 4.91, 4.97, 5.02, 5.07, 5.13, 5.17, 5.22, 5.27, 5.31,
    ]

    package init() {}

    package mutating func append(_ token: UInt16) {
        lengths.append(0)
        // From the end, for each length comes of the one before it.
        for place in stride(from: tokens.count, to: 0, by: -1) { lengths[place] = tokens[place - 1] == token ? lengths[place - 1] + 1 : 0 }
        tokens.append(token)
    }

    /// Adds to each logit what the longest match says of its token.
    /// - Parameters:
    ///   - logits: of the candidates, natural logarithms.
    ///   - candidates: their tokens, as many.
    ///   - longest: zero for every token of the vocabulary, and so again in the end.
    package func add(
        to logits: UnsafeMutablePointer<Float>, of candidates: ArraySlice<UInt16>, longest: UnsafeMutablePointer<UInt8>
    ) {
        let limit = UInt16(MatchModel.bias.count - 1)
        for (token, length) in zip(tokens, lengths) where length > 0 {
            longest[Int(token)] = max(longest[Int(token)], UInt8(min(length, limit)))
        }
        for (i, token) in candidates.enumerated() { logits[i] += MatchModel.bias[Int(longest[Int(token)])] }
        for token in tokens { longest[Int(token)] = 0 }
    }
}
