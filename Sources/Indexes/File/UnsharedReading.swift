import CFileLock
import Foundation
import GRDB
import Synchronization

/// The lock of readers that cannot share a log with SQLite: they may not write the file, or the disk has no room for "-shm".
///
/// SQLite takes no lock for them, and would copy commits into the file under their eyes. So these readers lock the
/// bytes that SQLite's writers need to become the last user of a file, and the byte before, which writers of r3mem look at first.
///
/// The system drops all locks of SQLite on a file as soon as its process closes any descriptor of the file. So the
/// descriptor of the lock is kept as long as a connection of this process to the file.
final class UnsharedReading: Sendable {
    private struct Entry {
        var connections = 0
        var holders = 0
        var descriptor: Int32 = -1
        /// Connections that are over but not closed.
        var kept: [DatabaseQueue] = []
    }

    /// What connections of this process have open.
    private static let entries = Mutex<[FileIdentity: Entry]>([:])
    /// The first byte that is locked, SQLite's RESERVED, which only a rollback journal needs; and how many with its SHARED.
    private static let (reserved, length) = (Int64(0x4000_0001), Int64(511))
    /// How often a lock is tried while the last user of the file has it, and the microseconds between two tries.
    private static let (attempts, pause) = (500, UInt32(20_000))

    private let path: String
    private let identity: FileIdentity
    private let isHolding = Mutex(false)
    private let queue = Mutex<DatabaseQueue?>(nil)

    /// The lock of one connection, which is not taken yet.
    init(_ path: String, _ identity: FileIdentity) {
        self.path = path
        self.identity = identity
        UnsharedReading.entries.withLock { $0[identity, default: Entry()].connections += 1 }
    }

    deinit {
        release()
        UnsharedReading.entries.withLock { entries in
            guard var entry = entries[identity] else { return }
            entry.connections -= 1
            if let queue = queue.withLock({ $0 }) { entry.kept.append(queue) }
            entries[identity] = entry.connections > 0 ? entry : nil
            guard entry.connections == 0 else { return }
            // Who only reads has nothing to save.
            for queue in entry.kept { try? queue.close() }
            if entry.descriptor >= 0 { close(entry.descriptor) }
        }
    }

    /// Keeps a connection without locks of its own until this process has no other connection to the file: closing the kept one
    /// would drop the locks of the others.
    func keep(_ queue: DatabaseQueue) { self.queue.withLock { $0 = queue } }

    /// Whether a connection is kept.
    var keepsConnection: Bool { queue.withLock { $0 != nil } }

    /// Whether this connection has the lock.
    var isHeld: Bool { isHolding.withLock { $0 } }

    /// Takes the lock. A file system without locks gives none; then nobody is kept from the file.
    /// - Returns: false where another file has taken the path, or the file stays in use by its last writer.
    func hold() -> Bool {
        if isHeld { return true }
        for _ in 0..<UnsharedReading.attempts {
            let error = UnsharedReading.entries.withLock { entries -> Int32 in
                guard var entry = opened(entries[identity]) else { return ESTALE }
                defer { entries[identity] = entry }
                if entry.holders == 0 {
                    let failed = filelock_share(entry.descriptor, UnsharedReading.reserved, UnsharedReading.length) != 0
                    if failed, [EAGAIN, EACCES].contains(errno) { return EAGAIN }
                }
                // A repair may have put a new file into the path while the lock was waited for.
                guard FileIdentity(path) == identity else {
                    if entry.holders == 0 {
                        _ = filelock_release(entry.descriptor, UnsharedReading.reserved, UnsharedReading.length)
                    }
                    return ESTALE
                }
                entry.holders += 1
                isHolding.withLock { $0 = true }
                return 0
            }
            if error != EAGAIN { return error == 0 }
            usleep(UnsharedReading.pause)
        }
        return false
    }

    /// Gives the lock back.
    func release() {
        let held = isHolding.withLock { isOn in
            defer { isOn = false }
            return isOn
        }
        guard held else { return }
        UnsharedReading.entries.withLock { entries in
            guard var entry = entries[identity] else { return }
            entry.holders -= 1
            entries[identity] = entry
            guard entry.holders == 0 else { return }
            _ = filelock_release(entry.descriptor, UnsharedReading.reserved, UnsharedReading.length)
        }
    }

    /// Whether somebody reads the file in this way at present.
    var isUnderWay: Bool {
        UnsharedReading.entries.withLock { entries in
            guard let entry = opened(entries[identity]) else { return false }
            entries[identity] = entry
            return entry.holders > 0 || filelock_is_held(entry.descriptor, UnsharedReading.reserved, 1) == 1
        }
    }

    /// Does something while nobody reads the file in this way.
    /// - Returns: nil where somebody does.
    func alone<Value>(_ body: () throws -> Value) rethrows -> Value? {
        let isAlone = UnsharedReading.entries.withLock { entries in
            guard let entry = opened(entries[identity]) else { return false }
            entries[identity] = entry
            return entry.holders == 0 && filelock_exclude(entry.descriptor, UnsharedReading.reserved, 1) == 0
        }
        guard isAlone else { return nil }
        defer {
            UnsharedReading.entries.withLock { entries in
                guard let entry = entries[identity], entry.holders == 0 else { return }
                _ = filelock_release(entry.descriptor, UnsharedReading.reserved, 1)
            }
        }
        return try body()
    }

    /// The entry with a descriptor of the file; nil where another file has taken the path.
    private func opened(_ entry: Entry?) -> Entry? {
        guard var entry else { return nil }
        if entry.descriptor >= 0 { return entry }
        // A lock against all others needs a file that is open for writing.
        let flags = O_CLOEXEC | O_NONBLOCK
        let writable = open(path, O_RDWR | flags)
        let descriptor = writable >= 0 ? writable : open(path, O_RDONLY | flags)
        guard descriptor >= 0 else { return nil }
        guard FileIdentity(descriptor: descriptor) == identity else {
            close(descriptor)
            return nil
        }
        entry.descriptor = descriptor
        return entry
    }
}
