import Pipelines
import Testing

/// The arithmetic of the measures on known answers.
struct MeasureTests {
    @Test func gainsOfAKnownRanking() {
        let gains = RankedGains(["x", "b", "b", "a", "y"], gold: ["a": 2, "b": 1], missed: [1])
        #expect(gains.goldCount == 3)
        #expect(gains.recall(at: 1) == 0 && gains.recall(at: 2) == 1.0 / 3 && gains.recall(at: 5) == 2.0 / 3)
        #expect(
            !gains.findsAll(within: 5) && gains.reciprocalRank(within: 20) == 0.5 && gains.reciprocalRank(within: 1) == 0)
        // 1 / log2(3) + 2 / log2(5), of 2 + 1 / log2(3) + 1 / log2(4).
        #expect(abs(gains.ndcg(at: 10) - (0.630930 + 0.861353) / (2 + 0.630930 + 0.5)) < 1e-5)
        #expect(RankedGains(["a", "b"], gold: ["a": 2, "b": 1]).ndcg(at: 10) == 1)
        #expect(RankedGains(["b", "a"], gold: ["a": 2, "b": 1]).findsAll(within: 2))
        #expect(RankedGains([String](), gold: ["a": 1]).ndcg(at: 10) == 0)
    }

    @Test func oneRightPassageIsEnough() {
        let gains = RankedGains(isRight: [false, true, true])
        #expect(gains.recall(at: 1) == 0 && gains.recall(at: 2) == 1 && gains.goldCount == 1)
        #expect(abs(gains.ndcg(at: 10) - 0.630930) < 1e-5 && gains.reciprocalRank(within: 20) == 0.5)
        #expect(RankedGains(isRight: [false]).recall(at: 20) == 0)
    }

    @Test func answersAreComparedAsSquadDoes() {
        #expect(AnswerMatch.isExact("The  Eiffel-Tower!", ["a tower", "eiffeltower"]))
        #expect(!AnswerMatch.isExact("Eiffel", ["Eiffel Tower"]) && !AnswerMatch.isExact("Eiffel", []))
        #expect(AnswerMatch.isExact("„Zürich“ – ist’s", ["zürich ists"]))
        // Two of three words said, two of two known: 2 · 2 / 5.
        #expect(AnswerMatch.f1("in the year 1858", ["1858 year"]) == 0.8)
        #expect(AnswerMatch.f1("one one", ["one two", "one"]) == 2.0 / 3)
        #expect(AnswerMatch.f1("no", ["yes"]) == 0 && AnswerMatch.f1("the", ["a"]) == 1 && AnswerMatch.f1("x", [""]) == 0)
    }

    @Test func intervalsHoldTheMeanAndAreTheSameAgain() {
        let values = (0..<400).map { Double($0 % 4 == 0 ? 1 : 0) }
        let interval = Bootstrap.interval(of: values)
        // 1.96 · √(0.25 · 0.75 / 400) = 0.042 on both sides of 0.25.
        #expect(abs(interval.lowerBound - 0.208) < 0.008 && abs(interval.upperBound - 0.292) < 0.008)
        #expect(interval == Bootstrap.interval(of: values))
        #expect(Bootstrap.interval(of: [1, 1]) == 1...1 && Bootstrap.interval(of: []) == 0...0)
        let measure = Measure(system: "r3mem", name: "recall@1", values: [1, 0, 1, 1])
        #expect(measure.value == 0.75 && measure.questions == 4 && measure.low <= 0.75 && measure.high == 1)
    }

    @Test func refusalsAreThoseBelowTheStatedLoss() {
        var curve = RefusalAtLoss()
        for confidence in [0.9, 0.2, 0.5, 0.8] { curve.add(right: confidence) }
        for confidence in [0.1, 0.3, 0.6, 0.2] { curve.add(unanswerable: confidence) }
        #expect(curve.threshold(loss: 0) == 0.2 && curve.refusals(loss: 0) == [true, false, false, false])
        #expect(curve.threshold(loss: 0.25) == 0.5 && curve.refusals(loss: 0.25) == [true, true, false, true])
        #expect(curve.threshold(loss: 0.24) == 0.2)
        #expect(RefusalAtLoss().refusals(loss: 0.05).isEmpty)
    }
}
