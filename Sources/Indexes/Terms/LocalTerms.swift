import Algorithms

/// The spellings of the terms that the base lexicon lacks, in blocks of 32 that are decoded one by one.
struct LocalTerms: Sendable {
    private let counts: TermCounts
    private let bytes: [UInt8]
    /// Where the first block starts.
    private let start: Int
    private let spelling: Mixture

    /// - Parameter bytes: a part whose blocks begin at `start`.
    init(_ bytes: [UInt8], from start: Int, counts: TermCounts, statistics: TermStatistics) {
        self.bytes = bytes
        self.start = start
        self.counts = counts
        spelling = statistics.spelling
    }

    /// The blocks of some terms, ascending, and their lengths one after the other.
    static func encoded(_ terms: ArraySlice<[UInt8]>, statistics: TermStatistics) -> [[UInt8]] {
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

    /// The blocks of the plain terms, and those of the marked ones.
    var plainBlocks: Range<Int> { 0..<counts.plainBlocks }
    var markedBlocks: Range<Int> { counts.plainBlocks..<counts.blockCount }

    /// The terms of a block.
    func block(_ number: Int) throws -> [[UInt8]] { try terms(of: number, limit: TermCounts.blockSize) }

    /// The first term of a block.
    func first(of block: Int) throws -> [UInt8] { try terms(of: block, limit: 1)[0] }

    /// The first terms of a block, at most `limit`.
    private func terms(of block: Int, limit: Int) throws -> [[UInt8]] {
        let (from, to) = (start + counts.blockOffsets[block], start + counts.blockOffsets[block + 1])
        guard from <= to, to <= bytes.count else { throw DamagedPart(.lexicon) }
        var decoder = BitDecoder(Array(bytes[from..<to]))
        var speller = SpellingCoder(spelling)
        var terms: [[UInt8]] = []
        var previous: [UInt8] = []
        for i in 0..<min(limit, size(of: block)) {
            guard let term = speller.code([], after: previous, with: &decoder), !decoder.isExhausted,
                i == 0 || previous.lexicographicallyPrecedes(term)
            else { throw DamagedPart(.lexicon) }
            terms.append(term)
            previous = term
        }
        return terms
    }

    private func size(of block: Int) -> Int {
        block < counts.plainBlocks
            ? min(TermCounts.blockSize, counts.plainCount - block * TermCounts.blockSize)
            : min(TermCounts.blockSize, counts.markedCount - (block - counts.plainBlocks) * TermCounts.blockSize)
    }

    /// The place of a block's first term among the local terms.
    func place(of block: Int) -> Int {
        block < counts.plainBlocks
            ? block * TermCounts.blockSize
            : counts.plainCount + (block - counts.plainBlocks) * TermCounts.blockSize
    }

    /// The block of a local term, and its place in the block.
    func block(ofTerm place: Int) -> (block: Int, offset: Int) {
        let isMarked = place >= counts.plainCount
        let inKind = isMarked ? place - counts.plainCount : place
        return (inKind / TermCounts.blockSize + (isMarked ? counts.plainBlocks : 0), inKind % TermCounts.blockSize)
    }

    /// Whether a term stands among the marked ones.
    static func isMarked(_ term: [UInt8]) -> Bool { term.contains { $0 >= 0x80 || 0x41...0x5a ~= $0 } }
}
