/// What one segment may hold; larger numbers in a file are damage, and a larger batch is refused.
enum SegmentLimits {
    static let documents = 1 << 16
    static let passages = 1 << 20
    static let terms = 1 << 22
    static let termBytes = 1 << 16
    static let postings = 1 << 25
    static let wordsInPassage = 1 << 16
    static let tokens = 1 << 24
    static let partBytes = 900_000_000
}

/// Damage found while decoding: the part it is in.
struct DamagedPart: Error {
    let part: SegmentPart

    init(_ part: SegmentPart) { self.part = part }
}

/// The blobs of a segment, in the order of their columns.
enum SegmentPart: Int, CaseIterable {
    case documents, passages, lexicon, sets, memory, spans, residual

    /// The name of the column, and of the part in messages.
    var name: String {
        switch self {
        case .documents: "documents"
        case .passages: "passages"
        case .lexicon: "lexicon"
        case .sets: "sets"
        case .memory: "memory"
        case .spans: "spans"
        case .residual: "residual"
        }
    }

    /// `bytes` with their checksum behind them; `segment` seeds it, so that a part moved elsewhere does not pass.
    func seal(_ bytes: [UInt8], segment: Int) -> [UInt8] {
        bytes + checksum(bytes, seed: seed(segment)).littleEndianBytes
    }

    /// The bytes without their checksum, once it has been compared.
    func unseal(_ bytes: [UInt8], segment: Int) throws -> [UInt8] {
        guard bytes.count >= 8 else { throw DamagedPart(self) }
        let body = Array(bytes.dropLast(8))
        guard checksum(body, seed: seed(segment)) == UInt64(littleEndianBytes: bytes.suffix(8)) else {
            throw DamagedPart(self)
        }
        return body
    }

    private func seed(_ segment: Int) -> UInt64 { UInt64(truncatingIfNeeded: segment &* 16 &+ rawValue) }
}
