import Corpora
import Indexes

/// An error about the roots and the options of an index.
package enum IndexingError: Error, Sendable, Equatable {
    /// A root is given twice.
    case rootTwice(String)
    /// A root is an index.
    case rootIsIndex(String)
    /// A root lies in another one.
    case rootInside(String, outer: String)
    /// A root holds no file to index.
    case rootEmpty(String)
    /// There is no file to index, and the file or folder at `path` could not be looked at.
    case nothingSeen(path: String, Reason)
    /// All `known` files of an index are gone.
    case allGone(roots: [String], known: Int)
    /// The index was made with other options than are asked for: each pair has the value of the index and the other one.
    case otherOptions(index: String, [OptionDifference])
    /// A root that is said to have moved is none of the index.
    case rootUnknown(String, index: String, roots: [String])
    /// A change leaves an index without any root.
    case noRootLeft(index: String)
    /// A pipeline names other roots than those of its index, and too few of the files that the index knows are below them.
    case otherCorpus(index: String, roots: [String])
    /// There is nothing at the new place of a root.
    case movedRootMissing(String)
    /// The new places of roots hold too few of the files that the index knows (`RefreshPlan.findsKnownFiles`).
    case noKnownFile(roots: [String])
}
