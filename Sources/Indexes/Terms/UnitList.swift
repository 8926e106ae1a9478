/// The units that hold a term, as a run of bits that is fast to read.
///
/// Let U be the number of units, n the length of the list. Where n = U the list takes no bits. Where 2 n > U the units that
/// are missing are listed instead. A single number takes ⌈log2 U⌉ bits or one less; a longer list has the gaps between its
/// numbers in Golomb's code, whose parameter follows from n and U.
package enum UnitList {
    /// The parameter of the code: ln 2 · (U / n − 1/2), rounded, at least 1.
    static func parameter(count: Int, of units: Int) -> Int {
        max(1, (45426 * units / count - 22713 + 32768) >> 16)
    }

    /// Writes an ascending list.
    package static func write(_ list: [UInt32], of units: Int, to bits: inout BitWriter) {
        if list.count == units { return }
        guard 2 * list.count > units else { return writeNumbers(list, of: units, to: &bits) }
        var missing: [UInt32] = []
        var next = 0
        for unit in 0..<UInt32(units) {
            if next < list.count, list[next] == unit { next += 1 } else { missing.append(unit) }
        }
        writeNumbers(missing, of: units, to: &bits)
    }

    private static func writeNumbers(_ list: [UInt32], of units: Int, to bits: inout BitWriter) {
        if list.count == 1 { return bits.write(Int(list[0]), below: units) }
        let parameter = parameter(count: list.count, of: units)
        var next = 0
        for number in list {
            let gap = Int(number) - next
            bits.writeUnary(gap / parameter)
            bits.write(gap % parameter, below: parameter)
            next = Int(number) + 1
        }
    }

    /// Reads a list of `count` of `units` units and appends it to `list`. False where the bits are impossible.
    @inline(__always)
    package static func read(_ count: Int, of units: Int, from bits: inout BitReader, into list: inout [UInt32]) -> Bool {
        if count == units {
            list.append(contentsOf: 0..<UInt32(units))
            return true
        }
        guard listsMissing(count, of: units) else { return readNumbers(count, of: units, from: &bits) { list.append($0) } }
        var next: UInt32 = 0
        let isRight = readNumbers(units - count, of: units, from: &bits) { missing in
            list.append(contentsOf: next..<missing)
            next = missing + 1
        }
        if isRight { list.append(contentsOf: next..<UInt32(units)) }
        return isRight
    }

    /// Whether a list names the units without its term.
    @inline(__always)
    static func listsMissing(_ count: Int, of units: Int) -> Bool { 2 * count > units }

    /// Calls `body` with the numbers of a list as they are written: units of the term, or those without it, or none where
    /// all units have the term. False where the bits are impossible.
    @inline(__always)
    static func forEachWritten(_ count: Int, of units: Int, from bits: inout BitReader, _ body: (UInt32) -> Void) -> Bool {
        if count == units { return true }
        return readNumbers(listsMissing(count, of: units) ? units - count : count, of: units, from: &bits, body)
    }

    @inline(__always)
    private static func readNumbers(
        _ count: Int, of units: Int, from bits: inout BitReader, _ body: (UInt32) -> Void
    ) -> Bool {
        if count == 1 {
            let number = bits.read(below: units)
            body(UInt32(number))
            return !bits.isExhausted
        }
        let parameter = parameter(count: count, of: units)
        let width = BitReader.width(below: parameter)
        var next = 0
        for _ in 0..<count {
            next += bits.readUnary() &* parameter &+ bits.read(below: parameter, width: width)
            guard next < units else { return false }
            body(UInt32(next))
            next += 1
        }
        return !bits.isExhausted
    }
}

/// Writes bits, the highest of a number first.
package struct BitWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}
    private var last: UInt8 = 0
    private var used = 0

    private mutating func writeBit(_ bit: Bool) {
        last = last << 1 | (bit ? 1 : 0)
        used += 1
        if used == 8 { endByte() }
    }

    /// Fills up the last byte with zeros.
    package mutating func endByte() {
        guard used > 0 else { return }
        bytes.append(last << UInt8(8 - used))
        last = 0
        used = 0
    }

    /// As many ones as `count` says, then a zero.
    mutating func writeUnary(_ count: Int) {
        for _ in 0..<count { writeBit(true) }
        writeBit(false)
    }

    /// A number below `limit`. The first numbers take a bit less where `limit` is no power of two.
    mutating func write(_ value: Int, below limit: Int) {
        let width = BitReader.width(below: limit)
        let short = 1 << width - limit
        let (coded, bits) = value < short ? (value, width - 1) : (value + short, width)
        for bit in stride(from: bits - 1, through: 0, by: -1) { writeBit(coded >> bit & 1 == 1) }
    }
}

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

    /// The place of the next byte that no bit was read of.
    var nextByte: Int { position - available / 8 }

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
