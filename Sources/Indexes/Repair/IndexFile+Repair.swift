import Foundation
import GRDB

/// What a repair could not keep; everything else is in the repaired index as it was.
public struct IndexRepair: Sendable, Equatable {
    /// The paths of files whose text is lost, ascending; the next refresh reads them again.
    public var lost: [String] = []
    /// Files of which not even the path is left; the next refresh finds them again.
    public var lostPaths = 0
    /// Files whose paths, times and states are as they were read but could not be proven; the next refresh compares each with its text.
    public var unprovenPaths = 0
    /// Whether the options that the index was made with could not be proven.
    public var isHeaderLost = false
    /// Whether what the log beside the file held could not be read.
    public var isLogLost = false

    /// Whether nothing was lost.
    public var isWhole: Bool { self == IndexRepair() }

    static let lostReason = "its text was lost when the index was damaged; run refresh"
}

extension IndexFile {
    /// Rebuilds a damaged index from its intact parts in a new file, and then puts that file in its place.
    ///
    /// The damaged file takes in its log, as at any opening, and is only read then until the new one is complete and on the disk. Documents
    /// whose parts are lost are marked to be read again at the next refresh.
    /// - Parameter wrongTexts: given the new file, returns the paths of documents whose text does not match its hash.
    public static func repair(
        at path: String, model: ModelIdentity, lexicon: BaseLexicon, wrongTexts: (String) throws -> [String]
    ) throws -> IndexRepair {
        guard FileManager.default.fileExists(atPath: path) else { throw missing(path) }
        let lock = try WriterLock(index: path)
        defer { withExtendedLifetime(lock) {} }
        let file = IndexFile.resolved(path)
        let isLogRead = try foldLog(of: file, subject: path)
        let reading = try ExclusiveFile(file, subject: path)
        defer { withExtendedLifetime(reading) {} }
        let folder = file + Companion.repair, fresh = folder + "/repaired.r3"
        let manager = FileManager.default
        try? manager.removeItem(atPath: folder)  // what a repair that was killed left
        defer { try? manager.removeItem(atPath: folder) }  // the next repair removes it otherwise
        do {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: false)
        } catch {
            throw IndexError(
                .inputOutput, subject: path, fact: "a new file cannot be made beside it (\(error.localizedDescription))",
                remedy: "free some space and check the folder's permissions")
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
                throw IndexError(.damaged(part: left[0]), subject: path, fact: "cannot be repaired", remedy: "index its sources again")
            }
        }
        report.lost.sort()
        try replace(file, by: fresh, subject: path)
        return report
    }

    /// Marks the sources at some paths to be read again, and drops all content that no source refers to.
    private static func drop(_ paths: [String], from index: String, _ model: ModelIdentity, _ lexicon: BaseLexicon) throws {
        let writer = try openForWriting(at: index, model: model, lexicon: lexicon), wrong = Set(paths.map(PathKey.init))
        let lost = try writer.sources().filter { wrong.contains(PathKey($0.path)) }.map {
            SourceChange(
                path: $0.path, size: $0.size, modified: 0, hash: [], mediaType: "", state: .failed(reason: IndexRepair.lostReason), content: .none)
        }
        try writer.write(Batch(sources: lost))
        try writer.compact()
        try writer.close()
    }

    /// Takes what the log holds into the file; false where that is damaged.
    /// - Throws: where the log may well be whole: others use it, or it cannot be read or written by this user or now.
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
        IndexError(.writerBusy, subject: path, fact: "is being read by another process", remedy: "repair it when that has finished")
    }
}

/// Puts a new file in the place of an old one, and away with a log that could not be read. Killed or without power at any point, it leaves the
/// old file or the new one.
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
    for end in Companion.database { try call(unlink(old + end) == 0 || errno == ENOENT) }  // or it would be taken for the new file's
    IndexFile.syncFolder(of: old)
    try call(rename(new, old) == 0)
    IndexFile.syncFolder(of: old)
}

/// Keeps all others from reading a database file, as SQLite's own locks do, for as long as the value lives.
private final class ExclusiveFile {
    private let descriptor: Int32

    init(_ path: String, subject: String) throws {
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw IndexError(.readOnly, subject: subject, fact: "cannot be written", remedy: "check its permissions and folder")
        }
        // SQLite's pending, reserved and shared bytes; a lock of the open file, which no other descriptor's end gives up.
        var lock = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0x4000_0000, l_len: 512, l_pid: 0)
        let setOpenFileLock: Int32 = 37
        guard fcntl(descriptor, setOpenFileLock, &lock) == 0 else {
            close(descriptor)
            throw IndexFile.beingRead(subject)
        }
    }

    deinit { close(descriptor) }
}
