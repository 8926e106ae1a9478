import Corpora
import Foundation
import Indexes
import Memory
import Retrieval

/// One run over a listing: what is unchanged is left, what is known by its hash is referred to, the rest is read, encoded and written.
final class IndexRun {
    /// Text of a transaction, which is what a killed run loses, and files that are read and encoded together, in bytes.
    private static let batchBytes = 1 << 20, stepBytes = 64 << 10, stepFiles = 64
    /// A file changed so shortly before it was seen may change again within the clock's grain: its time is not trusted.
    private static let racyMilliseconds: Int64 = 2000

    private let indexing: Indexing, writer: IndexWriter, listing: CorpusListing, progress: ProgressReport
    private let encoding: BatchEncoding
    private var report = IndexReport(), batch = Batch(), batchBytes = 0
    private var known: [PathKey: Source] = [:], byHash: [[UInt8]: Source] = [:]
    /// The documents of the batch by what `byHash` will know them by.
    private var placeInBatch: [[UInt8]: DocumentReference] = [:]
    /// How many of the deleted files held a document: as many new files with it have moved.
    private var movable: [DocumentID: Int] = [:]
    private var doneItems = 0, doneBytes = 0, totalBytes = 0
    private let started = Date()

    init(_ indexing: Indexing, _ writer: IndexWriter, _ listing: CorpusListing, _ progress: @escaping ProgressReport) {
        self.indexing = indexing
        self.writer = writer
        self.listing = listing
        self.progress = progress
        let limit = indexing.model.backbone.shape.passageLimit
        encoding = BatchEncoding(pool: indexing.pool, limit: limit)
    }

    func run(allowEmpty: Bool) throws -> IndexReport {
        defer { try? writer.close() }  // an error before this one is the one to tell; what is committed stays
        for source in try writer.sources() {
            known[PathKey(source.path)] = source
            remember(source)
        }
        let unseen = Set(listing.skipped.filter(\.isUnseen).map { PathKey($0.path) })
        // Of folders that the walk could not read nothing is known to be gone.
        let absent = Set(known.keys).subtracting((listing.files.map(\.path) + listing.skipped.map(\.path)).map(PathKey.init))
        let kept = unseen.isEmpty ? [] : absent.filter { $0.folders.contains(where: unseen.contains) }
        report.kept = kept.count { known[$0]?.document != nil }
        let gone = absent.subtracting(kept), removed = gone.compactMap { known[$0]?.document }
        if listing.files.isEmpty, !gone.isEmpty, !allowEmpty {
            throw PipelineError(
                .rootsEmptied, indexing.options.roots.joined(separator: ", "), "holds no file any more, the index holds \(known.count)",
                remedy: "check that the folder is there, or pass --allow-empty to remove all documents from the index")
        }
        for content in removed { movable[content, default: 0] += 1 }
        for entry in listing.skipped { note(skipped: entry) }
        var changed: [CorpusFile] = []
        for file in listing.files {
            if let source = source(of: file), isUnchanged(file, since: source) { note(unchanged: source) } else { changed.append(file) }
        }
        totalBytes = changed.reduce(0) { $0 + $1.size }
        try read(changed)
        // Last, so that a file that moved still finds its content under the old path.
        if report.isComplete {
            batch.removed = gone.sorted().map(\.path)
            report.removed = removed.count - report.moved
        }
        try flush()
        if report.isComplete { try writer.merge() }
        report.seconds = Date().timeIntervalSince(started)
        return report
    }

    /// The file as the last run saw it.
    private func source(of file: CorpusFile) -> Source? { known[PathKey(file.path)] }

    private func isUnchanged(_ file: CorpusFile, since source: Source) -> Bool {
        source.size == Int64(file.size) && source.modified == milliseconds(file)
    }

    private func milliseconds(_ file: CorpusFile) -> Int64 { file.modified / 1_000_000 }

