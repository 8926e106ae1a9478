/// A regular file of a corpus, as the walk found it.
public struct CorpusFile: Sendable, Equatable {
    /// The path below the corpus root, with "/" between its parts.
    public let path: String
    /// The path to open, free of symbolic links.
    public let absolutePath: String
    /// The length in bytes.
    public let size: Int
    /// The time of the last change in nanoseconds since 1970: of the bytes, or of the name, mode or place of the file.
    public let modified: Int64

    /// A file from its parts.
    public init(path: String, absolutePath: String, size: Int, modified: Int64) {
        self.path = path
        self.absolutePath = absolutePath
        self.size = size
        self.modified = modified
    }
}
