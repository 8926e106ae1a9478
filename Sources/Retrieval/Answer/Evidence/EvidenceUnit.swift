/// A part of a text that can answer a question by itself, and the parts beside it that say what it speaks of.
///
/// The head of a table, a question and a lead-in with a colon are no units: their rows, answer and items are. A heading is one
/// only where it says something, as "The gate closes at nine" does.
package struct EvidenceUnit: Sendable, Equatable {
    package enum Kind: Sendable {
        case sentence
        /// A row of a table.
        case row
        /// A sentence of a list.
        case item
        /// The items after a lead-in or a heading, as a whole.
        case list
        /// "Key: value".
        case pair
        /// What follows a question.
        case answer
        /// A heading that says something.
        case heading
    }

    package let kind: Kind
    /// The bytes to quote.
    package var range: Range<Int>
    /// The head of the table, the lead-in, or the question above.
    package let context: [Range<Int>]
    /// The headings above, the outermost first.
    package let headings: [Range<Int>]
    /// The cells of a row, and the cells of the table's head.
    package var cells: [Range<Int>] = []
    package var head: [Range<Int>] = []
    /// The sentence before, in the same paragraph.
    package var previous: Range<Int>?
    /// The last sentence before it in the paragraph that begins with no pronoun, where the unit begins with one.
    package var named: Range<Int>?

    package init(_ kind: Kind, _ range: Range<Int>, context: [Range<Int>] = [], headings: [Range<Int>] = []) {
        self.kind = kind
        self.range = range
        self.context = context
        self.headings = headings
    }
}
