import Corpora
import Foundation
import Retrieval

extension EvaluationSet {
    /// Indexes the documents in a temporary folder and asks the questions.
    ///
    /// - Parameters:
    ///   - limit: the largest number of questions, spread over the set.
    ///   - loss: the share of right answers that may be lost where refusals at a stated loss are measured.
    ///   - results: where passages and results are written to; nil for nowhere.
    package func evaluate(
        model: LoadedModel, threads: Int = 0, limit: Int, loss: Double = 0.05, results: EvaluationFiles? = nil,
        worker: Worker.Program, progress: @escaping ProgressReport
    ) throws -> RetrievalReport {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("r3mem-eval-\(UUID().uuidString)")
        let root = home.appendingPathComponent("text")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }  // a leftover harms nothing
        for document in documents { try Data(document.text.utf8).write(to: root.appendingPathComponent(document.path)) }
        let file = home.appendingPathComponent("set.r3").path
        let options = IndexOptions(roots: [root.path])
        let indexed = try Indexing(model: model, options: options, threads: threads, worker: worker)
            .index(to: file, progress: progress)
        guard indexed.isComplete else {
            var report = RetrievalReport(name: name)
            report.isComplete = false
            return report
        }
        return try OpenIndex(path: file, model: model, threads: threads)
            .evaluate(questions.spread(limit), name: name, loss: loss, results: results, progress: progress)
    }
}
