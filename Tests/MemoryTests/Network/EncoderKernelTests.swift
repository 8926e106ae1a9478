import CKernels
import Foundation
import TestSupport
import Testing

/// The kernels of the sentence encoder against their formulas in double precision; every instruction set gives the bits of
/// the portable one.
@Suite(.serialized) struct EncoderKernelTests {
    private static let widths = [16, 64, 208, 384]
    private static let spreads: [Float] = [1e-20, 1e-3, 1, 30, 1e4]

    /// Rows of a product and what makes real values of them.
    private struct Product {
        let m: Int
        let n: Int
        let acc: [Int32]
        let sums: [Int32]
        let scales: [Float]
        let bias: [Float]
        let rows: [ck_affine]
        let multiplier: [Float]

        init(_ m: Int, _ n: Int, spread: Float) {
            var random = SeededGenerator(UInt64(m * 1000 + n))
            self.m = m
            self.n = n
            acc = (0..<m * n).map { _ in Int32.random(in: -4_000_000...4_000_000, using: &random) }
            sums = (0..<n).map { _ in Int32.random(in: -20_000...20_000, using: &random) }
            scales = (0..<n).map { _ in Float.random(in: 0...1e-3, using: &random) }
            bias = (0..<n).map { _ in Float.random(in: -1...1, using: &random) * spread }
            rows = (0..<m).map { _ in
                ck_affine(
                    scale: Float.random(in: 5e-4...1e-3, using: &random) * spread, zero: .random(in: 0...255, using: &random)
                )
            }
            multiplier = (0..<n).map { _ in Float.random(in: 0.5...2, using: &random) }
        }

        /// The real values, in the order of operations that `CKernels.h` gives.
        var real: [Float] {
            (0..<m * n).map { i in
                let (row, c) = (rows[i / n], i % n)
                return Float(acc[i] - row.zero * sums[c]) * scales[c] * row.scale + bias[c]
            }
        }

        func withOutputs<R>(_ body: (ck_outputs) -> R) -> R {
            sums.withUnsafeBufferPointer { sums in
                scales.withUnsafeBufferPointer { scales in
                    bias.withUnsafeBufferPointer { bias in
                        body(ck_outputs(sums: sums.baseAddress, scales: scales.baseAddress, bias: bias.baseAddress))
                    }
                }
            }
        }
    }

    private struct Quantised: Equatable {
        var real: [UInt32] = []
        var q: [UInt8]
        var rows: [[UInt32]]

        init(_ q: [UInt8], _ rows: [ck_affine], real: [Float] = []) {
            self.q = q
            self.rows = rows.map { [$0.scale.bitPattern, UInt32(bitPattern: $0.zero)] }
            self.real = real.map(\.bitPattern)
        }
    }

    /// Each result is that of the portable set, and its bytes stand for the expected values.
    private func check(_ results: [Quantised], _ expected: [Double], _ n: Int, within slack: Double = 0) {
        for result in results { #expect(result == results[0]) }
        for (i, value) in expected.enumerated() {
            let row = results[0].rows[i / n]
            let scale = Double(Float(bitPattern: row[0]))
            let found = Double(Int(results[0].q[i]) - Int(Int32(bitPattern: row[1]))) * scale
            #expect(abs(found - value) <= scale * 0.502 + abs(value) * 1e-5 + slack, "entry \(i)")
        }
    }

    @Test(arguments: [1, 2, 7], widths) func productsBecomeRealValues(m: Int, n: Int) {
        let p = Product(m, n, spread: 1)
        for result in onEachSet({
            var x = [Float](repeating: -1, count: m * n)
            p.withOutputs { ck_dequantize_affine(p.acc, $0, p.rows, m, n, &x) }
            return x.map(\.bitPattern)
        }) {
            #expect(result == p.real.map(\.bitPattern))
        }
    }

    @Test(arguments: widths, spreads) func rowsAreQuantisedOverTheirRange(n: Int, spread: Float) {
        var random = SeededGenerator(UInt64(n))
        let multiplier = (0..<n).map { _ in Float.random(in: 0.5...2, using: &random) }
        // Both signs; none below 0; none above 0; all 0.
        let rows = [-1...1, 0...1, -1...0, 0...0].flatMap { (range: ClosedRange<Float>) in
            (0..<n).map { _ in Float.random(in: range, using: &random) * spread }
        }
        let results = onEachSet {
            var q = [UInt8](repeating: 0, count: rows.count)
            var scales = [ck_affine](repeating: ck_affine(), count: 4)
            ck_quantize_affine(rows, multiplier, 4, n, &q, &scales)
            return Quantised(q, scales)
        }
        let expected = rows.indices.map { Double(rows[$0]) * Double(multiplier[$0 % n]) }
        check(results, expected, n, within: spread < 1e-10 ? 1 : 0)
        if spread > 1e-10 {
            #expect(results[0].q[..<n].max() == 255 && results[0].q[..<n].min() == 0)
            #expect(results[0].rows[1][1] == 0 && results[0].rows[2][1] == 255 && results[0].rows[3] == [0, 0])
        }
    }

    @Test(arguments: [1, 2, 7], widths) func rowsAreAddedNormalisedAndQuantised(m: Int, n: Int) {
        let p = Product(m, n, spread: 1)
        var random = SeededGenerator(UInt64(n) + 3)
        let x = (0..<m * n).map { _ in Float.random(in: -3...3, using: &random) }
        let weight = (0..<n).map { _ in Float.random(in: -2...2, using: &random) }
        let shift = (0..<n).map { _ in Float.random(in: -1...1, using: &random) }
        for adds in [true, false] {
            let results = onEachSet {
                var y = x
                var q = [UInt8](repeating: 0, count: m * n)
                var rows = p.rows
                p.withOutputs { outputs in
                    p.acc.withUnsafeBufferPointer { acc in
                        ck_norm_quantize_affine(
                            &y, adds ? acc.baseAddress : nil, adds ? outputs : ck_outputs(), weight, shift, 1e-6,
                            p.multiplier, m, n, &q, &rows)
                    }
                }
                // Without a multiplier the rows are the same, and neither bytes nor scales are written.
                var plain = x
                var kept = p.rows
                p.withOutputs { outputs in
                    p.acc.withUnsafeBufferPointer { acc in
                        ck_norm_quantize_affine(
                            &plain, adds ? acc.baseAddress : nil, adds ? outputs : ck_outputs(), weight, shift, 1e-6, nil, m,
                            n, nil, &kept)
                    }
                }
                #expect(plain.map(\.bitPattern) == y.map(\.bitPattern) && kept.map(\.zero) == p.rows.map(\.zero))
                return Quantised(q, rows, real: y)
            }
            var expected: [Double] = []
            for r in 0..<m {
                let row = (r * n..<(r + 1) * n).map { Double(x[$0]) + (adds ? Double(p.real[$0]) : 0) }
                let mean = row.reduce(0, +) / Double(n)
                let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)
                expected += row.enumerated().map {
                    ($1 - mean) / (variance + 1e-6).squareRoot() * Double(weight[$0]) + Double(shift[$0])
                }
            }
            for (bits, value) in zip(results[0].real, expected) {
                #expect(abs(Double(Float(bitPattern: bits)) - value) < 2e-5 * max(1, abs(value)))
            }
            check(results, expected.indices.map { expected[$0] * Double(p.multiplier[$0 % n]) }, n, within: 1e-4)
        }
    }

