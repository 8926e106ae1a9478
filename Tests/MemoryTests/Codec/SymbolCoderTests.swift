import Foundation
import Memory
import TestSupport
import Testing

@Suite struct SymbolCoderTests {
    struct Symbol {
        let cumulative: UInt64
        let frequency: UInt64
        let total: UInt64
    }

    private func symbols(_ count: Int, _ random: inout SeededGenerator, most: UInt64) -> [Symbol] {
        (0..<count).map { _ in
            let total = UInt64.random(in: 1...(1 << UInt64.random(in: 0...most, using: &random)), using: &random)
            let frequency = min(
                total, UInt64.random(in: 1...(1 << UInt64.random(in: 0...most, using: &random)), using: &random))
            let edge = Int.random(in: 0..<4, using: &random)
            let room = total - frequency
            let cumulative = edge == 0 ? 0 : edge == 1 ? room : UInt64.random(in: 0...room, using: &random)
            return Symbol(cumulative: cumulative, frequency: frequency, total: total)
        }
    }

    private func encoded(_ symbols: [Symbol]) -> [UInt8] {
        var encoder = SymbolEncoder()
        for symbol in symbols {
            encoder.encode(cumulative: symbol.cumulative, frequency: symbol.frequency, total: symbol.total)
        }
        return encoder.finish()
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func symbolsComeBack(seed: UInt64) {
        var random = SeededGenerator(seed)
        for length in 0..<300 {
            let symbols = symbols(length, &random, most: [4, 16, 39][length % 3])
            let bytes = encoded(symbols)
            #expect(bytes.last != 0)
            for code in [bytes, bytes + [0, 0, 0]] {
                var decoder = SymbolDecoder(code)
                for symbol in symbols {
                    let target = decoder.target(total: symbol.total)
                    #expect(target >= symbol.cumulative && target - symbol.cumulative < symbol.frequency)
                    decoder.consume(cumulative: symbol.cumulative, frequency: symbol.frequency)
                }
            }
        }
    }

    @Test func carriesRunThroughTheOutput() {
        // The top of the range again and again, then a step that carries.
        for count in 0..<80 {
            let symbols =
                [Symbol(cumulative: 1, frequency: 1, total: 3)]
                + [Symbol](repeating: Symbol(cumulative: 65_535, frequency: 1, total: 65_536), count: count)
                + [Symbol(cumulative: 2, frequency: 1, total: 3)]
            var decoder = SymbolDecoder(encoded(symbols))
            for symbol in symbols {
                let target = decoder.target(total: symbol.total)
                #expect(target >= symbol.cumulative && target - symbol.cumulative < symbol.frequency)
                decoder.consume(cumulative: symbol.cumulative, frequency: symbol.frequency)
            }
        }
    }

    @Test(arguments: [4, 5] as [UInt64]) func streamsCostHalfAByteMoreThanTheEntropyAtMost(seed: UInt64) {
        var random = SeededGenerator(seed)
        var excess = 0.0
        let streams = 2_000
        for _ in 0..<streams {
            let symbols = symbols(Int.random(in: 1...60, using: &random), &random, most: 20)
            let bits = symbols.reduce(0) { $0 - log2(Double($1.frequency) / Double($1.total)) }
            excess += Double(encoded(symbols).count) - bits / 8
        }
        #expect(excess / Double(streams) < 0.5, "\(excess / Double(streams)) bytes a stream")
    }

    @Test func certainSymbolsCostNothing() {
        #expect(encoded([]) == [])
        #expect(encoded([Symbol](repeating: Symbol(cumulative: 0, frequency: 7, total: 7), count: 1_000)) == [])
    }

    @Test(arguments: [6, 7] as [UInt64]) func damagedStreamsGiveOtherSymbols(seed: UInt64) {
        var random = SeededGenerator(seed)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in length % 4 == 0 ? 255 : UInt8.random(in: 0...255, using: &random) }
            var decoder = SymbolDecoder(bytes)
            for _ in 0..<100 {
                let total = UInt64.random(in: 1...(1 << 39), using: &random)
                let target = decoder.target(total: total)
                #expect(target < total)
                let below = UInt64.random(in: 0...target, using: &random)
                decoder.consume(
                    cumulative: below, frequency: UInt64.random(in: (target - below + 1)...(total - below), using: &random))
            }
        }
    }
}
