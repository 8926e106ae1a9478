import Glibc
import SystemPackage

/// The repository that a folder belongs to, as far as its rules about ignored files go.
struct GitRepository {
    /// The folder that holds `.git`.
    let top: FilePath
    /// The rules of `info/exclude`, which apply below `top`.
    let exclude: IgnoreRules

    /// The repository whose top is `folder`. Nil when the folder holds no `.git`.
    init?(top folder: FilePath) throws(Refusal) {
        let git = folder.appending(".git")
        var status = stat()
        guard git.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
        top = folder
        switch status.kind {
        case S_IFDIR: exclude = try Self.exclude(in: git)
        // A work tree or submodule names the folder of its data in a file.
        case S_IFREG: exclude = try Self.dataFolder(namedBy: git).map(Self.exclude) ?? IgnoreRules(file: [])
        default: return nil
        }
    }

    /// The repository that holds `folder`, found in the folder or in one above it.
    static func holding(_ folder: FilePath) throws(Refusal) -> GitRepository? {
        var folder = folder
        while true {
            if let repository = try GitRepository(top: folder) { return repository }
            guard folder.removeLastComponent() else { return nil }
        }
    }

    private static func exclude(in data: FilePath) throws(Refusal) -> IgnoreRules {
        IgnoreRules(file: try IgnoreRules.bytes(at: data.appending("info").appending("exclude")))
    }

    /// The folder of the data that all work trees of a repository share. Nil when `.git` names none.
    private static func dataFolder(namedBy git: FilePath) throws(Refusal) -> FilePath? {
        guard let named = try path(in: git, after: "gitdir:") else { return nil }
        let data = git.removingLastComponent().pushing(named)
        return try path(in: data.appending("commondir"), after: "").map { data.pushing($0) } ?? data
    }

    /// The path in the first line of a small file, after a word.
    private static func path(in file: FilePath, after word: String) throws(Refusal) -> FilePath? {
        let line = try IgnoreRules.bytes(at: file).prefix { $0 != 10 && $0 != 13 && $0 != 0 }
        guard line.starts(with: word.utf8) else { return nil }
        let path = line.dropFirst(word.utf8.count).drop { $0 == 32 }
        return path.isEmpty ? nil : FilePath(bytes: Array(path))
    }
}

extension IgnoreRules {
    /// A file with rules, and where its folder lies from the root of a walk.
    struct Scope: Sendable {
        /// The number of bytes to drop from a path below the root, to make it relative to the folder of the file.
        var dropped = 0
        /// The path from the folder of the file to the root, with "/" at its end, for a file above the root.
        var above: [UInt8] = []
        let rules: IgnoreRules

        /// The verdict of the rules on a path below the root.
        func verdict(_ path: [UInt8], isFolder: Bool) -> Bool? {
            rules.verdict(above + path[dropped...], isFolder: isFolder)
        }
    }

    /// The rules that files above `root` set for the files below it, those that decide last first.
    ///
    /// As in Git these are `info/exclude` and the `.gitignore` files from the top of the repository on. Rules outside the
    /// repository do not count.
    static func above(_ root: FilePath) throws(Refusal) -> [Scope] {
        guard let repository = try GitRepository.holding(root) else { return [] }
        var folder = repository.top
        var below = root
        _ = below.removePrefix(folder)
        var names = below.components.map { Array($0.string.utf8) }
        func path() -> [UInt8] { names.reduce(into: []) { $0 += $1 + [UInt8(ascii: "/")] } }
        var scopes = [Scope(above: path(), rules: repository.exclude)]
        while !names.isEmpty {
            scopes.append(Scope(above: path(), rules: IgnoreRules(file: try bytes(at: folder.appending(".gitignore")))))
            folder = folder.appending(FilePath.Component(platformString: Self.name(names.removeFirst()))!)
        }
        return scopes.filter { !$0.rules.isEmpty }
    }

    private static func name(_ bytes: [UInt8]) -> [CInterop.PlatformChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

    /// The bytes of a file with rules.
    ///
    /// Empty when the file is missing, longer than 1 MiB, or no regular file.
    static func bytes(at path: FilePath) throws(Refusal) -> [UInt8] { try bytes(of: path, in: AT_FDCWD) }

    /// The bytes of a file with rules, below an open folder.
    static func bytes(of path: FilePath, in folder: Int32) throws(Refusal) -> [UInt8] {
        let longest = 1 << 20
        let opened = path.withPlatformString { openat(folder, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard opened >= 0 else {
            let error = Errno.last
            let none: [Errno] = [
                .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels, .noSuchAddressOrDevice,
            ]
            guard none.contains(error) else { throw .ignoreFileUnreadable(error) }
            return []
        }
        defer { close(opened) }
        let descriptor = FileDescriptor(rawValue: opened)
        do throws(Errno) {
            let status = try descriptor.status()
            guard status.kind == S_IFREG, status.st_size <= longest else { return [] }
            return try descriptor.bytes(atMost: longest)
        } catch {
            throw .ignoreFileUnreadable(error)
        }
    }
}

extension FilePath {
    /// Makes a path from bytes that need not be UTF-8.
    init(bytes: [UInt8]) {
        self = (bytes + [0]).withUnsafeBytes {
            FilePath(platformString: $0.assumingMemoryBound(to: CChar.self).baseAddress!)
        }
    }

    /// This path with a relative path appended.
    func appending(_ bytes: [UInt8]) -> FilePath { bytes.isEmpty ? self : pushing(FilePath(bytes: bytes)) }
}
