/// The hyper-parameters of a model, as its file states them.
public struct ModelShape: Sendable, Equatable {
    /// Vocabulary V, width C, layers L, heads H, feed-forward ratio R, memory code entries D.
    public let vocabulary: Int, width: Int, layers: Int, heads: Int, ratio: Int, code: Int
    /// Hashed n-gram slots a table and their width.
    public let slots: Int, slotWidth: Int
    /// Positions of the rotary table, and tokens of a passage at most.
    public let context: Int, passageLimit: Int

    /// Width of one attention head.
    public var headWidth: Int { width / heads }
    /// Bytes of a stored memory code: two FSQ entries a byte.
    public var codeBytes: Int { (code + 1) / 2 }
    /// Prefix positions before BOS when a passage is expanded: document memory, passage memory, word set.
    static let prefix = 3

    init(metadata: [String: String], path: String) throws {
        func number(_ key: String, _ range: ClosedRange<Int>) throws -> Int {
            guard let text = metadata[key], let value = Int(text), range.contains(value) else {
                throw MemoryError(.invalid("metadata '\(key)' is missing or outside \(range)"), subject: path)
            }
            return value
        }
        guard metadata["format"] == "r3mem-model-1" else {
            throw MemoryError(.invalid("format '\(metadata["format"] ?? "none")' is not r3mem-model-1"), subject: path)
        }
        vocabulary = try number("vocabulary", 256...65536)
        width = try number("width", 64...2048)
        layers = try number("layers", 1...64)
        heads = try number("heads", 1...64)
        ratio = try number("ratio", 1...8)
        code = try number("code", 4...256)
        slots = try number("slots", 0...(1 << 24))
        slotWidth = try number("slot_width", 4...256)
        context = try number("context", 16...4096)
        passageLimit = try number("passage_limit", 8...4000)
        guard width % (heads * 32) == 0, width % 64 == 0, width / heads <= 256, code % 4 == 0, passageLimit + ModelShape.prefix + 1 <= context,
            slots & (slots - 1) == 0
        else {
            throw MemoryError(.invalid("its sizes do not fit each other"), subject: path)
        }
    }
}
