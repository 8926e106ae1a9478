import Indexes
import Retrieval

/// Whether the files of an index are as they were when they were read.
package struct Freshness: Sendable, Codable, Equatable {
    /// Whether a refresh would find nothing to do.
    package let isFresh: Bool
    /// Files that are new or have another size or time.
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
        let failed = Set(plan.known.values.filter(\.isFailure).map { PathKey($0.path) })
        let changed = plan.changed.filter { !failed.contains(PathKey($0.path)) }
        return Freshness(
            isFresh: changed.isEmpty && plan.gone.isEmpty && plan.newlyRefused.isEmpty, changed: changed.count,
            gone: plan.gone.count)
    }
}

extension Source {
    fileprivate var isFailure: Bool {
        if case .failed = state { return true }
        return false
    }
}
