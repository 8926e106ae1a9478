/// The units that hold a term, as a run of bits that is fast to read.
///
/// Let U be the number of units, n the length of the list. Where n = U or n = 0 the list takes no bits. Where 2 n > U the units that
/// are missing are listed instead. A single number takes ⌈log2 U⌉ bits or one less; a longer list has the gaps between its
/// numbers in Golomb's code, whose parameter follows from n and U.
package enum UnitList {
    /// The parameter of the code: ln 2 · (U / n − 1/2), rounded, at least 1.
    static func parameter(count: Int, of units: Int) -> Int {
        max(1, (45426 * units / count - 22713 + 32768) >> 16)
    }

    /// Writes an ascending list.
    package static func write(_ list: [UInt32], of units: Int, to bits: inout BitWriter) {
        if list.isEmpty || list.count == units { return }
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
        if count == 0 { return true }
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
            next += bits.readGap(parameter: parameter, width: width)
            guard next < units else { return false }
            body(UInt32(next))
            next += 1
        }
        return !bits.isExhausted
    }
}
