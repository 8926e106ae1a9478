import CKernels
import Foundation
import TestSupport
import Testing

/// The float kernels against their formulas, written out here in single precision where the kernel's bits are part of the
/// model format, and in double precision where only its meaning is.
@Suite(.serialized) struct KernelFormulaTests {
    /// To the nearest integer, ties away from zero, saturated at 2³⁰: the rule of `docs/model-format.md` for floats.
    private func rounded(_ x: Float) -> Int32 {
        let limit: Float = 1_073_741_824
        let y = min(max(x, -limit), limit)
        return Int32(y + (y < 0 ? -0.5 : 0.5))
    }

    /// Lengths from 1 to 200, and one that is no multiple of the lanes but long.
    static let lengths = Array(1...200) + [1000]
    private static let spreads: [Float] = [1e-20, 1e-3, 1, 30, 1e4]

    private func floats(_ n: Int, seed: Int) -> [Float] {
        var random = SeededGenerator(UInt64(n * 31 + seed))
        let spread = Self.spreads[(n + seed) % Self.spreads.count]
        return (0..<n).map { _ in Float.random(in: -1...1, using: &random) * spread }
    }

    @Test(arguments: lengths) func normQuantizeFollowsItsFormula(n: Int) {
        var random = SeededGenerator(UInt64(n) + 1)
        for spread: Int32 in [0, 1, 4096, 5_000_000, .max] {
            let x = (0..<n).map { _ in Int32.random(in: -spread...spread, using: &random) }
            let m = x.map { $0.magnitude }.max()!
            let inverse: Float = m > 0 ? 127 / Float(m) : 0
            let expected = x.map { UInt8(rounded(Float($0) * inverse) + 128) }
            let squares = x.reduce(UInt64(0)) { $0 &+ UInt64(bitPattern: Int64($1) * Int64($1)) }
            let mean = Double(squares) / Double(n) + 16.777216
            let expectedScale = Float(Double(m) / (127 * mean.squareRoot()))
            for result in onEachSet({
                var q = [UInt8](repeating: 0, count: n)
                var scale: Float = -1
                ck_norm_quantize(x, n, &q, &scale)
                return q.map(UInt32.init) + [scale.bitPattern]
            }) {
                #expect(result == expected.map(UInt32.init) + [expectedScale.bitPattern], "spread \(spread)")
            }
            // The meaning: q − 128 times the scale is x divided by its root mean square.
            let rms = (squares == 0 || spread == .max) ? nil : (Double(squares) / Double(n)).squareRoot()
            guard let rms, rms > 1000 else { continue }
            for (x, q) in zip(x, expected) {
                #expect(abs(Double(Int(q) - 128) * Double(expectedScale) - Double(x) / rms) <= Double(expectedScale) * 0.501)
            }
        }
    }

    @Test(arguments: lengths) func quantizersFollowTheirFormulas(n: Int) {
        for x in [floats(n, seed: 1), floats(n, seed: 2), [Float](repeating: 0, count: n)] {
            let m = x.map(abs).max()!
            let inverse: Float = m > 1e-30 ? 127 / m : 0
            let expected = x.map { UInt32(rounded($0 * inverse) + 128) } + [(m / 127).bitPattern]
            let top = max(0, x.max()!)
            let square = top * top
            let inverseSquare: Float = square > 1e-30 ? 255 / square : 0
            let squares = x.map { $0 > 0 ? UInt32(rounded($0 * $0 * inverseSquare)) : 0 } + [(square / 255).bitPattern]
            for result in onEachSet({
                var q = [UInt8](repeating: 0, count: n)
                var scale: Float = -1
                ck_quantize(x, n, &q, &scale)
                var bits = q.map(UInt32.init) + [scale.bitPattern]
                ck_relu2_quantize(x, n, &q, &scale)
                bits += q.map(UInt32.init) + [scale.bitPattern]
                return bits
            }) {
                #expect(result == expected + squares)
            }
        }
    }

    private struct Product {
        let sums: [Int32]
        let offset: [Int32]
        let column: [Float]
        let row: Float

        init(_ n: Int, spread: Float) {
            var random = SeededGenerator(UInt64(n) + 5)
            sums = (0..<n).map { _ in Int32.random(in: -40_000_000...40_000_000, using: &random) }
            offset = (0..<n).map { _ in Int32.random(in: -4_000_000...4_000_000, using: &random) }
            column = (0..<n).map { _ in Float.random(in: 0...0.01, using: &random) }
            row = Float.random(in: 0.5...1, using: &random) * spread
        }
    }

    @Test(arguments: lengths) func dequantizeFollowsItsFormula(n: Int) {
        let p = Product(n, spread: 0.01)
        let expected = (0..<n).map { Float(p.sums[$0] - p.offset[$0]) * p.column[$0] * p.row }
        for result in onEachSet({
            var out = [Float](repeating: -1, count: n)
            ck_dequantize(p.sums, p.offset, p.column, p.row, &out, n)
            return out.map(\.bitPattern)
        }) {
            #expect(result == expected.map(\.bitPattern))
        }
    }

