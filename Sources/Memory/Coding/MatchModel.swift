/// Repetition inside a passage: for each place in the passage, how many of the tokens before the place equal the last tokens
/// of the passage, and what that adds to the logit of the token at the place.
///
/// The match model of PAQ (Mahoney 2005) as a bias beside the logits of the network. It knows one passage only, so that any
/// passage can be read by itself.
package struct MatchModel: Sendable {
    /// The tokens of the passage so far.
    package private(set) var tokens: [UInt16] = []
    /// The length of the match before each place, in tokens.
    private var lengths: [UInt16] = []

    /// What a match of each length adds: 0.51 + 0.96 log₂ of the length, and nothing for no match.
    ///
    /// Both numbers were fitted on training text (`pipelines/training/EXPERIMENTS.md`). The sums are written out because
    /// indexes depend on their very bits.
    package static let bias: [Float] = [
        0, 0.51, 1.47, 2.03, 2.43, 2.74, 2.99, 3.21, 3.39, 3.55, 3.7, 3.83, 3.95, 4.06, 4.17, 4.26, 4.35, 4.43, 4.51, 4.59,
        4.66, 4.73, 4.79, 4.85, 4.91, 4.97, 5.02, 5.07, 5.13, 5.17, 5.22, 5.27, 5.31,
    ]

    /// The model before the first token.
    package init() {}

    /// Takes the next token.
    package mutating func append(_ token: UInt16) {
        lengths.append(0)
        // From the end, because each length is made of the one before it.
        for place in stride(from: tokens.count, to: 0, by: -1) {
            lengths[place] = tokens[place - 1] == token ? lengths[place - 1] + 1 : 0
        }
        tokens.append(token)
    }

    /// Adds to each logit the bias of the longest match before a place of its token.
    ///
    /// - Parameters:
    ///   - logits: natural logarithms, one for each candidate.
    ///   - candidates: the tokens of the logits.
    ///   - longest: scratch with a zero for each token of the vocabulary. All are zero again in the end.
    package func add(
        to logits: UnsafeMutableBufferPointer<Float>, of candidates: ArraySlice<UInt16>,
        longest: UnsafeMutableBufferPointer<UInt8>
    ) {
        precondition(logits.count == candidates.count, "a logit for each candidate")
        precondition(max(tokens.max() ?? 0, candidates.max() ?? 0) < longest.count, "scratch for each token")
        let limit = UInt16(MatchModel.bias.count - 1)
        for (token, length) in zip(tokens, lengths) where length > 0 {
            longest[Int(token)] = max(longest[Int(token)], UInt8(min(length, limit)))
        }
        for (i, token) in candidates.enumerated() { logits[i] += MatchModel.bias[Int(longest[Int(token)])] }
        for token in tokens { longest[Int(token)] = 0 }
    }
}
