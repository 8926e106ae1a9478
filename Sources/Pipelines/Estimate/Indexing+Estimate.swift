import Algorithms
import Corpora
import Foundation
import Indexes
import Retrieval

extension Indexing {
    /// The most text that is encoded to see rate and size, in bytes.
    private static let sampleBytes = 96 << 10
    /// The most text of one document in the sample: the start of a long document speaks for the rest.
    private static let documentBytes = 48 << 10
    /// Files are read for so many seconds to see how much text they hold, at least `fewestFiles` and at most `mostFiles`.
    private static let readingSeconds = 2.0
    private static let fewestFiles = 12
    private static let mostFiles = 400

    /// What indexing would take: every file is listed, some are read to see how much text they hold, and the first of these
    /// are encoded to see rate and size.
    ///
    /// - Throws: for roots that `index(to:)` refuses, and where the index at `path` has another model or other options.
    package func estimate(to path: String) throws -> IndexEstimate {
        try options.checkRoots()
        try options.refuseIndexes()
        if FileManager.default.fileExists(atPath: path) {
            let header = try IndexFile.open(at: path, model: model.identity, lexicon: model.termPrior()).header
            try options.checkSame(as: IndexOptions(header.options), of: path)
        }
        let roots = try WalkedRoot.all(of: options, index: path)
        let plan = try RefreshPlan(roots: roots, known: nil, allowEmpty: true)
        let files = plan.changed
        var estimate = IndexEstimate()
        estimate.files = files.count
        estimate.bytes = files.reduce(0) { $0 + $1.size }
        estimate.skipped = plan.refused.map { RefusedFile(path: $0.path, reason: Reason($0.refusal)) }
        estimate.leftOut = plan.leftOut
        estimate.idleGlobs = options.idleGlobs(roots)
        var expectation = TextExpectation()
        var documents: [Corpora.Document] = []
        var text = 0
        // The bytes of files whose reading is timed, and the seconds.
        var (read, reading) = (0, 0.0)
        let sample = sample(files)
        for (i, file) in sample.enumerated() {
            let hasEnough = text >= Indexing.sampleBytes || i >= Indexing.fewestFiles
            if hasEnough, reading >= Indexing.readingSeconds { break }
            let started = Date()
            let extraction = try extractor.extract(file)
            // The first file waits for the reader's process to start.
            if i > 0 || sample.count == 1 {
                read += file.size
                reading += Date().timeIntervalSince(started)
            }
            guard case .document(let document) = extraction else {
                expectation.learn(file, text: 0)
                continue
            }
            expectation.learn(file, text: document.content.count)
            guard text < Indexing.sampleBytes else { continue }
            let start = document.start(of: Indexing.documentBytes)
            documents.append(start)
            text += start.content.count
        }
        guard text > 0 else { return estimate }
        let started = Date()
        let encoded = try BatchEncoding(pool: pool, limit: model.backbone.shape.passageLimit).encode(documents)
        let coding = Date().timeIntervalSince(started)
        let expected = files.reduce(0.0) {
            $0 + Double($1.size) * expectation.textPerByte(ofFormat: TextExpectation.format(of: $1))
        }
        let residual = encoded.reduce(0) { $0 + $1.passages.reduce(0) { $0 + $1.residual.count + $1.memory.count } }
        // Term sets cost 0.6 to 0.9 of the residual, a document with its file some 180 bytes, the empty index 9 kB.
        estimate.expectedIndexBytes =
            Int(Double(residual) * 1.7 * expected / Double(text)) + 180 * estimate.files + (9 << 10)
        // Files are read on all cores; the sample was read on one.
        let cores = Double(pool.threads)
        estimate.expectedSeconds =
            coding * expected / Double(text) + reading * Double(estimate.bytes) / Double(max(1, read)) / cores
        return estimate
    }

    /// Files spread over the listing, however many of them are taken: multiples of the golden ratio lie evenly (Weyl).
    private func sample(_ files: [CorpusFile]) -> [CorpusFile] {
        (0..<min(files.count, Indexing.mostFiles)).map {
            Int((Double($0) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1) * Double(files.count))
        }.uniqued().map { files[$0] }
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