    @Test(arguments: [1, 2, 7], widths) func hiddenRowsAreThoseOfGELU(m: Int, n: Int) {
        for spread: Float in [0.01, 1, 6] {
            let p = Product(m, n, spread: spread)
            let results = onEachSet {
                var q = [UInt8](repeating: 0, count: m * n)
                var rows = p.rows
                var real = [Float](repeating: 0, count: n)
                p.withOutputs { ck_gelu_quantize_affine(p.acc, $0, p.multiplier, m, n, &real, &q, &rows) }
                return Quantised(q, rows)
            }
            let expected = p.real.indices.map { i in
                let y = Double(p.real[i])
                return y * 0.5 * (1 + erf(y / 2.0.squareRoot())) * Double(p.multiplier[i % n])
            }
            check(results, expected, n, within: 2.8e-4)
        }
    }

    @Test(arguments: [1, 2, 15, 16, 17, 100, 256, 600], [16, 32, 48, 64, 256])
    func attentionIsASoftmaxMeanOverTheText(t: Int, d: Int) {
        var random = SeededGenerator(UInt64(t * 1000 + d))
        let stride = 3 * d + 5
        let x = (0..<t * stride).map { _ in Float.random(in: -2...2, using: &random) }
        let room = ck_attend_rows_room(t, d)
        let results = onEachSet { () -> [UInt32] in
            // Memory that an earlier text left behind has no effect, and none beyond the room is written.
            var scratch = (0..<room + 16).map { Int32($0) &* 0x0101_0101 }
            let beyond = Array(scratch[room...])
            var out = [Float](repeating: 7, count: t * (d + 3))
            x.withUnsafeBufferPointer {
                let x = $0.baseAddress!
                ck_attend_rows(x, x + d, x + 2 * d, stride, t, d, &scratch, &out, d + 3)
            }
            #expect(Array(scratch[room...]) == beyond)
            #expect((0..<t).allSatisfy { out[$0 * (d + 3) + d..<($0 + 1) * (d + 3)].allSatisfy { $0 == 7 } })
            return (0..<t * d).map { out[$0 / d * (d + 3) + $0 % d].bitPattern }
        }
        for result in results { #expect(result == results[0]) }
        for row in Swift.stride(from: 0, to: t, by: max(1, t / 9)) {
            let scores = (0..<t).map { j in
                (0..<d).reduce(0.0) { $0 + Double(x[row * stride + $1]) * Double(x[j * stride + d + $1]) }
                    / Double(d).squareRoot()
            }
            let most = scores.max()!
            let weights = scores.map { exp($0 - most) }
            let total = weights.reduce(0, +)
            for i in 0..<d {
                let expected = (0..<t).reduce(0.0) { $0 + weights[$1] / total * Double(x[$1 * stride + 2 * d + i]) }
                #expect(abs(Double(Float(bitPattern: results[0][row * d + i])) - expected) < 0.03, "row \(row), entry \(i)")
            }
        }
    }

    /// The largest values that the formats allow: nothing wraps around, and equal rows give their own value.
    @Test(arguments: [1, 40, 513, 4096]) func attentionOverEqualRowsGivesTheRow(t: Int) {
        let d = 16
        let row = (0..<3 * d).map { $0 % 2 == 0 ? Float(3e4) : -3e4 }
        let x = (0..<t).flatMap { _ in row }
        var scratch = [Int32](repeating: -1, count: ck_attend_rows_room(t, d))
        for result in onEachSet({
            var out = [Float](repeating: 0, count: t * d)
            x.withUnsafeBufferPointer {
                let x = $0.baseAddress!
                ck_attend_rows(x, x + d, x + 2 * d, 3 * d, t, d, &scratch, &out, d)
            }
            return out
        }) {
            #expect(result.enumerated().allSatisfy { abs($1 - row[$0 % d]) < 1 })
        }
    }
}
