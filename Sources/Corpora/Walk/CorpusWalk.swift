import CSandbox
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
        /// The root where it is a file; the only one of `files`.
        package fileprivate(set) var file: CorpusFile?
        /// The entries that the walk skipped: links, devices, unreadable folders, names that are not UTF-8.
        package fileprivate(set) var skipped: [Entry] = []
        /// The files and folders left out by rules.
        package fileprivate(set) var leftOut = LeftOut()
        /// The positions of the patterns of `include` and of `exclude` that match nothing that the walk looked at.
        package fileprivate(set) var idleInclude: Set<Int> = []
        package fileprivate(set) var idleExclude: Set<Int> = []
        /// Hashes of the paths of what rules left out.
        fileprivate var leftOutPaths: Set<Int> = []
        /// Files without a block on disk, on file systems that may have to fetch the content first.
        fileprivate var withoutBlocks: Set<String> = []
        /// Whether a file on such a file system has blocks on disk.
        fileprivate var countsBlocks = false
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
    ///   - ignoreFiles: whether the walk obeys `.gitignore` files as Git does: those in the tree, those above it in the
    ///     same repository, and `.git/info/exclude`.
    ///   - hidden: whether the walk reads names that start with ".". It never reads `.git`.
    ///   - forms: what a glob says of this root: globs relative to it, or nothing.
    package init(
        root: String, include: [String] = [], exclude: [String] = [], ignoreFiles: Bool = true, hidden: Bool = false,
        forms: (String) -> [String] = { [$0] }
    ) throws(CorporaError) {
        self.root = root
        self.include = try IgnoreRules(patterns: include, forms: forms)
        self.exclude = try IgnoreRules(patterns: exclude, forms: forms)
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
            var listing = listing(root: path.removingLastComponent().string)
            let file = CorpusFile(path: path.lastComponent!.string, absolutePath: path.string, status: status)
            listing.file = file
            listing.files = [file]
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
        /// The rules of the `.gitignore` files that apply in the folder. The last one with a matching rule decides.
        let rules: [IgnoreRules.Scope]

        /// The path of an entry below the root.
        func path(of name: [UInt8]) -> [UInt8] { path.isEmpty ? name : path + [UInt8(ascii: "/")] + name }
    }

    /// A listing before anything was looked at: no pattern has matched.
    private func listing(root: String) -> Listing {
        var listing = Listing(root: root)
        (listing.idleInclude, listing.idleExclude) = (Set(0..<include.count), Set(0..<exclude.count))
        return listing
    }

    private func folderListing(_ top: FilePath) throws(CorporaError) -> Listing {
        var listing = listing(root: top.string)
        var pending: [Folder]
        do throws(Refusal) {
            pending = [Folder(path: [], rules: ignoreFiles ? try IgnoreRules.above(top) : [])]
        } catch {
            throw CorporaError(.rootUnreadable(error), subject: root)
        }
        while let folder = pending.popLast() {
            do throws(Refusal) {
                try read(folder, below: top, in: &listing, pending: &pending)
            } catch {
                if folder.path.isEmpty { throw CorporaError(.rootUnreadable(error), subject: root) }
                listing.skip(folder.path, error)
            }
        }
        listing.setPlaceholdersAside()
        listing.checkLinks()
        listing.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        listing.skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        guard listing.files.isEmpty, !listing.skipped.contains(where: \.refusal.isUnseen) else { return listing }
        if listing.skipped.isEmpty, listing.leftOut.total == 0 { throw CorporaError(.rootEmpty, subject: root) }
        throw CorporaError(.nothingSelected(listing.leftOut, skipped: listing.skipped.count), subject: root)
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
        let inside = Folder(path: folder.path, rules: try rules(in: folder, names, descriptor, below: top))
        let mayLackContent = CloudPlaceholder.mayLackContent(fileSystem: csandbox_file_system(descriptor))
        for name in names {
            consider(name, inside, descriptor, mayLackContent, below: top, in: &listing, pending: &pending)
        }
    }

    /// The rules that apply to the entries of an open folder.
    private func rules(
        in folder: Folder, _ names: [[UInt8]], _ descriptor: Int32, below top: FilePath
    ) throws(Refusal) -> [IgnoreRules.Scope] {
        guard ignoreFiles else { return [] }
        var rules = folder.rules
        let depth = folder.path.isEmpty ? 0 : folder.path.count + 1
        // A repository inside another one has rules of its own.
        if depth > 0, names.contains(Array(".git".utf8)), let inner = try GitRepository(top: top.appending(folder.path)) {
            rules = [IgnoreRules.Scope(dropped: depth, rules: inner.exclude)]
        }
        if names.contains(Array(".gitignore".utf8)) {
            let own = IgnoreRules(file: try IgnoreRules.bytes(of: ".gitignore", in: descriptor))
            if !own.isEmpty { rules.append(IgnoreRules.Scope(dropped: depth, rules: own)) }
        }
        return rules
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
        _ name: [UInt8], _ folder: Folder, _ parent: Int32, _ mayLackContent: Bool, below top: FilePath,
        in listing: inout Listing, pending: inout [Folder]
    ) {
        let path = folder.path(of: name)
        if let original = CloudPlaceholder.original(of: path) {
            if let rule = rule(excluding: original, isFolder: false, folder.rules) {
                return listing.leaveOut(original, rule)
            }
            return listing.skip(original, .notHere("iCloud"))
        }
        exclude.remove(matching: path, isFolder: false, from: &listing.idleExclude)
        // The data of Git is never read.
        if name == Array(".git".utf8) || !hidden && name.first == UInt8(ascii: ".") {
            return listing.leaveOut(path, \.hidden)
        }
        var status = stat()
        guard FilePath(bytes: name).withPlatformString({ fstatat(parent, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            return listing.skip(path, .notExaminable(.last))
        }
        let isFolder = status.kind == S_IFDIR
        if isFolder {
            // Patterns that end with "/" match folders alone.
            exclude.remove(matching: path, isFolder: true, from: &listing.idleExclude)
        } else {
            include.remove(matching: path, isFolder: false, from: &listing.idleInclude)
        }
        if let rule = rule(excluding: path, isFolder: isFolder, folder.rules) {
            return listing.leaveOut(path, rule)
        }
        guard let relative = String(validating: path, as: UTF8.self) else { return listing.skip(path, .nameNotUTF8) }
        switch status.kind {
        case S_IFREG:
            let file = CorpusFile(path: relative, absolutePath: top.appending(path).string, status: status)
            if mayLackContent, !listing.hasContent(file, status) { return }
            listing.files.append(file)
        case S_IFDIR: pending.append(Folder(path: path, rules: folder.rules))
        case S_IFLNK: listing.skip(path, Self.refusal(ofLink: top.appending(path), below: top))
        case S_IFIFO: listing.skip(path, .namedPipe)
        case S_IFSOCK: listing.skip(path, .socket)
        default: listing.skip(path, .device)
        }
    }

    /// The kind of rule that leaves an entry out. Nil for an entry that belongs to the corpus.
    private func rule(
        excluding path: [UInt8], isFolder: Bool, _ rules: [IgnoreRules.Scope]
    ) -> WritableKeyPath<LeftOut, Int>? {
        if isFolder ? exclude.verdict(path, isFolder: true) == true : exclude.coversFile(path) { return \.exclude }
        // The deepest `.gitignore` file with a matching rule decides.
        let verdict = rules.reversed().lazy.compactMap { $0.verdict(path, isFolder: isFolder) }.first
        if verdict == true { return \.ignoreFiles }
        return !isFolder && !include.isEmpty && !include.chooses(path) ? \.include : nil
    }

    /// Why a link is not followed. The refusal tells where its target is.
    private static func refusal(ofLink link: FilePath, below top: FilePath) -> Refusal {
        guard let resolved = link.withPlatformString({ realpath($0, nil) }) else {
            let error = Errno.last
            return target(of: link).flatMap(CloudPlaceholder.service(ofLinkTo:)).map(Refusal.notHere) ?? .linkBroken(error)
        }
        defer { free(resolved) }
        var target = FilePath(platformString: resolved)
        if target == top { return .linkToRoot }
        guard target.removePrefix(top) else { return .linkOutside(target.string) }
        return .linkInside(target.string)
    }

    /// What a link says. Nil when the link cannot be read.
    private static func target(of link: FilePath) -> String? {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = link.withPlatformString { path in
            buffer.withUnsafeMutableBytes { readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count) }
        }
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }
}

