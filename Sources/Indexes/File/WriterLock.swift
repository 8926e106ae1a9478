import Foundation
import GRDB

/// The right to write an index: an exclusive SQLite lock on an empty companion file, held as long as the value lives.
///
/// The operating system drops the lock with the process, so a companion left behind by a killed one stops nobody.
/// Readers never look at it.
final class WriterLock: Sendable {
    private let path: String
    private let queue: DatabaseQueue

    init(index: String) throws {
        path = index + "-writer"
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        configuration.allowsUnsafeTransactions = true
        var locked: DatabaseQueue?
        // A companion that its holder removed between our opening and our locking locks nothing: look again.
        for _ in 0..<16 where locked == nil {
            let candidate = try WriterLock.lock(path, of: index, configuration)
            if FileManager.default.fileExists(atPath: path) {
                locked = candidate
            } else {
                try? candidate.close()  // nothing is lost with a lock on a removed file
            }
        }
        guard let locked else { throw WriterLock.busy(index) }
        queue = locked
    }

    private static func lock(_ path: String, of index: String, _ configuration: Configuration) throws -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let before = WriterLock.inode(path)
            try queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
            if WriterLock.inode(path) != before { throw busy(index) }
            return queue
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw busy(index)
        } catch let error as DatabaseError {
            throw IndexError(error, path: index)
        }
    }

    private static func inode(_ path: String) -> UInt64? {
        (try? FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]) as? UInt64
    }

    private static func busy(_ index: String) -> IndexError {
        IndexError(
            .writerBusy, subject: index, fact: "is being written by another process",
            remedy: "wait until it has finished; reading goes on meanwhile")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)  // one left behind does no harm
        try? queue.close()
    }
}
