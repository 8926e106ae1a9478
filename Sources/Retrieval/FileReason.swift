/// A file or a document, and why something could not be done with it.
public struct FileReason: Sendable, Codable, Equatable {
    public let path: String
    public let reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}
