import Foundation
import Indexes
import Memory

/// When an index was verified last, and what was found.
///
/// `r3mem verify` leaves a record in the user's folder for the state of programs, so that verifying changes no byte of the
/// index. The record names the commit that was verified: a later one is told from it.
package struct Verification: Sendable, Codable, Equatable {
    package enum State: String, Sendable, Codable {
        /// No record is known here.
        case never
        /// Everything was right, and nothing was committed since.
        case verified
        /// Something was wrong, and nothing was committed since.
        case damaged
        /// Something was committed since.
        case changed
    }

    package var state = State.never
    /// As `2026-11-26T15:04:05Z`; nil where there is no record.
    package var time: String?
    /// The number of wrong parts that were found, 1 where the first one ended the run; nil where there is no record.
    package var wrong: Int?

    /// No verification.
    package init() {}
}

extension Verification {
    /// What was verified: an index file in the state of one commit.
    package struct Subject: Sendable, Equatable {
        /// The absolute path without symbolic links.
        fileprivate let path: String
        /// Names the commit.
        fileprivate let commit: String

        /// nil for several indexes that are open as one.
        init?(_ snapshot: IndexSnapshot, path: String) {
            guard let commit = snapshot.commitID else { return nil }
            self.path = IndexFile.resolved(path)
            self.commit = commit
        }
    }

    /// What the file of a record holds.
    private struct Record: Codable {
        let index: String
        let commit: String
        let time: String
        let wrong: Int
    }

    /// The last verification of an index.
    init(_ subject: Subject) {
        let file = Verification.file(ofIndex: subject.path)
        // A record that is missing or cannot be read is no record.
        guard let bytes = try? Data(contentsOf: file), let record = try? JSONDecoder().decode(Record.self, from: bytes),
            record.index == subject.path
        else { return }
        state = record.commit != subject.commit ? .changed : record.wrong == 0 ? .verified : .damaged
        time = record.time
        wrong = record.wrong
    }

    /// Keeps what a verification found. One that was stopped before it found anything tells nothing.
    /// - Returns: why the record could not be left; nil where it was.
    fileprivate static func keep(_ report: VerifyReport) -> String? {
        guard report.isComplete || !report.wrong.isEmpty, let subject = report.subject else { return nil }
        return keep(report.wrong.count, of: subject)
    }

    /// Keeps that damage ended a verification.
    fileprivate static func keep(_ error: any Error, of index: OpenIndex) {
        guard case .damaged = (error as? IndexError)?.code, let subject = Subject(index.snapshot, path: index.path)
        else { return }
        _ = keep(1, of: subject)  // the damage itself is told
    }

    /// Keeps a record. Where it cannot be written, an earlier one must not stay.
    private static func keep(_ wrong: Int, of subject: Subject) -> String? {
        let record = Record(
            index: subject.path, commit: subject.commit, time: Date().formatted(.iso8601), wrong: wrong)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let file = file(ofIndex: subject.path)
        do {
            let bytes = try encoder.encode(record)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try bytes.write(to: file, options: .atomic)
            return nil
        } catch {
            forget(path: subject.path)
            // Who names this place wants no record.
            return file.path.hasPrefix("/dev/null/") ? nil : ErrorText.reason(of: error)
        }
    }

    /// Drops the record of an index that was repaired: nobody has verified what is left.
    package static func forget(path: String) {
        // There may be no record, or nothing may be written there; then there is nothing to drop.
        try? FileManager.default.removeItem(at: file(ofIndex: IndexFile.resolved(path)))
    }

    /// The file of the record of an index, as the XDG base directory specification places it.
    private static func file(ofIndex path: String) -> URL {
        let named = ProcessInfo.processInfo.environment["XDG_STATE_HOME"] ?? ""
        // The specification has a path ignored that is not absolute.
        let folder =
            named.hasPrefix("/")
            ? URL(fileURLWithPath: named)
            : FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/state")
        return folder.appendingPathComponent("r3mem").appendingPathComponent(TextHash.of(path) + ".json")
    }
}

extension OpenIndex {
    /// Opens and verifies an index, and keeps a record of what was found. Damage that keeps the index from being opened is part
    /// of the report.
    /// - Throws: other errors of `init` and `verify`.
    package static func verification(
        of path: String, model: ModelFile, threads: Int, progress: @escaping ProgressReport
    ) throws -> VerifyReport {
        do {
            try IndexFile.checkLog(path)  // opening the index drops what is wrong with the log
            return try OpenIndex(path: path, model: model, threads: threads).verifyForTheRecord(progress: progress)
        } catch let error as IndexError {
            switch error.code {
            case .damaged, .truncated: break
            default: throw error
            }
            var report = VerifyReport()
            report.wrong = [FileReason(path: error.subject, fact: error.fact)]
            return report
        }
    }

    /// Verifies the index, and keeps a record of what was found.
    /// - Throws: what `verify` throws.
    package func verifyForTheRecord(progress: @escaping ProgressReport) throws -> VerifyReport {
        do {
            var report = try verify(progress: progress)
            report.recordFault = Verification.keep(report)
            return report
        } catch {
            Verification.keep(error, of: self)
            throw error
        }
    }
}
