import Bytes

/// The cells of one row of a table, one after the other in one array, each on one line and without outer white space.
struct TableRow {
    private var bytes: [UInt8] = []
    /// Where each cell ends in `bytes`.
    private var ends: [Int] = []

    /// The number of cells.
    var count: Int { ends.count }

    /// Whether all cells are empty.
    var isEmpty: Bool { ends.last ?? 0 == 0 }

    /// The text of a cell.
    subscript(column: Int) -> ArraySlice<UInt8> { bytes[range(column)] }

    /// Whether a cell has no text.
    func isEmpty(_ column: Int) -> Bool { range(column).isEmpty }

    private func range(_ column: Int) -> Range<Int> { (column == 0 ? 0 : ends[column - 1])..<ends[column] }

    /// Removes all cells, and keeps their room.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Adds to the text of the cell that is being read.
    mutating func append(_ text: ArraySlice<UInt8>) { bytes += text }

    /// Drops what was read of the cell.
    mutating func dropCell() { bytes.removeLast(bytes.count - (ends.last ?? 0)) }

    /// Ends the cell that is being read: each run of its white space becomes one space.
    mutating func endCell() {
        let start = ends.last ?? 0
        var end = start
        var spaceDue = false
        for i in start..<bytes.count {
            let byte = bytes[i]
            if byte.isControlOrSpace {
                spaceDue = end > start
                continue
            }
            if spaceDue {
                bytes[end] = 32
                end += 1
                spaceDue = false
            }
            if end != i { bytes[end] = byte }
            end += 1
        }
        bytes.removeLast(bytes.count - end)
        ends.append(end)
    }
}
