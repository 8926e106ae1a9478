/// What a model knows of terms in general: how they are spelled, and how they return within a text. Tables of the model
/// file; the terms of an index are coded with them.
package struct TermStatistics: Sendable {
    let spelling: Mixture
    let incidence: Mixture

    /// The bytes of the tables of a model file.
    package static let byteCount =
        SpellingSlots.count + 16 * SpellingSlots.rows + IncidenceSlots.count + 16 * IncidenceSlots.rows

    init(spelling: Mixture, incidence: Mixture) {
        self.spelling = spelling
        self.incidence = incidence
    }

    /// The tables of a model file; nil where they have another size.
    package init?(bytes: [UInt8]) {
        guard bytes.count == TermStatistics.byteCount else { return nil }
        var rest = bytes[...]
        spelling = Mixture(&rest, slots: SpellingSlots.count, rows: SpellingSlots.rows)
        incidence = Mixture(&rest, slots: IncidenceSlots.count, rows: IncidenceSlots.rows)
    }

    /// Tables that know nothing, for models without them: indexes get larger.
    package static let blank = TermStatistics(
        spelling: Mixture(slots: SpellingSlots.count, rows: SpellingSlots.rows),
        incidence: Mixture(slots: IncidenceSlots.count, rows: IncidenceSlots.rows))

    /// The tables as a model file has them: for spellings, then for incidence, the entries and then the rows of weights,
    /// eight 16-bit numbers each, little-endian.
    package var bytes: [UInt8] { spelling.bytes + incidence.bytes }
}

extension Mixture {
    fileprivate init(_ bytes: inout ArraySlice<UInt8>, slots: Int, rows: Int) {
        let entries = bytes.prefix(slots).map { Int8(bitPattern: $0) }
        let weights = Array(bytes.dropFirst(slots).prefix(16 * rows))
        bytes = bytes.dropFirst(slots + 16 * rows)
        self.init(
            entries: entries,
            rows: (0..<rows).map { row in
                var weight = SIMD8<Int16>()
                for i in 0..<8 {
                    let low = UInt16(weights[16 * row + 2 * i])
                    weight[i] = Int16(bitPattern: low | UInt16(weights[16 * row + 2 * i + 1]) << 8)
                }
                return weight
            })
    }

    fileprivate var bytes: [UInt8] {
        entries.map { UInt8(bitPattern: $0) }
            + rows.flatMap { row in
                (0..<8).flatMap { [UInt8(truncatingIfNeeded: row[$0]), UInt8(truncatingIfNeeded: row[$0] >> 8)] }
            }
    }
}
