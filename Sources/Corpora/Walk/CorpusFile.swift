/// A regular file that a walk found.
package struct CorpusFile: Sendable, Equatable {
    /// The path below the corpus root. "/" separates its parts.
    package let path: String
    /// The path to open. It holds no symbolic links.
    package let absolutePath: String
    /// The length in bytes.
    package let size: Int
    /// The time of the last change in nanoseconds since 1970. A change of the name, mode or place of the file counts too.
    package let modified: Int64

    /// Makes a file from its parts.
    package init(path: String, absolutePath: String, size: Int, modified: Int64) {
        self.path = path
        self.absolutePath = absolutePath
        self.size = size
        self.modified = modified
    }
}
