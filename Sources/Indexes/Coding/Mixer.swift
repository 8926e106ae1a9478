/// Mixes up to eight predictions in the logistic domain, in integers. Each context has a vector of weights, which learns.
///
/// Set `inputs`, call `predict`, code the bit, call `learn`.
struct Mixer: Sendable {
    /// Predictions in the logistic domain, 256ths.
    var inputs = SIMD8<Int32>(repeating: 0)
    private var weights: [SIMD8<Int32>]
    private var selected = 0
    private var predicted: Int32 = 0
    private let rate: Int32
    private let squash: [UInt16]

    /// Weights start at `weight` 65536ths each; `rate` is the learning rate.
    init(contexts: Int, weight: Int32, rate: Int32) {
        weights = Array(repeating: SIMD8(repeating: weight), count: contexts)
        self.rate = rate
        squash = Logistic.shared.squash
    }

    /// The mixed probability of a set bit, in 65536ths.
    @inline(__always)
    mutating func predict(in context: Int) -> UInt32 {
        selected = context
        let sum = (inputs &* (weights[context] &>> 2)).wrappedSum() >> 14
        let x = min(max(sum, -2047), 2047)
        predicted = Int32(squash[Int(x) + 2048])
        return UInt32(predicted)
    }

    @inline(__always)
    mutating func learn(_ bit: Bool) {
        let error = ((bit ? 65535 : 0) &- predicted) &* rate
        let delta = (inputs &* (error &>> 10) &+ 0x2000) &>> 14
        weights[selected] = weights[selected] &+ delta
    }

    /// The weights of a context.
    func weights(of context: Int) -> SIMD8<Int32> { weights[context] }
}
