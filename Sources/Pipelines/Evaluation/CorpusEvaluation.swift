import Corpora
import Foundation
import Indexes
import Memory
import Retrieval

/// How small, how exact and how fast a corpus is indexed.
package struct CorpusReport: Sendable, Codable, Equatable {
    /// The index and its parts.
    package var statistics = Statistics()
    /// Bits of residual for each byte of text.
    package var residualBitsPerByte = 0.0
    /// Documents whose reconstructed text has its hash.
    package var exactDocuments = 0
    /// All documents.
    package var documents = 0
    /// Thousands of bytes of text that are indexed in a second.
    package var indexingRate = 0.0
    /// Thousands of bytes of text that are verified in a second.
    package var verifyRate = 0.0
    /// The threads of both.
    package var threads = 0
    /// Milliseconds of a refresh with nothing changed.
    package var idleRefresh = 0.0
    /// False where the run was stopped: then nothing is measured to its end.
    package var isComplete = true
}

/// Indexes a folder into a temporary file, verifies it, and measures.
package struct CorpusEvaluation: Sendable {
    private let indexing: Indexing
    private let model: LoadedModel
    private let threads: Int
    private let worker: Worker.Program

    /// The evaluation of a folder.
    package init(root: String, model: LoadedModel, threads: Int = 0, worker: Worker.Program) {
        self.model = model
        self.threads = threads
        self.worker = worker
        indexing = Indexing(model: model, options: IndexOptions(roots: [root]), threads: threads, worker: worker)
    }

    /// Measures. The temporary file is removed.
    package func run(progress: @escaping ProgressReport) throws -> CorpusReport {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("r3mem-eval-\(UUID().uuidString).r3").path
        // Most do not exist.
        defer { for path in IndexFile.paths(of: file) { try? FileManager.default.removeItem(atPath: path) } }
        var report = CorpusReport()
        let indexed: IndexReport
        do {
            indexed = try indexing.index(to: file, progress: progress)
        } catch IndexingError.rootEmpty(let root) {
            throw CorporaError(.rootEmpty, subject: root)  // an index of nothing has no measure
        }
        report.isComplete = indexed.isComplete
        guard report.isComplete else { return report }
        let started = Date()
        _ = try Indexing.refresh(file, model: model, threads: threads, worker: worker) { _ in true }
        report.idleRefresh = Date().timeIntervalSince(started) * 1000
        let index = try OpenIndex(path: file, model: model, threads: threads)
        let verified = try index.verify(progress: progress)
        report.isComplete = verified.isComplete
        guard report.isComplete else { return report }
        report.statistics = try index.statistics()
        report.documents = report.statistics.documents
        report.exactDocuments = verified.documents
        report.threads = indexing.pool.threads
        report.indexingRate = Double(indexed.textBytes) / 1000 / max(1e-9, indexed.seconds)
        report.verifyRate = Double(verified.textBytes) / 1000 / max(1e-9, verified.seconds)
        report.residualBitsPerByte =
            Double(report.statistics.parts.residual) * 8 / Double(max(1, report.statistics.textBytes))
        return report
    }
}