    /// The time to store; nil where the file may change again within the same time.
    private func trusted(_ file: CorpusFile) -> Int64? {
        milliseconds(file) > Int64(started.timeIntervalSince1970 * 1000) - IndexRun.racyMilliseconds ? nil : milliseconds(file)
    }

    private func note(skipped entry: CorpusWalk.Entry) {
        report.skipped.append(FileReason(path: entry.path, reason: entry.reason))
        let source = known[PathKey(entry.path)], state = Source.State.skipped(Reason(words: entry.reason))
        if entry.isUnseen, source?.document != nil {
            report.kept += 1
        } else if source?.state != state {
            batch.sources.append(SourceChange(path: entry.path, size: 0, modified: nil, state: .skipped(Reason(words: entry.reason))))
        }
    }

    /// A file that could not be read before, and has not changed, is told again.
    private func note(unchanged source: Source) {
        switch source.state {
        case .skipped(let reason): report.skipped.append(FileReason(path: source.path, reason: reason.words))
        case .failed(let reason): report.failed.append(FileReason(path: source.path, reason: reason.words))
        case .indexed: report.unchanged += 1
        }
    }

    /// Files with the same bytes hold the same document where their names end alike: the ending can decide how a file is read.
    private static func contentKey(_ hash: [UInt8], _ path: String) -> [UInt8] {
        hash + URL(fileURLWithPath: path).pathExtension.lowercased().utf8
    }

    private func remember(_ source: Source) {
        guard case .indexed(_, let hash, _) = source.state else { return }
        let key = IndexRun.contentKey(hash, source.path)
        if byHash[key] == nil { byHash[key] = source }
    }

    // MARK: Reading

    /// What became of one file before encoding.
    private enum Outcome: Sendable {
        case same(hash: [UInt8])
        case read(Extraction, hash: [UInt8])
    }

    private func read(_ files: [CorpusFile]) throws {
        guard !files.isEmpty else { return }
        var at = 0
        while at < files.count {
            guard progress(Progress(.indexing, items: doneItems, totalItems: files.count, bytes: doneBytes, totalBytes: totalBytes)) else {
                report.isComplete = false
                return
            }
            var end = at, bytes = 0
            while end < files.count, end - at < IndexRun.stepFiles, end == at || bytes + files[end].size <= IndexRun.stepBytes {
                bytes += files[end].size
                end += 1
            }
            try step(Array(files[at..<end]))
            doneItems += end - at
            doneBytes += bytes
            at = end
            if batchBytes >= IndexRun.batchBytes { try flush() }
        }
        _ = progress(Progress(.indexing, items: doneItems, totalItems: files.count, bytes: doneBytes, totalBytes: totalBytes))
    }

