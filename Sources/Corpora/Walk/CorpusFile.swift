/// A regular file of a corpus, as the walk found it.
public struct CorpusFile: Sendable, Codable, Equatable {
    /// The path below the corpus root, with "/" between its parts.
    public let path: String
    /// The path to open, free of symbolic links.
    public let absolutePath: String
    /// Length in bytes.
    public let size: Int
    /// Time of the last modification in nanoseconds since 1970.
    public let modified: Int64
    /// The file's number on its device: it survives a move.
    public let inode: UInt64

    /// A file from its parts.
    public init(path: String, absolutePath: String, size: Int, modified: Int64, inode: UInt64) {
        self.path = path
        self.absolutePath = absolutePath
        self.size = size
        self.modified = modified
        self.inode = inode
    }
}
