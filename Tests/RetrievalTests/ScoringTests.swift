import Foundation
import Indexes
import Retrieval
import Testing

struct SentenceScorerTests {
    private func scorer(_ question: String, weights: [Double]? = nil) -> SentenceScorer {
        let query = Query(question, model: TestModel.shared)
        return SentenceScorer(query: query, weights: weights ?? query.words.map { _ in 1 }, kind: QuestionKind(question))
    }

    private func score(
        _ question: String, _ sentence: String
    ) -> Double {
        let scorer = scorer(question)
        return scorer.coverage(WordBag(bytes(sentence))) + scorer.form(of: bytes(sentence))
    }

    @Test func coverageIsTheShareOfTheWeight() {
        let scorer = scorer("cellar lamp switch", weights: [1, 2, 5])
        #expect(scorer.coverage(WordBag(bytes("Nothing of it."))) == 0)
        #expect(scorer.coverage(WordBag(bytes("The lamps are in the cellar."))) == 3.0 / 8)
        #expect(scorer.coverage(WordBag(bytes("Switches of the cellar lamp"))) == 1)
    }

    @Test func everyPartCounts() {
        let sentence = "The lamp hangs beside the blue door."
        let plain = score("Why is the cellar lamp there?", sentence)
        #expect(abs(plain - 0.5) < 1e-9, "one of two words")
    }

    @Test func aNumberIsWantedWhereOneIsAskedFor() {
        let question = "How many days may a return take?"
        let none = score(question, "A return may take some days in all.")
        let number = score(question, "A return may take days, 45 in all.")
        let unit = score(question, "A return may take 45 working days in all.")
        let words = score(question, "A return may take thirty days in all.")
        #expect(abs(number - none - 0.4) < 1e-9 && abs(unit - none - 0.8) < 1e-9 && abs(words - none - 0.4) < 1e-9)
        // A number of the question is no answer.
        #expect(
            abs(
                score("How much is 45 of it?", "It is 45 of it all.")
                    - score("How much is 45 of it?", "It is 45 of it and 46.") + 0.4) < 1e-9)
    }

    @Test func aNameIsWantedWhereAPersonOrPlaceIsAskedFor() {
        #expect(
            abs(
                score("Who leads the workshop?", "The workshop: Marta Osei leads.")
                    - score("Who leads the workshop?", "The workshop: she who leads.") - 0.4) < 1e-9)
        // A name of the question is none, nor is the first word of a sentence.
        #expect(
            score("Who leads for Marta?", "Maria leads for Marta today.")
                == score("Who leads for Marta?", "maria leads for marta today."))
    }

    @Test func headingsAndScrapsCountLess() {
        let sentence = score("Why lamp?", "The lamp hangs beside it.")
        #expect(abs(sentence - score("Why lamp?", "The lamp hangs.") - 0.35) < 1e-9)
        #expect(abs(sentence - score("Why lamp?", "# The lamp hangs beside it.") - 1) < 1e-9)
    }
}

struct WordBagTests {
    private func proximity(_ query: String, _ text: String, idf: [Double]? = nil) -> Double {
        let query = Query(query, model: TestModel.shared)
        return WordBag(bytes(text)).proximity(query, idf: idf ?? query.words.map { _ in 1 })
    }

    @Test func wordsAreCountedWholeAndByStem() {
        let bag = WordBag(bytes("Lamps, a lamp, the LAMP."))
        #expect(bag.words[bytes("lamp")] == 2 && bag.words[bytes("lamps")] == 1)
        #expect(bag.stems[Stem.of(bytes("lamp"))] == 3 && bag.order.count == 5)
    }

    @Test func neighboursCountWhereTheyStandClose() {
        #expect(proximity("cellar lamp", "The lamp of the old cellar.") == 1)
        #expect(proximity("cellar lamp", "The lamp stands far, far away from every cellar.") == 0)
        #expect(proximity("cellar lamp", "The lamp, one two three cellar") == 1, "four words apart")
        #expect(proximity("cellar lamp", "The lamp, one two three four cellar") == 0, "five words apart")
        #expect(proximity("cellar", "cellar") == 0, "no pair")
        #expect(proximity("lamp lamp", "one lamp alone") == 0, "a word is no neighbour of itself")
    }

