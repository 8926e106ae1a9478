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
