import Foundation
import SystemPackage

/// The endings of the files beside an index: each is called by the name of the index with one of these endings.
enum Companion {
    static let writerLock = "-writer"
    /// An index that is being made and is not whole yet.
    static let draft = "-new"
    /// A folder.
    static let repair = "-repair"
    /// Files that SQLite puts beside any database.
    static let log = "-wal"
    static let database = [log, "-shm", "-journal"]
}

extension IndexFile {
    /// The absolute path of an index without symbolic links. An index that does not exist yet has the path of its folder
    /// with its name, or the path that a link leads to.
    package static func resolved(_ path: String) -> String { resolved(path, links: 40) }

    /// - Parameter links: how many links to files that are not there are followed, should they lead to one another.
    private static func resolved(_ path: String, links: Int) -> String {
        func real(_ path: String) -> String? {
            guard let found = realpath(path, nil) else { return nil }
            defer { free(found) }
            return String(cString: found)
        }
        if let file = real(path) { return file }
        // Nothing is there, or no link.
        if links > 0, let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
            return resolved(FilePath(folder(of: path)).pushing(FilePath(target)).string, links: links - 1)
        }
        guard let folder = real(folder(of: path)), let name = FilePath(path).lastComponent else { return path }
        return FilePath(folder).appending(name).string
    }

    /// Whether commits stand in a log beside an index that are not in the file yet.
    package static func hasLog(_ path: String) -> Bool {
        let log = resolved(path) + Companion.log
        return ((try? FileManager.default.attributesOfItem(atPath: log))?[.size] as? Int ?? 0) > 0  // absent: no log
    }

    /// The folder of a file, "." for a name without a folder.
    static func folder(of path: String) -> String {
        let folder = FilePath(path).removingLastComponent()
        return folder.isEmpty ? "." : folder.string
    }

    /// The paths of an index and of all files that may stand beside it. Most of these files exist only for a while.
    package static func paths(of index: String) -> [String] {
        ["", Companion.draft].flatMap { made in [index + made] + Companion.database.map { index + made + $0 } }
            + [index + Companion.writerLock, index + Companion.repair]
    }
}
