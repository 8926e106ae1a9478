import Corpora
import Foundation
import Indexes
import Memory
import Retrieval
import SystemPackage

/// Executes a `RefreshPlan`: reads, encodes and writes what is new or changed.
final class IndexRun {
    /// Text of one transaction in bytes. A killed run loses at most one transaction.
    private static let batchBytes = 1 << 20
    /// Bytes and number of the files that are read and encoded together.
    private static let stepBytes = 64 << 10
    private static let stepFiles = 64
    /// A file that was changed so shortly before it was seen may change again within the clock's grain: its time is not
    /// trusted.
    private static let racyMilliseconds: Int64 = 2000

    private let indexing: Indexing
    private let writer: IndexWriter
    private let plan: RefreshPlan
    private let encoding: BatchEncoding
    private let started = Date()
    private var progress: RunProgress
    private var report = IndexReport()
    private var stored: StoredDocuments
    private var batch = OpenBatch()
    /// As `plan.movable`, less the files that have moved.
    private var movable: [DocumentID: Int]

    init(_ indexing: Indexing, _ writer: IndexWriter, _ plan: RefreshPlan, _ progress: @escaping ProgressReport) {
        self.indexing = indexing
        self.writer = writer
        self.plan = plan
        self.progress = RunProgress(plan.changed, progress)
        encoding = BatchEncoding(pool: indexing.pool, limit: indexing.model.backbone.shape.passageLimit)
        stored = StoredDocuments(Array(plan.known.values) + plan.dropped)
        movable = plan.movable
    }

    /// Carries the plan out and closes the writer.
    func run() throws -> IndexReport {
        defer { try? writer.close() }  // an earlier error is thrown, not this one; what is committed stays
        report.kept = plan.kept.count
        report.leftOut = plan.leftOut
        for file in plan.unchanged { note(unchanged: file) }
        for entry in plan.refused { report.skipped.append(RefusedFile(path: entry.path, reason: Reason(entry.refusal))) }
        for entry in plan.newlyRefused {
            batch.put(SourceChange(path: entry.path, size: 0, modified: nil, state: .skipped(Reason(entry.refusal))))
        }
        try read(plan.changed)
        // Removals come last: a file that moved finds its document under the old path.
        if report.isComplete {
            batch.remove(plan.gone.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            report.removed = (plan.gone + plan.dropped).count { $0.document != nil } - report.moved
        }
        try flush()
        if report.isComplete {
            try writer.describe(options: writer.header.options, leftOut: plan.leftOut.stored)
            try writer.merge(isNew: plan.known.isEmpty && plan.dropped.isEmpty)
        }
        report.seconds = Date().timeIntervalSince(started)
        return report
    }

    /// Reports an unchanged file. A file that could not be read before is reported again.
    private func note(unchanged file: Source) {
        switch file.state {
        case .skipped(let reason): report.skipped.append(RefusedFile(path: file.path, reason: reason))
        case .failed(let reason): report.failed.append(RefusedFile(path: file.path, reason: reason))
        case .indexed:
            report.unchanged += 1
            report.knownNotes += file.notes.count
        }
    }
}

// MARK: Reading

extension IndexRun {
    /// The result of reading one file.
    private enum Outcome: Sendable {
        /// A stored document has the same bytes.
        case known(StoredDocuments.Entry)
        case read(Corpora.Document, StoredDocuments.Key)
        case refused(Refusal)
    }

    /// The run is to end before the document that it encodes.
    private struct Stopped: Error {}

    private func read(_ files: [CorpusFile]) throws {
        var at = 0
        while at < files.count {
            guard progress.report(.indexing) else {
                report.isComplete = false
                return
            }
            let step = IndexRun.step(files[at...])
            do {
                progress.advance(past: step, texts: try read(step: Array(step)))
            } catch is Stopped {
                report.isComplete = false
                return
            }
            at = step.endIndex
            if batch.textBytes >= IndexRun.batchBytes { try flush() }
        }
        if !files.isEmpty { _ = progress.report(.indexing) }
    }

    /// The files at the start that are read together: at least one.
    private static func step(_ files: ArraySlice<CorpusFile>) -> ArraySlice<CorpusFile> {
        var bytes = 0
        let count = files.prefix(stepFiles).prefix { file in
            bytes += file.size
            return bytes <= stepBytes
        }.count
        return files.prefix(max(1, count))
    }

    /// Reads and encodes some files. Returns the bytes of text of each that were encoded.
    private func read(step files: [CorpusFile]) throws -> [Int] {
        let stored = stored
        let indexing = indexing
        let read = try indexing.pool.map(files.count) { _, i in try IndexRun.outcome(of: files[i], stored, indexing) }
        var outcomes = try zip(files, read).map { try known($1, of: $0) }
        for i in outcomes.indices {
            guard case .read(let document, let key) = outcomes[i], document.content.count > BatchEncoding.portionBytes
            else { continue }
            outcomes[i] = try add(long: document, key)
        }
        try add(outcomes)
        for (file, outcome) in zip(files, outcomes) { put(file, outcome) }
        return outcomes.map { outcome in
            if case .read(let document, _) = outcome { document.content.count } else { 0 }
        }
    }

