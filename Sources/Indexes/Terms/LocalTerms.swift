import Algorithms

/// The spellings of the terms that the base lexicon lacks, in blocks of 32 that are decoded one by one.
struct LocalTerms: Sendable {
    /// The kinds of terms, each with blocks of its own. Within a kind terms ascend by their keys, and by their bytes where
    /// these are equal. The key of a plain term is the term.
    enum Kind: Int, CaseIterable, Sendable {
        /// Small letters of ASCII, digits and other characters of ASCII.
        case plain
        /// Folded terms with other characters.
        case accented
        /// Terms that folding changes: those with capitals inside.
        case mixed

        init(of term: [UInt8], _ prior: TermPrior) {
            self = prior.fold(term) != term ? .mixed : term.contains { $0 >= 0x80 } ? .accented : .plain
        }
    }

    /// A term with its key.
    struct Entry: Sendable {
        let key: [UInt8]
        let term: [UInt8]

        init(_ term: [UInt8], _ kind: Kind, _ prior: TermPrior) {
            key = kind == .plain ? term : prior.key(term)
            self.term = term
        }

        /// Whether an entry stands before another one of its kind.
        func precedes(_ other: Entry) -> Bool {
            key == other.key ? term.lexicographicallyPrecedes(other.term) : key.lexicographicallyPrecedes(other.key)
        }
    }

    private let counts: TermCounts
    private let leads: MixedLeads
    private let bytes: [UInt8]
    /// Where the first block starts.
    private let start: Int
    private let prior: TermPrior

    /// - Parameter bytes: a part in which the leads begin at `start`, with the blocks behind them.
    init(_ bytes: [UInt8], from start: Int, counts: TermCounts, prior: TermPrior) throws {
        let blocks = start + counts.leadBytes
        guard blocks + counts.blockOffsets[counts.blockCount] == bytes.count else { throw DamagedPart(.lexicon) }
        leads = try MixedLeads(
            decoding: Array(bytes[start..<blocks]), count: counts.leadCount, terms: counts.local[Kind.mixed.rawValue])
        self.bytes = bytes
        self.start = blocks
        self.counts = counts
        self.prior = prior
    }

    /// The blocks of the terms of a kind, in their order.
    static func encoded(_ terms: [[UInt8]], statistics: TermStatistics) -> [[UInt8]] {
        terms.chunks(ofCount: TermCounts.blockSize).map { block in
            var coder = BitEncoder()
            var speller = SpellingCoder(statistics.spelling)
            var previous: [UInt8] = []
            for term in block {
                _ = speller.code(term, after: previous, with: &coder)
                previous = term
            }
            return coder.finish()
        }
    }

    /// The blocks of a kind.
    func blocks(of kind: Kind) -> Range<Int> { counts.blocks(of: kind) }

    /// The terms of a block.
    func block(_ number: Int) throws -> [Entry] { try terms(of: number) { _ in false } }

    /// The first term of a block.
    func first(of block: Int) throws -> Entry { try terms(of: block) { _ in true }[0] }

    /// The blocks of mixed terms that may hold a word, as the key of a term or as a part of one, by the leads.
    func mixedBlocks(with word: [UInt8]) -> [Int] {
        let first = counts.blocks(of: .mixed).lowerBound
        return leads.blocks(with: word).map { first + $0 }
    }

    /// Whether the leads are those of some mixed terms.
    func hasLeads(to terms: [[UInt8]]) -> Bool { leads == MixedLeads(terms, prior: prior) }

    /// The place in a block of a term; nil where the block lacks the term. What comes after its place is not decoded.
    func place(of entry: Entry, in block: Int) throws -> Int? {
        let terms = try terms(of: block) { !$0.precedes(entry) }
        return terms.last?.term == entry.term ? terms.count - 1 : nil
    }

    /// The first terms of a block, up to one that is the last to be decoded.
    private func terms(of block: Int, upTo isLast: (Entry) -> Bool) throws -> [Entry] {
        let (from, to) = (start + counts.blockOffsets[block], start + counts.blockOffsets[block + 1])
        guard from <= to, to <= bytes.count else { throw DamagedPart(.lexicon) }
        let (kind, first) = counts.kind(ofBlock: block)
        var decoder = BitDecoder(Array(bytes[from..<to]))
        var speller = SpellingCoder(prior.statistics.spelling)
        var terms: [Entry] = []
        var previous: [UInt8] = []
        for i in 0..<min(TermCounts.blockSize, counts.local[kind.rawValue] - first) {
            guard let term = speller.code([], after: previous, with: &decoder), !decoder.isExhausted else {
                throw DamagedPart(.lexicon)
            }
            let entry = Entry(term, kind, prior)
            guard i == 0 || terms[i - 1].precedes(entry) else { throw DamagedPart(.lexicon) }
            terms.append(entry)
            if isLast(entry) { break }
            previous = term
        }
        return terms
    }

    /// The place of a block's first term among the local terms.
    func place(of block: Int) -> Int {
        let (kind, first) = counts.kind(ofBlock: block)
        return counts.local[..<kind.rawValue].reduce(0, +) + first
    }

    /// The block of a local term, and its place in the block.
    func block(ofTerm place: Int) -> (block: Int, offset: Int) {
        var inKind = place
        var kind = 0
        while kind + 1 < counts.local.count, inKind >= counts.local[kind] {
            inKind -= counts.local[kind]
            kind += 1
        }
        let blocks = counts.blocks(of: Kind.allCases[kind])
        return (blocks.lowerBound + inKind / TermCounts.blockSize, inKind % TermCounts.blockSize)
    }
}
