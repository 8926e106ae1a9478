/// How many units and passages of a segment hold each of its terms, and where the terms' lists and spellings stand.
///
/// Terms are numbered: first those of the base lexicon that occur, in its order, then the others kind by kind
/// (`LocalTerms.Kind`), each in its order.
struct TermCounts: Sendable, Equatable {
    /// The positions in the base lexicon of the terms that occur, ascending.
    var base: [UInt32] = []
    /// The terms that the base lexicon lacks: how many there are of each kind.
    var local = LocalTerms.Kind.allCases.map { _ in 0 }
    /// For each term the units and the passages that hold it.
    var units: [UInt32] = []
    var passages: [UInt32] = []
    /// Where the lists of each group of `groupSize` terms start, and where the last ones end.
    var listOffsets: [Int] = [0]
    /// Where each block of spellings starts, and where the last one ends.
    var blockOffsets: [Int] = [0]

    static let groupSize = 64
    static let blockSize = 32

    var count: Int { base.count + local.reduce(0, +) }
    var blockCount: Int { local.reduce(0) { $0 + TermCounts.blocks($1) } }
    var groupCount: Int { (count + TermCounts.groupSize - 1) / TermCounts.groupSize }

    private static func blocks(_ terms: Int) -> Int { (terms + blockSize - 1) / blockSize }

    /// The blocks of the terms of a kind.
    func blocks(of kind: LocalTerms.Kind) -> Range<Int> {
        let first = local[..<kind.rawValue].reduce(0) { $0 + TermCounts.blocks($1) }
        return first..<first + TermCounts.blocks(local[kind.rawValue])
    }

    /// The kind of a block's terms, and the place of its first term among those of the kind.
    func kind(ofBlock block: Int) -> (kind: LocalTerms.Kind, first: Int) {
        let kind = LocalTerms.Kind.allCases.first { block < blocks(of: $0).upperBound } ?? .mixed
        return (kind, (block - blocks(of: kind).lowerBound) * TermCounts.blockSize)
    }
}

extension TermCounts {
    func encoded(prior: TermPrior, limits: TermCountModel.Limits) -> [UInt8] {
        var coder = BitEncoder()
        var model = TermCountModel(limits)
        var next = 0
        for (position, expected) in prior.frequency.enumerated() {
            let present = next < base.count && Int(base[next]) == position
            _ = model.codeBase(present ? numbers(next) : (0, 0), expected: expected, with: &coder)
            if present { next += 1 }
        }
        for count in local { _ = model.codeSize(count, with: &coder) }
        for term in base.count..<count { _ = model.codeLocal(numbers(term), with: &coder) }
        for i in 0..<groupCount { _ = model.codeLength(listOffsets[i + 1] - listOffsets[i], in: 0, with: &coder) }
        for i in 0..<blockCount { _ = model.codeLength(blockOffsets[i + 1] - blockOffsets[i], in: 1, with: &coder) }
        return coder.finish()
    }

    private func numbers(_ term: Int) -> (units: Int, passages: Int) { (Int(units[term]), Int(passages[term])) }

    init(decoding bytes: [UInt8], prior: TermPrior, limits: TermCountModel.Limits) throws {
        let damage = DamagedPart(.lexicon)
        var decoder = BitDecoder(bytes)
        var model = TermCountModel(limits)
        for (position, expected) in prior.frequency.enumerated() {
            guard let numbers = model.codeBase((0, 0), expected: expected, with: &decoder) else { throw damage }
            guard numbers.units > 0 else { continue }
            base.append(UInt32(position))
            append(numbers)
        }
        for kind in local.indices { local[kind] = model.codeSize(0, with: &decoder) }
        let spelled = local.reduce(0, +)
        guard local.allSatisfy({ $0 <= SegmentLimits.terms }), spelled <= SegmentLimits.terms, !decoder.isExhausted else {
            throw damage
        }
        for _ in 0..<spelled {
            guard let numbers = model.codeLocal((1, 1), with: &decoder), !decoder.isExhausted else { throw damage }
            append(numbers)
        }
        for _ in 0..<groupCount {
            listOffsets.append(listOffsets[listOffsets.count - 1] + model.codeLength(0, in: 0, with: &decoder))
        }
        for _ in 0..<blockCount {
            blockOffsets.append(blockOffsets[blockOffsets.count - 1] + model.codeLength(0, in: 1, with: &decoder))
        }
        guard !decoder.isExhausted, passages.reduce(0, { $0 + Int($1) }) <= SegmentLimits.postings else { throw damage }
    }