    /// The largest spread saturates some of the products.
    @Test(arguments: lengths, [1e-6, 0.01, 10] as [Float]) func accumulateFollowsItsFormula(n: Int, spread: Float) {
        let p = Product(n, spread: spread)
        var random = SeededGenerator(UInt64(n) + 6)
        let x = (0..<n).map { i in
            i % 3 == 0 ? (i % 2 == 0 ? Int32.max : .min) : .random(in: -100_000...100_000, using: &random)
        }
        let steps = (0..<n).map { rounded(Float(p.sums[$0] - p.offset[$0]) * p.column[$0] * (p.row * 4096)) }
        for (sign, expected) in [(1, zip(x, steps).map { $0 &+ $1 }), (-1, zip(x, steps).map { $0 &- $1 })]
            as [(Int32, [Int32])]
        {
            for result in onEachSet({
                var y = x
                ck_accumulate(&y, p.sums, p.offset, p.column, p.row, n, sign)
                return y
            }) {
                #expect(result == expected)
            }
        }
        // The meaning: a step is the real value on a grid of 1/4096.
        for i in 0..<n where abs(steps[i]) < 1 << 22 {
            let real = Double(p.sums[i] - p.offset[i]) * Double(p.column[i]) * Double(p.row)
            #expect(abs(Double(steps[i]) - real * 4096) < 0.51 + abs(real) * 4096 * 1e-6)
        }
    }

    static let headWidths = Array(stride(from: 2, through: 200, by: 2)) + [256]

    @Test(arguments: headWidths) func headsOfValuesAreQuantisedAsTheyAre(d: Int) {
        for x in [floats(d, seed: 3), floats(d, seed: 4), [Float](repeating: 0, count: d)] {
            let m = x.map(abs).max()!
            let inverse: Float = m > 1e-30 ? 127 / m : 0
            let expected = x.map { Int32(rounded($0 * inverse)) } + [Int32(bitPattern: (m / 127).bitPattern)]
            for result in onEachSet({
                var q = [Int8](repeating: 0, count: d)
                var scale: Float = -1
                ck_head(x, nil, nil, d, &q, &scale)
                return q.map(Int32.init) + [Int32(bitPattern: scale.bitPattern)]
            }) {
                #expect(result == expected)
            }
        }
    }

    @Test(arguments: headWidths) func headsOfQueriesAndKeysAreNormalisedAndRotated(d: Int) {
        var random = SeededGenerator(UInt64(d) + 7)
        let half = d / 2
        let angles = (0..<half).map { _ in Double.random(in: 0...100, using: &random) }
        let cosine = angles.map { Float(cos($0)) }
        let sine = angles.map { Float(sin($0)) }
        for x in [floats(d, seed: 5), floats(d, seed: 6)] {
            let mean = x.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(d)
            let unit = x.map { Double($0) / (mean + 1e-6).squareRoot() }
            let y = (0..<d).map { i -> Double in
                let j = i % half
                return i < half
                    ? unit[j] * Double(cosine[j]) - unit[j + half] * Double(sine[j])
                    : unit[j] * Double(sine[j]) + unit[j + half] * Double(cosine[j])
            }
            let m = y.map(abs).max()!
            let results = onEachSet { () -> [Int32] in
                var q = [Int8](repeating: 0, count: d)
                var scale: Float = -1
                ck_head(x, cosine, sine, d, &q, &scale)
                return q.map(Int32.init) + [Int32(bitPattern: scale.bitPattern)]
            }
            for result in results { #expect(result == results[0]) }
            let scale = Double(Float(bitPattern: UInt32(bitPattern: results[0][d])))
            #expect(abs(scale - m / 127) <= 1e-5 * m / 127)
            guard m > 1e-20 else { continue }
            for i in 0..<d { #expect(abs(Double(results[0][i]) - y[i] / m * 127) < 0.501, "entry \(i) of \(d)") }
        }
    }

    @Test(arguments: lengths) func frequenciesAreThoseOfTheExponential(n: Int) {
        for x in [floats(n, seed: 7), floats(n, seed: 8)] {
            let most = Double(x.max()!)
            var frequencies = [UInt32](repeating: 0, count: n)
            let total = ck_frequencies(x, n, &frequencies)
            #expect(total == frequencies.reduce(0) { $0 + UInt64($1) })
            for i in 0..<n {
                let expected = 1 + (1_048_576 * exp(Double(x[i]) - most)).rounded(.down)
                #expect(abs(Double(frequencies[i]) - expected) <= 1, "\(x[i] - Float(most))")
            }
        }
    }

    @Test(arguments: lengths) func codesAreThoseOfTheHyperbolicTangent(n: Int) {
        for (x, half) in [(floats(n, seed: 9), 7), (floats(n, seed: 10), 3)] as [([Float], Float)] {
            var code = [Int8](repeating: 100, count: n)
            ck_fsq(x, n, half, &code)
            for i in 0..<n { #expect(abs(Double(code[i]) - Double(half) * tanh(Double(x[i]))) < 0.50001, "\(x[i])") }
        }
    }
}
