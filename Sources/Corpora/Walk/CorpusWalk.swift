import Glibc
import SystemPackage

/// Finds the files of a corpus below a root, in the byte order of their paths.
///
/// The walk never follows symbolic links. A target inside the root is read at its own place. A target outside the root does
/// not belong to the corpus.
package struct CorpusWalk: Sendable {
    /// A file or folder that the walk skipped.
    package struct Entry: Sendable, Equatable {
        /// The path below the root, as `printable` writes it.
        package let path: String
        /// Why the entry was skipped.
        package let refusal: Refusal

        /// Makes an entry from its parts.
        package init(path: String, refusal: Refusal) {
            self.path = path
            self.refusal = refusal
        }
    }

    /// The result of a walk.
    package struct Listing: Sendable, Equatable {
        /// The folder that all paths are relative to. Its path holds no symbolic links.
        package fileprivate(set) var root: String
        /// The files to read.
        package fileprivate(set) var files: [CorpusFile] = []
        /// The entries that the walk skipped: links, devices, unreadable folders, names that are not UTF-8.
        package fileprivate(set) var skipped: [Entry] = []
        /// The number of files and folders left out by the filters, by `.gitignore` and by the rule about hidden files.
        package fileprivate(set) var excluded = 0
    }

    /// The file or folder to start from, as the user named it.
    package let root: String
    private let include: IgnoreRules
    private let exclude: IgnoreRules
    private let ignoreFiles: Bool
    private let hidden: Bool

    /// Prepares a walk from `root`.
    ///
    /// - Parameters:
    ///   - include: globs in the syntax of `.gitignore`. When there are any, a file must match one of them, or be in
    ///     a folder that matches.
    ///   - exclude: globs of the files and folders to leave out.
    ///   - ignoreFiles: whether the walk obeys the `.gitignore` files in the tree.
    ///   - hidden: whether the walk reads names that start with ".". It never reads `.git`.
    package init(
        root: String, include: [String] = [], exclude: [String] = [], ignoreFiles: Bool = true, hidden: Bool = false
    ) throws(CorporaError) {
        self.root = root
        self.include = try IgnoreRules(patterns: include)
        self.exclude = try IgnoreRules(patterns: exclude)
        self.ignoreFiles = ignoreFiles
        self.hidden = hidden
    }

    /// Walks the tree.
    ///
    /// Throws when the root is missing, unreadable or empty, or when no file below the root is selected. A walk with unseen
    /// folders never reports that a folder is empty.
    package func listing() throws(CorporaError) -> Listing {
        guard let resolved = realpath(root, nil) else {
            let error = Errno.last
            let isMissing = error == .noSuchFileOrDirectory || error == .notDirectory
            throw CorporaError(isMissing ? .rootMissing : .rootUnreadable(.notExaminable(error)), subject: root)
        }
        let path = FilePath(platformString: resolved)
        free(resolved)
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else {
            throw CorporaError(.rootUnreadable(.notExaminable(.last)), subject: root)
        }
        switch status.kind {
        case S_IFREG:
            guard path.withPlatformString({ access($0, R_OK) }) == 0 else {
                throw CorporaError(.rootUnreadable(.notExaminable(.last)), subject: root)
            }
            var listing = Listing(root: path.removingLastComponent().string)
            listing.files = [CorpusFile(path: path.lastComponent!.string, absolutePath: path.string, status: status)]
            return listing
        case S_IFDIR:
            return try folderListing(path)
        default:
            throw CorporaError(.rootUnsupported, subject: root)
        }
    }
}

extension CorpusWalk {
    /// A folder still to be read.
    private struct Folder {
        /// The path below the root.
        let path: [UInt8]
        /// The rules of the `.gitignore` files that apply in the folder.
        ///
        /// `base` is the number of bytes to drop from a path below the root, to make it relative to the folder of the file.
        let rules: [(base: Int, rules: IgnoreRules)]

        /// The path of an entry below the root.
        func path(of name: [UInt8]) -> [UInt8] { path.isEmpty ? name : path + [UInt8(ascii: "/")] + name }
    }

    private func folderListing(_ top: FilePath) throws(CorporaError) -> Listing {
        var listing = Listing(root: top.string)
        var pending = [Folder(path: [], rules: [])]
        while let folder = pending.popLast() {
            do throws(Refusal) {
                try read(folder, below: top, in: &listing, pending: &pending)
            } catch {
                if folder.path.isEmpty { throw CorporaError(.rootUnreadable(error), subject: root) }
                listing.skip(folder.path, error)
            }
        }
        listing.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        listing.skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        guard listing.files.isEmpty, !listing.skipped.contains(where: \.refusal.isUnseen) else { return listing }
        if listing.skipped.isEmpty, listing.excluded == 0 { throw CorporaError(.rootEmpty, subject: root) }
        throw CorporaError(.nothingSelected(excluded: listing.excluded, skipped: listing.skipped.count), subject: root)
    }

