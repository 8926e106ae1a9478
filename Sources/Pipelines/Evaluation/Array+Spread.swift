extension Array {
    /// At most `limit` elements, spread evenly.
    package func spread(_ limit: Int) -> [Element] {
        guard count > limit else { return self }
        return (0..<limit).map { self[$0 * count / limit] }
    }
}
