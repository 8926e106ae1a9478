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
        // A file that could not be read before is tried again by every refresh; it is not news.
        let written = FileManager.default.modificationMilliseconds(ofFile: path)
        let failed = Set(plan.known.values.filter(\.isFailure).map { PathKey($0.path) })
        let changed = plan.changed.filter { file in
            if failed.contains(PathKey(file.path)) { return false }
            guard let known = plan.known[FilePath(file.path)], known.isReadAgain, known.size == Int64(file.size) else {
                return true
            }
            // Its time was too new when it was read: every refresh reads it again. Here its time tells whether that is news.
            return written.map { file.modifiedMilliseconds > $0 } ?? true
        }
        return Freshness(
            isFresh: changed.isEmpty && plan.gone.isEmpty && plan.newlyRefused.isEmpty, changed: changed.count,
            gone: plan.gone.count)
    }
}

extension FileManager {
    /// When a file was last written, in milliseconds since 1970; nil where that cannot be told.
    fileprivate func modificationMilliseconds(ofFile path: String) -> Int64? {
        let files = [path, path + "-wal"].compactMap { try? attributesOfItem(atPath: $0)[.modificationDate] as? Date }
        return files.max().map { Int64($0.timeIntervalSince1970 * 1000) }
    }
}

extension Source {
    /// Whether the file was changed so shortly before it was read that its time cannot tell a later change.
    fileprivate var isReadAgain: Bool {
        if case .indexed = state { return modified == nil }
        return false
    }

    fileprivate var isFailure: Bool {
        if case .failed = state { return true }
        return false
    }
}