    /// Reads one folder. Its files go to `listing`, and its folders to `pending`.
    ///
    /// Throws when the folder or its `.gitignore` can be read only in part. Such a folder gives no files, because the walk
    /// would not know which files to leave out.
    private func read(
        _ folder: Folder, below top: FilePath, in listing: inout Listing, pending: inout [Folder]
    ) throws(Refusal) {
        let descriptor = top.appending(folder.path).withPlatformString {
            open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard descriptor >= 0 else { throw .folderUnreadable(.last) }
        guard let stream = fdopendir(descriptor) else {
            let error = Errno.last
            close(descriptor)
            throw .folderUnreadable(error)
        }
        defer { closedir(stream) }
        let names = try Self.names(in: stream)
        var rules = folder.rules
        if ignoreFiles, names.contains(Array(".gitignore".utf8)) {
            let own = IgnoreRules(file: try Self.ignoreFile(in: descriptor))
            if !own.isEmpty { rules.append((folder.path.isEmpty ? 0 : folder.path.count + 1, own)) }
        }
        for name in names {
            consider(name, folder.path(of: name), descriptor, rules, below: top, in: &listing, pending: &pending)
        }
    }

    /// The names in an open folder, without "." and "..".
    private static func names(in stream: OpaquePointer) throws(Refusal) -> [[UInt8]] {
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(stream) {
            let length = strnlen(&entry.pointee.d_name.0, 256)
            let name = withUnsafePointer(to: &entry.pointee.d_name.0) {
                Array(UnsafeRawBufferPointer(start: $0, count: length))
            }
            if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw .folderReadInPart(.last) }
        return names
    }

    /// Lists, skips or leaves out one entry of an open folder.
    private func consider(
        _ name: [UInt8], _ path: [UInt8], _ parent: Int32, _ rules: [(base: Int, rules: IgnoreRules)], below top: FilePath,
        in listing: inout Listing, pending: inout [Folder]
    ) {
        // The data of Git is never read.
        if name == Array(".git".utf8) || !hidden && name.first == UInt8(ascii: ".") { return listing.excluded += 1 }
        var status = stat()
        guard FilePath(bytes: name).withPlatformString({ fstatat(parent, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            return listing.skip(path, .notExaminable(.last))
        }
        if isExcluded(path, isFolder: status.kind == S_IFDIR, rules) { return listing.excluded += 1 }
        guard let relative = String(validating: path, as: UTF8.self) else { return listing.skip(path, .nameNotUTF8) }
        switch status.kind {
        case S_IFREG:
            listing.files.append(CorpusFile(path: relative, absolutePath: top.appending(path).string, status: status))
        case S_IFDIR: pending.append(Folder(path: path, rules: rules))
        case S_IFLNK: listing.skip(path, Self.refusal(ofLink: top.appending(path), below: top))
        case S_IFIFO: listing.skip(path, .namedPipe)
        case S_IFSOCK: listing.skip(path, .socket)
        default: listing.skip(path, .device)
        }
    }

    /// Whether the filters or a `.gitignore` file leave an entry out.
    private func isExcluded(_ path: [UInt8], isFolder: Bool, _ rules: [(base: Int, rules: IgnoreRules)]) -> Bool {
        if isFolder ? exclude.verdict(path, isFolder: true) == true : exclude.coversFile(path) { return true }
        // The deepest `.gitignore` file with a matching rule decides.
        let verdict = rules.reversed().lazy.compactMap {
            $0.rules.verdict(Array(path[$0.base...]), isFolder: isFolder)
        }.first
        if verdict == true { return true }
        return !isFolder && !include.isEmpty && !include.coversFile(path)
    }

    /// Why a link is not followed. The refusal tells where its target is.
    private static func refusal(ofLink link: FilePath, below top: FilePath) -> Refusal {
        guard let resolved = link.withPlatformString({ realpath($0, nil) }) else { return .linkBroken(.last) }
        defer { free(resolved) }
        var target = FilePath(platformString: resolved)
        if target == top { return .linkToRoot }
        guard target.removePrefix(top) else { return .linkOutside(target.string) }
        return .linkInside(target.string)
    }

    /// The bytes of the `.gitignore` file of an open folder.
    ///
    /// Empty when the file is missing, longer than 1 MiB, or no regular file.
    private static func ignoreFile(in folder: Int32) throws(Refusal) -> [UInt8] {
        let longest = 1 << 20
        let opened = openat(folder, ".gitignore", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else {
            let error = Errno.last
            let isNone = [Errno.noSuchFileOrDirectory, .tooManySymbolicLinkLevels, .noSuchAddressOrDevice].contains(error)
            guard isNone else { throw .ignoreFileUnreadable(error) }
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
    fileprivate init(bytes: [UInt8]) {
        self = (bytes + [0]).withUnsafeBytes {
            FilePath(platformString: $0.assumingMemoryBound(to: CChar.self).baseAddress!)
        }
    }

    /// This path with a relative path appended.
    fileprivate func appending(_ bytes: [UInt8]) -> FilePath { bytes.isEmpty ? self : pushing(FilePath(bytes: bytes)) }
}

extension CorpusWalk.Listing {
    fileprivate mutating func skip(_ path: [UInt8], _ refusal: Refusal) {
        skipped.append(CorpusWalk.Entry(path: printable(path), refusal: refusal))
    }
}

extension CorpusFile {
    /// Makes a file from the result of a `stat` call.
    init(path: String, absolutePath: String, status: stat) {
        self.init(path: path, absolutePath: absolutePath, size: Int(status.st_size), modified: status.modifiedNanoseconds)
    }
}
