/// How far a mean may lie from the mean over all questions that could have been asked, by the bootstrap (Efron 1979).
package enum Bootstrap {
    /// The 95 % interval of the mean of some values: the 2.5th and the 97.5th percentile of the means of samples that are
    /// drawn from the values with replacement. Equal values give equal intervals: the random numbers have a fixed seed.
    package static func interval(of values: [Double], samples: Int = 1000) -> ClosedRange<Double> {
        guard let first = values.first else { return 0...0 }
        guard values.contains(where: { $0 != first }) else { return first...first }
        var random = SplitMix(state: 20_250_512)
        var means: [Double] = []
        for _ in 0..<samples {
            var sum = 0.0
            for _ in values.indices { sum += values[random.next(below: values.count)] }
            means.append(sum / Double(values.count))
        }
        means.sort()
        let tail = samples / 40
        return means[tail]...means[samples - 1 - tail]
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    private struct SplitMix {
        var state: UInt64

        mutating func next(below limit: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
            z ^= z >> 31
            return Int(z.multipliedFullWidth(by: UInt64(limit)).high)
        }
    }
}
