import Foundation
import Memory
import TestSupport
import Testing

@Suite struct MatchModelTests {
    /// The longest match before any place of each token, by the definition.
    private func longest(_ tokens: [UInt16], vocabulary: Int) -> [Int] {
        var longest = [Int](repeating: 0, count: vocabulary)
        for (place, token) in tokens.enumerated() {
            let length = zip(tokens[..<place].reversed(), tokens.reversed()).prefix { $0 == $1 }.count
            longest[Int(token)] = max(longest[Int(token)], length)
        }
        return longest
    }

    private func add(_ model: MatchModel, to logits: inout [Float], of candidates: [UInt16], _ scratch: inout [UInt8]) {
        logits.withUnsafeMutableBufferPointer { logits in
            scratch.withUnsafeMutableBufferPointer { model.add(to: logits, of: candidates[...], longest: $0) }
        }
    }

    @Test(arguments: 1...30)
    func theLongestMatchDecides(seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        var model = MatchModel()
        let vocabulary = 2 + seed % 9
        let candidates = Array(0..<UInt16(vocabulary))
        var scratch = [UInt8](repeating: 0, count: vocabulary)
        for _ in 0..<80 {
            model.append(UInt16(Int.random(in: 0..<vocabulary, using: &random)))
            var logits = [Float](repeating: 0, count: vocabulary)
            add(model, to: &logits, of: candidates, &scratch)
            let expected = longest(model.tokens, vocabulary: vocabulary).map {
                MatchModel.bias[min($0, MatchModel.bias.count - 1)]
            }
            #expect(logits == expected)
            #expect(scratch.allSatisfy { $0 == 0 })
        }
    }

    /// The source writes the numbers out to two decimals, because indexes depend on their very bits.
    @Test func theBiasFollowsItsLaw() {
        #expect(MatchModel.bias[0] == 0)
        for length in 1..<MatchModel.bias.count {
            #expect(abs(Double(MatchModel.bias[length]) - (0.51 + 0.96 * log2(Double(length)))) < 0.0051, "length \(length)")
        }
    }

    @Test func matchesLongerThanTheTableCountAsItsLast() {
        var model = MatchModel()
        var logits: [Float] = [0, 0]
        var scratch: [UInt8] = [0, 0]
        for _ in 0..<400 { model.append(1) }
        add(model, to: &logits, of: [0, 1], &scratch)
        #expect(logits == [0, 5.31])
    }

    @Test func nothingIsSaidOfWhatHasNotComeBefore() {
        var model = MatchModel()
        var logits: [Float] = [0, 0, 0]
        var scratch: [UInt8] = [0, 0, 0]
        add(model, to: &logits, of: [0, 1, 2], &scratch)
        for token: UInt16 in [0, 1, 2] { model.append(token) }
        add(model, to: &logits, of: [0, 1, 2], &scratch)
        #expect(logits == [0, 0, 0])
    }
}
