import Foundation

/// The right to write an index: an exclusive lock (`flock`) on a companion file, held while the value lives.
///
/// The system drops the lock with the process: a companion that a killed process left behind stops nobody. The companion
/// holds the process identifier of its holder, for messages and to be known as ours. Readers never look at the companion.
final class WriterLock: Sendable {
    private let path: String
    private let descriptor: Int32

    init(index: String) throws {
        // All names of a file share one lock.
        path = IndexFile.resolved(index) + Companion.writerLock
        while true {
            _ = try Obstacle.size(of: path)
            let candidate = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard candidate >= 0 else { throw IndexError(errno, path: index) }
            guard flock(candidate, LOCK_EX | LOCK_NB) == 0 else {
                defer { close(candidate) }
                throw errno == EWOULDBLOCK
                    ? WriterLock.busy(index, holder: WriterLock.holder(candidate)) : IndexError(errno, path: index)
            }
            // The holder may have removed the companion between our opening and our locking. Such a lock is void: try again.
            guard WriterLock.isOpen(candidate, at: path) else {
                close(candidate)
                continue
            }
            guard WriterLock.isOurs(candidate) else {
                close(candidate)
                throw IndexError.inTheWay(path)
            }
            descriptor = candidate
            break
        }
        let process = "\(getpid())\n"
        // The lock does not depend on the number. Where it is missing, messages say "another process".
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, process, process.utf8.count, 0) }
    }

    private static func isOpen(_ descriptor: Int32, at path: String) -> Bool {
        var opened = stat()
        var named = stat()
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
            && opened.st_dev == named.st_dev
    }

    /// Whether a file holds no more than a writer writes there: a number, or what a power cut left of it.
    private static func isOurs(_ descriptor: Int32) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 25)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return (0...24).contains(count) && bytes[..<count].allSatisfy { "0123456789\n\0".utf8.contains($0) }
    }

    private static func holder(_ descriptor: Int32) -> Int? {
        var buffer = [UInt8](repeating: 0, count: 24)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        return Int(String(decoding: buffer[..<max(0, count)], as: UTF8.self).trimmingCharacters(in: .newlines))
    }

    private static func busy(_ index: String, holder: Int?) -> IndexError {
        IndexError(
            .writerBusy, subject: index, fact: "is being written by \(holder.map { "process \($0)" } ?? "another process")")
    }

    deinit {
        unlink(path)  // a companion that stays behind does no harm
        close(descriptor)
    }
}
