import Algorithms

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
    /// The numbers and the bytes of `MixedLeads`.
    var leadCount = 0
    var leadBytes = 0

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

// MARK: Bits

extension TermCounts {
    /// The order of sizes of a segment.
    private static let sizeOrder = 8

    func encoded(prior: TermPrior) -> [UInt8] {
        var bits = BitWriter()
        let classes = prior.classes
        for (members, held) in zip(classes.members, classes.held(base)) {
            bits.write(held.count, order: TermCounts.sizeOrder)
            AscendingList.write(held, below: members.count, to: &bits)
        }
        for size in local + [leadCount, leadBytes] { bits.write(size, order: TermCounts.sizeOrder) }
        let classOf = base.map { classes.number(of: $0) } + Array(repeating: WordClasses.count, count: count - base.count)
        let passageOrders = TermCounts.orders(
            zip(passages, classOf).lazy.map { (Int($0) - 1, $1) }, contexts: WordClasses.count + 1)
        var expected = ExpectedUnits()
        let unitNumbers = (0..<count).map { term in
            expected.code(Int(units[term]), passages: Int(passages[term]), isBase: term < base.count)
        }
        let unitOrders = TermCounts.orders(
            unitNumbers.lazy.compactMap { number, context in context.map { (number, $0) } }, contexts: ExpectedUnits.contexts
        )
        let lists = TermCounts.differences(listOffsets)
        let blocks = TermCounts.differences(blockOffsets)
        let lengthOrders = [lists, blocks].map { BitWriter.order(of: $0) }
        for order in passageOrders + unitOrders + lengthOrders { bits.write(order, bits: BitReader.orderBits) }
        for term in 0..<count {
            bits.write(Int(passages[term]) - 1, order: passageOrders[classOf[term]])
            let (number, context) = unitNumbers[term]
            if let context {
                bits.write(number, order: unitOrders[context])
            } else {
                bits.write(number, below: Int(passages[term]))
            }
        }
        for number in lists { bits.write(number, order: lengthOrders[0]) }
        for number in blocks { bits.write(number, order: lengthOrders[1]) }
        bits.endByte()
        return bits.bytes
    }

    /// The best order for the numbers of each context.
    private static func orders(_ numbers: some Sequence<(Int, Int)>, contexts: Int) -> [Int] {
        var groups = [[Int]](repeating: [], count: contexts)
        for (number, context) in numbers { groups[context].append(number) }
        return groups.map { BitWriter.order(of: $0) }
    }

    /// How each length differs from the one before, folded.
    private static func differences(_ offsets: [Int]) -> [Int] {
        var before = 0
        return offsets.adjacentPairs().map { start, end in
            defer { before = end - start }
            return (end - start - before).folded
        }
    }

    /// - Parameters:
    ///   - unitCount: the units of the segment, which no term can exceed.
    ///   - passageCount: its passages, likewise.
    init(decoding bytes: [UInt8], prior: TermPrior, units unitCount: Int, passages passageCount: Int) throws {
        let isRight = bytes.withUnsafeBufferPointer { bytes in
            var bits = BitReader(bytes, at: 0)
            return read(&bits, prior.classes, unitCount, passageCount)
        }
        guard isRight else { throw DamagedPart(.lexicon) }
    }

