import Algorithms

/// Leads from words to the blocks of mixed terms that may hold them: as the key of a term, or as a part of one ("name" in `getUserName`).
///
/// A word has the number h · B + b for each block b that has the word. B is the number of blocks, h is the lowest bits of a hash of the
/// word. Another word with these bits leads to the block too, so a reader looks at the terms of the block. Where the numbers are
/// more than half of those that can be, each word leads to each block.
struct MixedLeads: Sendable, Equatable {
    /// The numbers, ascending; nil for all that can be.
    private let numbers: [UInt32]?
    private let blocks: Int
    private let hashes: Int

    /// The seed of the hash of a word.
    private static let seed: UInt64 = 4

    /// - Parameter terms: the mixed terms in their order.
    init(_ terms: [[UInt8]], prior: TermPrior) {
        (blocks, hashes) = MixedLeads.room(terms.count)
        let (blocks, hashes) = (blocks, hashes)
        let numbers = terms.chunks(ofCount: TermCounts.blockSize).enumerated().flatMap { block, terms in
            Set(
                terms.flatMap { [prior.key($0)] + prior.parts($0) }.map { word in
                    UInt32(MixedLeads.hash(word, below: hashes) * blocks + block)
                })
        }.sorted()
        self.numbers = 2 * numbers.count > blocks * hashes ? nil : numbers
    }

    /// How many numbers there are.
    var count: Int { numbers?.count ?? blocks * hashes }

    /// The number of blocks of some terms, and the number of hashes. The hashes are a power of two: at most one for each term of up to
    /// 2,048, at most one for four terms of more. The numbers of words stay below `SegmentLimits.postings`.
    private static func room(_ terms: Int) -> (blocks: Int, hashes: Int) {
        let blocks = (terms + TermCounts.blockSize - 1) / TermCounts.blockSize
        guard blocks > 0 else { return (0, 1) }
        let most = min(max(terms / 4, min(terms, 2048)), SegmentLimits.postings / blocks)
        return (blocks, 1 << (Int.bitWidth - 1 - most.leadingZeroBitCount))
    }

    private static func hash(_ word: [UInt8], below hashes: Int) -> Int {
        Int(truncatingIfNeeded: checksum(word, seed: seed)) & (hashes - 1)
    }

    /// The blocks that may hold a word, ascending, numbered from 0.
    func blocks(with word: [UInt8]) -> [Int] {
        guard let numbers else { return Array(0..<blocks) }
        let first = MixedLeads.hash(word, below: hashes) * blocks
        return numbers[numbers.partitioningIndex { Int($0) >= first }...].prefix { Int($0) < first + blocks }.map {
            Int($0) - first
        }
    }
}

extension MixedLeads {
    /// The numbers, as a list of `AscendingList`.
    var encoded: [UInt8] {
        var bits = BitWriter()
        if let numbers { AscendingList.write(numbers, below: blocks * hashes, to: &bits) }
        bits.endByte()
        return bits.bytes
    }

    /// - Parameters:
    ///   - count: how many numbers there are.
    ///   - terms: how many mixed terms there are.
    init(decoding bytes: [UInt8], count: Int, terms: Int) throws {
        (blocks, hashes) = MixedLeads.room(terms)
        let room = blocks * hashes
        if count == room, room > 0 {
            numbers = nil
            return
        }
        // Each number takes a bit at least.
        guard 2 * count <= room, count <= 8 * bytes.count else { throw DamagedPart(.lexicon) }
        var read: [UInt32] = []
        let isRight = bytes.withUnsafeBufferPointer { bytes in
            var bits = BitReader(bytes, at: 0)
            return AscendingList.read(count, below: room, from: &bits, into: &read)
        }
        guard isRight else { throw DamagedPart(.lexicon) }
        numbers = read
    }
}
