import Foundation
import Indexes

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

    /// Keeps what a verification of all of an index found. What a repair has left is not known: it gets no record.
    ///
    /// - Throws: where the record cannot be written. The index has nothing to do with that.
    package static func keep(_ report: VerifyReport, ofIndex path: String) throws {
        guard report.repair == nil else {
            return try FileManager.default.removeItem(at: file(ofIndex: IndexFile.resolved(path)))
        }
        guard report.isComplete, let subject = report.subject else { return }
        try keep(report.wrong.count, of: subject)
    }

    /// Keeps that damage ended a verification, so that no earlier record says that all is right.
    ///
    /// - Throws: where the record cannot be written.
    package static func keep(_ error: any Error, of index: OpenIndex) throws {
        guard case .damaged = (error as? IndexError)?.code, let subject = Subject(index.snapshot, path: index.path)
        else { return }
        try keep(1, of: subject)
    }

    private static func keep(_ wrong: Int, of subject: Subject) throws {
        let record = Record(
            index: subject.path, commit: subject.commit, time: Date().formatted(.iso8601), wrong: wrong)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(record)
        let file = file(ofIndex: subject.path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try bytes.write(to: file, options: .atomic)
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
