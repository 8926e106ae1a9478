/// The 64-bit xxHash (XXH64) of some bytes. Every stored part ends with its checksum, which is compared when the part is
/// read.
package func checksum(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    let p1: UInt64 = 0x9e37_79b1_85eb_ca87
    let p2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
    let p3: UInt64 = 0x1656_67b1_9e37_79f9
    let p4: UInt64 = 0x85eb_ca77_c2b2_ae63
    let p5: UInt64 = 0x27d4_eb2f_1656_67c5

    @inline(__always) func rotate(_ x: UInt64, _ n: UInt64) -> UInt64 { x << n | x >> (64 - n) }
    @inline(__always) func round(_ sum: UInt64, _ lane: UInt64) -> UInt64 {
        rotate(sum &+ lane &* p2, 31) &* p1
    }

    return bytes.withUnsafeBytes { raw in
        @inline(__always) func word(_ at: Int) -> UInt64 {
            UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        }
        let count = raw.count
        var at = 0
        var hash: UInt64
        if count >= 32 {
            var a = seed &+ p1 &+ p2
            var b = seed &+ p2
            var c = seed
            var d = seed &- p1
            while at + 32 <= count {
                a = round(a, word(at))
                b = round(b, word(at + 8))
                c = round(c, word(at + 16))
                d = round(d, word(at + 24))
                at += 32
            }
            hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
            for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* p1 &+ p4 }
        } else {
            hash = seed &+ p5
        }
        hash = hash &+ UInt64(count)
        while at + 8 <= count {
            hash = rotate(hash ^ round(0, word(at)), 27) &* p1 &+ p4
            at += 8
        }
        if at + 4 <= count {
            let half = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
            hash = rotate(hash ^ UInt64(half) &* p1, 23) &* p2 &+ p3
            at += 4
        }
        while at < count {
            hash = rotate(hash ^ UInt64(raw[at]) &* p5, 11) &* p1
            at += 1
        }
        hash = (hash ^ hash >> 33) &* p2
        hash = (hash ^ hash >> 29) &* p3
        return hash ^ hash >> 32
    }
}

extension UInt64 {
    /// Eight bytes, the lowest first.
    var littleEndianBytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> UInt64(8 * $0)) } }

    /// From eight bytes, the lowest first.
    init(littleEndianBytes bytes: some Collection<UInt8>) {
        self = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
