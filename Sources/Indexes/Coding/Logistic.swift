/// Tables of the logistic function. They are computed in integers: every machine has the same tables.
///
/// Probabilities are 65536ths; the logistic domain is ln(p / (1 − p)) in 256ths, cut at ±2047.
struct Logistic: Sendable {
    static let shared = Logistic()

    /// `squash[x + 2048]` = 65536 / (1 + e^(−x/256)), within 16...65520.
    let squash: [UInt16]
    /// `stretch[p >> 4]` = the logistic domain value of p.
    let stretch: [Int16]

    private init() {
        let half = Logistic.powers(ofExp: 256, count: 2049)
        var squash = [UInt16](repeating: 0, count: 4096)
        for x in 0..<4096 {
            let distance = x < 2048 ? 2048 - x : x - 2048
            // p = 1 / (1 + e^(−distance/256)) for x ≥ 2048; half[distance] is the power in 2^−32.
            let high = (UInt64(65536) << 32) / ((UInt64(1) << 32) + half[distance])
            let p = x < 2048 ? 65536 - high : high
            squash[x] = UInt16(min(max(p, 16), 65520))
        }
        self.squash = squash

        var stretch = [Int16](repeating: 0, count: 4096)
        var x = 0
        for p in 0..<4096 {
            let target = UInt32(p) << 4 + 8
            while x < 4095, UInt32(squash[x]) < target { x += 1 }
            stretch[p] = Int16(x - 2048)
        }
        self.stretch = stretch
    }

    /// e^(−i/divisor) for i in 0..<count, in 2^−32.
    private static func powers(ofExp divisor: UInt64, count: Int) -> [UInt64] {
        // e^(−1/divisor) by its series, in 2^−62: 1 − 1/d + 1/(2d²) − …
        var term: Int64 = 1 << 62
        var step: Int64 = 0
        for n in 1..<12 {
            step &+= term
            term = -(term / Int64(divisor) / Int64(n))
        }
        var value: UInt64 = 1 << 62
        var result: [UInt64] = []
        for _ in 0..<count {
            result.append(value >> 30)
            let product = value.multipliedFullWidth(by: UInt64(step))
            value = product.high << 2 | product.low >> 62
        }
        return result
    }
}
