import Foundation
import Retrieval

/// A root of an index that is at another place now, as `OLD=NEW`.
///
/// OLD is the place that the index knows, or the name of the root in it. Both sides may hold "=": the roots of an index say where
/// OLD ends.
package struct RootMove: Sendable, Equatable {
    private let text: String

    /// Nil for a text in which one side is missing.
    package init?(_ text: String) {
        self.text = text
        if readings.isEmpty { return nil }
    }

    /// The sides of every "=" that has something on both, the longest OLD first.
    private var readings: [(old: String, new: String)] {
        text.indices.reversed().filter { text[$0] == "=" }.compactMap { sign in
            let (old, new) = (text[..<sign], text[text.index(after: sign)...])
            return old.isEmpty || new.isEmpty ? nil : (String(old), String(new))
        }
    }

    /// The roots after some moves.
    ///
    /// Throws when a root that has moved is none of the index, or when nothing is at its new place.
    static func applied(_ moves: [RootMove], to roots: [String], of index: String) throws(IndexingError) -> [String] {
        var moved = roots
        let labels = CorpusRoots(roots).labelled.map { String($0.label.dropLast()) }
        for move in moves {
            let known = move.readings.compactMap { reading in
                let old = path(reading.old)
                let at = roots.firstIndex { path($0) == old } ?? labels.firstIndex(of: reading.old)
                return at.map { (at: $0, new: path(reading.new)) }
            }
            guard let found = known.first(where: { exists($0.new) }) ?? known.first else {
                throw .rootUnknown(move.readings.last?.old ?? move.text, index: index, roots: roots)
            }
            guard exists(found.new) else { throw .movedRootMissing(found.new) }
            moved[found.at] = found.new
        }
        return moved
    }

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func path(_ text: String) -> String { URL(fileURLWithPath: text).standardizedFileURL.path }
}
