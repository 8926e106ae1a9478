import Foundation
import Indexes

/// The root folders that an index was made from, and the names that the index gives to files below them.
package struct CorpusRoots: Sendable, Equatable {
    /// Absolute paths.
    package let paths: [String]
    /// The roots of each of several indexes that are asked as one; empty for the roots of one index.
    let members: [Member]

    /// The roots of an index with the label that its paths begin with.
    struct Member: Equatable {
        let label: String
        let roots: CorpusRoots
    }

    /// The roots with these absolute paths.
    package init(_ paths: [String]) {
        self.paths = paths
        members = []
    }

    /// The roots of an index, or of all indexes that are asked as one.
    init(_ snapshot: IndexSnapshot) {
        members = snapshot.memberHeaders.map { Member(label: $0.label, roots: CorpusRoots($0.header)) }
        paths = members.isEmpty ? snapshot.header.options.roots : members.flatMap(\.roots.paths)
    }

    /// A label for each of several index files: its name without the extension, with a number where an earlier one has that
    /// name.
    static func labels(ofIndexes files: [String]) -> [String] {
        let names = files.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
        return CorpusRoots(names).labelled.map { $0.label.isEmpty ? $0.root : String($0.label.dropLast()) }
    }

    /// The roots of an index.
    package init(_ header: IndexHeader) { self.init(header.options.roots) }

    /// Every root with the label that starts the paths of its documents. A single root has no label. One of several is
    /// labelled by its name, with a number where an earlier root has that name.
    package var labelled: [(root: String, label: String)] {
        guard paths.count > 1 else { return paths.map { ($0, "") } }
        let names = paths.map { URL(fileURLWithPath: $0).lastPathComponent }
        var taken = Set(names.map(PathKey.init))
        var given: Set<PathKey> = []
        return zip(paths, names).map { root, name in
            var label = name
            var number = 2
            if !given.insert(PathKey(name)).inserted {
                repeat {
                    label = CorpusRoots.numbered(name, number)
                    number += 1
                } while !taken.insert(PathKey(label)).inserted
            }
            return (root, label + "/")
        }
    }

    /// A name with a number before its extension, so that the format of a file can be told from its new name too.
    private static func numbered(_ name: String, _ number: Int) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "\(name)-\(number)" }
        return "\(name[..<dot])-\(number)\(name[dot...])"
    }

    /// The name of the document of a root that is a file. `label` is the label of the root, `name` the name of the file.
    package static func documentPath(ofFileRoot label: String, name: String) -> String {
        label.isEmpty ? name : String(label.dropLast())
    }

    /// The name of a file in the index; nil for a file outside the roots.
    package func documentPath(of file: String) -> String? {
        guard members.isEmpty else {
            return members.lazy.compactMap { member in member.roots.documentPath(of: file).map { member.label + $0 } }.first
        }
        let file = URL(fileURLWithPath: file).standardizedFileURL
        for (root, label) in labelled {
            let folder = URL(fileURLWithPath: root)
            let resolved = (file.resolvingSymlinksInPath().path, folder.resolvingSymlinksInPath().path)
            for (file, folder) in [(file.path, folder.path), resolved] {
                if PathKey(file) == PathKey(folder) {
                    let name = URL(fileURLWithPath: file).lastPathComponent
                    return CorpusRoots.documentPath(ofFileRoot: label, name: name)
                }
                guard PathKey(folder).isFolder(of: PathKey(file)) else { continue }
                return label
                    + String(decoding: file.utf8.dropFirst(folder == "/" ? 1 : folder.utf8.count + 1), as: UTF8.self)
            }
        }
        return nil
    }
}
