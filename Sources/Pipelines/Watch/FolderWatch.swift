import Foundation
import Glibc
import Retrieval
import Synchronization

/// Follows the folders of an index by inotify, and says when something in them has changed.
///
/// What has changed is not told: a refresh walks all folders, so nothing that inotify loses is lost.
package final class FolderWatch: Sendable {
    private let descriptor: Int32
    /// Written to end `run`.
    private let wake: (read: Int32, write: Int32)
    private let roots: [String]
    private let readsHidden: Bool
    /// Milliseconds without a change before a change is told.
    private let quiet: Int32
    /// Milliseconds after which a change is told although more changes come.
    private let longest: Int
    private let ended = Atomic<Bool>(false)
    private let watched = Mutex<[Int32: String]>([:])
    private let left = Atomic<Int>(0)

    /// Watches the roots of an index.
    ///
    /// - Parameters:
    ///   - quiet: milliseconds without a change before a change is told.
    /// - Throws: `POSIXError` where the system has no watch to give.
    package init(_ index: OpenIndex, quiet: Int = 800) throws {
        let options = IndexOptions(index.snapshot.header.options)
        roots = options.roots
        readsHidden = options.hidden
        self.quiet = Int32(quiet)
        longest = 12 * quiet
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            let code = errno
            close(descriptor)
            throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EMFILE)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wake = (ends[0], ends[1])
        for root in roots { add(root) }
    }

    deinit {
        for file in [descriptor, wake.read, wake.write] { close(file) }
    }

    /// Calls `changed` after each run of changes, until `end` is called. Blocks its thread.
    package func run(_ changed: () -> Void) {
        var first: ContinuousClock.Instant?
        while !isEnded {
            var files = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&files, 2, first == nil ? -1 : quiet)
            if count < 0, errno != EINTR { return }
            let isNew = count > 0 && files[0].revents != 0 && take()
            if isNew, first == nil { first = .now }
            guard let since = first, count == 0 || ContinuousClock.now - since > .milliseconds(longest) else { continue }
            first = nil
            changed()
        }
    }

    /// The number of folders that the system would not watch, with none of those below them.
    package var unwatchedFolders: Int { left.load(ordering: .relaxed) }

    /// Whether `end` was called.
    package var isEnded: Bool { ended.load(ordering: .relaxed) }

    /// Waits for some time, or until `end` is called.
    package func wait(seconds: Double) {
        var file = pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)
        poll(&file, 1, Int32(seconds * 1000))
    }

    /// Ends `run`.
    package func end() {
        ended.store(true, ordering: .relaxed)
        var byte: UInt8 = 0
        _ = write(wake.write, &byte, 1)
    }

    /// Reads the events that are there; false where none of them matters. New folders are watched too.
    private func take() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var isNew = false
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return isNew }
            var at = 0
            while at + MemoryLayout<inotify_event>.size <= count {
                let event = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: inotify_event.self) }
                let start = at + MemoryLayout<inotify_event>.size
                let name = buffer[start..<start + Int(event.len)].prefix { $0 != 0 }
                at = start + Int(event.len)
                if take(event, name: String(decoding: name, as: UTF8.self)) { isNew = true }
            }
        }
    }

    private func take(_ event: inotify_event, name: String) -> Bool {
        func has(_ flag: Int) -> Bool { event.mask & UInt32(flag) != 0 }
        if has(Int(IN_Q_OVERFLOW)) {
            // Events were lost, among them perhaps those of new folders.
            for root in roots { add(root) }
            return true
        }
        let folder = watched.withLock { watched in
            has(Int(IN_IGNORED)) ? watched.removeValue(forKey: event.wd) : watched[event.wd]
        }
        guard !has(Int(IN_IGNORED)), let folder, !isLeftOut(name) else { return false }
        if has(Int(IN_ISDIR)), has(Int(IN_CREATE)) || has(Int(IN_MOVED_TO)) { add(folder + "/" + name) }
        return true
    }

    /// Hidden files are not in the index, but `.gitignore` says what is.
    private func isLeftOut(_ name: String) -> Bool {
        name == ".git" || !readsHidden && name.hasPrefix(".") && name != ".gitignore"
    }

    /// Watches a folder and all below it. A folder that cannot be watched is left to the next refresh.
    private func add(_ path: String) {
        let events =
            UInt32(IN_CREATE) | UInt32(IN_DELETE) | UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO)
            | UInt32(IN_ATTRIB) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_DONT_FOLLOW)
        // A root may be a link; what is below it is not followed.
        let flags = roots.contains(path) ? events & ~UInt32(IN_DONT_FOLLOW) : events
        let watch = inotify_add_watch(descriptor, path, flags)
        guard watch >= 0 else {
            if errno == ENOSPC || errno == EACCES || errno == ENOMEM { left.add(1, ordering: .relaxed) }
            return
        }
        watched.withLock { $0[watch] = path }
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in entries where !isLeftOut(name) {
            var status = stat()
            let entry = path + "/" + name
            if lstat(entry, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { add(entry) }
        }
    }
}
