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
    /// The shards of the corpus that are taken; nil for the whole corpus.
    package var shards: Shards?

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
    case ignoreFiles(Bool)
    case hidden(Bool)
    /// In bytes; nil for the usual limits.
    case fileSize(Int?)
    case recognition(Bool)
    case shards(Shards?)
}

/// An option that differs between two sets of options.
package struct OptionDifference: Sendable, Hashable {
    /// The option of an index.
    package let stored: IndexOption
    /// The option that is asked for.
    package let wanted: IndexOption

    /// A difference from its sides.
    package init(stored: IndexOption, wanted: IndexOption) {
        self.stored = stored
        self.wanted = wanted
    }
}

extension IndexOptions {
    private var all: [IndexOption] {
        [
            .roots(roots), .include(include), .exclude(exclude), .ignoreFiles(ignoreFiles), .hidden(hidden),
            .recognition(limits.recognisesPages), .fileSize(StoredOptions(self).maximumFileSize), .shards(shards),
        ]
    }

    /// The options whose values differ from those that are wanted.
    func differences(from wanted: IndexOptions) -> [OptionDifference] {
        zip(all, wanted.all).filter { $0 != $1 }.map { OptionDifference(stored: $0, wanted: $1) }
    }

    /// Throws where an index was made with other options than these. One that has lost its roots takes any.
    func checkSame(as kept: IndexOptions, of index: String) throws(IndexingError) {
        let differences = kept.differences(from: self)
        guard kept.roots.isEmpty || differences.isEmpty else { throw .otherOptions(index: index, differences) }
    }

    /// Throws where a root is an index: its documents have roots of their own.
    func refuseIndexes() throws(IndexingError) {
        for root in roots where IndexFile.isIndex(at: root) { throw .rootIsIndex(root) }
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
