/// What one segment may hold. Larger numbers in a file are damage, and a larger batch is refused.
enum SegmentLimits {
    static let documents = 1 << 16
    static let passages = 1 << 20
    static let terms = 1 << 22
    static let termBytes = 1 << 16
    static let postings = 1 << 25
    static let termsInPassage = 1 << 16
    static let tokens = 1 << 24
    /// Bytes of the memory code of a passage, and of those of a document's sections.
    static let codeBytes = 1024
    static let partBytes = 900_000_000
}
