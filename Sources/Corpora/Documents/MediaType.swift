/// The format of the file that a document was read from. Each reader defines its own media type.
package struct MediaType: RawRepresentable, Sendable, Hashable {
    /// The name that an index stores.
    package let rawValue: String

    /// Makes the media type of this name.
    package init(rawValue: String) { self.rawValue = rawValue }
}