extension CorpusWalk.Listing {
    fileprivate mutating func skip(_ path: [UInt8], _ refusal: Refusal) {
        skipped.append(CorpusWalk.Entry(path: printable(path), refusal: refusal))
    }

    /// Whether the content of a file is here, as far as its attributes tell. A file without content is skipped.
    fileprivate mutating func hasContent(_ file: CorpusFile, _ status: stat) -> Bool {
        if CloudPlaceholder.attributes(of: file.absolutePath).map(CloudPlaceholder.isElsewhere) == true {
            skipped.append(CorpusWalk.Entry(path: file.path, refusal: .notHere("cloud")))
            return false
        }
        if status.st_size > 0 {
            if status.st_blocks > 0 { countsBlocks = true } else { withoutBlocks.insert(file.path) }
        }
        return true
    }

    /// Counts a file or folder that a rule leaves out.
    fileprivate mutating func leaveOut(_ path: [UInt8], _ rule: WritableKeyPath<LeftOut, Int>) {
        leftOut[keyPath: rule] += 1
        leftOutPaths.insert(path.hashValue)
    }

    /// Says of links inside the root where rules leave out what they lead to, or a folder above it.
    fileprivate mutating func checkLinks() {
        for i in skipped.indices {
            guard case .linkInside(let target) = skipped[i].refusal else { continue }
            let path = Array(target.utf8)
            let places = path.indices.filter { path[$0] == UInt8(ascii: "/") } + [path.count]
            guard places.contains(where: { leftOutPaths.contains(Array(path[..<$0]).hashValue) }) else { continue }
            skipped[i] = CorpusWalk.Entry(path: skipped[i].path, refusal: .linkToLeftOut(target))
        }
    }

    /// Skips the files without blocks where the file system counts blocks at all.
    fileprivate mutating func setPlaceholdersAside() {
        guard countsBlocks, !withoutBlocks.isEmpty else { return }
        let absent = withoutBlocks
        files.removeAll { absent.contains($0.path) }
        skipped += absent.map { CorpusWalk.Entry(path: $0, refusal: .notHere("cloud")) }
    }
}

extension CorpusFile {
    /// Makes a file from the result of a `stat` call.
    init(path: String, absolutePath: String, status: stat) {
        self.init(path: path, absolutePath: absolutePath, size: Int(status.st_size), modified: status.modifiedNanoseconds)
    }
}
