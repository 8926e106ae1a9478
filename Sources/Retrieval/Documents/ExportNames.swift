import Indexes

/// The names that an export gives to extracted text: never the path of a document, nor of a folder above one.
package struct ExportNames {
    private var taken: Set<PathKey>

    /// - Parameter paths: the paths of all documents.
    package init(_ paths: [String]) {
        let keys = paths.map(PathKey.init)
        taken = Set(keys + keys.flatMap(\.folders))
    }

    /// The bytes of a name that file systems take at most.
    private static let longestName = 255

    /// The path with `.txt` at its end, and a number before that where the name is taken. A name that would be too long loses
    /// characters before that.
    package mutating func extracted(_ path: String) -> String {
        var name = ExportNames.joined(path, ".txt")
        var number = 2
        while !taken.insert(PathKey(name)).inserted {
            name = ExportNames.joined(path, ".\(number).txt")
            number += 1
        }
        return name
    }

    private static func joined(_ path: String, _ end: String) -> String {
        var path = path
        let folders = path.lastIndex(of: "/").map { path[...$0].utf8.count } ?? 0
        while path.utf8.count - folders + end.utf8.count > longestName, path.utf8.count > folders + 1 { path.removeLast() }
        return path + end
    }
}
