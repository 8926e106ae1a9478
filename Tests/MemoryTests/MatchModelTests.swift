import Foundation
import Memory
import TestSupport
import Testing

@Suite struct MatchModelTests {
    /// The longest match of every token, looked for at every earlier place.
    private func longest(_ tokens: [UInt16], vocabulary: Int) -> [Int] {
        var longest = [Int](repeating: 0, count: vocabulary)
        for (place, token) in tokens.enumerated() {
            let length = zip(tokens[..<place].reversed(), tokens.reversed()).prefix { $0 == $1 }.count
            longest[Int(token)] = max(longest[Int(token)], length)
        }
        return longest
    }

    @Test(arguments: 1...30)
    func theLongestMatchDecides(seed: Int) {
        var random = SeededGenerator(UInt64(seed)), model = MatchModel()
        let vocabulary = 2 + seed % 9, candidates = Array(0..<UInt16(vocabulary))
        var scratch = [UInt8](repeating: 0, count: vocabulary)
        for _ in 0..<80 {
            model.append(UInt16(Int.random(in: 0..<vocabulary, using: &random)))
            var logits = [Float](repeating: 0, count: vocabulary)
            model.add(to: &logits, of: candidates[...], longest: &scratch)
            let expected = longest(model.tokens, vocabulary: vocabulary).map { MatchModel.bias[min($0, MatchModel.bias.count - 1)] }
            #expect(logits == expected)
            #expect(scratch.allSatisfy { $0 == 0 })
        }
    }

    /// The numbers are written out for their bits' sake, to two decimals.
    @Test func theBiasFollowsItsLaw() {
        #expect(MatchModel.bias[0] == 0)
        for length in 1..<MatchModel.bias.count {
            #expect(abs(Double(MatchModel.bias[length]) - (0.51 + 0.96 * log2(Double(length)))) < 0.0051, "length \(length)")
        }
    }

    @Test func matchesLongerThanTheTableCountAsItsLast() {
        var model = MatchModel(), logits: [Float] = [0, 0], scratch: [UInt8] = [0, 0]
        for _ in 0..<400 { model.append(1) }
        model.add(to: &logits, of: [0, 1], longest: &scratch)
        #expect(logits == [0, 5.31])
    }

    @Test func nothingIsSaidOfWhatHasNotComeBefore() {
        var model = MatchModel(), logits: [Float] = [0, 0, 0], scratch: [UInt8] = [0, 0, 0]
        model.add(to: &logits, of: [0, 1, 2], longest: &scratch)
        for token: UInt16 in [0, 1, 2] { model.append(token) }
        model.add(to: &logits, of: [0, 1, 2], longest: &scratch)
        #expect(logits == [0, 0, 0])
    }
}
