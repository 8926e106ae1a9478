/// The model that an index is coded with; without the same one it cannot be read.
public struct ModelIdentity: Sendable, Equatable {
    /// SHA-256 of the weights.
    public var hash: [UInt8]
    public var name: String
    /// The bytes of every passage's dense code.
    public var passageMemorySize: Int

    public init(hash: [UInt8], name: String, passageMemorySize: Int) {
        self.hash = hash
        self.name = name
        self.passageMemorySize = passageMemorySize
    }
}

/// What an index says of itself before anything is decoded.
public struct IndexHeader: Sendable, Equatable {
    public var formatVersion: Int
    public var model: ModelIdentity
    /// The `id` of the base lexicon it was written with.
    public var lexiconID: [UInt8]
    /// Options kept for the next refresh, in the caller's own keys.
    public var settings: [String: String]
}