    private mutating func append(_ numbers: (units: Int, passages: Int)) {
        units.append(UInt32(numbers.units))
        passages.append(UInt32(numbers.passages))
    }
}

/// Codes the numbers of `TermCounts`, each given those before it.
struct TermCountModel {
    typealias Numbers = (units: Int, passages: Int)

    /// What a segment has, which no term can exceed.
    struct Limits {
        let units: Int
        let passages: Int
    }

    private let limits: Limits
    private var base = NumberModel(contexts: 64)
    private var local = NumberModel(contexts: 1, limit: 1000)
    private var excess = NumberModel(contexts: 64)
    private var sizes = NumberModel(contexts: 1)
    private var lengths = NumberModel(contexts: 2)
    /// Passages for each unit that holds a term, in 4096ths, by the number of units.
    private var ratio = [Int](repeating: 5000, count: 64)
    private var lengthBefore = [0, 0]

    init(_ limits: Limits) { self.limits = limits }

    /// Codes the numbers of a term of the base lexicon; zeros for a term that does not occur. `expected` of 65,536 passages
    /// hold the term, as the model counted them; its upper three binary digits are the context. Nil where decoded numbers
    /// are impossible.
    mutating func codeBase<Coder: BitCoder>(_ numbers: Numbers, expected: UInt16, with coder: inout Coder) -> Numbers? {
        let p = max(UInt32(expected), 1)
        let log = 31 - p.leadingZeroBitCount
        let next = log > 0 ? Int(p >> UInt32(log - 1)) & 1 : 0
        let third = log > 1 ? Int(p >> UInt32(log - 2)) & 1 : 0
        let units = base.code(numbers.units, in: min(log * 4 + next * 2 + third, 63), with: &coder)
        return units == 0 ? (0, 0) : codePassages(numbers.passages, units: units, kind: 0, with: &coder)
    }

    /// Codes the numbers of another term, which occurs.
    mutating func codeLocal<Coder: BitCoder>(_ numbers: Numbers, with coder: inout Coder) -> Numbers? {
        let units = 1 + local.code(numbers.units - 1, with: &coder)
        return codePassages(numbers.passages, units: units, kind: 1, with: &coder)
    }

    private mutating func codePassages<Coder: BitCoder>(
        _ passages: Int, units: Int, kind: Int, with coder: inout Coder
    ) -> Numbers? {
        guard units <= limits.units else { return nil }
        let log = Int.bitWidth - 1 - units.leadingZeroBitCount
        let half = log > 0 ? units >> (log - 1) & 1 : 0
        let context = min(log * 2 + half, 31) * 2 + kind
        let expected = units * (ratio[context] >> 12)
        let coded: Int
        if log < 2 {
            coded = units + excess.code(passages - units, in: context, with: &coder)
        } else {
            coded = expected + excess.codeSigned(passages - expected, in: context, with: &coder)
        }
        guard coded >= units, coded <= limits.passages, coded <= units * Units.mostPassages else { return nil }
        ratio[context] += (coded << 12 / units - ratio[context]) / 16
        return (units, coded)
    }

    mutating func codeSize<Coder: BitCoder>(_ count: Int, with coder: inout Coder) -> Int {
        sizes.code(count, with: &coder)
    }

    /// Codes the bytes of a group of lists or of a block of spellings, given those of the one before.
    mutating func codeLength<Coder: BitCoder>(_ length: Int, in context: Int, with coder: inout Coder) -> Int {
        let coded = lengthBefore[context] + lengths.codeSigned(length - lengthBefore[context], in: context, with: &coder)
        lengthBefore[context] = min(max(coded, 0), SegmentLimits.partBytes)
        return lengthBefore[context]
    }
}
