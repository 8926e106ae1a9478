/// The numbers of a segment's passages, column by column.
struct PassageColumns: Sendable, Equatable {
    var tokenCounts: [Int32] = []
    var byteCounts: [Int32] = []
    var codings: [UInt8] = []
    /// Where each residual starts in the residual part, then where the last one ends.
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

    func encoded(_ units: Units) -> [UInt8] {
        var coder = BitEncoder()
        var codec = ColumnCodec()
        for i in tokenCounts.indices {
            _ = codec.code(
                (
                    Int(tokenCounts[i]), Int(byteCounts[i]), codings[i], residualOffsets[i + 1] - residualOffsets[i]
                ), with: &coder)
        }
        for (unit, length) in setLengths.enumerated() {
            _ = codec.codeSetLength(length, tokens: tokens(of: unit, units), with: &coder)
        }
        return coder.finish()
    }

    private func tokens(of unit: Int, _ units: Units) -> Int {
        tokenCounts[units.passages(of: unit)].reduce(0) { $0 + Int($1) }
    }

    init(decoding bytes: [UInt8], _ units: Units) throws {
        var decoder = BitDecoder(bytes)
        var codec = ColumnCodec()
        for _ in 0..<Int(units.starts[units.count]) {
            let row = codec.code((0, 0, 0, 0), with: &decoder)
            guard !decoder.isExhausted, 0...SegmentLimits.tokens ~= row.tokens, 0...SegmentLimits.tokens ~= row.bytes,
                0...SegmentLimits.tokens ~= row.residual
            else { throw DamagedPart(.passages) }
            append(tokens: row.tokens, bytes: row.bytes, coding: row.coding, residual: row.residual)
        }
        for unit in 0..<units.count {
            let length = codec.codeSetLength(0, tokens: tokens(of: unit, units), with: &decoder)
            guard !decoder.isExhausted, 0...SegmentLimits.partBytes ~= length else { throw DamagedPart(.passages) }
            setLengths.append(length)
        }
    }
}

/// Codes the numbers of one passage after the other. Bytes and residual are coded as their difference from a number that the
/// tokens suggest.
private struct ColumnCodec {
    typealias Row = (tokens: Int, bytes: Int, coding: UInt8, residual: Int)

    private var tokenModel = NumberModel(contexts: 2)
    private var byteModel = NumberModel(contexts: 8)
    private var residualModel = NumberModel(contexts: 16)
    private var codingModel = NumberModel(contexts: 2)
    private var maximum = 0
    private var coding = 0
    /// Bytes for each token, in 65536ths.
    private var byteRatio = 3 << 16
    /// Residual bytes for each token, in 65536ths: of tokens, then of plain bytes.
    private var residualRatio = [30000, 3 << 16]

    private var setModel = NumberModel(contexts: 8)
    /// Bytes of coded term sets for each token of a unit, in 65536ths.
    private var setRatio = 9000

    /// A length for each token in 65536ths, held so small that its products stay in range.
    private func ratio(_ length: Int, _ tokens: Int) -> Int {
        min((min(max(length, 0), SegmentLimits.tokens) << 16) / tokens, 1 << 30)
    }

    /// Codes the length of a unit's term sets.
    mutating func codeSetLength<Coder: BitCoder>(_ length: Int, tokens: Int, with coder: inout Coder) -> Int {
        let size = max(1, min(tokens, SegmentLimits.tokens))
        let expected = (size * setRatio) >> 16
        let context = min(7, Int.bitWidth - (size / 64).leadingZeroBitCount)
        let coded = expected + setModel.codeSigned(length - expected, in: context, with: &coder)
        setRatio += (ratio(coded, size) - setRatio) / 16
        return coded
    }

    mutating func code<Coder: BitCoder>(_ row: Row, with coder: inout Coder) -> Row {
        // Full passages are near the largest so far: the distance to the largest is coded.
        let tokens = maximum - tokenModel.codeSigned(maximum - row.tokens, with: &coder)
        maximum = max(maximum, min(tokens, SegmentLimits.tokens))
        coding = codingModel.code(Int(row.coding), in: coding == 1 ? 1 : 0, with: &coder) & 255
        let size = min(max(tokens, 0), SegmentLimits.tokens)
        let sizeClass = min(size / 32, 7)

        let bytesExpected = (size * byteRatio) >> 16
        let bytes = bytesExpected + byteModel.codeSigned(row.bytes - bytesExpected, in: sizeClass, with: &coder)
        let kind = coding == 1 ? 1 : 0  // plain bytes or tokens
        let residualExpected = (size * residualRatio[kind]) >> 16
        let residual =
            residualExpected
            + residualModel.codeSigned(row.residual - residualExpected, in: kind * 8 + sizeClass, with: &coder)
        if size > 0 {
            byteRatio += (ratio(bytes, size) - byteRatio) / 16
            residualRatio[kind] += (ratio(residual, size) - residualRatio[kind]) / 16
        }
        return (tokens, bytes, UInt8(coding), residual)
    }
}
