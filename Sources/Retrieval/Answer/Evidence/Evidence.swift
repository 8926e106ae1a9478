/// A unit that may be quoted, with what speaks for it.
struct Evidence: Sendable {
    /// The position of its passage among the sources.
    let source: Int
    let unit: EvidenceUnit
    let parts: EvidenceParts
    var score: Double
    /// The share of the question's weight that the unit covers, with the sentence before, its context and its headings.
    let coverage: Double
    /// What lowers the confidence, as parts of the logarithm of the odds.
    var doubt: Double
    /// Words of the question that the unit and what speaks for it lack, and that an answer must speak of.
    var missing: [String]
    /// Words of the question that stand nowhere in the index and are like no word of the unit.
    let doubtful: [String]
    /// The head of the cell of the row that is asked for and is empty.
    let emptyCell: String?
    /// Whether the unit may be quoted at all.
    var mayAnswer: Bool { missing.isEmpty }
    /// The logarithm of the probability of the reader's best answer in the unit; nil where it did not read the unit.
    var span: Double?
    /// The cell that answers, where the row was found by comparing all rows of its table.
    var cell: Range<Int>?
    /// Whether several rows are equal there, so that none answers alone.
    var isTied = false
    /// How many rows its table has, of those that are asked for, where the question counts them.
    var count: Int?
}
