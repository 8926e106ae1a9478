import Foundation
import Indexes

/// The paths that stored files have after the roots of an index have changed: the label of a root depends on the others.
package struct RootRenaming: Sendable {
    /// A root before the change.
    private struct Root {
        let label: String
        /// The label after the change; nil for a root that is dropped.
        let newLabel: String?
        /// Whether the root is a file, where that cannot be told from the path of the stored file.
        let isFile: Bool
        /// The name of the root where it is a file.
        let name: String
    }

    private let roots: [Root]

    /// The renaming from the roots `old` to the roots `new`.
    ///
    /// - Parameters:
    ///   - places: for each old root its position among the new ones; nil where it is dropped.
    ///   - paths: the stored paths. They tell what a single root is that is not there any more.
    package init(_ old: CorpusRoots, to new: CorpusRoots, places: [Int?], paths: [String]) {
        let labels = new.labelled.map(\.label)
        roots = zip(old.labelled, places).map { root, place in
            let file = URL(fileURLWithPath: place.map { new.paths[$0] } ?? root.root).resolvingSymlinksInPath()
            return Root(
                label: root.label, newLabel: place.map { labels[$0] },
                isFile: RootRenaming.isFile(file, paths: paths), name: file.lastPathComponent)
        }
    }

    private static func isFile(_ root: URL, paths: [String]) -> Bool {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder) { return !isFolder.boolValue }
        return paths.map(PathKey.init) == [PathKey(root.lastPathComponent)]
    }

    /// The new path of a stored file; nil for one that belongs to no root any more.
    package func path(of path: String) -> String? {
        for root in roots {
            guard let below = below(root, path) else { continue }
            return root.newLabel.map { label in
                if let below { return label + below }
                return CorpusRoots.documentPath(ofFileRoot: label, name: root.name)
            }
        }
        return nil
    }

    /// The path below a root, or `.some(nil)` for the root itself; nil for a path of another root.
    private func below(_ root: Root, _ path: String) -> String?? {
        guard !root.label.isEmpty else { return .some(root.isFile ? nil : path) }
        let label = root.label.utf8
        if path.utf8.elementsEqual(label.dropLast()) { return .some(nil) }
        guard path.utf8.starts(with: label) else { return nil }
        return String(decoding: path.utf8.dropFirst(label.count), as: UTF8.self)
    }
}
