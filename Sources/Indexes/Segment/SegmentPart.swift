/// What a segment holds: blobs, in the order of their columns, and residuals, which are rows of their own (`ResidualPiece`).
enum SegmentPart: Int, CaseIterable {
    case documents, passages, lexicon, termLists, termSets, memory, spans, residual

    /// The parts that are columns.
    static let columns = allCases.filter { $0 != .residual }

    /// The name of the part in messages.
    var name: String {
        switch self {
        case .documents: "documents"
        case .passages: "passages"
        case .lexicon: "lexicon"
        case .termLists: "term lists"
        case .termSets: "term sets"
        case .memory: "memory"
        case .spans: "spans"
        case .residual: "residual"
        }
    }

    /// The name of the column.
    var column: String { name.replacing(" ", with: "_") }

    /// `bytes` with their checksum behind them. The segment seeds the checksum: a part that was moved elsewhere does not
    /// pass.
    func seal(_ bytes: [UInt8], segment: Int) -> [UInt8] {
        bytes + checksum(bytes, seed: seed(segment)).littleEndianBytes
    }

    /// Compares the checksum, and takes it off.
    func unseal(_ bytes: inout [UInt8], segment: Int) throws {
        guard bytes.count >= 8 else { throw DamagedPart(self) }
        let seal = UInt64(littleEndianBytes: bytes.suffix(8))
        bytes.removeLast(8)
        guard checksum(bytes, seed: seed(segment)) == seal else { throw DamagedPart(self) }
    }

    private func seed(_ segment: Int) -> UInt64 { UInt64(truncatingIfNeeded: segment &* 16 &+ rawValue) }
}

/// Damage found while decoding: the part that holds it.
struct DamagedPart: Error {
    let part: SegmentPart

    init(_ part: SegmentPart) { self.part = part }
}
