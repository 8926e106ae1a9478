import Corpora
import Foundation
import Indexes
import Retrieval
import SystemPackage

/// Makes and refreshes indexes: walk, plan, read what is new or changed, encode, write in transactions.
package struct Indexing: Sendable {
    let model: LoadedModel
    let options: IndexOptions
    let pool: CodecPool
    let extractor: Extractor

    /// Indexing with a model.
    ///
    /// - Parameters:
    ///   - threads: 0 for as many as the machine has cores.
    ///   - worker: the program that reads files; it must call `Worker.serve()`.
    package init(model: LoadedModel, options: IndexOptions, threads: Int = 0, worker: Worker.Program) {
        self.model = model
        self.options = options
        pool = CodecPool(model: model, threads: threads)
        extractor = Extractor(worker, limits: options.limits, workers: pool.threads)
    }

    /// Creates the index at `path`, or goes on with it where it was made from the same roots with the same options, or has
    /// lost them.
    package func index(to path: String, allowEmpty: Bool = false, progress: @escaping ProgressReport) throws -> IndexReport {
        try options.checkRoots()
        try options.refuseIndexes()
        guard FileManager.default.fileExists(atPath: path) else { return try create(path, allowEmpty, progress) }
        let roots = try WalkedRoot.all(of: options, index: path)
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.termPrior())
        let kept = IndexOptions(writer.header.options)
        do {
            try options.checkSame(as: kept, of: path)
        } catch {
            try writer.close()
            throw error
        }
        return try refresh(writer, ChangedOptions(kept, to: options), roots, allowEmpty, progress)
    }

    /// Creates the index at `path`, or gives it these roots and options, and brings it up to date with them. It keeps its
    /// shards.
    ///
    /// Throws where an index has other roots and too few of its files are below these: it is more likely that of another corpus.
    package func bring(_ path: String, progress: @escaping ProgressReport) throws -> IndexReport {
        guard FileManager.default.fileExists(atPath: path) else { return try index(to: path, progress: progress) }
        try options.refuseIndexes()
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.termPrior())
        let kept = IndexOptions(writer.header.options)
        var wanted = options
        wanted.shards = kept.shards
        try wanted.checkRoots()
        let indexing = Indexing(self, options: wanted)
        let change = ChangedOptions(kept, to: wanted)
        let roots = try WalkedRoot.all(of: wanted, index: path)
        if change.replacesAllRoots {
            let plan = try RefreshPlan(roots: roots, known: [], dropped: try writer.sources(), allowEmpty: true)
            guard plan.dropped.isEmpty || plan.findsKnownFiles() else {
                throw kept.roots.isEmpty
                    ? IndexingError.noKnownFile(roots: wanted.roots)
                    : IndexingError.otherCorpus(index: path, roots: kept.roots)
            }
        }
        return try indexing.refresh(writer, change, roots, false, progress)
    }

    /// Brings the index at `path` up to date with its roots: new, changed, moved and deleted files.
    ///
    /// - Parameter changes: what is changed about the roots and filters of the index before.
    package static func refresh(
        _ path: String, model: LoadedModel, threads: Int = 0, changes: OptionChanges = OptionChanges(),
        allowEmpty: Bool = false, worker: Worker.Program, progress: @escaping ProgressReport
    ) throws -> IndexReport {
        try IndexOptions(roots: changes.added).refuseIndexes()
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.termPrior())
        // An index that has lost its roots takes those that are added.
        let header = writer.header
        let kept = changes.added.isEmpty ? try IndexOptions(of: header, at: path) : IndexOptions(header.options)
        let changed = try ChangedOptions(kept, changes, of: path)
        try changed.new.checkRoots()
        let indexing = Indexing(model: model, options: changed.new, threads: threads, worker: worker)
        // A place that holds none of the files is more likely a slip than a move.
        let guardsMove = !allowEmpty && !changes.moves.isEmpty
        let roots = try WalkedRoot.all(of: changed.new, index: path)
        var report = try indexing.refresh(writer, changed, roots, allowEmpty, guardsMove: guardsMove, progress)
        // Those that were given before are known.
        report.idleGlobs = report.idleGlobs.filter {
            ($0.option == "include" ? changes.include : changes.exclude)?.contains($0.glob) == true
        }
        return report
    }

    /// The same with other options, of which the limits are those that the extractor has.
    private init(_ indexing: Indexing, options: IndexOptions) {
        model = indexing.model
        pool = indexing.pool
        extractor = indexing.extractor
        self.options = options
    }

    private func create(_ path: String, _ allowEmpty: Bool, _ progress: @escaping ProgressReport) throws -> IndexReport {
        let roots = try WalkedRoot.all(of: options, index: path)
        let plan = try RefreshPlan(roots: roots, known: nil, allowEmpty: allowEmpty)
        let folder = FilePath(path).removingLastComponent()
        if !folder.isEmpty {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        }
        let writer = try IndexFile.create(
            at: path, model: model.identity, lexicon: model.termPrior(), options: StoredOptions(options),
            leftOut: plan.leftOut.stored)
        var report = try IndexRun(self, writer, plan, progress).run()
        report.idleGlobs = options.idleGlobs(roots)
        return report
    }

    /// - Parameter guardsMove: whether a moved root that holds none of its known files is an error.
    private func refresh(
        _ writer: IndexWriter, _ change: ChangedOptions, _ roots: [WalkedRoot], _ allowEmpty: Bool,
        guardsMove: Bool = false, _ progress: @escaping ProgressReport
    ) throws -> IndexReport {
        let plan: RefreshPlan
        do {
            let files = change.files(try writer.sources())
            plan = try RefreshPlan(roots: roots, known: files.known, dropped: files.dropped, allowEmpty: allowEmpty)
            let strange = guardsMove ? change.moved.filter { !plan.findsKnownFiles(below: $0.label) }.map(\.root) : []
            let isStrange = change.old.roots.isEmpty && !allowEmpty && !plan.findsKnownFiles()
            guard strange.isEmpty, !isStrange else {
                throw IndexingError.noKnownFile(roots: isStrange ? change.new.roots : strange)
            }
            try store(change, files, writer)
        } catch {
            try? writer.close()  // the error that is thrown below says more
            throw error
        }
        var report = try IndexRun(self, writer, plan, progress).run()
        report.idleGlobs = options.idleGlobs(roots)
        return report
    }

    /// Stores changed options with the new paths of the files, before anything else is written: a run that is stopped goes on
    /// with the new options.
    private func store(_ change: ChangedOptions, _ files: ChangedOptions.Files, _ writer: IndexWriter) throws {
        var stored = writer.header.options
        if !change.old.differences(from: options).isEmpty { stored.set(options) }
        guard stored != writer.header.options || !files.rewritten.isEmpty || !files.oldPaths.isEmpty else { return }
        try writer.write(Batch(sources: files.rewritten.map { SourceChange($0) }, removed: files.oldPaths), options: stored)
    }

    /// Drops what deleted and changed files left behind and merges small segments; nothing is coded again.
    /// - Returns: bytes of the file before and after; and whether programs that read an older state keep what was deleted in
    ///   the file, until the last of them goes on to the new one or ends.
    package static func compact(
        _ path: String, model: LoadedModel
    ) throws -> (before: Int, after: Int, isHeld: Bool) {
        let before = fileSize(path)
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.termPrior())
        try writer.compact()
        try writer.close()
        return (before, fileSize(path), IndexFile.hasLog(path))
    }

    /// Whether a run failed only because another process writes the index.
    package static func isBusy(_ error: any Error) -> Bool { (error as? IndexError)?.code == .writerBusy }

    /// The size of an index in bytes; 0 where there is no index.
    package static func fileSize(_ path: String) -> Int {
        // Absent: nothing there.
        ((try? FileManager.default.attributesOfItem(atPath: IndexFile.resolved(path)))?[.size] as? Int) ?? 0
    }
}
