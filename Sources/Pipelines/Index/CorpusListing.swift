import Corpora
import Foundation
import Indexes
import Retrieval
import SystemPackage

/// The files below all roots of an index. The index itself and the files beside it are left out.
package struct CorpusListing: Equatable {
    /// A file or folder that is not read.
    package typealias Skipped = CorpusWalk.Entry

    /// The files to read, with the paths that they have in the index.
    package var files: [CorpusFile] = []
    /// What is not read.
    package var skipped: [Skipped] = []
    /// What rules left out, of all shards.
    package var leftOut = LeftOut()
    /// The positions of globs to take and to leave out that match nothing.
    var idleInclude: Set<Int> = []
    var idleExclude: Set<Int> = []
    /// The number of files that belong to other shards.
    package var filesOfOtherShards = 0

    /// What a walk found.
    package init(files: [CorpusFile] = [], skipped: [Skipped] = [], leftOut: LeftOut = LeftOut()) {
        self.files = files
        self.skipped = skipped
        self.leftOut = leftOut
    }

    /// What belongs to some shards. What could not be looked at belongs to all: it may hold files of each.
    func of(_ shards: Shards?) -> CorpusListing {
        guard let shards else { return self }
        var share = self
        share.files = files.filter { shards.take($0.path) }
        share.skipped = skipped.filter { $0.refusal.isUnseen || shards.take($0.path) }
        share.filesOfOtherShards = files.count - share.files.count
        return share
    }

    /// The same files under other names.
    func named(_ name: (String) -> String) -> CorpusListing {
        var listing = self
        listing.files = files.map {
            CorpusFile(path: name($0.path), absolutePath: $0.absolutePath, size: $0.size, modified: $0.modified)
        }
        listing.skipped = skipped.map { Skipped(path: name($0.path), refusal: $0.refusal) }
        return listing
    }
}

/// What a walk of one root found.
package struct WalkedRoot {
    /// The root as the options name it.
    package let root: String
    /// What the paths of its documents begin with.
    package let label: String
    /// The files, or why there are none.
    package let outcome: Result<CorpusListing, CorporaError>

    /// The listing of one root, or why there is none.
    package init(root: String, label: String, outcome: Result<CorpusListing, CorporaError>) {
        self.root = root
        self.label = label
        self.outcome = outcome
    }
}

extension WalkedRoot {
    /// Walks every root.
    ///
    /// - Parameter index: the index file, where there is to be one.
    static func all(of options: IndexOptions, index: String? = nil) throws(CorporaError) -> [WalkedRoot] {
        let own = Set((index.map { IndexFile.paths(of: IndexFile.resolved($0)) } ?? []).map { FilePath($0) })
        var roots: [WalkedRoot] = []
        for (root, label) in CorpusRoots(options.roots).labelled {
            let walk = try CorpusWalk(
                root: root, include: options.include, exclude: options.exclude, ignoreFiles: options.ignoreFiles,
                hidden: options.hidden, forms: RootPatterns((root, label), of: options.roots).forms)
            let outcome = Result { () throws(CorporaError) in
                let found = try walk.listing()
                var listing = CorpusListing(
                    files: found.files.filter { !FilePath($0.absolutePath).isIn(own) }, skipped: found.skipped,
                    leftOut: found.leftOut
                ).of(options.shards)
                (listing.idleInclude, listing.idleExclude) = (found.idleInclude, found.idleExclude)
                guard found.file == nil else {
                    return listing.named { CorpusRoots.documentPath(ofFileRoot: label, name: $0) }
                }
                return listing.named { label + $0 }
            }
            roots.append(WalkedRoot(root: root, label: label, outcome: outcome))
        }
        return roots
    }
}

extension FilePath {
    /// Whether the path or a folder above it is one of `paths`.
    func isIn(_ paths: Set<FilePath>) -> Bool {
        guard !paths.isEmpty else { return false }
        var path = self
        while !path.isEmpty {
            if paths.contains(path) { return true }
            if !path.removeLastComponent() { return false }
        }
        return false
    }
}
