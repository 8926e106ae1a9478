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

    /// Creates the index at `path`, or goes on with it where it was made from the same roots with the same options.
    package func index(to path: String, allowEmpty: Bool = false, progress: @escaping ProgressReport) throws -> IndexReport {
        try options.checkRoots()
        guard FileManager.default.fileExists(atPath: path) else { return try create(path, allowEmpty, progress) }
        let roots = try WalkedRoot.all(of: options, index: path)
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.termPrior())
        let kept = try IndexOptions(of: writer, at: path)
        guard kept.differences(from: options).isEmpty else {
            try writer.close()
            throw IndexingError.otherOptions(index: path, kept.differences(from: options))
        }
        return try refresh(writer, roots, allowEmpty, progress)
    }

    /// Brings the index at `path` up to date with its roots: new, changed, moved and deleted files.
    ///
    /// - Parameter moves: roots that are at another place now. The index keeps the new places.
    package static func refresh(
        _ path: String, model: LoadedModel, threads: Int = 0, moves: [RootMove] = [], allowEmpty: Bool = false,
        worker: Worker.Program, progress: @escaping ProgressReport
    ) throws -> IndexReport {
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.termPrior())
        var options = try IndexOptions(of: writer, at: path)
        options.roots = try RootMove.applied(moves, to: options.roots, of: path)
        try options.checkRoots()
        let indexing = Indexing(model: model, options: options, threads: threads, worker: worker)
        return try indexing.refresh(writer, try WalkedRoot.all(of: options, index: path), allowEmpty, progress)
    }

    private func create(_ path: String, _ allowEmpty: Bool, _ progress: @escaping ProgressReport) throws -> IndexReport {
        let plan = try RefreshPlan(roots: try WalkedRoot.all(of: options, index: path), known: nil, allowEmpty: allowEmpty)
        let folder = FilePath(path).removingLastComponent()
        if !folder.isEmpty {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        }
        let writer = try IndexFile.create(
            at: path, model: model.identity, lexicon: model.termPrior(), options: StoredOptions(options),
            leftOut: plan.leftOut.stored)
        return try IndexRun(self, writer, plan, progress).run()
    }

    private func refresh(
        _ writer: IndexWriter, _ roots: [WalkedRoot], _ allowEmpty: Bool, _ progress: @escaping ProgressReport
    ) throws -> IndexReport {
        let plan: RefreshPlan
        do {
            plan = try RefreshPlan(roots: roots, known: try writer.sources(), allowEmpty: allowEmpty)
            try storeRoots(writer, roots, plan, allowEmpty)
        } catch {
            try? writer.close()  // the error that is thrown below says more
            throw error
        }
        return try IndexRun(self, writer, plan, progress).run()
    }

    /// Stores roots that have moved, before anything else is written: a run that is stopped goes on from the new places.
    private func storeRoots(
        _ writer: IndexWriter, _ roots: [WalkedRoot], _ plan: RefreshPlan, _ allowEmpty: Bool
    ) throws {
        var stored = writer.header.options
        guard stored.roots != options.roots else { return }
        // A place that holds none of the files is more likely a slip than a move.
        if !allowEmpty, !plan.known.isEmpty, !plan.findsKnownFiles {
            throw IndexingError.noKnownFile(roots: options.roots.filter { !stored.roots.contains($0) })
        }
        stored.roots = options.roots
        try writer.describe(options: stored, leftOut: writer.header.leftOut)
    }

    /// Drops what deleted and changed files left behind and merges small segments; nothing is coded again.
    /// - Returns: bytes of the file before and after.
    package static func compact(_ path: String, model: LoadedModel) throws -> (before: Int, after: Int) {
        let before = fileSize(path)
        let writer = try IndexFile.openForWriting(at: path, model: model.identity, lexicon: model.termPrior())
        try writer.compact()
        try writer.close()
        return (before, fileSize(path))
    }

    /// Whether a run failed only because another process writes the index.
    package static func isBusy(_ error: any Error) -> Bool { (error as? IndexError)?.code == .writerBusy }

    /// The size of an index in bytes; 0 where there is no index.
    package static func fileSize(_ path: String) -> Int {
        // Absent: nothing there.
        ((try? FileManager.default.attributesOfItem(atPath: IndexFile.resolved(path)))?[.size] as? Int) ?? 0
    }
}
