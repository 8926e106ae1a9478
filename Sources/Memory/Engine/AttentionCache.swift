/// The keys and values of one sequence in every layer and head, as int8 with a scale for each position and head.
package final class AttentionCache {
    /// The positions that the cache has room for: a multiple of `Kernels.keyBlock`.
    let positions: Int
    private let width: Int
    private let heads: Int
    private let keys: Scratch<UInt8>
    private let values: Scratch<Int8>
    private let keyScales: Scratch<Float>
    private let valueScales: Scratch<Float>

    /// The parts of one layer and head.
    struct Head {
        /// In blocks of 16 positions.
        let keys: Buffer<UInt8>
        /// In pairs of positions.
        let values: Buffer<Int8>
        let keyScales: Buffer<Float>
        let valueScales: Buffer<Float>
    }

    /// An empty cache for sequences of at most `positions` positions.
    package init(_ shape: BackboneShape, positions: Int) {
        let block = Kernels.keyBlock
        self.positions = (positions + block - 1) / block * block
        width = shape.headWidth
        heads = shape.heads
        let slots = shape.layers * shape.heads * self.positions
        keys = Scratch(slots * shape.headWidth)
        values = Scratch(slots * shape.headWidth)
        keyScales = Scratch(slots)
        valueScales = Scratch(slots)
    }

    /// The keys and values of one head of a layer.
    @inline(__always)
    func head(_ head: Int, layer: Int) -> Head {
        let first = (layer * heads + head) * positions
        return Head(
            keys: keys.at(first * width, positions * width), values: values.at(first * width, positions * width),
            keyScales: keyScales.at(first, positions), valueScales: valueScales.at(first, positions))
    }
}
