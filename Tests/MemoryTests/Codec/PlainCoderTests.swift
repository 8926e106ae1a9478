import Memory
import TestSupport
import Testing

@Suite struct PlainCoderTests {
    @Test(arguments: [1, 2] as [UInt64]) func anyBytesComeBackAndNeverGrow(seed: UInt64) {
        var random = SeededGenerator(seed)
        for length in 0...120 {
            let noise = (0..<length * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
            let few = (0..<length * 3).map { _ in UInt8.random(in: 0...3, using: &random) }
            for bytes in [random.text(), noise, few, [UInt8](repeating: 255, count: length * 40)] {
                let code = PlainCoder.encode(bytes[...])
                #expect(code.count <= bytes.count)
                #expect(PlainCoder.decode(code[...], count: bytes.count) == bytes)
            }
        }
    }

    /// The codes are part of the format. Sizes were measured with this implementation (November 2026).
    @Test func codesStayWhatTheyAre() {
        let text = Array("Зимой озеро замерзает, и рыбаки ходят по льду. Лёд на озере крепкий, озеро молчит.".utf8)
        let code = PlainCoder.encode(text[...])
        #expect(code.count == 64)
        #expect(
            code.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
                == 17_043_621_493_699_590_495)
    }

    @Test(arguments: [3, 4] as [UInt64]) func damagedCodesGiveOtherBytes(seed: UInt64) {
        var random = SeededGenerator(seed)
        for length in 0..<60 {
            let code = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            for count in [0, 1, length, length + 1, 200] {
                #expect(PlainCoder.decode(code[...], count: count).count == count)
            }
        }
    }
}
