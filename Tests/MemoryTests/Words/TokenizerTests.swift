import Memory
import TestSupport
import Testing

@Suite struct TokenizerTests {
    struct Expectations: Decodable {
        struct Text: Decodable {
            let text: String
            let ids: [UInt16]
        }

        let merges: UInt32
        let texts: [Text]
    }

    let model: SafeTensors
    let tokenizer: Tokenizer

    init() throws {
        model = try SafeTensors(path: TestModel.path)
        tokenizer = TestModel.shared.vocabulary.tokenizer
    }

    /// `pipelines/training/fixtures/fixtures.py` made the expectations with the `tokenizers` library.
    @Test func tokensAreThoseOfTheLibrary() throws {
        let expected: Expectations = try Fixture.load("tokens")
        let merges = try model.uint16("tokenizer.merges")
        let pairs = stride(from: 0, to: merges.count, by: 3).map { [merges[$0], merges[$0 + 1]] }
        try #require(try Fixture.checksum(pairs) == expected.merges, "another tokenizer; run fixtures.py again")
        for sample in expected.texts {
            #expect(tokenizer.encode(Array(sample.text.utf8)) == sample.ids, "\(sample.text)")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func anyBytesComeBack(seed: UInt64) {
        var random = SeededGenerator(seed)
        for _ in 0..<300 {
            let text = random.text()
            let (tokens, ends) = tokenizer.encodeWithEnds(text)
            #expect(tokenizer.decode(tokens) == text)
            #expect(tokens == tokenizer.encode(text) && tokens.count == ends.count && ends.last ?? 0 == text.count)
            for (i, end) in ends.enumerated() { #expect(tokenizer.decode(tokens[...i]) == Array(text[..<end])) }
        }
    }

    /// The twin looks for the lowest rank from the left until nothing merges.
    @Test(arguments: [6, 7] as [UInt64]) func mergesAreThoseOfTheTwin(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let merges = try model.uint16("tokenizer.merges")
        var ranks: [UInt32: Int] = [:]
        for rank in 0..<merges.count / 3 { ranks[UInt32(merges[3 * rank]) << 16 | UInt32(merges[3 * rank + 1])] = rank }
        let bytes = Dictionary(
            uniqueKeysWithValues: tokenizer.pieces.enumerated().filter { $1.count == 1 }.map { ($1[0], UInt16($0)) })
        for length in 0...200 {
            let alphabet = Array((length % 3 == 0 ? "aeinrst" : length % 3 == 1 ? "ab" : "!?-=*").utf8)
            let text = (0..<length).map { _ in alphabet.randomElement(using: &random)! }
            var twin = text.map { bytes[$0]! }
            while true {
                let pairs = zip(twin, twin.dropFirst()).map { ranks[UInt32($0) << 16 | UInt32($1)] ?? .max }
                guard let rank = pairs.min(), rank < .max, let place = pairs.firstIndex(of: rank) else { break }
                twin[place...place + 1] = [merges[3 * rank + 2]]
            }
            #expect(tokenizer.encode(text) == twin, "\(length) characters")
        }
    }

    @Test(.timeLimit(.minutes(1))) func longPreTokensAreNotQuadratic() {
        var random = SeededGenerator(8)
        let text = (0..<1 << 20).map { _ in UInt8.random(in: 97...122, using: &random) }
        #expect(tokenizer.decode(tokenizer.encode(text)) == text)
    }

    @Test func textNeverBecomesSpecialTokens() {
        #expect(tokenizer.encode(Array("<bos><sep><pad><mem>".utf8)).allSatisfy { $0 > 3 })
        #expect(tokenizer.decode([0, 1, 2, 3, 65_535]) == [])
    }

    @Test func tensorsThatDoNotFitAreRejected() throws {
        let bytes = try model.uint8("tokenizer.bytes")
        let lengths = try model.uint8("tokenizer.lengths")
        let merges = try model.uint16("tokenizer.merges")
        func reject(_ bytes: [UInt8], _ lengths: [UInt8], _ merges: [UInt16]) {
            #expect(throws: MemoryError.self) {
                try Tokenizer(bytes: bytes, lengths: lengths, merges: merges, subject: "m")
            }
        }
        reject(Array(bytes.dropLast()), lengths, merges)
        reject(bytes, Array(lengths.dropLast()), merges)
        reject(bytes, lengths, Array(merges.dropLast()))
        reject(bytes, lengths, [0, 4, 4])
        reject(bytes, lengths, [4, 5, 6])
        reject(bytes, lengths, [9_000, 4, 4])
        reject([], [], [])
        reject(Array(0...254), [UInt8](repeating: 1, count: 255), [])
        let plain = try Tokenizer(
            bytes: Array(0...255), lengths: [UInt8](repeating: 1, count: 256), merges: [], subject: "m")
        #expect(plain.encode([7, 255, 32]) == [7, 255, 32])
    }
}
