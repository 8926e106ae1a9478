import CKernels
import Foundation
import TestSupport
import Testing

/// Every kernel gives the same bits on every instruction set that the machine has.
@Suite(.serialized) struct KernelTests {
    /// The largest inputs and weights stand side by side: sums of 16 bits are as large as they can be.
    @Test(
        arguments: [(1, 64, 4), (2, 64, 32), (5, 128, 96), (6, 64, 252), (7, 192, 256), (13, 64, 1024)],
        [32, 33, 64, 65, 128])
    func productsEqualTheReference(shape: (Int, Int, Int), top: Int) {
        let (m, n, k) = shape
        var random = SeededGenerator(UInt64(m * 1000 + k + top))
        let a = (0..<m * k).map { _ in Bool.random(using: &random) ? 255 : UInt8.random(in: 0...255, using: &random) }
        // Runs of the least weights, of the largest ones, and of any.
        let (least, largest) = (Int8(-top), Int8(clamping: top))
        let extreme = (0..<n * k).map { i in
            i / 8 % 3 == 0 ? least : i / 8 % 3 == 1 ? largest : Int8.random(in: least...largest, using: &random)
        }
        var packed = [Int8](repeating: 0, count: n * k)
        #expect(ck_top_s8(extreme, extreme.count) == Int32(top))
        var expected = [Int32](repeating: 0, count: m * n)
        ck_pack_s8(extreme, n, k, &packed)
        ck_gemm_u8s8_reference(a, extreme, &expected, m, n, k)
        for result in onEachSet({
            var c = [Int32](repeating: -1, count: m * n)
            ck_gemm_u8s8(a, packed, &c, m, n, k, ck_top_s8(packed, packed.count))
            return c
        }) {
            #expect(result == expected)
        }
    }

    @Test(arguments: [16, 64, 100, 256])
    func rowProductsEqualTheReference(k: Int) {
        var random = SeededGenerator(UInt64(k))
        let a = (0..<k).map { _ in UInt8.random(in: 0...255, using: &random) }
        let table = (0..<k * 50).map { _ in Int8.random(in: -128...127, using: &random) }
        let rows: [UInt16] = [0, 49, 7, 7, 31]
        let expected = rows.map { r in (0..<k).reduce(Int32(0)) { $0 + Int32(a[$1]) * Int32(table[Int(r) * k + $1]) } }
        for result in onEachSet({
            var c = [Int32](repeating: 0, count: rows.count)
            ck_dot_rows_u8s8(a, table, rows, &c, rows.count, k)
            return c
        }) {
            #expect(result == expected)
        }
    }

    @Test(arguments: 0...200)
    func floatKernelsGiveTheSameBitsOnEverySet(n: Int) {
        guard n > 0 else { return }
        var random = SeededGenerator(UInt64(n) + 17)
        let spread: Float = [1e-20, 1e-3, 1, 30, 1e4][n % 5]
        let x = (0..<n).map { _ in Float.random(in: -1...1, using: &random) * spread }
        let stream = (0..<n).map { _ in Int32.random(in: -5_000_000...5_000_000, using: &random) }
        let results = onEachSet { () -> [UInt32] in
            var bits: [UInt32] = []
            var q = [UInt8](repeating: 0, count: n)
            var scale: Float = 0
            ck_norm_quantize(stream, n, &q, &scale)
            bits += q.map(UInt32.init) + [scale.bitPattern]
            ck_quantize(x, n, &q, &scale)
            bits += q.map(UInt32.init) + [scale.bitPattern]
            ck_relu2_quantize(x, n, &q, &scale)
            bits += q.map(UInt32.init) + [scale.bitPattern]
            var frequency = [UInt32](repeating: 0, count: n)
            let total = ck_frequencies(x, n, &frequency)
            #expect(total == frequency.reduce(0) { $0 + UInt64($1) })
            #expect(frequency.allSatisfy { $0 >= 1 && $0 <= (1 << 20) + 1 })
            bits += frequency
            var code = [Int8](repeating: 0, count: n)
            ck_fsq(x, n, 7, &code)
            #expect(code.allSatisfy { abs($0) <= 7 })
            bits += code.map { UInt32(bitPattern: Int32($0)) }
            return bits
        }
        for result in results { #expect(result == results[0]) }
    }

    @Test(arguments: [1, 2, 15, 16, 17, 100, 255, 1200], [16, 48, 64, 80, 128, 256])
    func attentionGivesTheSameBitsOnEverySetAndIsASoftmaxMean(t: Int, d: Int) {
        var random = SeededGenerator(UInt64(t + 10_000 * d))
        let keys = (0..<t * d).map { _ in Int8.random(in: -127...127, using: &random) }
        let values = (0..<t * d).map { _ in Int8.random(in: -127...127, using: &random) }
        let query = (0..<d).map { _ in Int8.random(in: -127...127, using: &random) }
        let keyScales = (0..<t).map { _ in Float.random(in: 0.005...0.03, using: &random) }
        let valueScales = (0..<t).map { _ in Float.random(in: 0...0.1, using: &random) }
        var blocks = [UInt8](repeating: 0, count: (t + 15) / 16 * 16 * d)
        // What stands behind the last value has no weight.
        var pairs = [Int8](repeating: 99, count: (t + 1) / 2 * 2 * d)
        for j in 0..<t {
            ck_place_key(Array(keys[j * d..<(j + 1) * d]), j, d, &blocks)
            ck_place_value(Array(values[j * d..<(j + 1) * d]), j, d, &pairs)
        }
        let results = onEachSet { () -> [Float] in
            var weights = [Float](repeating: 0, count: t)
            var out = [Float](repeating: 0, count: d)
            ck_attend(query, 0.02, blocks, keyScales, pairs, valueScales, t, d, &weights, &out)
            return out
        }
        for result in results { #expect(result.map(\.bitPattern) == results[0].map(\.bitPattern)) }
        let scores = (0..<t).map { j in
            let dot = (0..<d).reduce(0) { $0 + Int(query[$1]) * Int(keys[j * d + $1]) }
            return Double(dot) * Double(keyScales[j]) * 0.02 / Double(d).squareRoot()
        }
        let most = scores.max()!
        let e = scores.map { exp($0 - most) }
        let sum = e.reduce(0, +)
        // Each weight is rounded to a step of the largest one; with more than 1,032 positions there are fewer steps.
        let steps = Double(min(16_383, Int(Int32.max) / (127 * t)))
        let rounding = (0..<t).map { e[$0] / sum * Double(valueScales[$0]) }.max()! / (2 * steps) * 127 * Double(t)
        for i in 0..<d {
            let expected = (0..<t).reduce(0.0) { $0 + e[$1] / sum * Double(valueScales[$1]) * Double(values[$1 * d + i]) }
            #expect(abs(Double(results[0][i]) - expected) < 1e-4 + rounding)
        }
    }
}

/// What a body gives on each instruction set that the machine has.
func onEachSet<R: Equatable>(_ body: () -> R) -> [R] {
    ck_force_isa(-1)
    let best = ck_isa()
    defer { ck_force_isa(-1) }
    return (0...best).map {
        ck_force_isa($0)
        return body()
    }
}
