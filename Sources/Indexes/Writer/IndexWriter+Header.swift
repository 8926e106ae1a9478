extension IndexWriter {
    /// Stores what the index was made from and what the walk left out. Writes nothing where both are as they were.
    package func describe(options: StoredOptions, leftOut: [String: Int]) throws {
        let header = header
        let leftOut = leftOut.filter { $0.value > 0 }
        guard header.options != options || header.leftOut != leftOut else { return }
        try change { _, state in
            state.meta.header.options = options
            state.meta.header.leftOut = leftOut
        }
    }
}
