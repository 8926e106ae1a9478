/// Codes bits whose probabilities are mixed from the tables of several contexts.
///
/// A decision has up to seven contexts, each named by its slot in one table; slot 0 says nothing. The decision also chooses
/// a row of weights.
protocol BitPredictor {
    /// Codes a bit, and returns it. A decoder ignores `bit`.
    mutating func code<Coder: BitCoder>(
        _ bit: Bool, slots: SIMD8<Int32>, weights row: Int, with coder: inout Coder
    ) -> Bool
}

/// A fixed predictor: what each context says, and how much each is believed, as the model file has them.
///
/// x = (24 Σ entry · weight) >> 14 over the seven slots and the constant 11; the probability is squash(x).
struct Mixture: BitPredictor, Sendable {
    /// What each slot says in the logistic domain, in units of 24/256.
    let entries: [Int8]
    /// The rows of weights, 16384ths each.
    let rows: [SIMD8<Int16>]
    private let squash: [UInt16]

    /// The constant that stands for an eighth context.
    private static let constant: Int32 = 11

    /// - Precondition: there is a slot 0.
    init(entries: [Int8], rows: [SIMD8<Int16>]) {
        precondition(!entries.isEmpty)
        self.entries = entries
        self.rows = rows
        squash = Logistic.shared.squash
    }

    /// A predictor that knows nothing: each bit has even odds.
    init(slots: Int, rows: Int) {
        self.init(entries: Array(repeating: 0, count: slots), rows: Array(repeating: SIMD8(repeating: 0), count: rows))
    }

    /// What the contexts say, in units of 24/256.
    @inline(__always)
    func inputs(_ slots: SIMD8<Int32>) -> SIMD8<Int32> {
        SIMD8(
            Int32(entries[Int(slots[0])]), Int32(entries[Int(slots[1])]), Int32(entries[Int(slots[2])]),
            Int32(entries[Int(slots[3])]), Int32(entries[Int(slots[4])]), Int32(entries[Int(slots[5])]),
            Int32(entries[Int(slots[6])]), Mixture.constant)
    }

    @inline(__always)
    mutating func code<Coder: BitCoder>(
        _ bit: Bool, slots: SIMD8<Int32>, weights row: Int, with coder: inout Coder
    ) -> Bool {
        let weights = SIMD8<Int32>(truncatingIfNeeded: rows[row])
        let x = ((inputs(slots) &* weights).wrappedSum() &* 24) >> 14
        return coder.code(bit, one: UInt32(squash[Int(min(max(x, -2047), 2047)) + 2048]))
    }
}

/// A predictor that learns a `Mixture` in two passes over the same bits: first what the contexts say, then the weights.
struct LearningMixture: BitPredictor {
    private var bits: [AdaptiveBit]
    private var mixer: Mixer
    /// The entries once they are settled.
    private var settled: Mixture?
    private let stretch = Logistic.shared.stretch
    private let rowCount: Int

    /// A context learns from this many bits with equal weights, and forgets slowly after that.
    private static let limit: UInt32 = 1023

    init(slots: Int, rows: Int) {
        bits = Array(repeating: AdaptiveBit(), count: slots)
        mixer = Mixer(contexts: rows, weight: 18000, rate: 48)
        rowCount = rows
    }

    mutating func code<Coder: BitCoder>(
        _ bit: Bool, slots: SIMD8<Int32>, weights row: Int, with coder: inout Coder
    ) -> Bool {
        mixer.inputs = settled.map { $0.inputs(slots) &* 24 } ?? learningInputs(slots)
        let result = coder.code(bit, one: mixer.predict(in: row))
        mixer.learn(result)
        if settled == nil {
            for i in 0..<7 where slots[i] > 0 { bits[Int(slots[i])].learn(result, limit: LearningMixture.limit) }
        }
        return result
    }

    private func learningInputs(_ slots: SIMD8<Int32>) -> SIMD8<Int32> {
        var inputs = SIMD8<Int32>(repeating: 264)
        for i in 0..<7 { inputs[i] = slots[i] > 0 ? input(bits[Int(slots[i])]) : 0 }
        return inputs
    }

    /// What a context says. The fewer bits it has seen, the weaker it is.
    private func input(_ bit: AdaptiveBit) -> Int32 {
        let x = Int32(stretch[Int(bit.one >> 4)])
        return switch bit.seen {
        case 0: 0
        case 1: x
        case 2, 3: x + x >> 2
        default: x + x >> 1
        }
    }

    /// Ends the first pass.
    mutating func settle() {
        let entries = bits.map { bit in
            let x = input(bit)
            return Int8(min(max((x + (x > 0 ? 12 : -12)) / 24, -127), 127))
        }
        settled = Mixture(entries: entries, rows: [])
    }

    /// What was learnt in both passes.
    func mixture() -> Mixture {
        let rows = (0..<rowCount).map { row in
            let weights = mixer.weights(of: row)
            return SIMD8<Int16>(clamping: weights &>> 2)
        }
        return Mixture(entries: settled?.entries ?? [0], rows: rows)
    }
}