    /// False where the bits are impossible.
    private mutating func read(
        _ bits: inout BitReader, _ classes: WordClasses, _ unitCount: Int, _ passageCount: Int
    ) -> Bool {
        var isHeld = [Bool](repeating: false, count: classes.wordCount)
        for members in classes.members {
            let held = bits.read(order: TermCounts.sizeOrder)
            var places: [UInt32] = []
            guard held <= members.count, AscendingList.read(held, below: members.count, from: &bits, into: &places) else {
                return false
            }
            for place in places { isHeld[Int(members[Int(place)])] = true }
        }
        base = isHeld.indices.lazy.filter { isHeld[$0] }.map(UInt32.init)
        for kind in local.indices { local[kind] = bits.read(order: TermCounts.sizeOrder) }
        leadCount = bits.read(order: TermCounts.sizeOrder)
        leadBytes = bits.read(order: TermCounts.sizeOrder)
        guard !bits.isExhausted, local.allSatisfy({ $0 <= SegmentLimits.terms }), local.reduce(0, +) <= SegmentLimits.terms,
            leadBytes <= SegmentLimits.partBytes
        else { return false }
        let passageOrders = (0...WordClasses.count).map { _ in bits.read(bits: BitReader.orderBits) }
        let unitOrders = (0..<ExpectedUnits.contexts).map { _ in bits.read(bits: BitReader.orderBits) }
        let lengthOrders = (0..<2).map { _ in bits.read(bits: BitReader.orderBits) }
        units.reserveCapacity(count)
        passages.reserveCapacity(count)
        var expected = ExpectedUnits()
        var members = 0
        for term in 0..<count {
            let isBase = term < base.count
            let held = 1 + bits.read(order: passageOrders[isBase ? classes.number(of: base[term]) : WordClasses.count])
            guard held <= passageCount, !bits.isExhausted else { return false }
            let number: Int
            if let context = ExpectedUnits.context(passages: held, isBase: isBase) {
                number = expected.decode(bits.read(order: unitOrders[context]), passages: held, context)
            } else {
                number = 1 + bits.read(below: held)
            }
            guard 1...held ~= number, number <= unitCount, held <= number * Units.mostPassages else { return false }
            members += held
            units.append(UInt32(number))
            passages.append(UInt32(held))
        }
        return members <= SegmentLimits.postings
            && TermCounts.read(groupCount, order: lengthOrders[0], from: &bits, into: &listOffsets)
            && TermCounts.read(blockCount, order: lengthOrders[1], from: &bits, into: &blockOffsets)
    }

    /// Reads the lengths of some groups or blocks, and appends where each ends.
    private static func read(_ count: Int, order: Int, from bits: inout BitReader, into offsets: inout [Int]) -> Bool {
        var length = 0
        for _ in 0..<count {
            length += Int(folded: bits.read(order: order))
            guard 0...SegmentLimits.partBytes ~= length, !bits.isExhausted else { return false }
            offsets.append(offsets[offsets.count - 1] + length)
        }
        return !bits.isExhausted
    }
}

/// How many units hold a term, as the number of its passages suggests.
private struct ExpectedUnits {
    /// Contexts are the binary digits of the passages, and whether the base lexicon has the term.
    static let contexts = 32

    /// Units for each passage, in 4096ths.
    private var ratio = [Int](repeating: 3300, count: ExpectedUnits.contexts)

    /// The context of a term; nil for fewer than four passages, where each number of units is as likely as the others.
    static func context(passages: Int, isBase: Bool) -> Int? {
        passages < 4 ? nil : 2 * min(Int.bitWidth - 1 - passages.leadingZeroBitCount, 15) + (isBase ? 0 : 1)
    }

    /// The number that stands for the units of a term, and its context.
    mutating func code(_ units: Int, passages: Int, isBase: Bool) -> (number: Int, context: Int?) {
        guard let context = ExpectedUnits.context(passages: passages, isBase: isBase) else { return (units - 1, nil) }
        let expected = (passages * ratio[context]) >> 12
        learn(units, passages, context)
        return ((units - expected).folded, context)
    }

    /// The units of a term from the number that stands for them.
    mutating func decode(_ number: Int, passages: Int, _ context: Int) -> Int {
        let units = ((passages * ratio[context]) >> 12) + Int(folded: number)
        // What no term can have is refused, and must not overflow before.
        learn(min(max(units, 0), passages), passages, context)
        return units
    }

    private mutating func learn(_ units: Int, _ passages: Int, _ context: Int) {
        ratio[context] += (units << 12 / passages - ratio[context]) / 16
    }
}
