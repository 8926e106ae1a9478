import CKernels
import Memory
import TestSupport
import Testing

/// The reader in integers against the recipe's in float, on answers stored by
/// `pipelines/training/fixtures/encoder_fixtures.py`.
@Suite(.serialized) struct PassageReaderTests {
    private struct Expected: Decodable {
        struct Pair: Decodable {
            let texts: [String]
            let relevance: Float
            let first: [Float]
            let last: [Float]
        }
        let readings: [Pair]
    }

    private func read(_ pair: Expected.Pair, _ reader: PassageReader) -> Reading {
        let engine = EncoderEngine(reader.encoder)
        let tokenizer = reader.encoder.tokenizer
        let texts = pair.texts.map { Array($0.utf8) }
        return engine.read(
            reader, question: tokenizer.tokens(of: texts[0]).numbers, title: tokenizer.tokens(of: texts[1]).numbers,
            passage: texts[2])
    }

    @Test(arguments: ["encoder-0", "encoder-1"])
    func readingsAreThoseOfTheRecipe(name: String) throws {
        let reader = try #require(try PassageReader.read(path: Fixture.path(name + ".safetensors")))
        let expected: Expected = try Fixture.load(name)
        #expect(expected.readings.count > 5)
        for pair in expected.readings {
            let reading = read(pair, reader)
            #expect(abs(reading.relevance - pair.relevance) < 0.15, "\(pair.texts)")
            #expect(reading.first.count == pair.first.count && reading.tokens.count == pair.first.count)
            for (found, wanted) in zip(reading.first + reading.last, pair.first + pair.last) {
                #expect(abs(found - wanted) < 0.3, "\(pair.texts)")
            }
            // The most likely answer of the recipe is nearly the most likely one here.
            let best = try #require(reading.answer())
            var wanted = -Float.infinity
            for i in pair.first.indices {
                for j in i..<min(pair.last.count, i + 40) { wanted = max(wanted, pair.first[i] + pair.last[j]) }
            }
            #expect(abs(best.score - wanted) < 0.4)
            let bytes = Array(pair.texts[2].utf8)
            #expect(best.bytes.lowerBound < best.bytes.upperBound && best.bytes.upperBound <= bytes.count)
        }
    }

    @Test func everyInstructionSetReadsAlike() throws {
        let reader = try #require(try PassageReader.read(path: Fixture.path("encoder-0.safetensors")))
        let expected: Expected = try Fixture.load("encoder-0")
        defer { ck_force_isa(-1) }
        ck_force_isa(-1)
        let best = ck_isa()
        let readings = (0...best).map { set in
            ck_force_isa(set)
            return read(expected.readings[0], reader).relevance.bitPattern
        }
        #expect(readings.allSatisfy { $0 == readings[0] })
    }

    @Test func anAnswerStaysWithinTheTokensAskedFor() throws {
        let reader = try #require(try PassageReader.read(path: Fixture.path("encoder-0.safetensors")))
        let expected: Expected = try Fixture.load("encoder-0")
        let reading = read(expected.readings[1], reader)
        let half = reading.tokens.count / 2..<reading.tokens.count
        let answer = try #require(reading.answer(in: half))
        #expect(answer.bytes.lowerBound >= reading.tokens[half.lowerBound].lowerBound)
        #expect(reading.answer(in: 0..<0) == nil)
        let single = try #require(reading.answer(longest: 1))
        #expect(reading.tokens.contains(single.bytes))
    }

    /// A passage of more tokens than the encoder has positions is read to the last position.
    @Test func aLongPassageIsReadAsFarAsPositionsGo() throws {
        let reader = try #require(try PassageReader.read(path: Fixture.path("encoder-1.safetensors")))
        let passage = Array(String(repeating: "the refund window of a store. ", count: 100).utf8)
        let engine = EncoderEngine(reader.encoder)
        let question = reader.encoder.tokenizer.tokens(of: Array("how long is the window?".utf8)).numbers
        let reading = engine.read(reader, question: question, title: [], passage: passage)
        #expect(reading.tokens.count == reader.encoder.shape.positions - question.count - 4)
        let empty = engine.read(reader, question: [], title: [], passage: [])
        #expect(empty.tokens.isEmpty && empty.answer() == nil && empty.relevance.isFinite)
    }
}
