/// The sizes of a backbone, as the metadata of its file states them.
package struct BackboneShape: Sendable, Equatable {
    /// The number of tokens, V.
    package let vocabulary: Int
    /// The width of each of the two streams, C.
    package let width: Int
    /// The number of layers, L.
    package let layers: Int
    /// The number of attention heads, H.
    package let heads: Int
    /// The width of the feed-forward layers, in widths of a stream, R.
    package let ratio: Int
    /// The entries of the code that the forward run leaves, D.
    package let code: Int
    /// The rows of each hashed n-gram table, S: a power of two, or 0 for a backbone without such tables.
    package let slots: Int
    /// The width of a row of an n-gram table, W.
    package let slotWidth: Int
    /// The positions that the rotary table covers.
    package let context: Int
    /// The most tokens of a passage.
    package let passageLimit: Int

    /// The width of one attention head.
    package var headWidth: Int { width / heads }
    /// The most positions that a passage takes, its prefix included.
    var positions: Int { passageLimit + PassagePrefix.count }

    /// The shape of a model file.
    init(_ tensors: ModelTensors) throws(MemoryError) {
        vocabulary = try tensors.number("vocabulary", in: 256...65_535)
        width = try tensors.number("width", in: 64...2048)
        layers = try tensors.number("layers", in: 1...64)
        heads = try tensors.number("heads", in: 1...64)
        ratio = try tensors.number("ratio", in: 1...8)
        code = try tensors.number("code", in: 4...256)
        slots = try tensors.number("slots", in: 0...(1 << 24))
        slotWidth = try tensors.number("slot_width", in: 4...256)
        context = try tensors.number("context", in: 16...4096)
        passageLimit = try tensors.number("passage_limit", in: 8...4000)
        guard
            width % (heads * 32) == 0, width % 64 == 0, width / heads <= 256, code % 4 == 0, slots & (slots - 1) == 0,
            passageLimit + PassagePrefix.count <= context
        else { throw tensors.invalid("its sizes do not fit each other") }
        let levels = try tensors.number("levels", in: 1...255)
        guard levels == ForwardCode.levels else {
            throw tensors.invalid("its forward codes have \(levels) levels, not \(ForwardCode.levels)")
        }
    }
}
