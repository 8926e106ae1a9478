import Foundation
import Memory
import Testing

/// The integer engine against the float model of the training recipe, on texts stored by `pipelines/training/reference.py`.
@Suite struct ParityTests {
    private struct Expected: Decodable {
        let text: String, tokens: [UInt16], code: [Int8], bits: Double
    }

    private func fixture() throws -> [Expected] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/parity.json")
        return try JSONDecoder().decode([Expected].self, from: Data(contentsOf: path))
    }

    @Test func tokensAreThoseOfTheRecipe() throws {
        for expected in try fixture() { #expect(TestModel.shared.tokenizer.encode(Array(expected.text.utf8)) == expected.tokens) }
    }

    /// Rounding differs in the n-gram tables and in the order of float sums, so an entry near a border may fall on its other side.
    @Test func memoryCodesAreThoseOfTheRecipeButForRounding() throws {
        let codec = Codec(model: TestModel.shared)
        var entries = 0, same = 0
        for expected in try fixture() {
            let code = codec.memory(of: expected.tokens[...])
            #expect(zip(code, expected.code).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
            entries += code.count
            same += zip(code, expected.code).count { $0 == $1 }
        }
        #expect(Double(same) >= 0.95 * Double(entries), "\(same) of \(entries) entries")
    }

    @Test func residualsNeedTheBitsThatTheRecipeSays() throws {
        let codec = Codec(model: TestModel.shared), model = TestModel.shared
        var bits = 0.0, expectedBits = 0.0
        let texts = try fixture()
        for expected in texts {
            let bytes = Array(expected.text.utf8), terms = Words.terms(in: bytes.span).filter { !model.lexicon.isFunctionWord($0) }
            let memory = PassageMemory(terms: terms, passage: expected.code, document: [Int8](repeating: 0, count: model.shape.code))
            let residual = codec.encode(tokens: expected.tokens[...], bytes: bytes[...], memory: memory)
            // A stream ends on a byte, at most two more than its bits.
            #expect(abs(Double(residual.bytes.count * 8) - expected.bits) < 16 + 0.03 * expected.bits, "\(expected.text.prefix(40))")
            bits += Double(residual.bytes.count * 8)
            expectedBits += expected.bits
        }
        #expect(bits < expectedBits * 1.02 + Double(8 * texts.count))
    }
}
