import CKernels
import Foundation
import Memory
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct CodecTests {
    let model = TestModel.shared

    private struct Encoded: Sendable {
        let tokens: [UInt16]
        let bytes: [UInt8]
        let memory: PassageMemory
        let residual: Residual

        var request: ReconstructionRequest {
            ReconstructionRequest(residual: residual, memory: memory, tokenCount: tokens.count, byteCount: bytes.count)
        }
    }

    private func encode(_ bytes: [UInt8], _ codec: Codec) -> Encoded {
        let tokens = model.vocabulary.tokenizer.encode(bytes)
        let code = codec.forwardCode(of: tokens[...])
        let memory = PassageMemory(
            terms: model.vocabulary.termSet(of: bytes.span), passage: code, document: code)
        let residual = codec.encode(tokens: tokens[...], bytes: bytes[...], memory: memory)
        return Encoded(tokens: tokens, bytes: bytes, memory: memory, residual: residual)
    }

    @Test func everyTextComesBackByteForByte() throws {
        let codec = Codec(model)
        let encoded = SampleTexts.all.map { encode(Array($0.utf8), codec) }
        #expect(try codec.decode(encoded.map(\.request)) == encoded.map(\.bytes))
    }

    @Test(arguments: 1...40)
    func randomBytesComeBack(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed))
        let alphabets: [[UInt8]] = [
            Array(0...255), Array("aAbB12 .\n".utf8), Array("äÖß漢 é".utf8), Array(repeating: 0, count: 3),
            Array("the of and Return ".utf8),
        ]
        let alphabet = alphabets[seed % alphabets.count]
        let bytes = (0..<Int.random(in: 0...600, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
        let codec = Codec(model)
        let encoded = encode(bytes, codec)
        #expect(try codec.decode([encoded.request]) == [bytes])
    }

    @Test func proseIsCodedByTheModelAndSmall() {
        let text = Array(SampleTexts.all[3].utf8)
        let encoded = encode(text, Codec(model))
        #expect(encoded.residual.coding == .tokens)
        #expect(encoded.residual.bytes.count * 3 < text.count)
    }

    @Test func whatTheModelCodesBadlyIsNeverMuchLargerThanItIs() {
        var random = SeededGenerator(99)
        let noise = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
        let encoded = encode(noise, Codec(model))
        #expect(encoded.residual.bytes.count <= noise.count + noise.count / 10)
    }

    @Test func passagesDecodedTogetherAndAloneAreTheSame() throws {
        let codec = Codec(model)
        let texts = (0..<60).map { i in
            "Passage \(i) tells of the \(i % 7 == 0 ? "Harbour" : "mountain") and what was sold there in \(1900 + i). "
                + String(repeating: "It rained. ", count: i % 9)
        }
        let encoded = texts.map { encode(Array($0.utf8), codec) }
        let together = try codec.decode(encoded.map(\.request))
        #expect(together == encoded.map(\.bytes))
        #expect(try encoded.prefix(5).map { try Codec(model).decode([$0.request])[0] } == encoded.prefix(5).map(\.bytes))
    }

    /// Each thread has a codec of its own; all share one vocabulary and one backbone.
    @Test func severalThreadsOnOneBackboneGiveTheSameBytes() throws {
        let texts = SampleTexts.all.map { Array($0.utf8) }
        let alone = texts.map { encode($0, Codec(model)) }
        let threads = 6
        let results = Mutex<[[Encoded]]>([])
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            let codec = Codec(model)
            // Each thread begins with another text, so that the threads do different work at the same time.
            let order = texts.indices.map { ($0 + 3 * thread) % texts.count }
            var encoded = [Encoded?](repeating: nil, count: texts.count)
            for i in order { encoded[i] = encode(texts[i], codec) }
            results.withLock { $0.append(encoded.map { $0! }) }
        }
        let encoded = results.withLock { $0 }
        #expect(encoded.count == threads)
        for one in encoded {
            #expect(one.map(\.residual) == alone.map(\.residual))
            #expect(one.map(\.memory.passage) == alone.map(\.memory.passage))
            #expect(one.map(\.memory.document) == alone.map(\.memory.document))
        }
        let decoded = Mutex<[[[UInt8]]]>([])
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            guard let one = try? Codec(model).decode(encoded[thread].map(\.request)) else { return }
            decoded.withLock { $0.append(one) }
        }
        #expect(decoded.withLock { $0 } == Array(repeating: texts, count: threads))
    }

    @Test func everyInstructionSetGivesTheSameBytes() throws {
        defer { ck_force_isa(-1) }
        ck_force_isa(-1)
        let best = ck_isa()
        let all = (0...best).map { set -> [[UInt8]] in
            ck_force_isa(set)
            let codec = Codec(model)
            return SampleTexts.all.map { text in
                let e = encode(Array(text.utf8), codec)
                return e.residual.bytes + e.memory.passage.map { UInt8(bitPattern: $0) }
                    + e.memory.document.map { UInt8(bitPattern: $0) }
            }
        }
        for result in all { #expect(result == all[0]) }
        // Written with one set, read with another.
        ck_force_isa(best)
        let written = encode(Array(SampleTexts.all[4].utf8), Codec(model))
        ck_force_isa(0)
        #expect(try Codec(model).decode([written.request]) == [written.bytes])
    }

    /// A start ends behind the paragraph that is wanted, and not much later.
    @Test func startsOfPassagesAreStartsOfTheirTexts() throws {
        let codec = Codec(model)
        let paragraphs = (1...6).map { "Paragraph \($0) says that the harbour closes at \($0) o'clock in winter." }
        let good = encode(Array(paragraphs.joined(separator: "\n\n").utf8), codec)
        func start(_ byte: Int) -> ReconstructionRequest {
            ReconstructionRequest(
                residual: good.residual, memory: good.memory, tokenCount: good.tokens.count, byteCount: good.bytes.count,
                part: .paragraph(holding: byte))
        }
        let places = [0, 10, 70, 200, good.bytes.count - 1]
        let starts = try codec.decode(places.map(start))
        for (place, text) in zip(places, starts) {
            #expect(good.bytes.starts(with: text))
            let end = good.bytes[place...].firstRange(of: [10, 10])?.upperBound ?? good.bytes.count
            #expect(text.count >= end && text.count <= end + 16, "\(place)")
        }
        #expect(starts[0].count < 80 && starts[4] == good.bytes)
    }

    @Test(arguments: 0..<200)
    func damagedResidualsNeverTrap(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed) + 1)
        let codec = Codec(model)
        let good = encode(Array(SampleTexts.all[3].utf8), codec)
        var bytes = good.residual.bytes
        switch seed % 3 {
        case 0: bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
        case 1: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        default: bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        let request = ReconstructionRequest(
            residual: Residual(coding: good.residual.coding, bytes: bytes), memory: good.memory,
            tokenCount: good.tokens.count,
            byteCount: good.bytes.count)
        #expect(try codec.decode([request]).count == 1)
    }

    @Test func aTokenCountBeyondThePassageLimitIsRefused() {
        let codec = Codec(model)
        let good = encode(Array("hello".utf8), codec)
        let request = ReconstructionRequest(residual: good.residual, memory: good.memory, tokenCount: 100_000, byteCount: 5)
        #expect(throws: MemoryError.self) { try codec.decode([request]) }
    }
}
