/// A word of a query, as an index is asked for it.
package struct WordQuery: Sendable {
    /// A way in which texts write the word: folded terms, all of which a passage must hold.
    package struct Reading: Sendable {
        /// The terms.
        package let terms: [[UInt8]]
        /// What an occurrence counts.
        package let weight: Double

        /// A reading from its parts.
        package init(terms: [[UInt8]], weight: Double) {
            self.terms = terms
            self.weight = weight
        }
    }

    /// The readings; a passage counts by the best one that it holds.
    package let readings: [Reading]
    /// Documents whose every passage counts, because their names hold the word: positions in `IndexSnapshot.documents`.
    package let documents: [(position: Int, weight: Double)]
    /// The number of passages that says how rare the word is.
    package let count: Int

    /// A word from its parts.
    package init(readings: [Reading], documents: [(position: Int, weight: Double)] = [], count: Int) {
        self.readings = readings
        self.documents = documents
        self.count = count
    }
}
