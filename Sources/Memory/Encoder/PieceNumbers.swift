/// The numbers of the pieces of WordPiece, by their bytes: a hash table with open addresses over one run of bytes.
struct PieceNumbers: Sendable {
    /// The mark of pieces that go on with a word.
    private static let mark = Array("##".utf8)

    /// All pieces, one after the other.
    private var bytes: [UInt8] = []
    /// Where each piece starts, and where the last one ends.
    private var starts: [UInt32] = [0]
    /// The number of a piece plus one, or 0.
    private var slots: [UInt32]

    /// The table of some pieces. Of equal pieces the last one counts.
    init(_ pieces: [[UInt8]]) {
        var size = 16
        while size < 2 * pieces.count { size *= 2 }
        slots = Array(repeating: 0, count: size)
        bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
        starts.reserveCapacity(pieces.count + 1)
        for (number, piece) in pieces.enumerated() {
            bytes += piece
            starts.append(UInt32(bytes.count))
            slots[slot(of: piece[...], after: [])] = UInt32(number) + 1
        }
    }

    /// The number of a piece; nil where there is none.
    ///
    /// - Parameter goesOn: whether the piece goes on with a word. Its mark is not given.
    func number(of piece: ArraySlice<UInt8>, goesOn: Bool = false) -> UInt16? {
        let number = slots[slot(of: piece, after: goesOn ? PieceNumbers.mark : [])]
        return number == 0 ? nil : UInt16(number - 1)
    }

    /// The slot that holds a piece, or the free slot where it would stand.
    private func slot(of piece: ArraySlice<UInt8>, after mark: [UInt8]) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
        for byte in mark { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in piece { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 29) & (slots.count - 1)
        while slots[slot] != 0, !holds(Int(slots[slot]) - 1, mark, piece) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private func holds(_ number: Int, _ mark: [UInt8], _ piece: ArraySlice<UInt8>) -> Bool {
        let (start, end) = (Int(starts[number]), Int(starts[number + 1]))
        guard end - start == mark.count + piece.count else { return false }
        return bytes[start..<start + mark.count].elementsEqual(mark) && bytes[start + mark.count..<end].elementsEqual(piece)
    }
}
