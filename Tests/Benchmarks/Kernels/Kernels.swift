import CKernels
import CPeak
import Foundation

/// Measures the products of bytes on one core, for the shapes of the default model, and prints a line of JSON for each
/// instruction set, largest weight, shape and number of rows: GMAC/s, and the peak of the instruction set in the same run.
@main enum Kernels {
    private struct Line: Encodable {
        let set: String
        let outputs: Int
        let inputs: Int
        let rows: Int
        let gmac_s: Double
        let peak_gmac_s: Double
    }

    private static let sets = ["portable", "avx2", "avxvnni", "avx512"]
    /// Outputs and inputs of matrices: of the network, then of the sentence encoder.
    private static let shapes = [(768, 256), (1024, 256), (256, 1024), (1152, 384), (1536, 384), (384, 1536)]

    static func main() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        ck_force_isa(-1)
        let best = Int(ck_isa())
        for isa in 0...best where isa > 0 || best == 0 {
            ck_force_isa(Int32(isa))
            let peak = rate(of: 0) { Double(peak_products(Int32(isa), 200_000)) }
            // Only AVX2 is faster for smaller weights.
            for top in sets[isa] == "avx2" ? [127, 64, 32] : [127] {
                let set = top < 127 ? "\(sets[isa]), weights within \(top)" : sets[isa]
                for (outputs, inputs) in shapes {
                    for (rows, speed) in speeds(outputs: outputs, inputs: inputs, top: top) {
                        let line = Line(
                            set: set, outputs: outputs, inputs: inputs, rows: rows, gmac_s: speed, peak_gmac_s: peak)
                        print(String(decoding: try encoder.encode(line), as: UTF8.self))
                    }
                }
            }
        }
    }

    /// The products a second of a matrix with weights up to `top`, by the number of rows.
    private static func speeds(outputs: Int, inputs: Int, top: Int) -> [(rows: Int, speed: Double)] {
        let weights = (0..<outputs * inputs).map { Int8($0 * 37 % (2 * top + 1) - top) }
        var packed = [Int8](repeating: 0, count: weights.count)
        ck_pack_s8(weights, outputs, inputs, &packed)
        return [1, 4, 16, 64, 256].map { rows in
            let q = (0..<rows * inputs).map { UInt8(truncatingIfNeeded: $0 * 11) }
            var out = [Int32](repeating: 0, count: rows * outputs)
            let speed = rate(of: Double(rows * outputs * inputs)) {
                ck_gemm_u8s8(q, packed, &out, rows, outputs, inputs, Int32(top))
                return 0
            }
            return (rows, speed)
        }
    }

    /// Products a second in thousands of millions: the best of five runs of at least 20 ms each. A body returns its products
    /// where they are not `products`.
    private static func rate(of products: Double, _ body: () -> Double) -> Double {
        var best = 0.0
        for _ in 0..<5 {
            var done = 0.0
            let start = ContinuousClock.now
            var seconds = 0.0
            while seconds < 0.02 {
                done += max(products, body())
                let elapsed = ContinuousClock.now - start
                seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
            }
            best = max(best, done / seconds / 1e9)
        }
        return best
    }
}
