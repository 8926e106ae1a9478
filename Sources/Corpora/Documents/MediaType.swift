/// The format of the file that a document was read from. Each reader defines its own media type.
public struct MediaType: RawRepresentable, Sendable, Hashable {
    /// The name that an index stores.
    public let rawValue: String

    /// Makes the media type of this name.
    public init(rawValue: String) { self.rawValue = rawValue }
}
