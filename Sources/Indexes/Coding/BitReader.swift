/// Reads what a `BitWriter` wrote. Zeros stand in for bytes past the end.
package struct BitReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position: Int
    /// The next bits, from the top.
    private var window: UInt64 = 0
    private var available = 0
    private var missing = 0

    /// Reads from a byte on.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        self.bytes = bytes
        position = start
    }

    /// Whether bits past the end were read.
    package var isExhausted: Bool { missing * 8 > available }

    /// The bits that a number below `limit` takes at most.
    @inline(__always)
    static func width(below limit: Int) -> Int { limit <= 1 ? 0 : Int.bitWidth - (limit - 1).leadingZeroBitCount }

    /// Makes more than 56 bits available. Behind them the window may hold bits of the next byte, which stay the same.
    @inline(__always)
    private mutating func fill() {
        guard available <= 56 else { return }
        if position + 8 <= bytes.count {
            let next = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self)
            window |= UInt64(bigEndian: next) >> UInt64(available)
            let taken = (64 - available) / 8
            position += taken
            available += 8 * taken
            return
        }
        while available <= 56 {
            if position < bytes.count {
                window |= UInt64(bytes[position]) << UInt64(56 - available)
            } else {
                missing += 1
            }
            position += 1
            available += 8
        }
    }

    @inline(__always)
    private mutating func drop(_ count: Int) {
        window <<= UInt64(count)
        available -= count
    }

    /// Starts at the next byte.
    package mutating func endByte() { drop(available & 7) }

    @inline(__always)
    mutating func readUnary() -> Int {
        var count = 0
        while true {
            fill()
            let ones = (~window).leadingZeroBitCount
            if ones < available {
                drop(ones + 1)
                return count + ones
            }
            // All available bits are ones, which bits past the end never are.
            count += available
            window = 0
            available = 0
        }
    }

    /// The bits in which an order is written.
    static let orderBits = 4
    /// The digits that a number has at most; more are damage.
    private static let mostDigits = 40

    /// The next bits as a number, at most 56 of them.
    @inline(__always)
    mutating func read(bits count: Int) -> Int {
        guard count > 0 else { return 0 }
        fill()
        let value = Int(window >> UInt64(64 - count))
        drop(count)
        return value
    }

    /// A number that was written with an order. What no number can be gives some number below 2^57.
    @inline(__always)
    package mutating func read(order: Int) -> Int {
        let digits = min(readUnary(), BitReader.mostDigits)
        let head = 1 << digits | read(bits: digits)
        return (head - 1) << order | read(bits: order)
    }

    /// A number in Golomb's code; `width` are the bits of the parameter. The lists of an index are read whole, number by number.
    @inline(__always)
    mutating func readGap(parameter: Int, width: Int) -> Int {
        fill()
        let ones = (~window).leadingZeroBitCount
        guard ones + 1 + width <= available else {
            return readUnary() &* parameter &+ read(below: parameter, width: width)
        }
        let rest = window << UInt64(ones + 1)
        // The first bits of the rest, of which there may be none.
        let whole = Int(truncatingIfNeeded: (rest >> 1) >> UInt64(63 - width))
        let short = 1 &<< width &- parameter
        let isShort = whole &>> 1 < short
        drop(ones + 1 + width - (isShort ? 1 : 0))
        return ones &* parameter &+ (isShort ? whole &>> 1 : whole &- short)
    }

    @inline(__always)
    mutating func read(below limit: Int) -> Int { read(below: limit, width: BitReader.width(below: limit)) }

    /// A number below `limit`, which is at most 2^32; `width` are the bits of `limit`.
    @inline(__always)
    mutating func read(below limit: Int, width: Int) -> Int {
        guard width > 0 else { return 0 }
        fill()
        let short = 1 << width - limit
        // Of width − 1 bits at first; width may be 1.
        let head = width > 1 ? Int(window >> UInt64(65 - width)) : 0
        if head < short {
            drop(width - 1)
            return head
        }
        let value = Int(window >> UInt64(64 - width)) - short
        drop(width)
        return value
    }
}
