import Corpora
import Foundation
import Indexes
import SystemPackage

/// What an index was made from and how: kept in the index, so that `refresh` needs no option again.
package struct IndexOptions: Sendable, Equatable {
    /// Absolute paths of the corpus roots. With several, a document's path begins with its root's label.
    package var roots: [String]
    /// Globs of the files to take; empty for all files.
    package var include: [String] = []
    /// Globs of the files and folders to leave out.
    package var exclude: [String] = []
    /// Whether `.gitignore` files are honoured.
    package var ignoreFiles = true
    /// Whether hidden files and folders are read.
    package var hidden = false
    /// What one file may cost.
    package var limits = ExtractionLimits()

    /// The default options for these roots.
    package init(roots: [String]) {
        limits.recognisesPages = true
        self.roots = roots.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    }
}

/// An option that decides what is in an index.
package enum IndexOption: Sendable, Hashable {
    case roots([String])
    case include([String])
    case exclude([String])
    case ignoreFiles
    case hidden
    case fileSize
    case recognition
}

extension IndexOptions {
    /// The options whose values differ, with their values here.
    func differences(from other: IndexOptions) -> [IndexOption] {
        let all: [(IndexOption, isSame: Bool)] = [
            (.roots(roots), roots == other.roots), (.include(include), include == other.include),
            (.exclude(exclude), exclude == other.exclude), (.ignoreFiles, ignoreFiles == other.ignoreFiles),
            (.hidden, hidden == other.hidden),
            (.recognition, limits.recognisesPages == other.limits.recognisesPages),
            (.fileSize, StoredOptions(self).maximumFileSize == StoredOptions(other).maximumFileSize),
        ]
        return all.filter { !$0.isSame }.map(\.0)
    }

    /// Throws where a root lies in another or is given twice: its files would be indexed twice.
    func checkRoots() throws(IndexingError) {
        let paths = roots.map { FilePath(URL(fileURLWithPath: $0).resolvingSymlinksInPath().path) }
        for (i, path) in paths.enumerated() {
            if paths[..<i].contains(path) { throw .rootTwice(roots[i]) }
            if let outer = paths.firstIndex(where: { $0 != path && path.starts(with: $0) }) {
                throw .rootInside(roots[i], outer: roots[outer])
            }
        }
    }
}
