import Indexes
import TestSupport
import Testing

@Suite struct CodingTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func decisionsComeBackAtAnyProbability(seed: UInt64) {
        var random = SeededGenerator(seed)
        let decisions = (0..<Int.random(in: 0...20000, using: &random)).map { _ in
            let extreme = UInt32.random(in: 0..<4, using: &random)
            let one: UInt32 = extreme == 0 ? 1 : extreme == 1 ? 65535 : UInt32.random(in: 1...65535, using: &random)
            let likely = UInt32.random(in: 0..<65536, using: &random) < one
            return (bit: extreme == 3 ? Bool.random(using: &random) : likely, one: one)
        }
        var encoder = BitEncoder()
        for (bit, one) in decisions { _ = encoder.code(bit, one: one) }
        var decoder = BitDecoder(encoder.finish())
        #expect(decisions.allSatisfy { decoder.code(false, one: $0.one) == $0.bit })
        #expect(!decoder.isExhausted)
    }

    @Test func readingFarPastTheEndIsNoticed() {
        var decoder = BitDecoder([])
        for _ in 0..<200 { _ = decoder.code(false, one: 32768) }
        #expect(decoder.isExhausted)
    }

    @Test func aBitCostsWhatItsProbabilitySays() {
        var encoder = BitEncoder()
        // 80,000 bits at 1/16: 80,000 · 0.3373 bits are 3,373 bytes.
        for i in 0..<80000 { _ = encoder.code(i % 16 == 0, one: 4096) }
        let count = encoder.finish().count
        #expect((3370...3380).contains(count))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func numbersComeBack(seed: UInt64) {
        var random = SeededGenerator(seed)
        let numbers =
            (0..<2000).map { _ in Int.random(in: 0...(1 << Int.random(in: 0...30, using: &random)), using: &random) }
            + [0, Int(Int32.max) - 1]
        var encoder = BitEncoder()
        var model = NumberModel(contexts: 3)
        for (i, number) in numbers.enumerated() {
            _ = model.code(number, in: i % 3, with: &encoder)
            _ = model.codeSigned((number >> 2) * (i % 2 == 0 ? 1 : -1), in: i % 3, with: &encoder)
        }
        var decoder = BitDecoder(encoder.finish())
        model = NumberModel(contexts: 3)
        for (i, number) in numbers.enumerated() {
            #expect(model.code(0, in: i % 3, with: &decoder) == number)
            #expect(model.codeSigned(0, in: i % 3, with: &decoder) == (number >> 2) * (i % 2 == 0 ? 1 : -1))
        }
    }

    // Known answers of XXH64 with seed 0, from its published test vectors.
    @Test(
        arguments: [
            ("", 0xef46_db37_51d8_e999), ("a", 0xd24e_c4f1_a98c_6e5b), ("abc", 0x44bc_2cf5_ad77_0999),
            ("Nobody inspects the spammish repetition", 0xfbce_a83c_8a37_8bf1),
        ] as [(String, UInt64)])
    func checksumIsXXH64(text: String, expected: UInt64) {
        #expect(checksum(Array(text.utf8)) == expected)
    }
}
