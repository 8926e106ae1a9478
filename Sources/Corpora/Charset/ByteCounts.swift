/// How often each byte value occurs.
struct ByteCounts {
    private var counts = [Int](repeating: 0, count: 256)
    /// The number of bytes counted.
    let total: Int

    /// Counts all bytes.
    init(_ bytes: Span<UInt8>) {
        total = bytes.count
        // Four tables, because in a run of one value each increment of a single table would wait for the one before.
        var tables = [UInt32](repeating: 0, count: 1024)
        var span = tables.mutableSpan
        var i = 0
        while i + 4 <= bytes.count {
            span[Int(bytes[i])] &+= 1
            span[256 + Int(bytes[i + 1])] &+= 1
            span[512 + Int(bytes[i + 2])] &+= 1
            span[768 + Int(bytes[i + 3])] &+= 1
            i += 4
        }
        while i < bytes.count {
            span[Int(bytes[i])] &+= 1
            i += 1
        }
        for value in 0..<256 {
            counts[value] =
                Int(tables[value]) + Int(tables[256 + value]) + Int(tables[512 + value]) + Int(tables[768 + value])
        }
    }

    subscript(byte: UInt8) -> Int { counts[Int(byte)] }

    /// The number of bytes from 0x80 up.
    var high: Int { counts[128...].reduce(0, +) }

    /// The number of control characters that plain text does not have.
    ///
    /// Plain text may have tabs, line ends, form feeds, escapes, backspaces and ^Z.
    var odd: Int {
        let usual: Set<Int> = [8, 9, 10, 11, 12, 13, 26, 27]
        return (0..<32).reduce(0) { $0 + (usual.contains($1) ? 0 : counts[$1]) } + counts[127]
    }
}
