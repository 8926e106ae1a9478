/// The numbers of a segment's passages, column by column.
struct PassageColumns: Sendable, Equatable {
    var tokenCounts: [Int32] = []
    var byteCounts: [Int32] = []
    var codings: [UInt8] = []
    /// Where each residual starts among those of the segment, then where the last one ends.
    var residualOffsets: [Int] = [0]
    /// The bytes of the coded term sets of each unit.
    var setLengths: [Int] = []

    init() {}

    init(_ documents: [EncodedDocument], setLengths: [Int]) {
        self.setLengths = setLengths
        for passage in documents.lazy.flatMap(\.passages) {
            append(
                tokens: passage.tokenCount, bytes: passage.byteCount, coding: passage.coding,
                residual: passage.residual.count)
        }
    }

    private mutating func append(tokens: Int, bytes: Int, coding: UInt8, residual: Int) {
        tokenCounts.append(Int32(tokens))
        byteCounts.append(Int32(bytes))
        codings.append(coding)
        residualOffsets.append(residualOffsets[residualOffsets.count - 1] + residual)
    }

    private func tokens(of unit: Int, _ units: Units) -> Int {
        tokenCounts[units.passages(of: unit)].reduce(0) { $0 + Int($1) }
    }
}

// MARK: Bits

extension PassageColumns {
    /// The order of the largest number of tokens, and of the number of passages that are coded as plain bytes.
    private static let headOrder = 8

    func encoded(_ units: Units) -> [UInt8] {
        let largest = Int(tokenCounts.max() ?? 0)
        let plain = codings.indices.filter { codings[$0] == 1 }.map(UInt32.init)
        var expected = ExpectedLengths()
        var columns = [[Int]](repeating: [], count: 4)
        for i in tokenCounts.indices {
            let (tokens, bytes, isPlain) = (Int(tokenCounts[i]), Int(byteCounts[i]), codings[i] == 1)
            let residual = residualOffsets[i + 1] - residualOffsets[i]
            columns[0].append(largest - tokens)
            columns[1].append((bytes - expected.bytes(tokens)).folded)
            columns[2].append((residual - expected.residual(tokens, isPlain: isPlain)).folded)
            expected.learn(tokens, bytes: bytes, residual: residual, isPlain: isPlain)
        }
        for (unit, length) in setLengths.enumerated() {
            let tokens = tokens(of: unit, units)
            columns[3].append((length - expected.sets(tokens)).folded)
            expected.learn(tokens, sets: length)
        }
        let orders = columns.map { BitWriter.order(of: $0) }
        var bits = BitWriter()
        bits.write(largest, order: PassageColumns.headOrder)
        bits.write(plain.count, order: PassageColumns.headOrder)
        AscendingList.write(plain, below: tokenCounts.count, to: &bits)
        for order in orders { bits.write(order, bits: BitReader.orderBits) }
        for i in tokenCounts.indices {
            for column in 0..<3 { bits.write(columns[column][i], order: orders[column]) }
        }
        for number in columns[3] { bits.write(number, order: orders[3]) }
        bits.endByte()
        return bits.bytes
    }

    init(decoding bytes: [UInt8], _ units: Units) throws {
        let isRight = bytes.withUnsafeBufferPointer { bytes in
            var bits = BitReader(bytes, at: 0)
            return read(&bits, units)
        }
        guard isRight else { throw DamagedPart(.passages) }
    }

    /// False where the bits are impossible.
    private mutating func read(_ bits: inout BitReader, _ units: Units) -> Bool {
        let count = Int(units.starts[units.count])
        let largest = bits.read(order: PassageColumns.headOrder)
        let plainCount = bits.read(order: PassageColumns.headOrder)
        var plain: [UInt32] = []
        guard largest <= SegmentLimits.tokens, plainCount <= count,
            AscendingList.read(plainCount, below: count, from: &bits, into: &plain)
        else { return false }
        codings = Array(repeating: 0, count: count)
        for passage in plain { codings[Int(passage)] = 1 }
        let orders = (0..<4).map { _ in bits.read(bits: BitReader.orderBits) }
        let (tokenOrder, byteOrder, residualOrder, setOrder) = (orders[0], orders[1], orders[2], orders[3])
        tokenCounts.reserveCapacity(count)
        byteCounts.reserveCapacity(count)
        residualOffsets.reserveCapacity(count + 1)
        var expected = ExpectedLengths()
        for isPlain in codings.lazy.map({ $0 == 1 }) {
            let tokens = largest - bits.read(order: tokenOrder)
            guard tokens >= 0, !bits.isExhausted else { return false }
            let bytes = expected.bytes(tokens) + Int(folded: bits.read(order: byteOrder))
            let residual = expected.residual(tokens, isPlain: isPlain) + Int(folded: bits.read(order: residualOrder))
            guard 0...SegmentLimits.tokens ~= bytes, 0...SegmentLimits.tokens ~= residual else { return false }
            expected.learn(tokens, bytes: bytes, residual: residual, isPlain: isPlain)
            tokenCounts.append(Int32(tokens))
            byteCounts.append(Int32(bytes))
            residualOffsets.append(residualOffsets[residualOffsets.count - 1] + residual)
        }
        guard residualOffsets[count] <= SegmentLimits.partBytes else { return false }
        for unit in 0..<units.count {
            let tokens = tokens(of: unit, units)
            let length = expected.sets(tokens) + Int(folded: bits.read(order: setOrder))
            guard 0...SegmentLimits.partBytes ~= length, !bits.isExhausted else { return false }
            expected.learn(tokens, sets: length)
            setLengths.append(length)
        }
        return !bits.isExhausted
    }
}

/// What the tokens of a passage or unit suggest of its lengths, as the passages before had them.
private struct ExpectedLengths {
    /// Bytes for each token, in 65536ths.
    private var byteRatio = 3 << 16
    /// Residual bytes for each token, in 65536ths: of tokens, and of plain bytes.
    private var tokenRatio = 30000
    private var plainRatio = 3 << 16
    /// Bytes of coded term sets for each token of a unit, in 65536ths.
    private var setRatio = 9000

    func bytes(_ tokens: Int) -> Int { (tokens * byteRatio) >> 16 }

    func residual(_ tokens: Int, isPlain: Bool) -> Int { (tokens * (isPlain ? plainRatio : tokenRatio)) >> 16 }

    func sets(_ tokens: Int) -> Int { (max(1, min(tokens, SegmentLimits.tokens)) * setRatio) >> 16 }

    mutating func learn(_ tokens: Int, bytes: Int, residual: Int, isPlain: Bool) {
        guard tokens > 0 else { return }
        ExpectedLengths.move(&byteRatio, towards: bytes, tokens)
        if isPlain {
            ExpectedLengths.move(&plainRatio, towards: residual, tokens)
        } else {
            ExpectedLengths.move(&tokenRatio, towards: residual, tokens)
        }
    }

    mutating func learn(_ tokens: Int, sets length: Int) {
        ExpectedLengths.move(&setRatio, towards: length, max(1, min(tokens, SegmentLimits.tokens)))
    }

    /// A length for each token is held so small that its products stay in range.
    private static func move(_ ratio: inout Int, towards length: Int, _ tokens: Int) {
        ratio += (min((min(length, SegmentLimits.tokens) << 16) / tokens, 1 << 30) - ratio) / 16
    }
}
