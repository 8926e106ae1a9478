import Foundation
import GRDB
import SystemPackage

/// Why an index could not be made, read or written: the thing and the fact. A front end adds the remedy by the code.
package struct IndexError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The facts that a caller can tell apart.
    package enum Code: Sendable, Equatable {
        case notAnIndex, missing, exists, truncated
        /// A file of the user's has the name of one that is made beside an index.
        case inTheWay
        case newerFormat(Int), olderFormat(Int)
        case otherModel, otherLexicon
        case writerBusy, readOnly, unreadable, diskFull, inputOutput
        case damaged(part: String)
        /// A repair found nothing that it could save.
        case unrepairable
        /// A batch beyond what a segment can hold, or that contradicts itself.
        case invalidBatch
    }

    /// What went wrong.
    package let code: Code
    /// The file, and the part of it where one is to blame.
    package let subject: String
    /// What is so, in words without a remedy.
    package let fact: String

    /// The subject and the fact.
    package var description: String { "\(subject): \(fact)" }

    /// An error about a subject, which is the path of an index.
    package init(_ code: Code, subject: String, fact: String) {
        self.code = code
        self.subject = subject
        self.fact = fact
    }
}

extension IndexError {
    static func damaged(_ part: String, in subject: String) -> IndexError {
        IndexError(
            .damaged(part: part), subject: subject, fact: "damaged: \(part) does not match its checksum or its shape")
    }

    static func logDamaged(_ index: String, lost: String = "commits") -> IndexError {
        IndexError(.damaged(part: "log"), subject: index, fact: "damaged: \(lost) in its log (-wal) cannot be read")
    }

    static func foreign(_ path: String) -> IndexError {
        IndexError(.notAnIndex, subject: path, fact: "not an r3 index")
    }

    static func inTheWay(_ path: String) -> IndexError {
        IndexError(.inTheWay, subject: path, fact: "is in the way: the index needs a file of this name beside it")
    }

    /// A file that cannot be read, by the reason in `errno`.
    static func unreadable(_ path: String) -> IndexError {
        IndexError(.unreadable, subject: path, fact: "cannot be read (\(systemReason()))")
    }

    static func beingWritten(_ path: String) -> IndexError {
        IndexError(.writerBusy, subject: path, fact: "is being written by another process")
    }

    static func newer(_ version: Int, path: String) -> IndexError {
        IndexError(
            .newerFormat(version), subject: path,
            fact: "written in format \(version), this r3mem reads format \(Schema.formatVersion)")
    }

    static func older(_ version: Int, path: String) -> IndexError {
        IndexError(
            .olderFormat(version), subject: path,
            fact: "written in format \(version), which no release has used; this r3mem reads format \(Schema.formatVersion)")
    }

    /// An index of a draft of format 3: its segments hold their residuals.
    static func draft(_ path: String) -> IndexError {
        IndexError(
            .olderFormat(3), subject: path,
            fact: "written in a draft of format 3, which no release has used; this r3mem reads format 3")
    }

    /// Turns an error of SQLite into one of ours.
    static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw IndexError(error, path: path)
        }
    }

    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_NOTADB:
            self = IndexError.foreign(path)
        case .SQLITE_FULL: self.init(ENOSPC, path: path)
        case .SQLITE_READONLY, .SQLITE_PERM:
            self.init(.readOnly, subject: path, fact: "cannot be written")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = IndexError.beingWritten(path)
        case .SQLITE_IOERR, .SQLITE_CANTOPEN:
            // SQLite reports a full disk only where it wrote to the database itself.
            if IndexError.isFull(path) {
                self.init(ENOSPC, path: path)
                return
            }
            self.init(
                .inputOutput, subject: path, fact: "input or output failed: \(error.message ?? "no reason given")")
        default:
            self.init(
                .damaged(part: "database"), subject: path,
                fact: "damaged: \(error.message ?? "the database is malformed")")
        }
    }

    /// The error of a system call that failed with a number.
    init(_ number: Int32, path: String) {
        switch number {
        case ENOSPC, EDQUOT:
            self.init(
                .diskFull, subject: path, fact: "no space left on the disk")
        case EACCES, EPERM, EROFS, ELOOP:
            self.init(.readOnly, subject: path, fact: "cannot be written")
        default:
            self.init(
                .inputOutput, subject: path, fact: "input or output failed: \(IndexError.systemReason(number))")
        }
    }

    /// Whether the disk has less room than the shared files of an index need.
    private static func isFull(_ path: String) -> Bool {
        var status = statvfs()
        guard statvfs(IndexFile.folder(of: path), &status) == 0 else { return false }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize) < 65536
    }

    /// What the system calls an error number, in lower case.
    static func systemReason(_ number: Int32 = errno) -> String { Errno(rawValue: number).description.lowercased() }
}
