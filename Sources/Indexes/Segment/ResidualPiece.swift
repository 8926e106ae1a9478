/// A piece of the residuals of a segment, as it is stored: a row of the table `residual`.
///
/// The residuals of all passages stand end to end and are cut every `size` bytes, so that one passage is read without the others.
struct ResidualPiece: Sendable {
    /// The bytes of each piece but the last one of a segment.
    static let size = 1 << 18

    let segment: Int
    /// The place among the pieces of the segment, from 0.
    let number: Int

    init(segment: Int, number: Int) {
        self.segment = segment
        self.number = number
    }

    init(id: Int64) { self.init(segment: Int(id >> 16), number: Int(id & 0xffff)) }

    /// How many pieces hold so many bytes of residuals.
    static func count(_ length: Int) -> Int { (length + size - 1) / size }

    /// The bytes of some residuals that the piece holds.
    func range(of length: Int) -> Range<Int> {
        let start = number * ResidualPiece.size
        return start..<min(start + ResidualPiece.size, length)
    }

    /// `bytes` with their checksum behind them.
    func seal(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        return bytes + checksum(bytes, seed: seed).littleEndianBytes
    }

    /// Compares the checksum, and takes it off.
    func unseal(_ bytes: inout [UInt8]) throws {
        guard bytes.count >= 8 else { throw DamagedPart(.residual) }
        let seal = UInt64(littleEndianBytes: bytes.suffix(8))
        bytes.removeLast(8)
        guard checksum(bytes, seed: seed) == seal else { throw DamagedPart(.residual) }
    }

    /// The row of the piece.
    var id: Int64 { Int64(segment) << 16 + Int64(number) }

    /// The rows of the pieces of a segment.
    static func ids(of segment: Int) -> ClosedRange<Int64> {
        ResidualPiece(segment: segment, number: 0).id...ResidualPiece(segment: segment, number: 0xffff).id
    }

    /// No part of a segment has such a seed.
    private var seed: UInt64 { UInt64(bitPattern: id << 4 + 8) }
}
