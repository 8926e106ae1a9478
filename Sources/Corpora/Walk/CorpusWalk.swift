import Glibc

/// Finds the files of a corpus below a root, in the byte order of their paths.
///
/// Symbolic links are never followed: what they point to inside the root is read at its own place, and what lies outside
/// does not belong to the corpus.
public struct CorpusWalk: Sendable {
    /// A file or folder that the walk passed over, and why.
    public struct Entry: Sendable, Codable, Equatable {
        /// The path below the root; bytes of a name that is not UTF-8 are shown as `\xNN`.
        public let path: String
        /// The fact and, where there is one, the remedy.
        public let reason: String
        /// Whether it could not be looked at, or not wholly: files that the walk does not list may be there.
        public let isUnseen: Bool

        /// An entry from its parts.
        public init(path: String, reason: String, isUnseen: Bool = false) {
            self.path = path
            self.reason = reason
            self.isUnseen = isUnseen
        }
    }

    /// What a walk found.
    public struct Listing: Sendable, Equatable {
        /// The folder that all paths are relative to, without symbolic links.
        public fileprivate(set) var root: String
        /// The files to read.
        public fileprivate(set) var files: [CorpusFile] = []
        /// What could not be read or must not be: links, devices, unreadable folders, impossible names.
        public fileprivate(set) var skipped: [Entry] = []
        /// What filters, `.gitignore` and the rule about hidden files left out; a folder stands for all below it.
        public fileprivate(set) var excluded: [Entry] = []
    }

    /// The file or folder to start from, as the user named it.
    public let root: String
    private let include: IgnoreRules
    private let exclude: IgnoreRules
    private let ignoreFiles: Bool
    private let hidden: Bool

    /// A walk from `root`.
    ///
    /// - Parameters:
    ///   - include: globs in the syntax of `.gitignore`; when there are any, a file must match one itself or by a folder.
    ///   - exclude: globs of files and folders to leave out.
    ///   - ignoreFiles: whether `.gitignore` files in the tree are obeyed.
    ///   - hidden: whether names that start with "." are read; `.git` never is.
    public init(
        root: String, include: [String] = [], exclude: [String] = [], ignoreFiles: Bool = true, hidden: Bool = false
    ) throws(CorporaError) {
        self.root = root
        self.include = try IgnoreRules(patterns: include)
        self.exclude = try IgnoreRules(patterns: exclude)
        self.ignoreFiles = ignoreFiles
        self.hidden = hidden
    }

    /// Walks the tree. Throws when the root is missing, unreadable or empty, or when nothing in it is selected and all of it was seen.
    public func listing() throws(CorporaError) -> Listing {
        guard let resolved = realpath(root, nil) else {
            throw CorporaError(
                errno == ENOENT || errno == ENOTDIR ? .rootMissing : .rootUnreadable(systemReason()), subject: root)
        }
        defer { free(resolved) }
        var status = stat()
        guard stat(resolved, &status) == 0 else { throw CorporaError(.rootUnreadable(systemReason()), subject: root) }
        let path = String(cString: resolved)
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            guard access(resolved, R_OK) == 0 else {
                throw CorporaError(.rootUnreadable(systemReason()), subject: root)
            }
            let cut = path.utf8.lastIndex(of: UInt8(ascii: "/"))!
            let name = String(path[path.index(after: cut)...])
            var listing = Listing(root: cut == path.startIndex ? "/" : String(path[..<cut]))
            listing.files = [CorpusFile(path: name, absolutePath: path, status: status)]
            return listing
        case S_IFDIR:
            return try folderListing(path)
        default:
            throw CorporaError(.rootUnsupported, subject: root)
        }
    }
}

extension CorpusWalk {
    /// A folder still to be read, with the `.gitignore` files that hold in it.
    private struct Folder {
        let path: [UInt8]
        let rules: [(base: Int, rules: IgnoreRules)]
    }

    private func folderListing(_ top: String) throws(CorporaError) -> Listing {
        var listing = Listing(root: top)
        var pending = [Folder(path: [], rules: [])]
        while let folder = pending.popLast() {
            read(folder, in: &listing, pending: &pending)
            if folder.path.isEmpty, let failure = listing.skipped.first, failure.path.isEmpty {
                throw CorporaError(.rootUnreadable(failure.reason), subject: root)
            }
        }
        listing.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        listing.skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        listing.excluded.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        // Of what it could not look at a walk does not say that there is nothing.
        guard listing.files.isEmpty, !listing.skipped.contains(where: \.isUnseen) else { return listing }
        if listing.skipped.isEmpty, listing.excluded.isEmpty { throw CorporaError(.rootEmpty, subject: root) }
        throw CorporaError(
            .nothingSelected(excluded: listing.excluded.count, skipped: listing.skipped.count), subject: root)
    }

