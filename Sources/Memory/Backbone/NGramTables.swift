/// Hashed tables of rows for the pairs, triples and quadruples of tokens, and the projection of their rows to a stream.
struct NGramTables: Sendable {
    /// The orders of the tables.
    static let orders = 2...4

    private let tables: [MappedTensor]
    private let slots: Int
    private let width: Int
    /// `[C, 3W]`; the scales of the tables are in its weights.
    let projection: Matrix

    init(_ tensors: ModelTensors, _ shape: BackboneShape) throws(MemoryError) {
        var tables: [MappedTensor] = []
        for order in Self.orders {
            tables.append(try tensors.file.int8Mapped("ngrams.\(order)", shape: [shape.slots, shape.slotWidth]))
        }
        self.tables = tables
        slots = shape.slots
        width = shape.slotWidth
        projection = try tensors.matrix("ngrams.project", outputs: shape.width, inputs: Self.orders.count * shape.slotWidth)
    }

    /// Writes the rows of the n-grams that end with the newest of these tokens, as unsigned bytes with zero at 128.
    func copyRows(_ tokens: LastTokens, into out: Buffer<UInt8>) {
        precondition(out.count == Self.orders.count * width, "room for one row of each table")
        for (i, order) in Self.orders.enumerated() {
            tables[i].withRow(Self.slot(order: order, tokens, slots: slots), width: width) { row in
                for j in 0..<width { out[i * width + j] = UInt8(truncatingIfNeeded: Int(row[j]) + 128) }
            }
        }
    }

    /// The slot of the n-gram of an order (`docs/model-format.md`, N-gram hash).
    private static func slot(order: Int, _ tokens: LastTokens, slots: Int) -> Int {
        var h = UInt64(order)
        func mix(_ token: UInt16) {
            h = (h ^ UInt64(token)) &* 0x9E37_79B9_7F4A_7C15
            h ^= h >> 29
        }
        mix(tokens.0)
        mix(tokens.1)
        if order > 2 { mix(tokens.2) }
        if order > 3 { mix(tokens.3) }
        return slots > 1 ? Int(h >> UInt64(64 - slots.trailingZeroBitCount)) : 0
    }
}
