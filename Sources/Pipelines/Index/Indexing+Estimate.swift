import Corpora
import Foundation
import Retrieval

extension Indexing {
    /// What indexing would take: every file is listed, a few are read and encoded to see their rate and size.
    public func estimate() throws -> IndexEstimate {
        try options.checkRoots()
        let listing = try CorpusListing(options: options, allowEmpty: true)
        var estimate = IndexEstimate()
        estimate.files = listing.files.count
        estimate.bytes = listing.files.reduce(0) { $0 + $1.size }
        estimate.skipped = listing.skipped.map { FileReason(path: $0.path, reason: $0.reason) }
        let started = Date()
        var documents: [Corpora.Document] = [], read = 0, text = 0
        for file in sample(listing.files) where text < 96 << 10 {
            read += file.size
            guard case .document(let document) = try extractor.extract(file) else { continue }
            // The start of a long document speaks for the rest.
            let cut = Array(document.text.prefix(48 << 10))
            documents.append(
                Corpora.Document(
                    path: document.path, title: document.title, mediaType: document.mediaType, text: cut, spans: [], original: document.original))
            text += cut.count
            read -= file.size * (document.text.count - cut.count) / max(1, document.text.count)
        }
        guard text > 0 else { return estimate }
        let encoded = try BatchEncoding(pool: pool, limit: model.backbone.shape.passageLimit).encode(documents)
        let seconds = Date().timeIntervalSince(started), files = Double(estimate.bytes) / Double(max(1, read))
        let residual = encoded.reduce(0) { $0 + $1.passages.reduce(0) { $0 + $1.residual.count + $1.memory.count } }
        // Word sets cost about as much as two thirds of the residual (README, size by part); a file's entry about 120 bytes; the empty file 32 kB.
        estimate.expectedIndexBytes = Int(Double(residual) * 1.67 * files) + 120 * estimate.files + (32 << 10)
        estimate.expectedSeconds = seconds * files
        return estimate
    }

    /// Up to a dozen files spread over the listing.
    private func sample(_ files: [CorpusFile]) -> [CorpusFile] {
        let step = max(1, files.count / 12)
        return stride(from: 0, to: files.count, by: step).map { files[$0] }
    }
}