    private func step(_ files: [CorpusFile]) throws {
        let known = byHash, extractor = indexing.extractor, limits = indexing.options.limits
        let outcomes = try indexing.pool.map(files.count) { _, i in try IndexRun.outcome(of: files[i], known: known, extractor, limits) }
        // The first file of each new document, and the documents' places among the new ones.
        var fresh: [Corpora.Document] = [], place: [[UInt8]: Int] = [:]
        var indexed: [(file: CorpusFile, hash: [UInt8], mediaType: String, key: [UInt8])] = []
        for (file, outcome) in zip(files, outcomes) {
            switch outcome {
            case .same(let hash):
                guard let source = byHash[IndexRun.contentKey(hash, file.path)], case .indexed(let content, _, let mediaType) = source.state
                else { continue }
                let before = self.source(of: file)
                if before?.document == content {
                    report.unchanged += 1
                } else if before == nil, let left = movable[content], left > 0 {
                    movable[content] = left - 1
                    report.moved += 1
                } else {
                    report.duplicates += 1
                }
                put(file, .indexed(.stored(content), hash: hash, mediaType: mediaType))
            case .read(.document(let document), let hash):
                let key = IndexRun.contentKey(hash, file.path), isFirst = placeInBatch[key] == nil && place[key] == nil
                indexed.append((file, hash, document.mediaType.rawValue, key))
                if isFirst {
                    place[key] = fresh.count
                    fresh.append(document)
                }
                if source(of: file) != nil { report.changed += 1 } else if isFirst { report.added += 1 } else { report.duplicates += 1 }
            case .read(.skipped(let reason), _):
                report.skipped.append(FileReason(path: file.path, reason: reason))
                put(file, .skipped(Reason(words: reason)))
            case .read(.failed(let reason), _):
                report.failed.append(FileReason(path: file.path, reason: reason))
                put(file, .failed(Reason(words: reason)))
            case .read(.unread(let reason), _):
                // Its bytes could not be had, for a reason that may pass: the next run tries again, and what it held stays until then.
                report.failed.append(FileReason(path: file.path, reason: reason))
                if source(of: file)?.document != nil {
                    report.kept += 1
                } else {
                    put(file, .failed(Reason(words: reason)), isTrusted: false)
                }
            }
        }
        let encoded = try encoding.encode(fresh), references = encoded.map { batch.add($0) }
        placeInBatch.merge(place.mapValues { references[$0] }) { first, _ in first }
        for (file, hash, mediaType, key) in indexed {
            guard let reference = placeInBatch[key] else { continue }
            put(file, .indexed(reference, hash: hash, mediaType: mediaType))
        }
        for document in encoded {
            batchBytes += document.byteLength
            report.textBytes += document.byteLength
            report.passages += document.passages.count
        }
    }

    private func put(_ file: CorpusFile, _ state: SourceChange.State, isTrusted: Bool = true) {
        batch.sources.append(
            SourceChange(path: file.path, size: Int64(file.size), modified: isTrusted ? trusted(file) : nil, state: state))
    }

    /// Hashes a file, and reads it where its bytes are not known.
    private static func outcome(of file: CorpusFile, known: [[UInt8]: Source], _ extractor: Extractor, _ limits: ExtractionLimits) throws -> Outcome {
        if let refusal = DocumentReader.refusal(of: file, limits: limits) { return .read(.skipped(refusal), hash: []) }
        do {
            // A hash must be that of the very bytes that were read: another file with these bytes is given the same document.
            for _ in 0..<3 {
                let hash = try FileHash.sha256(path: file.absolutePath)
                if known[contentKey(hash, file.path)] != nil { return .same(hash: hash) }
                let extraction = try extractor.extract(file)
                guard try FileHash.sha256(path: file.absolutePath) == hash else { continue }
                return .read(extraction, hash: hash)
            }
            return .read(.unread("it changes while it is read; run refresh again"), hash: [])
        } catch let failure as FileHash.Failure {
            switch failure {
            case .absent: return .read(.unread("it was deleted while the folder was read; run refresh again"), hash: [])
            case .notRegular: return .read(.unread("is no longer a regular file"), hash: [])
            case .unreadable(let reason): return .read(.unread("it cannot be read (\(reason)); check its permissions"), hash: [])
            }
        }
    }

    // MARK: Writing

    private func flush() throws {
        guard !batch.isEmpty else { return }
        _ = progress(Progress(.writing, items: doneItems, totalItems: doneItems, bytes: doneBytes, totalBytes: totalBytes))
        let ids = try writer.write(batch)
        for change in batch.sources {
            if let source = change.source(added: ids) { remember(source) }
        }
        batch = Batch()
        batchBytes = 0
        placeInBatch = [:]
    }
}

/// SHA-256 of files, read in pieces.
package enum FileHash {
    package enum Failure: Error, Equatable {
        case absent, notRegular
        case unreadable(String)
    }

    /// The hash of a regular file; a link, or a pipe that took the file's place, is refused and not waited for.
    package static func sha256(path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: throw .absent
            case ELOOP, ENXIO: throw .notRegular
            default: throw .unreadable(systemReason())
            }
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        var hasher = SHA256()
        do {
            while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty { hasher.update(data) }
        } catch {
            throw .unreadable(ErrorText.reason(of: error))
        }
        return hasher.finalize()
    }
}
