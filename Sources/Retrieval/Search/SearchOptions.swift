/// How many passages a search returns and reads.
package struct SearchOptions: Sendable {
    /// The number of passages to return.
    package var top = 5
    /// The largest number of passages that are reconstructed and scored on their text. Passages far behind the best one are
    /// not read.
    package var rescored = 24
    /// The number of passages that the reader reads, the best of those that were scored on their text; 0 for none.
    package var read = 10

    /// The default options.
    package init() {}
}
