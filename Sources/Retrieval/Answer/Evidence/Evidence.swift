/// A unit that may be quoted, with what speaks for it.
struct Evidence: Sendable {
    /// The position of its passage among the sources.
    let source: Int
    let unit: EvidenceUnit
    let parts: EvidenceParts
    var score: Double
    /// The share of the question's weight that the unit covers, with the sentence before, its context and its headings.
    var coverage: Double
    /// What lowers the confidence, as parts of the logarithm of the odds.
    var doubt: Double
    /// Words of the question that the unit and what speaks for it lack, and that an answer must speak of.
    var missing: [String]
    /// Words of the question that stand nowhere in the index and are like no word of the unit.
    var doubtful: [String]
    /// The head of the cell of the row that is asked for and is empty.
    let emptyCell: String?
    /// Whether the unit may be quoted at all.
    var mayAnswer: Bool { missing.isEmpty }
    /// The logarithm of the probability of the reader's best answer in the unit; nil where it did not read the unit.
    var span: Double?
    /// What all rows of its table tell of a row; nil where they were not looked at together.
    var ofTable: OfTable?

    /// What all rows of a table tell together.
    enum OfTable: Sendable {
        /// The row that a superlative asks for, with the cell that names it.
        case row(name: Range<Int>?)
        /// One of several rows that are equal, so that none answers alone.
        case tied
        /// How many rows a question counts.
        case count(Int)
        /// The cells of all rows that answer alike, and the bytes of that of this row.
        case cells([String], first: Range<Int>)
    }
}
