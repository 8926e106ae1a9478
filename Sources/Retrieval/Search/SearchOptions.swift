/// How many passages a search returns and reads, and how sure an answer must be.
package struct SearchOptions: Sendable {
    /// The number of passages to return.
    package var top = 5
    /// The largest number of passages that are reconstructed and scored on their text. Passages far behind the best one are
    /// not read.
    package var rescored = 24
    /// The largest number of passages that the reader reads: the best of those that were scored on their text, where their
    /// scores are near the first one's. 0 for none.
    package var read = 10
    /// How far behind the best passage another one may be, before the reader reads, and still be read.
    package var readingMargin = 1.0
    /// Which passages may be returned.
    package var filter = SearchFilter()
    /// The confidence below which nothing is said to be found.
    package var confidence = Confidence.threshold

    /// The largest number of candidates; where phrases must stand in the text, many may fail.
    var candidates: Int { filter.phrases.isEmpty && filter.excluded.isEmpty ? rescored : max(rescored, 512) }

    /// The default options, with conditions.
    package init(filter: SearchFilter = SearchFilter()) { self.filter = filter }

    /// Returns this many passages, and scores at least as many on their text.
    package mutating func take(top count: Int) {
        top = count
        rescored = max(rescored, count)
    }
}
