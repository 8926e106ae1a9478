import Corpora
import Foundation
import Indexes
import Retrieval

/// Makes and refreshes indexes: walk, read what is new or changed, encode, write in transactions.
public struct Indexing: Sendable {
    let model: LoadedModel, options: IndexOptions
    let pool: CodecPool, extractor: Extractor

    /// - Parameters:
    ///   - threads: 0 for as many as the machine has cores.
    ///   - workerExecutable: the program that serves as extraction worker (`ExtractionWorkerEntry`).
    public init(model: LoadedModel, options: IndexOptions, threads: Int = 0, workerExecutable: String = "/proc/self/exe") {
        self.model = model
        self.options = options
        pool = CodecPool(model: model, threads: threads)
        extractor = Extractor(executable: workerExecutable, limits: options.limits, workers: pool.threads)
    }

    /// Creates the index at `path`, or goes on with it where it was made from the same roots with the same options.
    public func index(to path: String, allowEmpty: Bool = false, progress: @escaping ProgressReport) throws -> IndexReport {
        try options.checkRoots()
        let isKnown = FileManager.default.fileExists(atPath: path)
        let listing = try CorpusListing(options: options, allowEmpty: allowEmpty, index: path, isKnown: isKnown)
        let lexicon = model.makeBaseLexicon()
        guard isKnown else {
            if !allowEmpty { try listing.requireFiles() }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let writer = try IndexFile.create(at: path, model: model.identity, lexicon: lexicon, options: StoredOptions(options))
            return try IndexRun(self, writer, listing, progress).run(allowEmpty: true)
        }
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: lexicon)
        let kept = try IndexSettings.unpack(writer.header, path: path)
        guard kept.differences(from: options).isEmpty else {
            try writer.close()
            throw PipelineError(
                .rootsDiffer, path, "was made with other \(kept.differences(from: options).joined(separator: " and "))",
                remedy: "run 'refresh' to keep it current, name another index file, or delete this one first")
        }
        return try IndexRun(self, writer, listing, progress).run(allowEmpty: allowEmpty)
    }

    /// Brings the index at `path` up to date with its roots: new, changed, moved and deleted files; nothing else is touched.
    public static func refresh(
        _ path: String, model: LoadedModel, threads: Int = 0, allowEmpty: Bool = false, workerExecutable: String = "/proc/self/exe",
        progress: @escaping ProgressReport
    ) throws -> IndexReport {
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.makeBaseLexicon())
        let options = try IndexSettings.unpack(writer.header, path: path)
        let indexing = Indexing(model: model, options: options, threads: threads, workerExecutable: workerExecutable)
        let listing = try CorpusListing(options: options, allowEmpty: allowEmpty, index: path, isKnown: true)
        return try IndexRun(indexing, writer, listing, progress).run(allowEmpty: allowEmpty)
    }

    /// Drops what deleted and changed files left behind and merges small segments; nothing is coded again.
    /// - Returns: bytes of the file before and after.
    public static func compact(_ path: String, model: LoadedModel) throws -> (before: Int, after: Int) {
        let before = fileSize(path)
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.makeBaseLexicon())
        try writer.compact()
        try writer.close()
        return (before, fileSize(path))
    }

    /// The size of an index in bytes, none of one that does not exist.
    public static func fileSize(_ path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: IndexFile.resolved(path)))?[.size] as? Int) ?? 0  // absent: nothing there
    }
}

/// The options in the settings of an index.
enum IndexSettings {
    static func unpack(_ header: IndexHeader, path: String) throws -> IndexOptions {
        guard !header.options.roots.isEmpty else {
            throw PipelineError(.rootsDiffer, path, "does not say what it was made from", remedy: "index the corpus anew")
        }
        return IndexOptions(header.options)
    }
}

/// The files below all roots of an index, but for the index itself.
struct CorpusListing {
    var files: [CorpusFile] = []
    var skipped: [CorpusWalk.Entry] = []

    /// - Parameters:
    ///   - index: the index file, where there is to be one: it and what stands beside it are left out.
    ///   - isKnown: whether the index exists; then one of several roots may be missing for a while.
    init(options: IndexOptions, allowEmpty: Bool, index: String? = nil, isKnown: Bool = false) throws {
        let own = Set((index.map { IndexFile.paths(of: IndexFile.resolved($0)) } ?? []).map(PathKey.init))
        var unopened = 0
        for (root, label) in options.labelledRoots {
            let walk = try CorpusWalk(
                root: root, include: options.include, exclude: options.exclude, ignoreFiles: options.ignoreFiles, hidden: options.hidden)
            let found: CorpusWalk.Listing?
            do {
                found = try CorpusListing.listing(of: walk, allowEmpty: allowEmpty)
            } catch let error as CorporaError where isKnown && !label.isEmpty {
                let reason: String
                switch error.code {
                case .rootMissing: reason = "the root is not there; --allow-empty removes the documents of all roots that are missing or empty"
                case .rootUnreadable(let fact): reason = "the root cannot be read (\(fact))"
                default: throw error
                }
                unopened += 1
                if unopened == options.roots.count { throw error }
                if allowEmpty, error.code == .rootMissing { continue }
                skipped.append(CorpusWalk.Entry(path: String(label.dropLast()), reason: reason, isUnseen: true))
                continue
            }
            guard let listing = found else { continue }
            files += listing.files.filter { file in
                let key = PathKey(file.absolutePath)
                return !own.contains(key) && !key.folders.contains(where: own.contains)
            }.map {
                CorpusFile(path: label + $0.path, absolutePath: $0.absolutePath, size: $0.size, modified: $0.modified, inode: $0.inode)
            }
            skipped += listing.skipped.map { CorpusWalk.Entry(path: label + $0.path, reason: $0.reason, isUnseen: $0.isUnseen) }
        }
    }

    /// - Throws: where there is none, for a new index; the walk throws where it saw that there is none.
    func requireFiles() throws {
        guard files.isEmpty, let entry = skipped.first(where: \.isUnseen) else { return }
        throw PipelineError(.rootsEmptied, entry.path, entry.reason, remedy: "there is no other file to index")
    }

    /// nil for a root without files, where that is allowed.
    private static func listing(of walk: CorpusWalk, allowEmpty: Bool) throws -> CorpusWalk.Listing? {
        let outcome = Result { () throws(CorporaError) in try walk.listing() }
        guard case .failure(let error) = outcome else { return try outcome.get() }
        switch error.code {
        case .rootEmpty, .nothingSelected:
            if allowEmpty { return nil }
            throw PipelineError(.rootsEmptied, walk.root, "holds no file to index", remedy: "check the path and the filters, or pass --allow-empty")
        default: throw error
        }
    }
}