    @Test func pairsWeighAsTheirRarerWord() {
        // The pairs are "cellar lamp" (weight 4) and "lamp switch" (weight 6).
        #expect(
            proximity("cellar lamp switch", "the cellar lamp; far away from anything there is a switch", idf: [4, 1, 6])
                == 0.4)
        #expect(proximity("cellar lamp switch", "lamp switch", idf: [4, 1, 6]) == 0.6)
    }

    @Test func numbersHoldADigit() {
        #expect(
            WordBag.isNumber(bytes("2025")) && WordBag.isNumber(bytes("b2")) && !WordBag.isNumber(bytes("two"))
                && !WordBag.isNumber([]))
    }
}

struct ConfidenceTests {
    /// The fitted formula by hand: 5.17 − 4.78 − 1.23 − 1.27 = −2.11.
    @Test func theProbabilityIsThatOfTheFormula() {
        let value = Confidence(coverage: 1, lead: 0.5, sentence: 0.5).probability
        #expect(abs(value - 1 / (1 + exp(-2.11))) < 1e-12 && abs(value - 0.8919) < 1e-4)
        #expect(abs(Confidence(coverage: 1, lead: 0, sentence: nil).probability - 0.6341) < 1e-4)
    }

    @Test func everyPieceOfEvidenceRaisesIt() {
        let base = Confidence(coverage: 0.4, lead: 0.1, sentence: 0.3).probability
        #expect(Confidence(coverage: 0.5, lead: 0.1, sentence: 0.3).probability > base)
        #expect(Confidence(coverage: 0.4, lead: 0.2, sentence: 0.3).probability > base)
        #expect(Confidence(coverage: 0.4, lead: 0.1, sentence: 0.4).probability > base)
        let read = Confidence(coverage: 0.4, lead: 0.1, sentence: 0.3, relevance: 1, span: -2)
        #expect(Confidence(coverage: 0.4, lead: 0.1, sentence: 0.3, relevance: 2, span: -2).probability > read.probability)
        #expect(Confidence(coverage: 0.4, lead: 0.1, sentence: 0.3, relevance: 1, span: -1).probability > read.probability)
        #expect(Confidence(coverage: 0.4, lead: 0.1, sentence: 0.3, doubt: 1).probability < base)
        #expect(Confidence(coverage: 0, lead: 0, sentence: 0).probability < Confidence.threshold)
    }
}

struct BM25Tests {
    private let bm25 = BM25(passageCount: 10, averageLength: 100)

    @Test func idfIsThatOfTheFormula() {
        #expect(abs(bm25.idf(holders: 2) - log(1 + 8.5 / 2.5)) < 1e-12)
        #expect(bm25.idf(holders: 0) > bm25.idf(holders: 1) && bm25.idf(holders: 10) > 0)
    }

    @Test func theWeightIsThatOfTheFormula() {
        // At the average length the length has no effect: 3 · 1.9 / (3 + 0.9).
        #expect(abs(bm25.weight(frequency: 3, length: 100) - 5.7 / 3.9) < 1e-12)
        // At twice the average the divisor is 1 + 0.9 · (0.6 + 0.8).
        #expect(abs(bm25.weight(frequency: 1, length: 200) - 1.9 / 2.26) < 1e-12)
        #expect(bm25.weight(frequency: 0, length: 100) == 0)
    }
}

struct ScoreExplanationTests {
    @Test func theTotalIsTheWeightedSum() {
        let explanation = ScoreExplanation(
            stored: 9, exact: 3, bestExact: 4, memoryCode: 0.5, section: 0.25, wordVectors: 0.125, sentence: 0.5,
            proximity: 1,
            forms: 1, reader: -2)
        let w = explanation.weights
        let parts = 0.5 * w.memoryCode + 0.25 * w.section + 0.125 * w.wordVectors + 0.5 * w.sentence + w.proximity + w.forms
        #expect(abs(explanation.total - (0.75 + parts - 2 * w.reader)) < 1e-12)
    }
}
