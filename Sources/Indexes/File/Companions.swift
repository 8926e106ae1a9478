import Foundation
import SystemPackage

/// The endings of the files beside an index: each is called by the name of the index with one of these endings.
enum Companion {
    static let writerLock = "-writer"
    /// Files that SQLite puts beside any database.
    static let log = "-wal"
    static let sharedMemory = "-shm"
    static let journal = "-journal"
    static let database = [log, sharedMemory, journal]
    /// What is made beside an index: 16 hexadecimal digits follow, drawn anew each time. So whatever has such a name was
    /// made by this program, and whatever has another name was not.
    private static let drafts = ["-new-", "-repair-"]

    /// The ending of an index that is not whole yet.
    static func draft() -> String { drafts[0] + digits() }

    /// The ending of the folder of a repair.
    static func repair() -> String { drafts[1] + digits() }

    private static func digits() -> String {
        let text = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    /// Whether an ending is that of a draft or of a file beside one.
    static func isOfDraft(_ end: String) -> Bool {
        guard let start = drafts.first(where: { end.hasPrefix($0) }) else { return false }
        let rest = end.dropFirst(start.count)
        let isDrawn = rest.count >= 16 && rest.prefix(16).utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
        return isDrawn && (rest.count == 16 || database.contains(String(rest.dropFirst(16))))
    }
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
        [index, index + Companion.writerLock] + Companion.database.map { index + $0 } + drafts(of: index)
    }

    /// What runs have begun to make beside an index, and did not complete or remove yet.
    private static func drafts(of index: String) -> [String] {
        let folder = FilePath(folder(of: index))
        let name = Array((FilePath(index).lastComponent?.string ?? "").utf8)
        // Where the names cannot be listed, nothing can be removed either.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
        return names.filter {
            $0.utf8.starts(with: name) && Companion.isOfDraft(String(decoding: $0.utf8.dropFirst(name.count), as: UTF8.self))
        }.map { folder.appending($0).string }
    }

    /// Removes what runs have begun to make beside an index. The caller is its writer: nobody else makes anything there.
    static func removeDrafts(of index: String) {
        for path in drafts(of: index) { try? FileManager.default.removeItem(atPath: path) }  // the next run tries again
    }
}

/// What stands at the path of a file beside an index and is none of the program's.
enum Obstacle {
    /// Refuses what SQLite cannot use, or would remove, beside an index that is there. A journal is never ours: an index has
    /// a log.
    static func check(beside file: String) throws {
        for end in Companion.database {
            guard let size = try size(of: file + end), end == Companion.journal, size > 0 else { continue }
            throw IndexError.inTheWay(file + end)
        }
    }

    /// Refuses what would be lost, or would be taken for part of the index, beside one that is to be made.
    static func checkNew(beside file: String) throws {
        for end in Companion.database {
            guard let size = try size(of: file + end), size > 0 else { continue }
            if end == Companion.sharedMemory, isSharedMemory(file + end) { continue }
            throw IndexError.inTheWay(file + end)
        }
    }

    /// The size of a file; nil where there is none.
    /// - Throws: where there is something else than a file.
    static func size(of path: String) throws -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { throw IndexError.inTheWay(path) }
        return Int(status.st_size)
    }

    /// Whether a file begins with the version that SQLite writes there. Readers that outlive an index leave one.
    private static func isSharedMemory(_ path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        guard let start = try? handle.read(upToCount: 4), start.count == 4 else { return false }
        return start.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) } == 3_007_000
    }
}
