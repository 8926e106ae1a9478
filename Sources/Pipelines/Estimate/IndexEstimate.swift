import Corpora
import Retrieval

/// What `index --dry-run` expects.
package struct IndexEstimate: Sendable, Codable, Equatable {
    /// The files to read.
    package var files = 0
    /// The bytes of the files.
    package var bytes = 0
    /// The size of the index in bytes.
    package var expectedIndexBytes = 0
    /// The time that indexing takes.
    package var expectedSeconds = 0.0
    /// Files and folders that would not be read.
    package var skipped: [RefusedFile] = []
    /// How many files and folders rules would leave out.
    package var leftOut = LeftOut()
    /// Globs that match nothing.
    package var idleGlobs: [IdleGlob] = []
}
