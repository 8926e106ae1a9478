/// Numbers below a limit, ascending, as a run of bits that is fast to read: the units that hold a term, for one.
///
/// Let U be the limit, n the length of the list. Where n = U or n = 0 the list takes no bits. Where 2 n > U the numbers that are
/// missing are listed instead. A single listed number takes ⌈log2 U⌉ bits or one less; several have the gaps between them
/// in Golomb's code, whose parameter follows from their count and U.
package enum AscendingList {
    /// The parameter of the code: ln 2 · (U / n − 1/2), rounded, at least 1.
    static func parameter(count: Int, below limit: Int) -> Int {
        max(1, (45426 * limit / count - 22713 + 32768) >> 16)
    }

    /// Writes an ascending list.
    package static func write(_ list: [UInt32], below limit: Int, to bits: inout BitWriter) {
        if list.isEmpty || list.count == limit { return }
        guard 2 * list.count > limit else { return writeNumbers(list, below: limit, to: &bits) }
        var missing: [UInt32] = []
        var next = 0
        for number in 0..<UInt32(limit) {
            if next < list.count, list[next] == number { next += 1 } else { missing.append(number) }
        }
        writeNumbers(missing, below: limit, to: &bits)
    }

    private static func writeNumbers(_ list: [UInt32], below limit: Int, to bits: inout BitWriter) {
        if list.count == 1 { return bits.write(Int(list[0]), below: limit) }
        let parameter = parameter(count: list.count, below: limit)
        var next = 0
        for number in list {
            let gap = Int(number) - next
            bits.writeUnary(gap / parameter)
            bits.write(gap % parameter, below: parameter)
            next = Int(number) + 1
        }
    }

    /// Reads a list of `count` numbers and appends it to `list`. False where the bits are impossible.
    @inline(__always)
    package static func read(_ count: Int, below limit: Int, from bits: inout BitReader, into list: inout [UInt32]) -> Bool {
        if count == 0 { return true }
        if count == limit {
            list.append(contentsOf: 0..<UInt32(limit))
            return true
        }
        guard listsMissing(count, below: limit) else {
            return readNumbers(count, below: limit, from: &bits) { list.append($0) }
        }
        var next: UInt32 = 0
        let isRight = readNumbers(limit - count, below: limit, from: &bits) { missing in
            list.append(contentsOf: next..<missing)
            next = missing + 1
        }
        if isRight { list.append(contentsOf: next..<UInt32(limit)) }
        return isRight
    }

    /// Whether a list names the numbers that it lacks.
    @inline(__always)
    static func listsMissing(_ count: Int, below limit: Int) -> Bool { 2 * count > limit }

    /// Calls `body` with the numbers of a list as they are written: its own, or those that it lacks, or none where it has all
    /// or none. False where the bits are impossible.
    @inline(__always)
    static func forEachWritten(_ count: Int, below limit: Int, from bits: inout BitReader, _ body: (UInt32) -> Void) -> Bool
    {
        if count == limit { return true }
        return readNumbers(listsMissing(count, below: limit) ? limit - count : count, below: limit, from: &bits, body)
    }

    @inline(__always)
    private static func readNumbers(
        _ count: Int, below limit: Int, from bits: inout BitReader, _ body: (UInt32) -> Void
    ) -> Bool {
        if count == 1 {
            let number = bits.read(below: limit)
            body(UInt32(number))
            return !bits.isExhausted
        }
        let parameter = parameter(count: count, below: limit)
        let width = BitReader.width(below: parameter)
        var next = 0
        for _ in 0..<count {
            next += bits.readGap(parameter: parameter, width: width)
            guard next < limit else { return false }
            body(UInt32(next))
            next += 1
        }
        return !bits.isExhausted
    }
}
