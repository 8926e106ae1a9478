import Corpora
import Indexes

/// An error about the roots and the options of an index.
package enum IndexingError: Error, Sendable, Equatable {
    /// A root is given twice.
    case rootTwice(String)
    /// A root lies in another one.
    case rootInside(String, outer: String)
    /// A root holds no file to index.
    case rootEmpty(String)
    /// There is no file to index, and the file or folder at `path` could not be looked at.
    case nothingSeen(path: String, Reason)
    /// All `known` files of an index are gone.
    case allGone(roots: [String], known: Int)
    /// The index was made with other options. The payload holds the options of the index.
    case otherOptions(index: String, [IndexOption])
    /// A root that is said to have moved is none of the index.
    case rootUnknown(String, index: String, roots: [String])
    /// There is nothing at the new place of a root.
    case movedRootMissing(String)
    /// The new places of roots hold no file that the index knows.
    case noKnownFile(roots: [String])
}
