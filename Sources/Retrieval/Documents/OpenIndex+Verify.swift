import Foundation
import Indexes

/// What `verify` found.
package struct VerifyReport: Sendable, Codable, Equatable {
    /// Documents whose reconstructed text has its hash.
    package var documents = 0
    /// Bytes of their text.
    package var textBytes = 0
    /// How long verifying took.
    package var seconds = 0.0
    /// Documents whose reconstructed text has another hash, and damaged parts of the file.
    package var wrong: [FileReason] = []
    /// False where the run was stopped.
    package var isComplete = true
    /// What a repair did; nil where none was asked for or needed.
    package var repair: RepairReport?
    /// What was verified, for a record of it. No part of the JSON.
    var subject: Verification.Subject?
    /// Why no record of it could be left; nil where one was. No part of the JSON.
    package var recordFault: String?

    private enum CodingKeys: String, CodingKey { case documents, textBytes, seconds, wrong, isComplete, repair }

    /// A report of nothing.
    package init() {}
}

/// What a repair could not keep. All other documents are as they were.
package struct RepairReport: Sendable, Codable, Equatable {
    /// Files whose text is lost until the next refresh reads them again.
    package var lost: [FileReason] = []
    /// The number of files whose paths are lost too.
    package var lostPaths = 0
    /// The number of files whose paths could not be proven. The next refresh reads them again.
    package var unprovenPaths = 0
    /// Whether the options of the index could not be proven.
    package var isHeaderLost = false
    /// Whether the contents of the log beside the index could not be read.
    package var isLogLost = false
    /// Whether nothing was lost.
    package var isWhole = true

    /// A repair that lost nothing.
    package init() {}
}

extension OpenIndex {
    /// Reconstructs every document and compares its hash, and checks every checksum of the file.
    package func verify(progress: @escaping ProgressReport) throws -> VerifyReport {
        let started = Date()
        var report = VerifyReport()
        report.subject = Verification.Subject(snapshot, path: path)
        report.wrong = snapshot.verifyStructure().map { FileReason(path: $0.subject, fact: $0.fact) }
        report.isComplete = try eachDocument(.verifying, progress) { document, text in
            switch text {
            case .success(let text):
                report.documents += 1
                report.textBytes += text.count
            case .failure(let error):
                report.wrong += document.paths.map { FileReason(path: $0, fact: error.fact) }
            }
        }
        report.seconds = Date().timeIntervalSince(started)
        return report
    }

    /// Reconstructs all documents, some 64 kB of text at a time.
    /// - Returns: false where `progress` stopped the run.
    func eachDocument(
        _ phase: WorkProgress.Phase, _ progress: ProgressReport,
        _ body: (StoredDocument, Result<[UInt8], IndexError>) throws -> Void
    ) throws -> Bool {
        let documents = snapshot.documents.sorted { $0.id < $1.id }
        let total = documents.reduce(0) { $0 + $1.byteLength }
        var at = 0
        var bytes = 0
        while at < documents.count {
            guard progress(WorkProgress(phase, items: at, totalItems: documents.count, bytes: bytes, totalBytes: total))
            else {
                return false
            }
            var end = at
            var size = 0
            while end < documents.count, end == at || size + documents[end].byteLength < 64 << 10 {
                size += documents[end].byteLength
                end += 1
            }
            let batch = Array(documents[at..<end])
            for (document, text) in zip(batch, try reconstruction.texts(of: batch)) { try body(document, text) }
            bytes += size
            at = end
        }
        _ = progress(WorkProgress(phase, items: at, totalItems: at, bytes: total, totalBytes: total))
        return true
    }
}
