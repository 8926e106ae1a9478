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
    /// Bits of residual for each byte of a sample: with all memory, without the passages' memory, without the document's,
    /// without both.
    package var ablation: [String: Double] = [:]
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
        let indexed = try indexing.index(to: file, progress: progress)
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
        report.ablation = try ablation(index)
        return report
    }

    /// Codes the first 200 kB again with parts of the memory set to zero.
    private func ablation(_ index: OpenIndex) throws -> [String: Double] {
        var sample: [[UInt8]] = []
        var size = 0
        for document in index.snapshot.documents where size < 200_000 {
            sample.append(try index.text(of: document))
            size += document.byteLength
        }
        let none = [Int8](repeating: 0, count: model.backbone.shape.storedCode)
        let bits = try indexing.pool.map(sample.count) { [sample] codec, d -> [Int] in
            let cut = CutDocument(sample[d], codec.vocabulary, limit: codec.backbone.shape.passageLimit)
            let codes = cut.passages.indices.map { codec.memory(of: cut.tokens(of: $0)) }
            let whole = codec.documentMemory(of: codes)
            var sums = [0, 0, 0, 0]
            for (passage, code) in codes.enumerated() {
                let bytes = cut.bytes(of: passage)
                let terms = codec.vocabulary.termSet(of: Array(bytes).span)
                for (i, memory) in [(code, whole), (none, whole), (code, none), (none, none)].enumerated() {
                    let memory = PassageMemory(terms: terms, passage: memory.0, document: memory.1)
                    sums[i] += codec.encode(tokens: cut.tokens(of: passage), bytes: bytes, memory: memory).bytes.count * 8
                }
            }
            return sums
        }
        let names = ["all memory", "without passage memory", "without document memory", "without dense memory"]
        return Dictionary(
            uniqueKeysWithValues: names.enumerated().map { i, name in
                (name, Double(bits.reduce(0) { $0 + $1[i] }) / Double(max(1, size)))
            })
    }
}
