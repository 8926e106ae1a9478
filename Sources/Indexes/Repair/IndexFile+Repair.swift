import CFileLock
import Foundation
import GRDB

/// What a repair could not keep. Everything else is in the repaired index as it was.
package struct IndexRepair: Sendable, Equatable {
    /// The paths of files whose text is lost, ascending. The next refresh reads these files again.
    package var lost: [String] = []
    /// The number of files whose paths are lost too. The next refresh finds these files again.
    package var lostPaths = 0
    /// The number of files whose paths and states could be read but not proven. The next refresh reads each again.
    package var unprovenPaths = 0
    /// Whether the options that the index was made with could not be proven.
    package var isHeaderLost = false
    /// Whether the log beside the file could not be read.
    package var isLogLost = false

    /// Whether nothing was lost.
    package var isWhole: Bool { self == IndexRepair() }
}

extension IndexFile {
    /// Rebuilds a damaged index from its intact parts in a new file, which then takes its place.
    ///
    /// The log is copied into the damaged file, as at any opening. After that the damaged file is only read until the new
    /// file is complete and on the disk. Documents whose parts are lost are marked to be read again by the next refresh.
    /// - Parameter wrongTexts: takes the path of the new file and returns the paths of documents whose text does not match
    ///   the stored hash.
    package static func repair(
        at path: String, model: ModelIdentity, lexicon: TermPrior, wrongTexts: (String) throws -> [String]
    ) throws -> IndexRepair {
        try Connection.checkKind(path)
        let lock = try WriterLock(index: path)
        defer { withExtendedLifetime(lock) {} }
        let file = IndexFile.resolved(path)
        try Obstacle.check(beside: file)
        let isLogWhole = (try? checkLog(path)) != nil  // what is wrong is told in the report
        let isLogRead = try foldLogAlone(of: file, subject: path) && isLogWhole
        let reading = try ExclusiveFile(file, subject: path)
        defer { withExtendedLifetime(reading) {} }
        removeDrafts(of: file)  // a repair that was killed leaves them behind
        defer { removeDrafts(of: file) }
        let folder = file + Companion.repair()
        let fresh = folder + "/repaired.r3"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        } catch {
            throw IndexError(
                .inputOutput, subject: path, fact: "a new file cannot be made beside it (\(error.localizedDescription))")
        }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped))
        var salvage = try Salvage(RawDatabase(bytes), path: path, model: model, lexicon: lexicon)
        try salvage.write(to: fresh)
        var report = salvage.report
        report.isLogLost = !isLogRead
        if salvage.leavesGaps { try drop([], from: fresh, model, lexicon) }
        let wrong = try wrongTexts(fresh)
        if !wrong.isEmpty {
            try drop(wrong, from: fresh, model, lexicon)
            report.lost += wrong
            let left = try wrongTexts(fresh)
            guard left.isEmpty else {
                throw IndexError(
                    .unrepairable, subject: path, fact: "cannot be repaired: \(left[0])")
            }
        }
        report.lost.sort()
        try replace(file, by: fresh, subject: path)
        return report
    }

    /// Marks the sources at some paths to be read again, and drops all documents that no source refers to.
    private static func drop(
        _ paths: [String], from index: String, _ model: ModelIdentity, _ lexicon: TermPrior
    ) throws {
        let writer = try openForWriting(at: index, model: model, lexicon: lexicon)
        let wrong = Set(paths.map(PathKey.init))
        let lost = try writer.sources().filter { wrong.contains(PathKey($0.path)) }.map {
            SourceChange(path: $0.path, size: $0.size, modified: nil, state: .failed(.lostText))
        }
        try writer.write(Batch(sources: lost))
        try writer.compact()
        try writer.close()
    }

    /// Copies the log into the file while no reader holds the lock of `UnsharedReading`; false where the log is damaged.
    private static func foldLogAlone(of path: String, subject: String) throws -> Bool {
        guard let identity = FileIdentity(path) else { throw missing(subject) }
        let readers = UnsharedReading(path, identity)
        guard let isRead = try readers.alone({ try foldLog(of: path, subject: subject) }) else { throw beingRead(subject) }
        return isRead
    }

    /// Copies the log into the file; false where the log is damaged.
    /// - Throws: where the log may be whole: others use it, or this user cannot read or write it at present.
    private static func foldLog(of path: String, subject: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path + Companion.log) else { return true }
        let isOurs = access(path, R_OK | W_OK) == 0 && access(path + Companion.log, R_OK | W_OK) == 0
        do {
            let queue = try DatabaseQueue(path: path)
            let busy = try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try queue.close()
            guard busy == 0 else { throw beingRead(subject) }
            return true
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw beingRead(subject)
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHORT_READ: return false
            case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_NOMEM: throw IndexError(error, path: subject)
            case .SQLITE_READONLY where !isOurs, .SQLITE_CANTOPEN where !isOurs: throw IndexError(error, path: subject)
            default: return false
            }
        }
    }

    fileprivate static func beingRead(_ path: String) -> IndexError {
        IndexError(
            .writerBusy, subject: path, fact: "is being read by another process")
    }
}

/// Puts a new file in the place of an old one, and removes a log that could not be read. A kill or a power cut at any point
/// leaves the old file or the new one.
private func replace(_ old: String, by new: String, subject: String) throws {
    func call(_ succeeded: Bool) throws {
        if !succeeded { throw IndexError(errno, path: subject) }
    }
    var status = stat()
    try call(stat(old, &status) == 0)
    try call(chmod(new, status.st_mode & 0o7777) == 0)
    let descriptor = open(new, O_RDONLY | O_CLOEXEC)
    try call(descriptor >= 0)
    defer { close(descriptor) }
    try call(fsync(descriptor) == 0)
    // SQLite would take the old log for the new file's.
    for end in Companion.database { try call(unlink(old + end) == 0 || errno == ENOENT) }
    IndexFile.syncFolder(of: old)
    try call(rename(new, old) == 0)
    IndexFile.syncFolder(of: old)
}

/// Keeps all others from reading a database file while the value lives, by the lock that SQLite itself takes.
private final class ExclusiveFile {
    private let descriptor: Int32

    init(_ path: String, subject: String) throws {
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw IndexError(
                .readOnly, subject: subject, fact: "cannot be written")
        }
        // SQLite's pending, reserved and shared bytes. Closing another descriptor of the file does not end the lock.
        guard filelock_exclude(descriptor, 0x4000_0000, 512) == 0 else {
            close(descriptor)
            throw IndexFile.beingRead(subject)
        }
    }

    deinit { close(descriptor) }
}
