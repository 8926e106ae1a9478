/// Codes which terms a segment has, and how many of its documents hold each.
///
/// For each term of the base lexicon the number of documents is coded, which is zero for a term that does not occur. The
/// other terms follow in ascending order, spelled out.
struct LexiconModel: Sendable {
    private var spelling = SpellingModel()
    private var base = NumberModel(contexts: 64)
    private var local = NumberModel(contexts: 4, limit: 1000)

    /// Codes the number of documents that hold a term of the base lexicon. `expected` of 65,536 passages hold the term, as
    /// the model counted them; its upper three binary digits are the context.
    mutating func codeBase<Coder: BitCoder>(_ frequency: Int, expected: UInt16, with coder: inout Coder) -> Int {
        let p = max(UInt32(expected), 1)
        let log = 31 - p.leadingZeroBitCount
        let next = log > 0 ? Int(p >> UInt32(log - 1)) & 1 : 0
        let third = log > 1 ? Int(p >> UInt32(log - 2)) & 1 : 0
        return base.code(frequency, in: min(log * 4 + next * 2 + third, 63), with: &coder)
    }

    /// Codes how many terms the base lexicon does not have.
    mutating func codeCount<Coder: BitCoder>(_ count: Int, with coder: inout Coder) -> Int {
        local.code(count, in: 3, with: &coder)
    }

    /// Codes a term that the base lexicon does not have, and the number of documents that hold the term.
    mutating func codeLocal<Coder: BitCoder>(
        _ term: [UInt8], after previous: [UInt8], frequency: Int, with coder: inout Coder
    ) -> (term: [UInt8], frequency: Int)? {
        guard let term = spelling.code(term, after: previous, maximum: SegmentLimits.termBytes, with: &coder) else {
            return nil
        }
        return (term, 1 + local.code(frequency - 1, with: &coder))
    }
}
