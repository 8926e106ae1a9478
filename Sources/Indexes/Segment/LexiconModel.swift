/// Codes which terms a segment has, and how many of its documents hold each.
///
/// Terms of the base lexicon are named by their frequency alone: zero for those that do not occur. The others follow
/// in ascending order, spelled out.
struct LexiconModel: Sendable {
    private var spelling = SpellingModel()
    private var base = NumberModel(contexts: 64)
    private var local = NumberModel(contexts: 4, limit: 1000)
    private let documentCount: Int

    init(documentCount: Int) {
        self.documentCount = documentCount
    }

    /// Codes the number of documents that hold a base word whose prior is `prior` 65536ths; `recent` steers the context.
    mutating func codeBase<Coder: BitCoder>(_ frequency: Int, prior: UInt16, with coder: inout Coder) -> Int {
        let p = max(UInt32(prior), 1)
        let log = 31 - p.leadingZeroBitCount
        let next = log > 0 ? Int(p >> UInt32(log - 1)) & 1 : 0
        let third = log > 1 ? Int(p >> UInt32(log - 2)) & 1 : 0
        return base.code(frequency, in: min(log * 4 + next * 2 + third, 63), with: &coder)
    }

    /// Codes the number of terms outside the base lexicon.
    mutating func codeCount<Coder: BitCoder>(_ count: Int, with coder: inout Coder) -> Int {
        local.code(count, in: 3, with: &coder)
    }

    /// Codes a term outside the base lexicon, and the number of documents that hold it.
    mutating func codeLocal<Coder: BitCoder>(
        _ term: [UInt8], after previous: [UInt8], frequency: Int, with coder: inout Coder
    ) -> (term: [UInt8], frequency: Int)? {
        guard let term = spelling.code(term, after: previous, maximum: SegmentLimits.termBytes, with: &coder) else {
            return nil
        }
        return (term, 1 + local.code(frequency - 1, with: &coder))
    }
}
