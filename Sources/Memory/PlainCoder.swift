/// Codes bytes by themselves, each bit under adaptive probabilities of orders 0 to 2 mixed in integers: for passages that the model codes badly.
/// Every passage starts from the same state, so each can be read alone.
enum PlainCoder {
    static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var model = ByteModel(), coder = RangeEncoder()
        for byte in bytes {
            model.begin()
            for shift in (0..<8).reversed() {
                let bit = byte >> UInt8(shift) & 1, one = model.probability()
                coder.encode(cumulative: bit == 1 ? 0 : one, frequency: bit == 1 ? one : 65536 - one, total: 65536)
                model.update(bit)
            }
        }
        return coder.finish()
    }

    static func decode(_ bytes: ArraySlice<UInt8>, count: Int) -> [UInt8] {
        var model = ByteModel(), coder = RangeDecoder(Array(bytes)), out: [UInt8] = []
        out.reserveCapacity(min(count, 1 << 16))
        for _ in 0..<count {
            model.begin()
            for _ in 0..<8 {
                let one = model.probability()
                let bit: UInt8 = coder.target(total: 65536) < one ? 1 : 0
                coder.consume(cumulative: bit == 1 ? 0 : one, frequency: bit == 1 ? one : 65536 - one)
                model.update(bit)
            }
            out.append(model.byte)
        }
        return out
    }
}

/// Bit probabilities of the next byte under orders 0, 1 and 2, averaged by how well each did on the last bits.
private struct ByteModel {
    // A 16-bit probability that the bit is one and a count, a context; contexts of order 2 are hashed.
    private var order0 = [UInt16](repeating: 32768, count: 256), order1 = [UInt16](repeating: 32768, count: 65536)
    private var order2 = [UInt16](repeating: 32768, count: 1 << 16)
    private var weights: [UInt32] = [256, 256, 256]
    private var partial = 1, last = 0, before = 0
    private var slots = (0, 0, 0)

    var byte: UInt8 { UInt8(truncatingIfNeeded: last) }

    mutating func begin() { partial = 1 }

    mutating func probability() -> UInt64 {
        slots = (partial, last << 8 | partial, ((last << 8 | before) &* 40503 &+ partial &* 2654435) & 0xFFFF)
        let p = [UInt64(order0[slots.0]), UInt64(order1[slots.1]), UInt64(order2[slots.2])]
        var sum: UInt64 = 0, total: UInt64 = 0
        for i in 0..<3 {
            sum += p[i] * UInt64(weights[i])
            total += UInt64(weights[i])
        }
        return min(65000, max(536, sum / total))
    }

    mutating func update(_ bit: UInt8) {
        func learn(_ p: inout UInt16, _ rate: UInt16, _ weight: inout UInt32) {
            let right = bit == 1 ? UInt32(p) : 65536 - UInt32(p)
            // A predictor that gave the bit more than half gains weight, another loses some.
            weight = min(4096, max(16, (weight * 31 + (right > 32768 ? right >> 3 : 64)) / 32))
            if bit == 1 { p += (65535 - p) >> rate } else { p -= p >> rate }
        }
        learn(&order0[slots.0], 4, &weights[0])
        learn(&order1[slots.1], 3, &weights[1])
        learn(&order2[slots.2], 2, &weights[2])
        partial = partial << 1 | Int(bit)
        if partial > 255 {
            before = last
            last = partial & 255
        }
    }
}
