import Foundation
import Memory
import TestSupport
import Testing

/// What a model file must have, and files that are refused.
@Suite struct ModelFileTests {
    private func refuses(_ fact: String, _ change: (inout SmallModel) -> Void) {
        var model = SmallModel()
        change(&model)
        let error = #expect(throws: MemoryError.self) { _ = try model.load() }
        #expect(error?.description.contains(fact) == true, "\(error.map(String.init(describing:)) ?? "none")")
    }

    @Test func theFileGivesVocabularyAndBackbone() throws {
        let model = try SmallModel().load()
        #expect(model.name == "small" && model.hash.count == 32 && model.wordVectors == nil)
        #expect(model.vocabulary.tokenCount == SmallModel.vocabulary)
        #expect(model.vocabulary.functionWords == SmallModel.functionWords.map { Array($0.utf8) })
        #expect(model.vocabulary.baseLexicon.words == SmallModel.words.map { Array($0.utf8) })
        #expect(model.vocabulary.baseLexicon.frequency == [500, 499, 498, 497, 496])
        #expect(
            model.backbone.shape.width == 64 && model.backbone.shape.headWidth == 32)
        let terms = model.vocabulary.termSet(of: Array("The lamp of the Lamp, and lAmp".utf8).span)
        #expect(terms == ["lAmp", "lamp"].map { Array($0.utf8) })
    }

    /// Shapes other than the default model's work too: heads of another width, no n-gram tables.
    @Test(arguments: [(64, 0), (64, 16), (128, 1)] as [(Int, Int)])
    func everyShapeReadsWhatItWrote(width: Int, slots: Int) throws {
        let model = try SmallModel(width: width, slots: slots, seed: UInt64(width + slots)).load()
        let codec = Codec(model)
        for text in ["the lamp", "Door of!", "", "KEY", "xyz 12", "a train, a key and a lamp"] {
            let bytes = Array(text.utf8)
            let tokens = model.vocabulary.tokenizer.encode(bytes)
            let code = codec.forwardCode(of: tokens[...])
            #expect(code.count == 8 && code.allSatisfy { abs($0) <= ForwardCode.half })
            let memory = PassageMemory(
                terms: model.vocabulary.termSet(of: bytes.span), passage: code, document: code)
            let residual = codec.encode(tokens: tokens[...], bytes: bytes[...], memory: memory)
            let request = ReconstructionRequest(
                residual: residual, memory: memory, tokenCount: tokens.count, byteCount: bytes.count)
            #expect(try codec.decode([request]) == [bytes], "\(text)")
        }
    }

    /// An index stores no forward codes, so the prefix has none.
    @Test func aPassageWithoutForwardCodesComesBack() throws {
        let model = try SmallModel().load()
        let codec = Codec(model)
        let bytes = Array("a train, a key and a lamp".utf8)
        let tokens = model.vocabulary.tokenizer.encode(bytes)
        let memory = PassageMemory(terms: model.vocabulary.termSet(of: bytes.span))
        let residual = codec.encode(tokens: tokens[...], bytes: bytes[...], memory: memory)
        let request = ReconstructionRequest(
            residual: residual, memory: memory, tokenCount: tokens.count, byteCount: bytes.count)
        #expect(try codec.decode([request]) == [bytes])
    }

    @Test func anotherFormatIsRefused() {
        refuses("format 'r3mem-model-0' is not r3mem-model-2") { $0.metadata["format"] = "r3mem-model-0" }
        refuses("format 'none' is not r3mem-model-2") { $0.metadata["format"] = nil }
    }

    @Test(arguments: [
        "width", "layers", "heads", "ratio", "vocabulary", "code", "slots", "slot_width", "context", "passage_limit",
        "levels",
    ])
    func everySizeIsNeededAndBounded(key: String) {
        for value in [nil, "", "x", "-1", "99999999999"] {
            refuses("metadata '\(key)' is missing or outside") { $0.metadata[key] = value }
        }
    }

    @Test func sizesThatDoNotFitEachOtherAreRefused() {
        refuses("its sizes do not fit each other") { $0.metadata["passage_limit"] = "13" }
        refuses("its sizes do not fit each other") { $0.metadata["heads"] = "3" }
        refuses("its sizes do not fit each other") { $0.metadata["slots"] = "15" }
        refuses("its sizes do not fit each other") { $0.metadata["code"] = "6" }
        refuses("its forward codes have 17 levels, not 15") { $0.metadata["levels"] = "17" }
        refuses("metadata 'output_scale' is not a number") { $0.metadata["output_scale"] = "nan" }
        refuses("the tokenizer has 260 tokens, not 261") { $0.metadata["vocabulary"] = "261" }
        refuses("the base lexicon has 6 words and 5 frequencies") { model in
            model.setBytes("lexicon.words", model.tensors["lexicon.words"]!.bytes + Array("x\n".utf8))
        }
    }

    @Test func everyTensorIsNeeded() throws {
        for name in SmallModel().tensors.keys.sorted() {
            var model = SmallModel()
            model.tensors[name] = nil
            let error = #expect(throws: MemoryError.self) { _ = try model.load() }
            #expect(error?.code == .tensorMissing(name))
        }
    }

    @Test func numbersThatAreNotFiniteAreRefused() {
        for (name, size) in [("bias.offset", 4), ("log_half", 4), ("embedding.scale", 4), ("rotary", 8)] {
            refuses("tensor '\(name)' has numbers that are not finite") { model in
                // All bits of the exponent, in the first number.
                model.tensors[name]!.bytes[size - 1] = 0x7F
                model.tensors[name]!.bytes[size - 2] = 0xF0
            }
        }
    }
}
