/// Cosines and sines of the angles that rotary position embeddings turn each position by, `[positions, half]`.
struct RotaryTable: Sendable {
    /// Half the width of a head.
    let half: Int
    let cosine: [Float]
    let sine: [Float]

    /// The table that begins with no rotation and rotates by the angles of position one, again and again.
    ///
    /// Double precision and no libm, so the numbers are the same on every machine.
    ///
    /// - Parameter first: the cosines of position one, then its sines.
    init(first: [Double], positions: Int) {
        half = first.count / 2
        var c = [Double](repeating: 1, count: half)
        var s = [Double](repeating: 0, count: half)
        var cosine: [Float] = []
        var sine: [Float] = []
        for _ in 0..<positions {
            cosine += c.map(Float.init)
            sine += s.map(Float.init)
            for i in 0..<half {
                (c[i], s[i]) = (c[i] * first[i] - s[i] * first[half + i], c[i] * first[half + i] + s[i] * first[i])
            }
        }
        self.cosine = cosine
        self.sine = sine
    }
}