    /// Reads a file once: the bytes that are hashed are the bytes that the worker is given.
    private static func outcome(of file: CorpusFile, _ stored: StoredDocuments, _ indexing: Indexing) throws -> Outcome {
        let limits = indexing.options.limits
        if let refusal = Readers.refusal(path: file.path, size: file.size, limits: limits) { return .refused(refusal) }
        let bytes: FileBytes
        do throws(Refusal) {
            bytes = try FileBytes.read(file, atMost: limits.longestFile)
        } catch {
            return .refused(error)
        }
        let key = StoredDocuments.Key(hash: bytes.withUnsafeBytes { SHA256.hash($0) }, path: file.path)
        if let entry = stored[key] { return .known(entry) }
        switch try indexing.extractor.extract(bytes, path: file.path) {
        case .document(let document): return .read(document, key)
        case .refused(let refusal): return .refused(refusal)
        }
    }

    /// The outcome of a file whose document is stored though no file that the run knows by its bytes holds it. It was dropped
    /// or left out before, or the bytes of its file were not known. It is not coded again.
    private func known(_ outcome: Outcome, of file: CorpusFile) throws -> Outcome {
        guard case .read(let document, let key) = outcome, plan.known[FilePath(file.path)]?.isContentKnown != true,
            let id = try writer.document(like: EncodedDocument(document))
        else { return outcome }
        return .known(
            StoredDocuments.Entry(
                key: key, document: id, mediaType: document.mediaType.rawValue, remarks: StoredRemarks(document)))
    }

    /// Encodes the documents that the batch does not hold yet, and adds them to it.
    private func add(_ outcomes: [Outcome]) throws {
        var fresh: [(document: Corpora.Document, key: StoredDocuments.Key)] = []
        var seen: Set<StoredDocuments.Key> = []
        for case .read(let document, let key) in outcomes where batch.added[key] == nil && seen.insert(key).inserted {
            fresh.append((document, key))
        }
        for ((read, key), document) in zip(fresh, try encoding.encode(fresh.map(\.document))) { add(document, read, key) }
    }

    /// Encodes a long document, and adds it to the batch if it is not there yet.
    private func add(long read: Corpora.Document, _ key: StoredDocuments.Key) throws -> Outcome {
        guard batch.added[key] == nil else { return .read(read, key) }
        let encoded = try encoding.encode(long: read) { done in
            guard progress.report(.indexing, ahead: done) else { throw Stopped() }
        }
        guard let encoded else { return .refused(.textTooRich(size: read.content.count)) }
        add(encoded, read, key)
        return .read(read, key)
    }

    private func add(_ document: EncodedDocument, _ read: Corpora.Document, _ key: StoredDocuments.Key) {
        batch.add(document, remarks: StoredRemarks(read), key: key)
        report.textBytes += document.byteLength
        report.passages += document.passages.count
    }

    /// Counts the outcome of a file, and writes it to the batch.
    private func put(_ file: CorpusFile, _ outcome: Outcome) {
        let before = plan.known[FilePath(file.path)]
        switch outcome {
        case .known(let entry):
            if before?.document == entry.document {
                report.unchanged += 1
                report.knownNotes += entry.remarks.notes.count
            } else {
                if before != nil {
                    report.changed += 1
                } else if let left = movable[entry.document], left > 0 {
                    movable[entry.document] = left - 1
                    report.moved += 1
                } else {
                    report.duplicates += 1
                }
                tell(entry.remarks, of: file)
            }
            put(
                file, .indexed(.stored(entry.document), hash: entry.key.hash, mediaType: entry.mediaType),
                remarks: entry.remarks)
        case .read(let document, let key):
            // `add` has put every document that was read into the batch.
            let isFirst = batch.take(key)
            if before != nil { report.changed += 1 } else if isFirst { report.added += 1 } else { report.duplicates += 1 }
            tell(batch.remarks[key] ?? StoredRemarks(), of: file)
            put(
                file, .indexed(batch.added[key]!, hash: key.hash, mediaType: document.mediaType.rawValue),
                remarks: batch.remarks[key] ?? StoredRemarks())
        case .refused(let refusal):
            put(file, refused: refusal, before)
        }
    }

    private func put(_ file: CorpusFile, refused refusal: Refusal, _ before: Source?) {
        let refused = RefusedFile(path: file.path, reason: Reason(refusal))
        switch refusal.kind {
        case .skipped:
            report.skipped.append(refused)
            put(file, .skipped(refused.reason))
        case .failed:
            report.failed.append(refused)
            put(file, .failed(refused.reason))
        case .unread:
            // The reason may pass: the next run tries again, and the stored text stays until then.
            report.failed.append(refused)
            if before?.document != nil {
                report.kept += 1
            } else {
                batch.put(
                    SourceChange(path: file.path, size: Int64(file.size), modified: nil, state: .failed(refused.reason)))
            }
        }
    }

    private func tell(_ remarks: StoredRemarks, of file: CorpusFile) {
        report.notes += remarks.notes.map { RefusedFile(path: file.path, reason: $0) }
    }

    private func put(_ file: CorpusFile, _ state: SourceChange.State, remarks: StoredRemarks = StoredRemarks()) {
        let newest = Int64(started.timeIntervalSince1970 * 1000) - IndexRun.racyMilliseconds
        let modified = file.modifiedMilliseconds
        batch.put(
            SourceChange(
                path: file.path, size: Int64(file.size), modified: modified > newest ? nil : modified, state: state,
                remarks: remarks))
    }
}

// MARK: Writing

extension IndexRun {
    private func flush() throws {
        guard !batch.changes.isEmpty else { return }
        try indexing.model.checkUnchanged()
        _ = progress.report(.writing)
        let ids = try writer.write(batch.changes)
        for entry in batch.entries(ids) { stored.insert(entry) }
        batch = OpenBatch()
    }
}

extension StoredRemarks {
    /// What is kept of the file that a document was read from.
    fileprivate init(_ document: Corpora.Document) {
        self.init(notes: document.notes.map { Reason($0) }, date: document.date)
    }
}
