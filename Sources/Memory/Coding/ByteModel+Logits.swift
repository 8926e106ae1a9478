extension ByteModel {
    /// The logistic function and its inverse on integers. In logits 256 stands for 1. `squash` gives probabilities of 16
    /// bits, `stretch` takes probabilities of 12 bits.
    enum Logits {
        /// 65,536 / (1 + e^−x) for x from −8 to 8 by halves.
        private static let points: [Int32] = [
            22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768, 40793, 47911,
            53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438, 65476, 65500, 65514,
        ]

        /// The probability of a logit of −2,047 to 2,047.
        static func squash(_ logit: Int32) -> Int32 {
            let place = Int(logit + 2048)
            let weight = Int32(place & 127)
            return (points[place >> 7] * (128 - weight) + points[(place >> 7) + 1] * weight + 64) >> 7
        }

        /// The logit of each probability.
        static let stretch: [Int32] = {
            var logits = [Int32](repeating: 2047, count: 4096)
            var next = 0
            for logit in Int32(-2047)...2047 {
                let probability = Int(squash(logit) >> 4)
                while next <= probability {
                    logits[next] = logit
                    next += 1
                }
            }
            return logits
        }()
    }
}
