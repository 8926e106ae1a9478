import Foundation
import Retrieval

/// A root of an index that is at another place now.
package struct RootMove: Sendable, Equatable {
    /// The place that the index knows, or the name of the root in it.
    package let old: String
    /// The place where the root is now.
    package let new: String

    /// Reads `OLD=NEW`. Nil where one side is missing.
    package init?(_ text: String) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex, text.index(after: sign) < text.endIndex else {
            return nil
        }
        old = String(text[..<sign])
        new = String(text[text.index(after: sign)...])
    }

    /// The roots after some moves.
    ///
    /// Throws when a root that has moved is none of the index, or when nothing is at its new place.
    static func applied(_ moves: [RootMove], to roots: [String], of index: String) throws(IndexingError) -> [String] {
        var moved = roots
        for move in moves {
            let old = path(move.old)
            let labels = CorpusRoots(roots).labelled.map { String($0.label.dropLast()) }
            guard let at = roots.firstIndex(where: { path($0) == old }) ?? labels.firstIndex(of: move.old) else {
                throw .rootUnknown(move.old, index: index, roots: roots)
            }
            moved[at] = path(move.new)
            guard FileManager.default.fileExists(atPath: moved[at]) else { throw .movedRootMissing(moved[at]) }
        }
        return moved
    }

    private static func path(_ text: String) -> String { URL(fileURLWithPath: text).standardizedFileURL.path }
}
