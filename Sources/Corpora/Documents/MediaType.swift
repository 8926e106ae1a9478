/// The kind of file that a document was read from. Each reader names its own.
public struct MediaType: RawRepresentable, Sendable, Hashable {
    /// The name that an index stores.
    public let rawValue: String

    /// A kind with this name.
    public init(rawValue: String) { self.rawValue = rawValue }
}
