import Indexes

/// The names that an export gives to extracted text: never the path of a document, nor of a folder above one.
package struct ExportNames {
    private var taken: Set<PathKey>

    /// - Parameter paths: the paths of all documents.
    package init(_ paths: [String]) {
        let keys = paths.map(PathKey.init)
        taken = Set(keys + keys.flatMap(\.folders))
    }

    /// The path with `.txt` at its end, and a number before that where the name is taken.
    package mutating func extracted(_ path: String) -> String {
        var name = path + ".txt"
        var number = 2
        while !taken.insert(PathKey(name)).inserted {
            name = "\(path).\(number).txt"
            number += 1
        }
        return name
    }
}
