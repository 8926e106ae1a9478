import Corpora
import Foundation
import Indexes
import Retrieval

extension Indexing {
    /// The most text that is encoded to see rate and size, in bytes.
    private static let sampleBytes = 96 << 10
    /// The most text of one document in the sample: the start of a long document speaks for the rest.
    private static let documentBytes = 48 << 10

    /// What indexing would take: every file is listed, a few are read and encoded to see their rate and size.
    package func estimate() throws -> IndexEstimate {
        try options.checkRoots()
        let plan = try RefreshPlan(roots: try WalkedRoot.all(of: options), known: nil, allowEmpty: true)
        let files = plan.changed
        var estimate = IndexEstimate()
        estimate.files = files.count
        estimate.bytes = files.reduce(0) { $0 + $1.size }
        estimate.skipped = plan.refused.map { RefusedFile(path: $0.path, reason: Reason($0.refusal)) }
        estimate.leftOut = plan.leftOut
        let started = Date()
        var documents: [Corpora.Document] = []
        var read = 0
        var text = 0
        for file in sample(files) where text < Indexing.sampleBytes {
            read += file.size
            guard case .document(let document) = try extractor.extract(file) else { continue }
            let start = document.start(of: Indexing.documentBytes)
            documents.append(start)
            text += start.content.count
            read -= file.size * (document.content.count - start.content.count) / max(1, document.content.count)
        }
        guard text > 0 else { return estimate }
        let encoded = try BatchEncoding(pool: pool, limit: model.backbone.shape.passageLimit).encode(documents)
        let seconds = Date().timeIntervalSince(started)
        let share = Double(estimate.bytes) / Double(max(1, read))
        let residual = encoded.reduce(0) { $0 + $1.passages.reduce(0) { $0 + $1.residual.count + $1.memory.count } }
        // Term sets cost about two thirds of the residual (README, size by part), a file's row some 120 bytes, the empty
        // file 32 kB.
        estimate.expectedIndexBytes = Int(Double(residual) * 1.67 * share) + 120 * estimate.files + (32 << 10)
        estimate.expectedSeconds = seconds * share
        return estimate
    }

    /// Up to a dozen files spread over the listing.
    private func sample(_ files: [CorpusFile]) -> [CorpusFile] {
        let step = max(1, files.count / 12)
        return stride(from: 0, to: files.count, by: step).map { files[$0] }
    }
}

extension Corpora.Document {
    /// The document with the first `limit` bytes of its text, up to the end of a character, and without spans.
    fileprivate func start(of limit: Int) -> Corpora.Document {
        var start = content.head(limit + 1)
        // A character that goes on beyond the limit is left out.
        while start.count > limit || start.count < content.count && start.last.map({ $0 & 0xC0 == 0x80 }) == true {
            start.removeLast()
        }
        return Corpora.Document(title: title, mediaType: mediaType, text: start, spans: [], original: original)
    }
}
