import Retrieval

extension Statistics.Parts {
    /// The parts of an index by the names that people read, each with its bytes. The parts add up to the index.
    var named: [(name: String, bytes: Int)] {
        [
            ("residual of the text", residual), ("term sets and lexicons", terms), ("memory codes", memoryCodes),
            ("passages", passages), ("documents", documents), ("files", sources), ("free and overhead", overhead),
        ]
    }
}
