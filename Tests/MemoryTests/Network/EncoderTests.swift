import CKernels
import Memory
import TestSupport
import Testing

/// The integer encoder against `transformers`, on answers stored by `pipelines/training/fixtures/encoder_fixtures.py`.
@Suite(.serialized) struct EncoderTests {
    private struct Expected: Decodable {
        let texts: [String]
        let tokens: [[UInt16]]
        let vectors: [[Float]]
    }

    private func cosine(_ x: [Float], _ y: [Float]) -> Float {
        func length(_ v: [Float]) -> Float { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        return zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / (length(x) * length(y))
    }

    private func check(_ encoder: SentenceEncoder, _ expected: Expected) {
        let engine = EncoderEngine(encoder)
        let tokenizer = encoder.tokenizer
        for (i, text) in expected.texts.enumerated() {
            let tokens = tokenizer.tokens(of: Array(text.utf8)).numbers
            #expect(tokens == expected.tokens[i], "\(text.debugDescription)")
            let whole = Array(([tokenizer.start] + tokens + [tokenizer.end]).prefix(encoder.shape.positions))
            let similarity = cosine(engine.sentences([whole])[0], expected.vectors[i])
            #expect(similarity >= 0.999, "\(text.debugDescription)")
        }
    }

    @Test(arguments: ["encoder-0", "encoder-1"])
    func smallRandomEncodersGiveTheVectorsOfTransformers(name: String) throws {
        let encoder = try #require(try SentenceEncoder.read(path: Fixture.path(name + ".safetensors")))
        check(encoder, try Fixture.load(name))
    }

    @Test func everyInstructionSetGivesTheSameBits() throws {
        let encoder = try #require(try SentenceEncoder.read(path: Fixture.path("encoder-0.safetensors")))
        defer { ck_force_isa(-1) }
        ck_force_isa(-1)
        let best = ck_isa()
        let text = Array("How long is the refund window for a store credit of 30 days?".utf8)
        let tokens = [encoder.tokenizer.start] + encoder.tokenizer.tokens(of: text).numbers + [encoder.tokenizer.end]
        let vectors = (0...best).map { set in
            ck_force_isa(set)
            return EncoderEngine(encoder).sentences([tokens])[0].map(\.bitPattern)
        }
        #expect(vectors.allSatisfy { $0 == vectors[0] })
    }

    /// Texts that run together, in any grouping, have the vectors of texts that run alone.
    @Test func textsTogetherGiveTheBitsOfTextsAlone() throws {
        let encoder = try #require(try SentenceEncoder.read(path: Fixture.path("encoder-0.safetensors")))
        var random = SeededGenerator(5)
        let texts = [1, 3, 16, 17, 40, 1, 100, 160, 90, 70, 2, 159].map { count in
            (0..<count).map { _ in UInt16.random(in: 0..<50, using: &random) }
        }
        let together = EncoderEngine(encoder).sentences(texts)
        #expect(together.count == texts.count)
        for (vector, text) in zip(together, texts) {
            #expect(vector == EncoderEngine(encoder).sentences([text])[0], "\(text.count) tokens")
        }
        #expect(EncoderEngine(encoder).sentences([]).isEmpty)
    }

    /// A text of 160 tokens fills all positions; what an engine ran before leaves no trace.
    @Test func runsDoNotDependOnEarlierOnes() throws {
        let encoder = try #require(try SentenceEncoder.read(path: Fixture.path("encoder-0.safetensors")))
        let long = (0..<encoder.shape.positions).map { UInt16($0 % 50) }
        let used = EncoderEngine(encoder)
        _ = used.sentences([long])
        for count in [1, 15, 16, 17, 47, 48, 49, 96, 97] {
            let tokens = Array(long.prefix(count))
            #expect(used.sentences([tokens])[0] == EncoderEngine(encoder).sentences([tokens])[0], "\(count) tokens")
        }
    }

    @Test func pieceRangesAreThoseOfTheirBytes() throws {
        let tokenizer = try #require(try SentenceEncoder.read(path: Fixture.path("encoder-0.safetensors"))).tokenizer
        let text = "Days  and\u{0301} 30-day é\u{0301}漢 window."
        let bytes = Array(text.utf8)
        let (numbers, ranges) = tokenizer.tokens(of: bytes)
        #expect(numbers.count == ranges.count)
        let parts = ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(parts.first == "Day" || parts.first == "Days")
        #expect(parts.contains("漢") && parts.last == ".")
        for (before, after) in zip(ranges, ranges.dropFirst()) { #expect(before.upperBound <= after.lowerBound) }
    }

    @Test func brokenBytesKeepTheirPlaces() throws {
        let tokenizer = try #require(try SentenceEncoder.read(path: Fixture.path("encoder-0.safetensors"))).tokenizer
        let bytes: [UInt8] = [0x61, 0x20, 0xFF, 0xC3, 0x20, 0xEF, 0xBF, 0xBD, 0x20] + Array("day".utf8)
        let (numbers, ranges) = tokenizer.tokens(of: bytes)
        #expect(numbers.count >= 2)
        #expect(ranges.last.map { String(decoding: bytes[$0], as: UTF8.self) } == "day")
    }
}
