/// What must be found in a table, so that a missing row is noticed: the number of rows and the sum of their hashes.
struct Tally: Equatable {
    var count: UInt64 = 0
    var sum: UInt64 = 0

    /// The tally of an empty table.
    init() {}

    /// The tally of segments by their identifiers.
    init(segments: [Int]) {
        self.init()
        for id in segments { add(segment: id) }
    }

    mutating func add(_ hash: UInt64) {
        count &+= 1
        sum &+= hash
    }

    mutating func remove(_ hash: UInt64) {
        count &-= 1
        sum &-= hash
    }

    mutating func add(segment id: Int) { add(Tally.hash(ofSegment: id)) }

    mutating func remove(segment id: Int) { remove(Tally.hash(ofSegment: id)) }

    private static func hash(ofSegment id: Int) -> UInt64 { checksum(UInt64(id).littleEndianBytes) }
}

extension Tally {
    var bytes: [UInt8] { count.littleEndianBytes + sum.littleEndianBytes }

    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        count = UInt64(littleEndianBytes: bytes[..<8])
        sum = UInt64(littleEndianBytes: bytes[8...])
    }
}