    /// Reads one folder: its files go to the listing, its folders to `pending`.
    private func read(_ folder: Folder, in listing: inout Listing, pending: inout [Folder]) {
        let rootPath = listing.root == "/" ? [] : Array(listing.root.utf8)
        let absolute = folder.path.isEmpty ? rootPath : rootPath + [UInt8(ascii: "/")] + folder.path
        let descriptor = withCPath(absolute.isEmpty ? [UInt8(ascii: "/")] : absolute) {
            open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard descriptor >= 0 else {
            listing.skip(
                folder.path, folder.path.isEmpty ? systemReason() : "the folder cannot be read (\(systemReason()))",
                isUnseen: true)
            return
        }
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            listing.skip(folder.path, "the folder cannot be read (\(systemReason()))", isUnseen: true)
            return
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(stream) {
            let length = strnlen(&entry.pointee.d_name.0, 256)
            let name = withUnsafePointer(to: &entry.pointee.d_name.0) {
                Array(UnsafeRawBufferPointer(start: $0, count: length))
            }
            if name != [46] && name != [46, 46] { names.append(name) }
            errno = 0
        }
        // Nothing is taken from a folder of which it is not known what to leave out.
        if errno != 0 {
            listing.skip(folder.path, "the folder could be read in part only (\(systemReason()))", isUnseen: true)
            return
        }
        var rules = folder.rules
        if ignoreFiles, names.contains(Array(".gitignore".utf8)) {
            switch smallFile(descriptor, ".gitignore") {
            case .success(let text):
                let own = IgnoreRules(file: text)
                if !own.isEmpty { rules.append((folder.path.isEmpty ? 0 : folder.path.count + 1, own)) }
            case .failure(let failure):
                listing.skip(folder.path, "its .gitignore cannot be read (\(failure.reason))", isUnseen: true)
                return
            }
        }
        for name in names {
            let path = folder.path.isEmpty ? name : folder.path + [UInt8(ascii: "/")] + name
            consider(name, path, descriptor, rules, in: &listing, pending: &pending)
        }
    }

    /// Decides about one entry of an open folder.
    private func consider(
        _ name: [UInt8], _ path: [UInt8], _ parent: Int32, _ rules: [(base: Int, rules: IgnoreRules)],
        in listing: inout Listing, pending: inout [Folder]
    ) {
        if name == Array(".git".utf8) { return listing.exclude(path, "git's own data") }
        if !hidden, name.first == UInt8(ascii: ".") { return listing.exclude(path, "hidden; read with --hidden") }
        var status = stat()
        guard withCPath(name, { fstatat(parent, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            return listing.skip(path, "cannot be examined (\(systemReason()))", isUnseen: true)
        }
        let kind = status.st_mode & S_IFMT
        let isFolder = kind == S_IFDIR
        if isFolder ? exclude.verdict(path, isFolder: true) == true : exclude.coversFile(path) {
            return listing.exclude(path, "matches --exclude")
        }
        for (base, rules) in rules.reversed() {
            guard let ignored = rules.verdict(Array(path[base...]), isFolder: isFolder) else { continue }
            if ignored { return listing.exclude(path, "ignored by .gitignore") }
            break
        }
        if !isFolder, !include.isEmpty, !include.coversFile(path) {
            return listing.exclude(path, "does not match --include")
        }
        guard let relative = String(validating: path, as: UTF8.self) else {
            return listing.skip(path, "the name is not valid UTF-8; rename it")
        }
        switch kind {
        case S_IFREG:
            let prefix = listing.root == "/" ? "/" : listing.root + "/"
            listing.files.append(CorpusFile(path: relative, absolutePath: prefix + relative, status: status))
        case S_IFDIR: pending.append(Folder(path: path, rules: rules))
        case S_IFLNK: listing.skip(path, linkReason(path, root: listing.root))
        case S_IFIFO: listing.skip(path, "a named pipe, not a regular file")
        case S_IFSOCK: listing.skip(path, "a socket, not a regular file")
        default: listing.skip(path, "a device, not a regular file")
        }
    }

    /// Why the link is not followed: where it leads decides which of the reasons is given.
    private func linkReason(_ path: [UInt8], root: String) -> String {
        let absolute = (root == "/" ? [] : Array(root.utf8)) + [UInt8(ascii: "/")] + path
        guard let target = withCPath(absolute, { realpath($0, nil) }) else {
            return "a broken symbolic link (\(systemReason()))"
        }
        defer { free(target) }
        let path = String(cString: target)
        if root == "/" || path == root || path.hasPrefix(root + "/") {
            let target = path == root ? "the corpus itself" : String(path.dropFirst(root == "/" ? 0 : root.count + 1))
            return "a symbolic link to \(target), which is read at its own place"
        }
        return "a symbolic link that leaves the corpus (to \(path)); name that path as a corpus to read it"
    }

    private struct Unreadable: Error {
        let reason: String
    }

    /// The bytes of a file of at most 1 MB in an open folder; none of one that is gone, too long, a link or not a regular file.
    private func smallFile(_ parent: Int32, _ name: String) -> Result<[UInt8], Unreadable> {
        let descriptor = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            return [ENOENT, ELOOP, ENXIO].contains(errno) ? .success([]) : .failure(Unreadable(reason: systemReason()))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= 1 << 20 else {
            return .success([])
        }
        guard let bytes = readBytes(descriptor, atMost: 1 << 20) else { return .failure(Unreadable(reason: systemReason())) }
        return .success(bytes)
    }
}

extension CorpusWalk.Listing {
    fileprivate mutating func skip(_ path: [UInt8], _ reason: String, isUnseen: Bool = false) {
        skipped.append(CorpusWalk.Entry(path: printable(path), reason: reason, isUnseen: isUnseen))
    }

    fileprivate mutating func exclude(_ path: [UInt8], _ reason: String) {
        excluded.append(CorpusWalk.Entry(path: printable(path), reason: reason))
    }
}

extension CorpusFile {
    /// The facts of a `stat` call.
    init(path: String, absolutePath: String, status: stat) {
        self.init(
            path: path, absolutePath: absolutePath, size: Int(status.st_size), modified: status.modifiedNanoseconds,
            inode: UInt64(status.st_ino))
    }
}
