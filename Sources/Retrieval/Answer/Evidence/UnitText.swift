import Memory

/// A unit with the texts that speak for it, each with its words.
struct UnitText {
    let unit: EvidenceUnit
    let passage: EvidenceSource
    /// The unit itself.
    let own: WordRow
    /// With the head, the lead-in or the question above it.
    let near: WordRow
    /// With headings, title and path too.
    let close: WordRow
    /// With the sentence before too.
    let all: WordRow
    /// The sentence before, behind the one that names what a pronoun stands for; empty where there is none.
    let previous: WordRow
    /// The headings above, and title and path behind them.
    let headings: [UInt8]
    let above: WordRow
    /// The numbers of the unit itself.
    let quantities: [Quantity]
    let ownBag: WordBag
    let nearBag: WordBag
    let closeBag: WordBag

    init(_ unit: EvidenceUnit, in passage: EvidenceSource) {
        self.unit = unit
        self.passage = passage
        own = WordRow(Array(passage.text[unit.range]))
        quantities = own.quantities
        near = unit.context.isEmpty ? own : WordRow(own.text + [32] + passage.context(of: unit))
        // "She carries 90 cars. Her captain is …": the sentence that names her is further up.
        var before = unit.previous.map { Array(passage.text[$0]) } ?? []
        if let named = unit.named, named != unit.previous { before = Array(passage.text[named]) + [32] + before }
        previous = WordRow(before)
        headings = passage.headings(of: unit)
        above = WordRow(headings + passage.name)
        close = WordRow(near.text + [32] + above.text)
        all = previous.text.isEmpty ? close : WordRow(near.text + [32] + previous.text + [32] + above.text)
        ownBag = WordBag(own)
        nearBag = unit.context.isEmpty ? ownBag : WordBag(near)
        closeBag = WordBag(close)
    }
}
