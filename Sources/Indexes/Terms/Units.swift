/// The units of a segment: runs of at most sixteen passages of one document, of about equal length. Terms are listed by unit,
/// and a unit's term sets are decoded together.
struct Units: Sendable, Equatable {
    /// The first passage of each unit, and the end of the last one.
    private(set) var starts: [Int32] = [0]

    /// The most passages of a unit.
    static let mostPassages = 16

    /// The units of documents with these numbers of passages.
    init(passageCounts: some Sequence<Int>) {
        var first = 0
        for count in passageCounts {
            let units = (count + Units.mostPassages - 1) / Units.mostPassages
            for unit in 0..<units { starts.append(Int32(first + (unit + 1) * count / units)) }
            first += count
        }
    }

    var count: Int { starts.count - 1 }

    /// The passages of a unit.
    func passages(of unit: Int) -> Range<Int> { Int(starts[unit])..<Int(starts[unit + 1]) }

    /// The unit of a passage.
    func unit(of passage: Int) -> Int {
        var low = 0
        var high = count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= passage { low = middle } else { high = middle }
        }
        return low
    }

    /// The units of a document, whose passages are a run.
    func units(of passages: Range<Int>) -> Range<Int> {
        passages.isEmpty ? 0..<0 : unit(of: passages.lowerBound)..<unit(of: passages.upperBound - 1) + 1
    }
}

/// Some passages of a unit, by their numbers in the segment, ascending.
struct UnitPassages: Sequence, Sendable {
    private let first: Int
    /// The lowest bit stands for `first`.
    private let bits: UInt16

    /// Those passages of a unit for which `isIn` holds.
    init(_ unit: Range<Int>, where isIn: (Int) -> Bool) {
        first = unit.lowerBound
        bits = unit.reduce(0) { isIn($1) ? $0 | 1 << UInt16($1 - unit.lowerBound) : $0 }
    }

    var isEmpty: Bool { bits == 0 }

    func makeIterator() -> Iterator { Iterator(first: first, bits: bits) }

    struct Iterator: IteratorProtocol {
        fileprivate let first: Int
        fileprivate var bits: UInt16

        mutating func next() -> Int? {
            guard bits != 0 else { return nil }
            defer { bits &= bits - 1 }
            return first + bits.trailingZeroBitCount
        }
    }
}
