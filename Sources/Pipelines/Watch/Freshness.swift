import Corpora
import Foundation
import Indexes
import Retrieval
import SystemPackage

/// Whether the files of an index are as they were when they were read.
package struct Freshness: Sendable, Codable, Equatable {
    /// Whether a refresh would find nothing to do.
    package let isFresh: Bool
    /// Files that are new, or have another size or time, or changed after the index was written.
    package let changed: Int
    /// Files that are gone.
    package let gone: Int
}

extension OpenIndex {
    /// Compares the files of the index with its roots. Nothing is read but folders.
    ///
    /// - Throws: `CorporaError` or `IndexingError` where the roots cannot be looked at.
    package func freshness() throws -> Freshness {
        let roots = try WalkedRoot.all(of: IndexOptions(snapshot.header.options), index: path)
        let plan = try RefreshPlan(roots: roots, known: snapshot.sources, allowEmpty: true)
        let written = FileManager.default.modificationMilliseconds(ofFile: path)
        let changed = plan.changed.filter {
            plan.known[FilePath($0.path)]?.tells(nothingNewOf: $0, written: written) != true
        }
        return Freshness(
            isFresh: changed.isEmpty && plan.gone.isEmpty && plan.newlyRefused.isEmpty, changed: changed.count,
            gone: plan.gone.count)
    }
}

extension FileManager {
    /// When a file was last written, in milliseconds since 1970; nil where that cannot be told. The log beside an index does not
    /// count: a reader makes it anew.
    fileprivate func modificationMilliseconds(ofFile path: String) -> Int64? {
        let date = try? attributesOfItem(atPath: path)[.modificationDate] as? Date
        return date.map { Int64($0.timeIntervalSince1970 * 1000) }
    }
}

extension Source {
    /// Whether a refresh reads a file again without a sign that the file has changed.
    ///
    /// - Parameter written: when the index was written last, in milliseconds since 1970.
    fileprivate func tells(nothingNewOf file: CorpusFile, written: Int64?) -> Bool {
        switch state {
        // Every refresh tries again to read the file.
        case .failed: true
        // The file had changed so shortly before it was read that its time was not kept.
        case .indexed, .skipped:
            modified == nil && size == file.size && written.map { file.modifiedMilliseconds <= $0 } ?? false
        }
    }
}
