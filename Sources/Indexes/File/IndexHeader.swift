/// The model that an index is coded with. Only the same model reads the index.
package struct ModelIdentity: Sendable, Equatable {
    /// SHA-256 of the weights.
    package var hash: [UInt8]
    /// The name of the model, for messages.
    package var name: String
    /// The bytes of the memory code of each passage.
    package var passageMemorySize: Int
    /// The file that the model was read from, for messages; nil for the model that an index names.
    package var file: String?

    /// An identity from its parts.
    package init(hash: [UInt8], name: String, passageMemorySize: Int, file: String? = nil) {
        self.hash = hash
        self.name = name
        self.passageMemorySize = passageMemorySize
        self.file = file
    }

    /// Whether a model reads what the other one wrote.
    package static func == (a: ModelIdentity, b: ModelIdentity) -> Bool {
        a.hash == b.hash && a.name == b.name && a.passageMemorySize == b.passageMemorySize
    }
}

/// The facts about an index that can be read without decoding a segment.
package struct IndexHeader: Sendable, Equatable {
    /// The version of the format.
    package var formatVersion: Int
    /// The model that reads the index.
    package var model: ModelIdentity
    /// The `id` of the base lexicon that the index was written with.
    package var lexiconID: [UInt8]
    /// The roots and options that the index was made with. The next refresh uses them.
    package var options: StoredOptions
    /// How many files and folders the last walk left out, by the name of the kind of rule.
    package var leftOut: [String: Int] = [:]
}
